/** How much of the article is read: a line over the text, the minutes that are left, and the way back to the beginning. */
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Article } from '../article/article.ts';
import { useText } from './text.ts';
import type { Frame } from './use-position.ts';

export interface ReadingProgressProps {
  article: Article;
  getFrame: () => Frame | null;
}

/** How much of the article has gone by, 0 to 1 when its end is in sight; null where all of it is. */
function shareRead({ scroller, content }: Frame): number | null {
  const { top, height } = content.getBoundingClientRect();
  const isPage = scroller === document.documentElement;
  const start = isPage ? 0 : scroller.getBoundingClientRect().top;
  const room = height - scroller.clientHeight;
  return room > 0 ? Math.min(1, Math.max(0, (start - top) / room)) : null;
}

/** Where style sheets follow the scrolling, no script does. */
const stylesFollow = (): boolean => CSS.supports('animation-timeline: scroll()');

export function ReadingProgress({ article, getFrame }: ReadingProgressProps): VNode {
  const getText = useText();
  const line = useRef<HTMLDivElement>(null);
  const [minutes, setMinutes] = useState(0);
  const [isFar, setFar] = useState(false);
  useEffect(() => {
    const frame = getFrame();
    if (!frame) return;
    const { scroller, content } = frame;
    const ending = new AbortController();
    const options = { passive: true, signal: ending.signal };
    const draw = (): void => line.current?.style.setProperty('--read', `${(shareRead(frame) ?? 0) * 100}%`);
    const look = (): void => {
      const share = shareRead(frame);
      setMinutes(share === null ? 0 : Math.ceil(article.readingMinutes * (1 - share)));
      setFar(scroller.scrollTop > 2 * scroller.clientHeight);
      if (!stylesFollow()) draw();
    };
    // The document's own scrolling is told to the document.
    const target = scroller === document.documentElement ? document : scroller;
    target.addEventListener('scrollend', look, options);
    if (!stylesFollow()) target.addEventListener('scroll', draw, options);
    // Photos come, and type changes its size.
    const resizing = new ResizeObserver(look);
    resizing.observe(content);
    return () => {
      ending.abort();
      resizing.disconnect();
    };
  }, [article]);

  const goUp = (): void => {
    const frame = getFrame();
    // The button goes; the keyboard reads on from the beginning.
    frame?.content.closest<HTMLElement>('[role=region]')?.focus({ preventScroll: true });
    frame?.scroller.scrollTo({ top: 0, behavior: 'instant' });
  };
  return (
    <>
      <span class="minutes-left">{minutes > 0 && getText('minutes_left', minutes)}</span>
      <div class="reading-progress" dir={article.dir} aria-hidden="true">
        <div ref={line} />
      </div>
      {isFar && (
        <button type="button" class="to-top" onClick={goUp}>
          <span aria-hidden="true">↑ </span>
          <span class="settings-label">{getText('to_top')}</span>
        </button>
      )}
    </>
  );
}
