/** The first part of the extraction report: the three extractors on the real page and on archive files of RFI's. */
import { readFileSync } from 'node:fs';
import type { ArchiveReading } from '../../src/exchange/archive-file.ts';
import { parseArchiveText, readArchiveFile, toPage } from '../../src/exchange/archive-file.ts';
import { list, readBytes, readTar, readText } from '../corpus/corpus.ts';
import { EXTRACTORS, extractWith, toContent, type Extractor, type Timed } from './extractors.ts';
import { hashOf, judge, KINDS, none, type Answer, type Expectation, type Kind, type Verdict } from './judge.ts';
import { median } from './median.ts';
import { FACTS_FILE, type PageFacts } from './page-facts.ts';
import { readRawArchive } from './raw-archive.ts';

/** One extractor on one set of articles. */
export interface Score extends Omit<Verdict, 'inOrder'> {
  articles: number;
  /** Articles in which no block is missing, none is out of order, and no junk is left. */
  flawless: number;
  outOfOrder: number;
  /** Milliseconds for all articles together, each the median of its rounds. */
  time: number;
}

export interface SetScore {
  name: string;
  scores: Record<Extractor, Score>;
  /** Files that Liseuse refuses, with its reason; nobody is measured on them. */
  refused: string[];
  /** Files in which Liseuse lost something, and what. */
  flawed: string[];
}

interface Sample {
  name: string;
  page: Document;
  address: string;
  expectation: Expectation;
  /** What Liseuse gives as a whole; by extraction from the page where this is absent. */
  liseuse?: Answer;
}

const PAGE_ROUNDS = 9;
const WARM_UPS = 2;

/** @throws when the page is not the one that the expectation was made from */
export function measureRealPage(): SetScore {
  const html = readText('pages', 'cn-1.html');
  const facts = JSON.parse(readFileSync(FACTS_FILE, 'utf8')) as PageFacts;
  if (facts.page !== hashOf(html))
    throw new Error('pages/cn-1.html is not the page that expectations/cn-1.json is of.');
  const page = new DOMParser().parseFromString(html, 'text/html');
  const address = page.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? '';
  const expectation = { blocks: facts.blocks, junk: Object.values(facts.junk).flat() };
  return score('real page', [{ name: 'cn-1.html', page, address, expectation }], PAGE_ROUNDS);
}

/** @param step every how many files of the archive of 2020 one is read */
export function measureArchives(step: number): SetScore[] {
  const variations = list('archive').filter((name) => name.startsWith('rfi-'));
  return [
    scoreFiles(
      'archive, every variation',
      variations.map((name) => ({ name, bytes: readBytes('archive', name) })),
    ),
    scoreFiles(
      `archive of 2020, 1 file in ${step}`,
      readTar('archive-2020.tar.gz', (_, index) => index % step === 0),
    ),
    scoreFiles(
      'archive of October 2023',
      readTar('archive-2023-sample.tar.gz', () => true),
    ),
  ];
}

function scoreFiles(name: string, files: { name: string; bytes: Uint8Array }[]): SetScore {
  const samples: Sample[] = [];
  const refused: string[] = [];
  for (const { name: path, bytes } of files) {
    // Names of files may hold the title: what stands before it tells them apart.
    const file = /\/(\d+)/.exec(path)?.[1] ?? path;
    const raw = new TextDecoder().decode(bytes);
    const reading = readArchiveFile(bytes);
    const archive = parseArchiveText(raw);
    if (!reading.ok || 'reason' in archive) refused.push(`${file} (${reasonOf(reading)})`);
    else {
      const { title, content } = reading.article;
      const liseuse = { title, content: toContent(content) };
      const expectation = readRawArchive(raw);
      samples.push({ name: file, page: toPage(archive), address: archive.address, expectation, liseuse });
    }
  }
  return { ...score(name, samples, 1), refused };
}

const reasonOf = (reading: ArchiveReading): string => (reading.ok ? 'not parsed' : reading.reason);

/** Runs the extractors on each sample in turn, whoever is first being last in the next round. */
function score(name: string, samples: Sample[], rounds: number): SetScore {
  const scores: SetScore['scores'] = { liseuse: empty(), readability: empty(), defuddle: empty() };
  const flawed: string[] = [];
  samples.slice(0, 1).forEach((sample) => repeat(WARM_UPS, () => EXTRACTORS.forEach((name) => run(name, sample))));
  for (const [index, sample] of samples.entries()) {
    const runs: Record<Extractor, Timed[]> = { liseuse: [], readability: [], defuddle: [] };
    repeat(rounds, (round) => {
      const first = (index + round) % EXTRACTORS.length;
      const turn = [...EXTRACTORS.slice(first), ...EXTRACTORS.slice(0, first)];
      for (const extractor of turn) runs[extractor].push(run(extractor, sample));
    });
    for (const extractor of EXTRACTORS) {
      const given = (extractor === 'liseuse' ? sample.liseuse : undefined) ?? runs[extractor][0]?.answer;
      const verdict = judge(given ?? { title: '', content: toContent('') }, sample.expectation);
      add(scores[extractor], verdict, median(runs[extractor].map(({ time }) => time)));
      const flaws = flawsOf(verdict);
      if (extractor === 'liseuse' && flaws.length > 0) flawed.push(`${sample.name}: ${flaws.join(', ')}`);
    }
  }
  return { name, scores, flawed, refused: [] };
}

const run = (name: Extractor, { page, address }: Sample): Timed => extractWith(name, page, address);

const repeat = (times: number, act: (round: number) => void): void => {
  for (let round = 0; round < times; round++) act(round);
};

const empty = (): Score => ({
  articles: 0,
  flawless: 0,
  outOfOrder: 0,
  wanted: none(),
  kept: none(),
  junkBlocks: 0,
  shareLinks: 0,
  trackingLinks: 0,
  siteMarks: 0,
  time: 0,
});

const JUNK = ['junkBlocks', 'shareLinks', 'trackingLinks', 'siteMarks'] as const;

function add(sum: Score, verdict: Verdict, time: number): void {
  sum.articles++;
  sum.time += time;
  if (flawsOf(verdict).length === 0) sum.flawless++;
  if (!verdict.inOrder) sum.outOfOrder++;
  for (const kind of KINDS) {
    sum.wanted[kind] += verdict.wanted[kind];
    sum.kept[kind] += verdict.kept[kind];
  }
  for (const junk of JUNK) sum[junk] += verdict[junk];
}

/** What is wrong with an answer, in words without any of the article's. */
function flawsOf({ wanted, kept, inOrder, ...junk }: Verdict): string[] {
  const missing = (kind: Kind): string => `${kind} ${kept[kind]} of ${wanted[kind]}`;
  return [
    ...KINDS.filter((kind) => kept[kind] < wanted[kind]).map(missing),
    ...(inOrder ? [] : ['out of order']),
    ...JUNK.filter((name) => junk[name] > 0).map((name) => `${name} ${junk[name]}`),
  ];
}
