/** A sentence for the person: what happened, what was kept, what to do, and the button that does it. */
import type { VNode } from 'preact';

export interface NoticeProps {
  text: string;
  /** Whether a screen reader interrupts to say it. */
  isUrgent?: boolean;
  action?: { label: string; onClick: () => void };
}

export function Notice({ text, isUrgent = false, action }: NoticeProps): VNode {
  return (
    <div class="notice" role={isUrgent ? 'alert' : 'status'}>
      <p>{text}</p>
      {action && (
        <button type="button" onClick={action.onClick}>
          {action.label}
        </button>
      )}
    </div>
  );
}
