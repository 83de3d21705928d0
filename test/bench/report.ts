/** The extraction report as Markdown and as one JSON object. */
import type { PageResult } from './any-page.ts';
import { EXTRACTORS, type Extractor } from './extractors.ts';
import { KINDS } from './judge.ts';
import { COUNTED, type Counts } from './pictures.ts';
import type { BenchmarkResult } from './public-benchmark.ts';
import type { Score, SetScore } from './rfi.ts';

export interface Report {
  rfi: SetScore[];
  pages: PageResult[];
  /** Undefined where the benchmark is not at hand. */
  benchmark: BenchmarkResult | undefined;
}

const HEAD: Record<Extractor, string> = { liseuse: 'Liseuse', readability: 'Readability', defuddle: 'Defuddle' };
const PLURAL = {
  title: 'titles',
  lead: 'leads',
  photo: 'photos',
  caption: 'captions',
  credit: 'credits',
  paragraph: 'paragraphs',
  heading: 'headings',
  sound: 'sounds',
  video: 'videos',
};
const JUNK = {
  junkBlocks: 'junk blocks left',
  shareLinks: 'share links left',
  trackingLinks: 'tracking links left',
  siteMarks: 'site names and site pictures left',
};
/** So much of a page that is somebody else's work may stand in the report. */
const LOST_WORDS = 5;
const ADDED_WORDS = 3;
const LISTED = 10;

export function toMarkdown({ rfi, pages, benchmark }: Report): string {
  return `# Extraction, measured

Written by \`npm run bench:extract\`, in Node ${process.versions.node} with jsdom. Times are ratios to Readability's in the same
run; a DOM in JavaScript is another one than a browser's, for which there is \`npm run bench\`. Readability is charged for the clone
of the page that it needs, Defuddle is not. A photo is kept when it is there in any width. A site name is left when a title ends
in it, a site picture when it stands where an article has no photo.

## Articles of RFI

What the newsroom made, read off the page's own markup and off the raw text of the files, without anything of the product. From
a file, Readability and Defuddle get the page that Liseuse makes of it, and Liseuse's time is that of the same page's extraction.

${rfi.map(setToMarkdown).join('\n')}
## Any other page

The test pages of Mozilla Readability with the answers expected there, as words and as whole blocks, whatever their white space.
Placeholders, counting points and empty figures are not counted. Liseuse writes the host of a player that it turns into a link;
those words count as added. It has more pictures where it finds the address of one that is loaded late.

${pagesToMarkdown(pages)}
## A public benchmark

The [article extraction benchmark](https://github.com/scrapinghub/article-extraction-benchmark), whose figures are shares of runs
of four words, as means over its pages. Its text has no captions and no players, which count against whoever keeps them.

${benchmark ? benchmarkToMarkdown(benchmark) : 'Not measured: LISEUSE_BENCHMARK named no checkout of it.'}
`;
}

const benchmarkToMarkdown = ({ pages, scores }: BenchmarkResult): string =>
  [
    tableRow([`${pages} pages`, ...EXTRACTORS.map((extractor) => HEAD[extractor])]),
    tableRow(['---', ...EXTRACTORS.map(() => '---:')]),
    ...(['precision', 'recall', 'f1'] as const).map((figure) =>
      tableRow([
        figure === 'f1' ? 'F1' : figure,
        ...EXTRACTORS.map((extractor) => scores[extractor][figure].toFixed(4)),
      ]),
    ),
  ].join('\n');

function setToMarkdown({ name, scores, refused, flawed }: SetScore): string {
  const { articles, wanted } = scores.liseuse;
  const row = (label: string, cell: (score: Score) => string): string =>
    tableRow([label, ...EXTRACTORS.map((extractor) => cell(scores[extractor]))]);
  const rows = [
    tableRow(['', ...EXTRACTORS.map((extractor) => HEAD[extractor])]),
    tableRow(['---', ...EXTRACTORS.map(() => '---:')]),
    ...KINDS.filter((kind) => wanted[kind] > 0).map((kind) =>
      row(
        `${PLURAL[kind]} kept, of ${wanted[kind]}`,
        ({ kept }) => `${kept[kind]} (${percent(kept[kind], wanted[kind])})`,
      ),
    ),
    ...keysOf(JUNK).map((junk) => row(JUNK[junk], (score) => String(score[junk]))),
    row('articles out of order', ({ outOfOrder }) => String(outOfOrder)),
    row('articles without a flaw', ({ flawless }) => `${flawless} (${percent(flawless, articles)})`),
    row('time', ({ time }) => ratio(time, scores.readability.time)),
  ];
  return `### ${name}: ${articles} ${articles === 1 ? 'article' : 'articles'}

${rows.join('\n')}

${listOf('Refused by Liseuse, and measured on nobody', refused)}${listOf('Flaws of Liseuse', flawed)}`;
}

function pagesToMarkdown(pages: PageResult[]): string {
  const both = ['liseuse', 'readability'] as const;
  const total = (value: (page: PageResult) => number): number => pages.reduce((sum, page) => sum + value(page), 0);
  const row = (label: string, value: (name: (typeof both)[number]) => string | number): string =>
    tableRow([label, ...both.map((name) => String(value(name)))]);
  const rows = [
    tableRow(['', 'Liseuse', 'Readability as installed']),
    tableRow(['---', '---:', '---:']),
    row(
      `pages that lose a word, of ${pages.length}`,
      (name) => pages.filter((page) => page[name].lost.length > 0).length,
    ),
    row(`words lost, of ${total((page) => page.liseuse.words)}`, (name) => total((page) => page[name].lost.length)),
    row('words added', (name) => total((page) => page[name].added.length)),
    row('blocks not there whole', (name) => total((page) => page[name].brokenBlocks)),
    ...COUNTED.map((tag) =>
      row(`\`${tag}\`, of ${total(({ counts }) => counts.expected[tag])}`, (name) =>
        total(({ counts }) => counts[name][tag]),
      ),
    ),
    row('time', (name) =>
      ratio(
        total(({ time }) => time[name]),
        total(({ time }) => time.readability),
      ),
    ),
  ];
  return `${rows.join('\n')}

${listOf('Pages on which Liseuse loses words', pages.filter(isFailing).map(describeLoss), pages.length)}${listOf(
    'Pages on which Liseuse has fewer pictures or captions',
    pages.filter(({ counts }) => COUNTED.some((tag) => counts.liseuse[tag] < counts.expected[tag])).map(describeCounts),
    pages.length,
  )}`;
}

export const isFailing = ({ liseuse }: PageResult): boolean => liseuse.lost.length > 0 || liseuse.brokenBlocks > 0;

function describeLoss({ name, liseuse, readability }: PageResult): string {
  const added = liseuse.added.slice(0, ADDED_WORDS).join(' ');
  const alike =
    readability.lost.join(' ') === liseuse.lost.join(' ') ? '; Readability as installed loses the same' : '';
  return `${name}: ${liseuse.lost.length} ${liseuse.lost.length === 1 ? 'word' : 'words'}, first “${liseuse.lost.slice(0, LOST_WORDS).join(' ')}”${
    added && `, with “${added}” in their place`
  }${alike}`;
}

const describeCounts = ({ name, counts }: PageResult): string =>
  `${name}: ${COUNTED.filter((tag) => counts.liseuse[tag] < counts.expected[tag])
    .map((tag) => `${counts.liseuse[tag]} of ${counts.expected[tag]} \`${tag}\``)
    .join(', ')}`;

const listOf = (head: string, entries: string[], most = LISTED): string => {
  if (entries.length === 0) return '';
  const more = entries.length > most ? [`and ${entries.length - most} more`] : [];
  return `${head}:\n\n${[...entries.slice(0, most), ...more].map((entry) => `- ${entry}`).join('\n')}\n\n`;
};

const tableRow = (cells: string[]): string => `| ${cells.join(' | ')} |`;
const ratio = (time: number, other: number): string => (time / other).toFixed(2);
/** Rounded down: 100 % is all. */
const percent = (part: number, all: number): string => `${Math.floor((100 * part) / all)} %`;
const keysOf = <Key extends string>(record: Record<Key, unknown>): Key[] => Object.keys(record) as Key[];

/** The same figures for a program. Of the test pages, those that fail and no text. */
export function toJson({ rfi, pages, benchmark }: Report): unknown {
  const total = (value: (page: PageResult) => number): number => pages.reduce((sum, page) => sum + value(page), 0);
  const sumCounts = (name: keyof PageResult['counts']): Counts => ({
    img: total(({ counts }) => counts[name].img),
    figure: total(({ counts }) => counts[name].figure),
    figcaption: total(({ counts }) => counts[name].figcaption),
  });
  const summary = (name: 'liseuse' | 'readability'): object => ({
    failing_pages: pages
      .filter((page) => page[name].lost.length > 0 || page[name].brokenBlocks > 0)
      .map((page) => page.name),
    lost_words: total((page) => page[name].lost.length),
    added_words: total((page) => page[name].added.length),
    broken_blocks: total((page) => page[name].brokenBlocks),
    counts: sumCounts(name),
  });
  return {
    rfi: rfi.map(({ name, scores, refused, flawed }) => ({
      name,
      refused,
      flawed,
      scores: Object.fromEntries(EXTRACTORS.map((extractor) => [extractor, toFigures(scores, extractor)])),
    })),
    benchmark: benchmark ?? null,
    any_page: {
      pages: pages.length,
      words: total(({ liseuse }) => liseuse.words),
      expected_counts: sumCounts('expected'),
      liseuse: summary('liseuse'),
      readability: summary('readability'),
      readability_ratio: Number(
        ratio(
          total(({ time }) => time.liseuse),
          total(({ time }) => time.readability),
        ),
      ),
    },
  };
}

const toFigures = (scores: SetScore['scores'], extractor: Extractor): object => {
  const { time, ...figures } = scores[extractor];
  return { ...figures, readability_ratio: Number(ratio(time, scores.readability.time)) };
};
