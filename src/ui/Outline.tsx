/** What is in the article, behind one button: a choice goes there, and the focus with it. */
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Article } from '../article/article.ts';
import { findPlaces, type Place } from './outline.ts';
import { Sheet } from './Sheet.tsx';
import { useText } from './text.ts';
import type { Frame } from './use-position.ts';

/** With fewer, the eye is faster. */
const FEWEST = 3;

export interface OutlineProps {
  article: Article;
  getFrame: () => Frame | null;
}

export function Outline({ article, getFrame }: OutlineProps): VNode | null {
  const getText = useText();
  const [places, setPlaces] = useState<Place[]>([]);
  useEffect(() => {
    const frame = getFrame();
    setPlaces(frame ? findPlaces(frame.content) : []);
  }, [article]);
  if (places.length < FEWEST) return null;

  const go = (index: number): void => {
    const frame = getFrame();
    // Asked again: the text is drawn anew when photos come.
    const place = frame && findPlaces(frame.content)[index]?.element;
    if (!place) return;
    const { scroller, bar } = frame;
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
    const by = place.getBoundingClientRect().top - bar.getBoundingClientRect().bottom;
    scroller.scrollTo({ top: scroller.scrollTop + by, behavior: 'instant' });
  };
  return (
    <Sheet name="outline" sign="☰" label={getText('outline')}>
      <ol lang={article.lang} dir={article.dir}>
        {places.map(({ label, isInner }, index) => (
          <li key={index} class={isInner ? 'is-inner' : undefined}>
            <button
              type="button"
              class="quiet"
              onClick={({ currentTarget }) => {
                const sheet = currentTarget.closest('details');
                if (sheet) sheet.open = false;
                go(index);
              }}
            >
              {label}
            </button>
          </li>
        ))}
      </ol>
    </Sheet>
  );
}
