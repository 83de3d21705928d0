/** Remembers how far an article was read, and brings the reader back there: in the library and in the overlay. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Position } from '../article/position.ts';

/** What shows an article. */
export interface Frame {
  /** What scrolls. */
  scroller: Element;
  /** What covers the upper edge of the window. */
  bar: Element;
  /** The article's `.article-content`. */
  content: Element;
}

/** Milliseconds without scrolling after which the place is written down. */
const PAUSE = 600;

/** Where in the article the lower edge of the bar is; null at its beginning. */
export function findPosition({ scroller, bar, content }: Frame): Position | null {
  const edge = bar.getBoundingClientRect().bottom;
  const blocks = [...content.children];
  const paragraph = blocks.findIndex((block) => block.getBoundingClientRect().bottom > edge + 1);
  const block = blocks[paragraph];
  if (!block || (paragraph === 0 && block.getBoundingClientRect().top >= edge)) return null;
  const { top, height } = block.getBoundingClientRect();
  const offset = Math.min(1, Math.max(0, (edge - top) / height));
  const room = scroller.scrollHeight - scroller.clientHeight;
  return { paragraph, offset, share: room > 0 ? Math.min(1, scroller.scrollTop / room) : 1 };
}

function goTo({ scroller, bar, content }: Frame, { paragraph, offset }: Position): void {
  const block = content.children[paragraph];
  if (!block) return;
  const { top, height } = block.getBoundingClientRect();
  const edge = bar.getBoundingClientRect().bottom;
  // Rounded up, a block of which one line was left would be gone.
  scroller.scrollTo({ top: Math.floor(scroller.scrollTop + top + offset * height - edge), behavior: 'instant' });
}

/** What a reader moves with; a scroll alone may be the browser's own. */
const MOVES = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

/**
 * Brings the reader to a place and keeps it there while photos come, the bar changes and what was left for later is laid out,
 * until the reader moves or the signal aborts.
 */
export function stayAt(frame: Frame, position: Position, signal: AbortSignal): void {
  goTo(frame, position);
  const settling = new AbortController();
  for (const move of MOVES) addEventListener(move, () => settling.abort(), { capture: true, signal });
  const settle = (): void => {
    if (!settling.signal.aborted) goTo(frame, position);
  };
  frame.content.addEventListener('load', settle, { capture: true, signal });
  const watching = new ResizeObserver(settle);
  watching.observe(frame.bar);
  watching.observe(frame.content);
  signal.addEventListener('abort', () => watching.disconnect(), { once: true });
}

/**
 * @param id the article whose place it is, undefined as long as there is none to remember
 * @param position the last one that is known; the reader is brought to the first one, what is written down later moves nobody
 * @param getFrame answers null where no article is shown
 * @param onPosition is given each place where the reader stays for a moment
 */
export function usePosition(
  id: string | undefined,
  position: Position | null,
  getFrame: () => Frame | null,
  onPosition: (position: Position) => void,
): void {
  const latest = useRef(onPosition);
  latest.current = onPosition;
  // Before it is drawn: whoever scrolls at once is not brought back.
  useLayoutEffect(() => {
    const frame = id === undefined ? null : getFrame();
    if (!frame) return;
    const { scroller } = frame;
    const ending = new AbortController();
    const { signal } = ending;
    if (position && scroller.scrollTop === 0) stayAt(frame, position, signal);
    let pausing: ReturnType<typeof setTimeout> | undefined;
    /** Where the reader is and what is not written down yet. When the article goes, it is too late to look. */
    let found: Position | null = null;
    const note = (): void => {
      clearTimeout(pausing);
      if (found) latest.current(found);
      found = null;
    };
    const scrolled = (): void => {
      found = findPosition(frame);
      clearTimeout(pausing);
      pausing = setTimeout(note, PAUSE);
    };
    // Who scrolled before it was known that the article is saved has a place too.
    if (scroller.scrollTop > 0 && !position) {
      found = findPosition(frame);
      note();
    }
    // The document's own scrolling is told to the document.
    const target = scroller === document.documentElement ? document : scroller;
    target.addEventListener('scroll', scrolled, { passive: true, signal });
    addEventListener('pagehide', note, { signal });
    // Hidden, a page's timers may never run again: https://developer.mozilla.org/docs/Web/API/Document/visibilitychange_event
    document.addEventListener('visibilitychange', note, { signal });
    return () => {
      note();
      ending.abort();
    };
  }, [id]);
}
