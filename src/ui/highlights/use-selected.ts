/** What the reader has selected in the article that is shown. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { makeAnchor, type Anchor } from '../../article/anchor.ts';
import { placeOf, readText } from './article-text.ts';

export interface Selected {
  anchor: Anchor;
  text: string;
  /** The language of the article. */
  lang: string;
  /** Where it is in the window. */
  rect: DOMRect;
}

/** What is selected now; null where that is nothing of the article. */
export function readSelected(frame: Element | null): Selected | null {
  const content = frame?.querySelector('.article-content');
  const range = content && selectedRange(content.getRootNode());
  if (!content || !range?.intersectsNode(content)) return null;
  const text = readText(content);
  const place = placeOf(text, range);
  return (
    place && {
      anchor: makeAnchor(text.text, place),
      text: text.text.slice(place.start, place.end),
      lang: content.closest<HTMLElement>('[lang]')?.lang ?? '',
      rect: range.getBoundingClientRect(),
    }
  );
}

/** The selection as a range. Of one in a shadow root, only `getComposedRanges` tells. */
function selectedRange(root: Node): Range | null {
  const selection = getSelection();
  if (!selection || selection.rangeCount === 0) return null;
  const [selected] = selection.getComposedRanges({ shadowRoots: root instanceof ShadowRoot ? [root] : [] });
  if (!selected) return null;
  const { startContainer, startOffset, endContainer, endOffset } = selected;
  const range = document.createRange();
  range.setStart(startContainer, startOffset);
  range.setEnd(endContainer, endOffset);
  return range.collapsed ? null : range;
}

/**
 * Follows the selection: while the pointer is down nothing is said of it.
 *
 * @returns what is selected, and a function that unselects it
 */
export function useSelected(frame: RefObject<HTMLElement | null>): [Selected | null, () => void] {
  const [selected, setSelected] = useState<Selected | null>(null);
  useLayoutEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    let isPressed = false;
    const look = (): void => {
      if (!isPressed) setSelected(readSelected(frame.current));
    };
    const press = (isDown: boolean) => (): void => {
      isPressed = isDown;
      // A press on what is selected unselects it after the event.
      if (!isDown) setTimeout(() => !signal.aborted && look());
    };
    document.addEventListener('selectionchange', look, { signal });
    addEventListener('resize', look, { signal });
    // In the capture phase of the window: keys and presses in the overlay go no further than its host.
    addEventListener('pointerdown', press(true), { signal, capture: true });
    for (const type of ['pointerup', 'pointercancel']) addEventListener(type, press(false), { signal, capture: true });
    return () => ending.abort();
  }, []);
  const unselect = (): void => {
    getSelection()?.removeAllRanges();
    setSelected(null);
  };
  return [selected, unselect];
}
