/** Single keys of the list, as readers know them from mail and feed readers. None fires while somebody types. */
import { useLayoutEffect, useRef } from 'preact/hooks';

export type KeyActions = Readonly<Record<string, () => void>>;

const TYPING = 'input:not([type=checkbox], [type=file]), textarea, select, [contenteditable], dialog';

/** @param actions by the key's value (https://developer.mozilla.org/docs/Web/API/KeyboardEvent/key); none while undefined */
export function useKeys(actions: KeyActions | undefined): void {
  const latest = useRef(actions);
  latest.current = actions;
  // With the first rows, not some frames after them: a key may be pressed at once.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof Element && event.target.closest(TYPING) !== null;
      if (isTyping || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      const action = latest.current?.[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
