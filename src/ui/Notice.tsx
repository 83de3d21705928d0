/** A sentence for the person: what happened, what was kept, what to do, and the button that does it. */
import type { VNode } from 'preact';
import { useText } from './text.ts';
import { useSaid } from './use-said.ts';

export interface NoticeProps {
  text: string;
  /** Whether a screen reader interrupts to say it. */
  isUrgent?: boolean;
  action?: { label: string; onClick: () => void };
  /** Takes the notice away; without it, there is no button for that. */
  onClose?: () => void;
}

export function Notice({ text, isUrgent = false, action, onClose }: NoticeProps): VNode {
  const getText = useText();
  return (
    <div class="notice" role={isUrgent ? 'alert' : 'status'}>
      <p>{useSaid(text)}</p>
      {action && (
        <button type="button" onClick={action.onClick}>
          {action.label}
        </button>
      )}
      {onClose && (
        <button type="button" class="quiet" aria-label={getText('close')} onClick={onClose}>
          <span aria-hidden="true">✕</span>
        </button>
      )}
    </div>
  );
}
