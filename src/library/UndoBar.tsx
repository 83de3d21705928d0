/** What was just done, at the lower edge of the window, with the button that takes it back. */
import type { RefObject, VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Notice } from '../ui/Notice.tsx';
import { useText } from '../ui/text.ts';
import type { MarksControl } from './use-marks.ts';

/** Milliseconds after which a sentence with which nothing can be done is said no longer, unless the reader is at it. */
const PATIENCE = 8000;

export interface UndoBarProps {
  marks: MarksControl;
  /** Is called when the button that was pressed is about to go. */
  onPressed: () => void;
}

export function UndoBar({ marks, onPressed }: UndoBarProps): VNode {
  const getText = useText();
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What can be undone stays until it is closed, or something else is done.
    if (marks.lastDeed || marks.isRefused || (marks.takenBack === undefined && !marks.nothing)) return;
    const leave = (): void => {
      const isAtIt = bar.current?.matches(':hover') || bar.current?.contains(document.activeElement);
      if (!isAtIt) marks.dismiss();
    };
    const waiting = setInterval(leave, PATIENCE);
    return () => clearInterval(waiting);
  }, [marks.lastDeed, marks.isRefused, marks.takenBack, marks.nothing]);
  useKeptInSight(bar);
  const pressed = (then: () => void) => (): void => {
    onPressed();
    then();
  };
  return (
    <div class="library-undo" ref={bar}>
      {marks.isRefused && <Notice text={getText('change_refused')} isUrgent onClose={pressed(marks.dismiss)} />}
      {marks.lastDeed && (
        <Notice
          text={marks.lastDeed.text}
          action={{ label: getText('undo'), onClick: pressed(marks.undo) }}
          onClose={pressed(marks.dismiss)}
        />
      )}
      {marks.nothing && <Notice text={getText(marks.nothing)} onClose={pressed(marks.dismiss)} />}
      {marks.takenBack !== undefined && (
        <Notice text={getText('taken_back', marks.takenBack)} onClose={pressed(marks.dismiss)} />
      )}
    </div>
  );
}

/** Space between the bar and the lower edge of the window, and above the bar, in CSS pixels. */
const SPACE = 24;

/** What has the focus is never under the bar: the page scrolls as far as that needs. */
function useKeptInSight(bar: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const page = document.documentElement;
    const resizing = new ResizeObserver(() => {
      const height = bar.current?.offsetHeight ?? 0;
      // Without a bar, as the style sheet has it.
      page.style.scrollPaddingBlockEnd = height > 0 ? `${height + SPACE}px` : '';
      // The list or the article, which have it as a whole, stay where they are.
      const focused = document.activeElement;
      if (height > 0 && focused?.matches('main :not([tabindex="-1"])'))
        focused.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    });
    if (bar.current) resizing.observe(bar.current);
    return () => resizing.disconnect();
  }, []);
}
