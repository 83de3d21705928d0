/** How a sheet closes: as a menu does. */
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Closes a sheet by a press outside it, and by Escape, which then closes nothing else. */
export function useClosing(details: RefObject<HTMLDetailsElement | null>): void {
  useEffect(() => {
    // In a shadow root, only that root sees where in it a press was.
    const root = details.current?.getRootNode();
    const press = (event: Event): void => {
      const isInside = details.current && event.composedPath().includes(details.current);
      if (details.current && !isInside) details.current.open = false;
    };
    const escape = (event: Event): void => {
      const isEscape = event instanceof KeyboardEvent && event.key === 'Escape';
      if (!isEscape || !details.current?.open) return;
      // What is open above it closes first.
      if (event.target instanceof Element && event.target.closest('dialog') !== details.current.closest('dialog'))
        return;
      // A dialog around it does not close on a key whose default is prevented.
      event.preventDefault();
      details.current.open = false;
      details.current.querySelector('summary')?.focus();
    };
    root?.addEventListener('pointerdown', press);
    root?.addEventListener('keydown', escape);
    return () => {
      root?.removeEventListener('pointerdown', press);
      root?.removeEventListener('keydown', escape);
    };
  }, []);
}
