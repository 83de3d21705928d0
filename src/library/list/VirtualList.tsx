/** A list of any length that scrolls with the window: only the rows near the window are in the page. */
import {
  observeWindowOffset,
  observeWindowRect,
  Virtualizer,
  windowScroll,
  type VirtualItem,
} from '@tanstack/virtual-core';
import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface VirtualListProps {
  count: number;
  /** What a row is, wherever it stands in the list. */
  keyOf: (index: number) => string;
  /** Before a row is drawn, its height in CSS pixels is guessed. */
  guessHeight: (index: number) => number;
  /** The `<li>`'s content, and its class. */
  renderRow: (index: number) => VNode;
  classOf: (index: number) => string;
  label: string;
  /** Set to a function that brings a row into the window. */
  onReady: (showRow: (index: number) => void) => void;
}

export function VirtualList(props: VirtualListProps): VNode {
  const { count, keyOf, guessHeight, renderRow, classOf, label, onReady } = props;
  const list = useRef<HTMLUListElement>(null);
  const [, redraw] = useState({});
  const [virtualizer] = useState(
    () =>
      new Virtualizer<Window, HTMLLIElement>({
        count: 0,
        getScrollElement: () => window,
        estimateSize: guessHeight,
        // While the list is hidden, the window is somebody else's.
        scrollToFn: (...to) => {
          if (list.current?.checkVisibility()) windowScroll(...to);
        },
        observeElementRect: observeWindowRect,
        observeElementOffset: observeWindowOffset,
        initialRect: { width: innerWidth, height: innerHeight },
      }),
  );
  virtualizer.setOptions({
    ...virtualizer.options,
    count,
    estimateSize: guessHeight,
    getItemKey: keyOf,
    overscan: 6,
    scrollMargin: list.current?.offsetTop ?? 0,
    scrollPaddingStart: 140,
    scrollPaddingEnd: 100,
    // A list that is hidden has no heights: its rows keep those that they had.
    measureElement: (row) => {
      const index = Number(row.dataset['index']);
      return row.offsetHeight || (virtualizer.measurementsCache[index]?.size ?? guessHeight(index));
    },
    onChange: () => redraw({}),
  });
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  useLayoutEffect(() => onReady((index) => virtualizer.scrollToIndex(index)), []);

  const rows = virtualizer.getVirtualItems();
  const margin = virtualizer.options.scrollMargin;
  const [first, last] = [rows[0], rows.at(-1)];
  const above = first ? first.start - margin : 0;
  const below = last ? virtualizer.getTotalSize() - (last.end - margin) : 0;
  return (
    <ul
      ref={list}
      aria-label={label}
      style={{ paddingBlockStart: `${above}px`, paddingBlockEnd: `${Math.max(0, below)}px` }}
    >
      {rows.map((row: VirtualItem) => (
        <li
          key={row.key}
          data-index={row.index}
          ref={(element) => virtualizer.measureElement(element)}
          class={classOf(row.index)}
          aria-setsize={count}
          aria-posinset={row.index + 1}
        >
          {renderRow(row.index)}
        </li>
      ))}
    </ul>
  );
}
