/** A sentence for the person: what happened, what was kept, what to do, and the button that does it. */
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useText } from './text.ts';

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
  // A screen reader says what changes in such a place, and may pass over one that comes with its words in it.
  const [said, setSaid] = useState('');
  useEffect(() => setSaid(text), [text]);
  return (
    <div class="notice" role={isUrgent ? 'alert' : 'status'}>
      <p>{said}</p>
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
