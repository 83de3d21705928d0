/** The table of the library's figures as text, and as Markdown with plots. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { LibraryFigures, SizeFigures } from './library-measure.ts';
import { plot, type Plot } from './library-plot.ts';
import { MEGABYTE, type Row } from './library-rows.ts';
import { median } from './median.ts';

const figure = (value: number, unit: string): string =>
  `${Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toFixed(value < 10 ? 2 : 1)} ${unit}`;
const cellsOf = ({ what, value, unit, against, ratio, target }: Row): string[] => [
  what,
  figure(value, unit),
  against === undefined ? '' : figure(against, unit),
  ratio === undefined ? '' : ratio.toFixed(2),
  target?.text ?? '',
  target ? (target.isReached ? 'reached' : 'MISSED') : '',
];
const HEAD = ['what', 'figure', 'against', 'ratio', 'target', ''];

/** The table for a terminal. */
export function toText(rows: readonly Row[]): string {
  const table = [HEAD, ...rows.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0)));
  return table
    .map((cells) =>
      cells
        .map((cell, column) =>
          column > 0 && column < 4 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const tableRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Writes library.md and its plots into this folder. */
export async function writeReport(rows: readonly Row[], { sizes }: LibraryFigures): Promise<void> {
  const write = (name: string, text: string): void => writeFileSync(join(import.meta.dirname, name), text);
  const line = (label: string, valueOf: (size: SizeFigures) => number | null): Plot['lines'][number] => ({
    label,
    points: sizes.flatMap((figures) => {
      const value = valueOf(figures);
      return value === null ? [] : [{ x: figures.size, y: value }];
    }),
  });
  const time = [
    line('first rows', ({ firstRows }) => firstRows),
    line('key to hits', ({ keys }) => median(keys.map(({ last }) => last))),
    line('search', ({ search }) => search),
    line('bare loop', ({ loop }) => loop),
    line('save', ({ save }) => save),
  ];
  const memory = [
    line('scrolled to the end', ({ heap }) => heap && heap / MEGABYTE),
    line('after a search', ({ heapSearched }) => heapSearched && heapSearched / MEGABYTE),
  ];
  write('library-time.svg', plot({ title: 'Time in milliseconds', lines: time }));
  write('library-memory.svg', plot({ title: 'JS heap of the library page in megabytes', lines: memory }));
  const text = `# The library, measured

Written by \`npm run bench:library\` in Chromium, on real archive files of 2020 that were imported by the library page's own file
box into profiles of ${sizes.map(({ size }) => size.toLocaleString('en')).join(', ')} articles, and of browsers that were opened with them after that. Times are medians and of one machine; ratios are of one run, in which the
sizes are opened and saved into in turn. A search is the mean of six words, from one that most articles have to one that none has.
A popup that is just opened has every hit when it shows the oldest article, or says that there is none.

${tableRow(HEAD)}
${tableRow(['---', '---:', '---:', '---:', '---', '---'])}
${rows.map((row) => tableRow(cellsOf(row))).join('\n')}

![Time against the number of articles](library-time.svg)

![Memory against the number of articles](library-memory.svg)
`;
  const name = join(import.meta.dirname, 'library.md');
  write('library.md', await format(text, { ...(await resolveConfig(name)), filepath: name }));
}
