/** Finds the highlights in the article that is shown, and colours them; again whenever the article is drawn anew. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { findAnchor, type Place } from '../../article/anchor.ts';
import { COLOURS, type Colour, type Highlight } from '../../article/highlight.ts';
import { rangeOf, readText } from './article-text.ts';
import { drawRanges } from './draw.ts';

/** A highlight and where it stands; null where the text no longer has it. */
export interface Located {
  highlight: Highlight;
  place: Place | null;
  range: Range | null;
}

const draw = (rangesIn: (colour: Colour) => Range[]): void =>
  drawRanges(new Map(COLOURS.map((colour) => [`liseuse-${colour}`, rangesIn(colour)])));

/** @param frame what the article's `.article-content` is in */
export function useLocated(frame: RefObject<HTMLElement | null>, highlights: readonly Highlight[]): readonly Located[] {
  const [located, setLocated] = useState<readonly Located[]>([]);
  useLayoutEffect(() => {
    const content = frame.current?.querySelector('.article-content');
    if (!content) return;
    const locate = (): void => {
      const text = readText(content);
      const found = highlights.map((highlight): Located => {
        const place = findAnchor(text.text, highlight);
        return { highlight, place, range: place && rangeOf(text, place) };
      });
      draw((colour) => found.flatMap(({ highlight, range }) => (range && highlight.colour === colour ? range : [])));
      setLocated(found);
    };
    locate();
    const observer = new MutationObserver(locate);
    observer.observe(content, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      draw(() => []);
    };
  }, [highlights]);
  return located;
}
