/**
 * The third part of the extraction report: Zyte's article extraction benchmark, 181 pages of other sites with the text of their
 * articles as people copied it (MIT licence). LISEUSE_BENCHMARK names a checkout of it; nothing of it is in this project.
 * https://github.com/scrapinghub/article-extraction-benchmark
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { EXTRACTORS, extractWith, type Extractor } from './extractors.ts';
import { linesOf } from './lost-words.ts';

/** Means over all pages, from 0 to 1. */
export interface BenchmarkScore {
  f1: number;
  precision: number;
  recall: number;
}

export interface BenchmarkResult {
  pages: number;
  scores: Record<Extractor, BenchmarkScore>;
}

interface Overlap {
  /** Shares of the answer's and of the true text's runs of four words. */
  precision: number;
  recall: number;
}

/** Runs all three on every page, and scores them as the benchmark's own program does, captions and all. */
export function measurePublicBenchmark(folder: string): BenchmarkResult {
  const truth = JSON.parse(readFileSync(join(folder, 'ground-truth.json'), 'utf8')) as Record<
    string,
    { articleBody: string; url: string }
  >;
  const overlaps: Record<Extractor, Overlap[]> = { liseuse: [], readability: [], defuddle: [] };
  for (const [id, { articleBody, url }] of Object.entries(truth)) {
    const source = gunzipSync(readFileSync(join(folder, 'html', `${id}.html.gz`))).toString('utf8');
    for (const name of EXTRACTORS) {
      const page = new DOMParser().parseFromString(source, 'text/html');
      const { answer } = extractWith(name, page, url);
      // The same words of all three: one line a block, so that no two blocks share a word.
      overlaps[name].push(compare(articleBody, answer ? linesOf(answer.content).join('\n') : ''));
    }
  }
  const scores = Object.fromEntries(
    EXTRACTORS.map((name) => [name, score(overlaps[name])]),
  ) as BenchmarkResult['scores'];
  return { pages: Object.keys(truth).length, scores };
}

function score(overlaps: Overlap[]): BenchmarkScore {
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const precision = mean(overlaps.map((overlap) => overlap.precision));
  const recall = mean(overlaps.map((overlap) => overlap.recall));
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}

function compare(truth: string, answer: string): Overlap {
  const [wanted, given] = [countRuns(truth), countRuns(answer)];
  const total = (counts: Map<string, number>): number => [...counts.values()].reduce((sum, count) => sum + count, 0);
  const shared = [...given].reduce((sum, [run, count]) => sum + Math.min(count, wanted.get(run) ?? 0), 0);
  return { precision: shared / Math.max(1, total(given)), recall: shared / Math.max(1, total(wanted)) };
}

const RUN_LENGTH = 4;

/** How often each run of four words is there; a text of fewer words is one run. */
function countRuns(text: string): Map<string, number> {
  const words = text.match(/[\p{L}\p{M}\p{N}_]+/gu) ?? [];
  const counts = new Map<string, number>();
  for (let start = 0; start < Math.max(1, words.length - RUN_LENGTH + 1); start++) {
    const run = words.slice(start, start + RUN_LENGTH).join(' ');
    if (run) counts.set(run, (counts.get(run) ?? 0) + 1);
  }
  return counts;
}
