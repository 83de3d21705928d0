/** A sentence for the person: what happened, what was kept, what to do, and the button that does it. */
import type { VNode } from 'preact';

export interface NoticeProps {
  text: string;
  /** Whether a screen reader interrupts to say it. */
  isUrgent?: boolean;
  action?: { label: string; onClick: () => void; hasFocus?: boolean };
}

/** The element that had the focus is gone: without this, the keyboard would start again at the top of the page. */
const focusOnce = (button: HTMLButtonElement | null): void => button?.focus({ preventScroll: true });

export function Notice({ text, isUrgent = false, action }: NoticeProps): VNode {
  return (
    <div class="notice" role={isUrgent ? 'alert' : 'status'}>
      <p>{text}</p>
      {action && (
        <button type="button" ref={action.hasFocus ? focusOnce : null} onClick={action.onClick}>
          {action.label}
        </button>
      )}
    </div>
  );
}
