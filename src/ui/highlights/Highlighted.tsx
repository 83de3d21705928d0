/** An article with the reader's highlights: they are drawn in it, made by selecting, opened by pressing, and listed under it. */
import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { makeHighlight, type Colour, type Highlight } from '../../article/highlight.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useText } from '../text.ts';
import { ColourButtons } from './ColourButtons.tsx';
import { HighlightList } from './HighlightList.tsx';
import { HighlightPanel } from './HighlightPanel.tsx';
import { Translation } from './Translation.tsx';
import { useLocated, type Located } from './use-located.ts';
import { readSelected, useSelected } from './use-selected.ts';

export interface HighlightedProps {
  /** The same array as long as they are the same. */
  highlights: readonly Highlight[];
  /** Whether the text is that in which they were made, and not that of the other script: there none can be found or made. */
  isOwnText: boolean;
  onKeep: (highlight: Highlight) => void;
  /** The same, from a page that is being closed. */
  onLeave: (highlight: Highlight) => void;
  onRemove: (highlight: Highlight) => void;
  /** The article's view. */
  children: ComponentChildren;
  /** What stands between the article and the list. */
  below?: ComponentChildren;
}

const NONE: readonly Highlight[] = [];
/** The widest box, and the height of the toolbar with its distance, in CSS pixels. */
const BOX = { width: 400, bar: 56 };

export function Highlighted(props: HighlightedProps): VNode {
  const { highlights, isOwnText, onKeep, onLeave, onRemove, children, below } = props;
  const getText = useText();
  const frame = useRef<HTMLDivElement>(null);
  const located = useLocated(frame, isOwnText ? highlights : NONE);
  const [selected, unselect] = useSelected(frame);
  const [opened, setOpened] = useState<{ id: string; isWriting: boolean }>();
  /** Where the keyboard was. */
  const before = useRef<Element | null>(null);
  const open = (id: string, isWriting = false): void => {
    before.current = (frame.current?.getRootNode() as Document | ShadowRoot | undefined)?.activeElement ?? null;
    setOpened({ id, isWriting });
  };
  const close = (): void => {
    setOpened(undefined);
    const region = frame.current?.closest<HTMLElement>('[role=region]');
    const back = before.current instanceof HTMLElement && before.current.isConnected ? before.current : region;
    back?.focus({ preventScroll: true });
  };
  const mark = (colour: Colour): Highlight | undefined => {
    const anchor = isOwnText ? readSelected(frame.current)?.anchor : undefined;
    if (!anchor) return undefined;
    const same = located.find(({ place }) => place?.start === anchor.start && place.end === anchor.end)?.highlight;
    const highlight = same ? { ...same, colour } : makeHighlight(anchor, colour);
    unselect();
    onKeep(highlight);
    return highlight;
  };
  useKeys({ highlight: () => void mark('yellow') });
  const leaveBox = (): boolean => {
    const isOpen = opened !== undefined || selected !== null;
    if (opened) close();
    else unselect();
    return isOpen;
  };
  useEscape(frame, leaveBox);
  useResized(frame);
  const shown = opened && located.find(({ highlight }) => highlight.id === opened.id);
  return (
    <>
      <div
        class="highlighted"
        ref={frame}
        onClick={(event) => {
          // Who selects a passage in it is not pressing it.
          const pressed = readSelected(frame.current) ? undefined : highlightAt(located, event);
          if (pressed) open(pressed.id);
        }}
      >
        {children}
        {isOwnText && selected && (
          <div
            class="highlight-box highlight-bar"
            role="toolbar"
            aria-label={getText('highlight_selection')}
            style={boxStyle(frame.current, selected.rect, true)}
            // The selection stays while its buttons are pressed.
            onMouseDown={(event) => event.preventDefault()}
          >
            <ColourButtons onColour={mark} />
            <button
              type="button"
              onClick={() => {
                const made = mark('yellow');
                if (made) open(made.id, true);
              }}
            >
              {getText('highlight_add_note')}
            </button>
            <Translation text={selected.text} lang={selected.lang} />
          </div>
        )}
        {opened && shown && (
          <HighlightPanel
            key={opened.id}
            highlight={shown.highlight}
            isFound={shown.range !== null}
            isWriting={opened.isWriting}
            style={boxStyle(frame.current, shown.range?.getBoundingClientRect(), false)}
            onKeep={onKeep}
            onLeave={onLeave}
            onRemove={() => {
              close();
              onRemove(shown.highlight);
            }}
            onClose={close}
          />
        )}
      </div>
      {below}
      {!isOwnText && highlights.length > 0 && (
        <p class="highlight-lost">{getText('highlights_own_script', highlights.length)}</p>
      )}
      <HighlightList
        located={located}
        onOpen={({ id }) => {
          const range = located.find(({ highlight }) => highlight.id === id)?.range;
          range?.startContainer.parentElement?.scrollIntoView({ block: 'center', behavior: 'instant' });
          open(id);
        }}
      />
    </>
  );
}

/** The highlight that was pressed, of several the shortest; a link or a button in it is what it is. */
function highlightAt(located: readonly Located[], event: MouseEvent): Highlight | undefined {
  const { target, clientX, clientY } = event;
  if (target instanceof Element && target.closest('a, button, summary, audio, .highlight-box')) return undefined;
  const isIn = ({ left, right, top, bottom }: DOMRect): boolean =>
    clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
  const length = ({ place }: Located): number => (place ? place.end - place.start : Infinity);
  return located
    .filter(({ range }) => range && [...range.getClientRects()].some(isIn))
    .toSorted((one, other) => length(one) - length(other))[0]?.highlight;
}

/** Where a box stands in the frame: under what it belongs to, or over it where there is no room; at the end, where it belongs to nothing. */
function boxStyle(frame: Element | null, rect: DOMRect | undefined, isBar: boolean): Record<string, string> {
  if (!frame || !rect) return { position: 'sticky', insetBlockEnd: '16px', marginInline: 'auto' };
  const outer = frame.getBoundingClientRect();
  const isRight = getComputedStyle(frame).direction === 'rtl';
  const inline = isRight ? outer.right - rect.right : rect.left - outer.left;
  // Whatever is said in it: the selection stays to be seen.
  const isAbove = isBar && rect.bottom + BOX.bar > innerHeight;
  return {
    ...(isAbove
      ? { insetBlockEnd: `${outer.bottom - rect.top + 8}px` }
      : { insetBlockStart: `${rect.bottom + 8 - outer.top}px` }),
    insetInlineStart: `${Math.max(8, Math.min(inline, outer.width - BOX.width - 8))}px`,
  };
}

/** In a window of another size the text is elsewhere: the box goes along, and whoever writes in it sees it. */
function useResized(frame: { current: Element | null }): void {
  const [, drawAgain] = useState({});
  useLayoutEffect(() => {
    const ending = new AbortController();
    const follow = (): void => {
      drawAgain({});
      const show = (): void =>
        frame.current
          ?.querySelector('.highlight-box:focus-within')
          ?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
      requestAnimationFrame(show);
    };
    addEventListener('resize', follow, { signal: ending.signal });
    return () => ending.abort();
  }, []);
}

/** @param leave says whether there was anything to leave: then Escape does nothing else */
function useEscape(frame: { current: Element | null }, leave: () => boolean): void {
  const latest = useRef(leave);
  latest.current = leave;
  useLayoutEffect(() => {
    const root = frame.current?.getRootNode();
    const press = (event: Event): void => {
      if (!(event instanceof KeyboardEvent) || event.isComposing || event.key !== 'Escape') return;
      if (event.ctrlKey || event.altKey || event.metaKey || !latest.current()) return;
      // A dialog around it does not close on a key whose default is prevented.
      event.preventDefault();
      event.stopPropagation();
    };
    root?.addEventListener('keydown', press, { capture: true });
    return () => root?.removeEventListener('keydown', press, { capture: true });
  }, []);
}
