/** The keyboard's place in the list: what had the focus may go, and something near then has it instead of nothing. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Entry } from './arrange.ts';

/** The list itself, where the keys go on: in the search box they would be typed. */
const emptyList = (): HTMLElement | null => document.querySelector('.library-list');
const rowOf = (id: string): HTMLElement | null =>
  document.querySelector(`.saved-article a[href$="#${encodeURIComponent(id)}"]`);

const isSeen = (row: Element): boolean => {
  const { top, bottom } = row.getBoundingClientRect();
  return bottom > BAR && top < innerHeight;
};

/** Height of the bar at the top of the window, in CSS pixels. */
const BAR = 60;

/** A row that is far from the window is in the page only some frames after it was asked for. */
const FRAMES = 20;

export interface ListFocus {
  /** For the element around the list. */
  onFocusIn: (event: FocusEvent) => void;
  /** For the search box: from there to what was found, and out of it. */
  onSearchLeave: () => void;
  onSearchEscape: () => void;
  /** The list gives its function that brings a row into the window. */
  onReady: (showRow: (index: number) => void) => void;
  /** The article that the focus is on, or was on last, while it is in the window: nobody changes what he does not see. */
  current: () => string | undefined;
  /** Goes to the next article (1) or to the one before (-1). */
  move: (step: 1 | -1) => void;
  /** Names the article that gets the focus as soon as the list has it again. */
  expect: (id: string | undefined) => void;
}

/** @param lastRead the article that was shown in place of the list: its row has the focus when the list is back */
export function useListFocus(entries: readonly Entry[], isHidden: boolean, lastRead: string | null): ListFocus {
  const focused = useRef<Element | undefined>(undefined);
  const current = useRef<string | undefined>(undefined);
  /** Where in the list it is, or was. */
  const place = useRef(0);
  /** The article that gets the focus when it comes, and what has it until then. */
  const expected = useRef<{ id: string; before: Element | null } | undefined>(undefined);
  const showRow = useRef<(index: number) => void>(() => undefined);

  const placeOf = (id: string | undefined): number =>
    id === undefined ? -1 : entries.findIndex(({ summary }) => summary?.id === id);
  const focusPlace = (index: number, frames = FRAMES, before = document.activeElement): void => {
    const id = entries[index]?.summary?.id;
    // Whoever has gone to the search box meanwhile stays there.
    if (id === undefined || (document.activeElement !== before && document.activeElement !== document.body)) return;
    const row = rowOf(id);
    if (row) {
      row.focus({ preventScroll: true });
      // As far as the bars leave it room, and no farther.
      row.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    } else if (frames > 0) {
      showRow.current(index);
      requestAnimationFrame(() => focusPlace(index, frames - 1, before));
    }
  };
  const firstSeen = (): number => {
    const rows = [...document.querySelectorAll<HTMLElement>('.library-list .saved-article')].filter(isSeen);
    const seen = rows.find((row) => row.getBoundingClientRect().top >= BAR) ?? rows[0];
    return seen ? Number(seen.dataset['index']) : nearest(Math.min(place.current, entries.length - 1), 1);
  };
  const nearest = (index: number, step: 1 | -1): number => {
    for (let other = index; other >= 0 && other < entries.length; other += step)
      if (entries[other]?.summary) return other;
    return -1;
  };

  useEffect(() => {
    if (isHidden) return;
    const expectedPlace = placeOf(expected.current?.id);
    if (expected.current && expectedPlace >= 0) {
      const { before } = expected.current;
      expected.current = undefined;
      focusPlace(expectedPlace, FRAMES, before);
      return;
    }
    if (!focused.current || focused.current.isConnected || document.activeElement !== document.body) return;
    const wasButton = focused.current.matches('button');
    focused.current = undefined;
    const undo = wasButton ? document.querySelector<HTMLElement>('.library-undo button') : null;
    const index = nearest(Math.min(place.current, entries.length - 1), -1);
    const row = entries[index]?.summary;
    // Nobody asked for it: what is on the screen stays where it is.
    (undo ?? (row ? rowOf(row.id) : null) ?? emptyList())?.focus({ preventScroll: true });
  });
  // The list comes back as it stood in the window.
  const scrolled = useRef(0);
  useLayoutEffect(() => {
    if (isHidden) return;
    if (lastRead !== null) scrollTo({ top: scrolled.current, behavior: 'instant' });
    const note = (): void => {
      scrolled.current = scrollY;
    };
    const listening = new AbortController();
    addEventListener('scroll', note, { passive: true, signal: listening.signal });
    // A list that moves tells so with its next frame, and a link in it may be followed before.
    addEventListener('click', note, { capture: true, signal: listening.signal });
    return () => listening.abort();
  }, [isHidden]);
  useLayoutEffect(() => {
    if (isHidden || lastRead === null) return;
    const index = placeOf(lastRead);
    if (index >= 0) focusPlace(index);
    else emptyList()?.focus();
  }, [isHidden]);

  return {
    onFocusIn: ({ target }) => {
      if (!(target instanceof Element)) return;
      focused.current = target;
      const row = target.closest<HTMLElement>('.saved-article');
      if (!row) return;
      place.current = Number(row.dataset['index']);
      current.current = entries[place.current]?.summary?.id;
    },
    onSearchLeave: () => focusPlace(nearest(0, 1)),
    onSearchEscape: () => emptyList()?.focus({ preventScroll: true }),
    onReady: (show) => {
      showRow.current = show;
    },
    current: () => {
      const row = current.current !== undefined && placeOf(current.current) >= 0 ? rowOf(current.current) : null;
      return row && isSeen(row) ? current.current : undefined;
    },
    move: (step) => {
      const from = placeOf(current.current);
      const row = from < 0 ? null : rowOf(current.current ?? '');
      // From where the reader looks: the row that had the focus may be far away.
      const next = row && isSeen(row) ? nearest(from + step, step) : firstSeen();
      if (next >= 0) focusPlace(next);
    },
    expect: (id) => {
      expected.current = id === undefined ? undefined : { id, before: document.activeElement };
    },
  };
}
