/** Remembers how far an article was read, and brings the reader back there. */
import { useLayoutEffect } from 'preact/hooks';
import type { Position } from '../saved/saved-article.ts';
import { changeMarks } from '../saved/store.ts';

/** Milliseconds without scrolling after which the place is written down. */
const PAUSE = 600;
/** Height of the bar at the top of the window, in CSS pixels. */
const BAR = 60;

const blocksOf = (): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>('.library-article .article-content > *'),
];

/** Where in the article the top of the window is; null at its beginning. */
function findPosition(): Position | null {
  const blocks = blocksOf();
  const paragraph = blocks.findIndex((block) => block.getBoundingClientRect().bottom > BAR + 1);
  const block = blocks[paragraph];
  if (!block || (paragraph === 0 && block.getBoundingClientRect().top >= BAR)) return null;
  const { top, height } = block.getBoundingClientRect();
  const offset = Math.min(1, Math.max(0, (BAR - top) / height));
  const room = document.documentElement.scrollHeight - innerHeight;
  return { paragraph, offset, share: room > 0 ? Math.min(1, scrollY / room) : 1 };
}

function goTo({ paragraph, offset }: Position): void {
  const block = blocksOf()[paragraph];
  if (!block) return;
  const { top, height } = block.getBoundingClientRect();
  // Rounded up, a block of which one line was left would be gone.
  scrollTo({ top: Math.floor(scrollY + top + offset * height - BAR), behavior: 'instant' });
}

/** @param position as it was when the article was opened; what is written down later does not move the reader */
export function usePosition(id: string, position: Position | null, isShown: boolean): void {
  // Before it is drawn: whoever scrolls at once is not brought back.
  useLayoutEffect(() => {
    if (!isShown) return;
    if (position) goTo(position);
    else scrollTo({ top: 0, behavior: 'instant' });
    let pausing: ReturnType<typeof setTimeout> | undefined;
    const note = (): void => {
      clearTimeout(pausing);
      pausing = undefined;
      const found = findPosition();
      if (found) void changeMarks([id], { position: found }).catch(() => undefined);
    };
    const scrolled = (): void => {
      clearTimeout(pausing);
      pausing = setTimeout(note, PAUSE);
    };
    const leave = (): void => {
      if (pausing) note();
    };
    addEventListener('scroll', scrolled, { passive: true });
    addEventListener('pagehide', leave);
    return () => {
      leave();
      removeEventListener('scroll', scrolled);
      removeEventListener('pagehide', leave);
    };
  }, [id, isShown]);
}
