/** The figures of the library beside their targets. */
import type { LibraryFigures, SizeFigures } from './library-measure.ts';
import type { Typed } from './library-typing.ts';
import { median } from './median.ts';

/** One line of the table. */
export interface Row {
  what: string;
  value: number;
  unit: string;
  /** What the value is compared with, and the value divided by it. */
  against?: number;
  ratio?: number;
  /** Of the ratio where there is one, else of the value. Absent where there is no target. */
  target?: { text: string; isReached: boolean };
}

const TARGETS = { opening: 1.5, search: 3, save: 1.3, first: 100, all: 1000, speed: 100, task: 100, heap: 150 };
/** The bytes of a megabyte. */
export const MEGABYTE = 1_000_000;
/** Of more articles than this no target speaks. */
const LARGEST_WITH_TARGET = 11_000;

const atMost = (what: string, value: number, unit: string, most: number): Row => ({
  what,
  value,
  unit,
  target: { text: `at most ${most} ${unit}`, isReached: value <= most },
});

const compared = (what: string, value: number, against: number, most: number): Row => ({
  what,
  value,
  unit: 'ms',
  against,
  ratio: value / against,
  target: { text: `at most ${most} times`, isReached: value / against <= most },
});

const drawnLate = (keys: readonly Typed[]): number => keys.filter(({ lastFrame }) => lastFrame > 1).length;

/** The table: every figure, and whether its target is reached. */
export function judge({ sizes, import: imported, multiplied }: LibraryFigures): Row[] {
  const small = sizes[0];
  const big = sizes.findLast(({ size }) => size < LARGEST_WITH_TARGET);
  if (!small || !big) throw new Error('No size was measured.');
  const count = big.size.toLocaleString('en');
  const late = drawnLate(big.keys);
  const speed = (imported.files * 1000) / imported.time;
  const rows: Row[] = [
    compared(
      `library page to its first rows, ${count} articles against ${small.size}`,
      big.firstRows,
      small.firstRows,
      TARGETS.opening,
    ),
    compared('warm search, all hits, against a bare loop over the texts', big.search, big.loop, TARGETS.search),
    {
      what: `the word that is slowest beside the loop: ${big.worstWord.word}`,
      value: big.worstWord.ratio,
      unit: 'times',
    },
    {
      what: `key to hits drawn in the library, median of ${big.keys.length} keys`,
      value: median(big.keys.map(({ last }) => last)),
      unit: 'ms',
    },
    {
      what: 'the slowest of them',
      value: Math.max(...big.keys.map(({ last }) => last)),
      unit: 'ms',
    },
    {
      what: 'keys whose hits were not in the next frame',
      value: late,
      unit: 'keys',
      target: { text: 'none', isReached: late === 0 },
    },
    ...popupRows(big),
    compared(`save one article into ${count}, against into ${small.size}`, big.save, small.save, TARGETS.save),
    {
      what: `import of ${imported.files.toLocaleString('en')} files`,
      value: speed,
      unit: 'files/s',
      target: { text: `at least ${TARGETS.speed} files/s`, isReached: speed >= TARGETS.speed },
    },
    ...(imported.tasks
      ? [
          atMost('longest task on the page while it imports', imported.tasks.longest, 'ms', TARGETS.task),
          { what: `tasks over ${TARGETS.task} ms`, value: imported.tasks.long, unit: 'tasks' },
          {
            what: 'the browser’s own task before them, which makes the list of the chosen files',
            value: imported.tasks.choice,
            unit: 'ms',
          },
        ]
      : []),
    ...(big.heap === null
      ? []
      : [atMost('JS heap of the library, scrolled to the end', big.heap / MEGABYTE, 'MB', TARGETS.heap)]),
    ...(big.heapSearched === null
      ? []
      : [{ what: 'the same after a search', value: big.heapSearched / MEGABYTE, unit: 'MB' }]),
    { what: 'longest frame while scrolling', value: big.longestFrame, unit: 'ms' },
  ];
  const large = sizes.find(({ size }) => size > LARGEST_WITH_TARGET);
  return large ? [...rows, ...largeRows(large, multiplied ?? 0)] : rows;
}

function popupRows({ popup }: SizeFigures): Row[] {
  if (!popup) return [];
  return [
    atMost('first hits in a popup just opened', popup.first, 'ms', TARGETS.first),
    atMost('all hits in it, the oldest article among them', Math.max(popup.all, popup.none), 'ms', TARGETS.all),
  ];
}

function largeRows(large: SizeFigures, multiplied: number): Row[] {
  const of = (what: string): string => `${large.size.toLocaleString('en')}: ${what}`;
  return [
    { what: of('made by the import, without photos'), value: multiplied / 1000, unit: 's' },
    { what: of('library page to its first rows'), value: large.firstRows, unit: 'ms' },
    {
      what: of('warm search, all hits, against a bare loop'),
      value: large.search,
      unit: 'ms',
      against: large.loop,
      ratio: large.search / large.loop,
    },
    { what: of('key to hits drawn'), value: median(large.keys.map(({ last }) => last)), unit: 'ms' },
    { what: of('longest frame while scrolling to the end'), value: large.longestFrame, unit: 'ms' },
    { what: of('save'), value: large.save, unit: 'ms' },
    ...(large.heap === null ? [] : [{ what: of('JS heap'), value: large.heap / MEGABYTE, unit: 'MB' }]),
    ...(large.heapSearched === null
      ? []
      : [{ what: of('JS heap after a search'), value: large.heapSearched / MEGABYTE, unit: 'MB' }]),
    ...(large.popup
      ? [
          { what: of('first hits in a popup'), value: large.popup.first, unit: 'ms' },
          { what: of('all hits in it'), value: Math.max(large.popup.all, large.popup.none), unit: 'ms' },
        ]
      : []),
  ];
}
