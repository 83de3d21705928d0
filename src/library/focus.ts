/** The keyboard's place in the list: what had the focus may go, and its neighbour then has it instead of nothing. */
import { useEffect, useRef } from 'preact/hooks';
import type { Summary } from '../saved/saved-article.ts';

const filterBox = (): HTMLElement | null => document.querySelector('.saved-list input[type="search"]');

/** Gives the focus to an article's row; where that is not shown, to the box that may have filtered it out. */
export function focusRow(id: string): void {
  const link = document.querySelector<HTMLElement>(`.saved-article a[href$="#${encodeURIComponent(id)}"]`);
  (link ?? filterBox())?.focus();
}

export interface ListFocus {
  /** For the element around the list. */
  onFocusIn: (event: FocusEvent) => void;
  /** Names the row that gets the focus as soon as the list has it again. */
  expectRow: (summary: Summary) => void;
}

/** Watches the focus within the list, whatever takes an element away: the reader, another window, or the time to undo. */
export function useListFocus(summaries: Summary[]): ListFocus {
  const focused = useRef<Element | undefined>(undefined);
  /** Where in the list the focus was last. */
  const place = useRef(0);
  const expected = useRef<string | undefined>(undefined);

  useEffect(() => {
    if (summaries.some(({ id }) => id === expected.current)) {
      focusRow(expected.current ?? '');
      expected.current = undefined;
    } else if (
      !expected.current &&
      focused.current?.isConnected === false &&
      document.activeElement === document.body
    ) {
      focused.current = undefined;
      const links = document.querySelectorAll<HTMLElement>('.saved-article a');
      // Nobody asked for it: what is on the screen stays where it is.
      (links[Math.min(place.current, links.length - 1)] ?? filterBox())?.focus({ preventScroll: true });
    }
  });
  return {
    onFocusIn: ({ target }) => {
      if (!(target instanceof Element)) return;
      focused.current = target;
      const row = target.closest('.saved-article');
      if (row) place.current = [...document.querySelectorAll('.saved-article')].indexOf(row);
    },
    expectRow: ({ id }) => {
      expected.current = id;
    },
  };
}
