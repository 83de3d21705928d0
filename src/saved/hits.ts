/** Where the words of a query stand in a text as it is written: folding makes it longer or shorter, so places are kept. */
import { fold } from './fold.ts';
import type { Query } from './query.ts';

/** A piece of a text: where it starts, and where what comes after it does. */
export type Range = [start: number, end: number];

/**
 * What is never taken apart: a letter, its marks and what joins it to them unseen; in Khmer also the letters written below it.
 */
const LETTER = /[^](?:\u17d2\p{L}|[\p{M}\p{Cf}])*/uy;

/** A hit, and which of the query's words it is. */
type Hit = [...Range, word: number];

/** The ranges of all words of a query in a text, in order; those that overlap are one. */
export const findHits = (text: string, query: Pick<Query, 'words'>): Range[] => merge(findEach(text, query));

/** The hits of each word, in order. */
function findEach(text: string, { words }: Pick<Query, 'words'>): Hit[] {
  if (words.length === 0) return [];
  const { folded, starts, ends } = foldWithPlaces(text);
  const hits: Hit[] = [];
  for (const [number, word] of words.entries()) {
    for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + word.length)) {
      hits.push([starts[at] ?? 0, ends[at + word.length - 1] ?? text.length, number]);
    }
  }
  return hits.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
}

function merge(hits: readonly Hit[]): Range[] {
  const merged: Range[] = [];
  for (const [start, end] of hits) {
    const last = merged.at(-1);
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** The hit after which most of the `count` words stand within `length` units, the first of those that are alike. */
function bestOf(hits: readonly Hit[], count: number, length: number): Hit | undefined {
  let best: Hit | undefined;
  let most = 0;
  for (const [index, hit] of hits.entries()) {
    const near = new Set<number>();
    for (let other = index; (hits[other]?.[1] ?? Infinity) <= hit[0] + length; other++) near.add(hits[other]?.[2] ?? 0);
    if (near.size <= most) continue;
    best = hit;
    most = near.size;
    if (most === count) break;
  }
  return best ?? hits[0];
}

/** The folded text, and for each of its units where in the text its letter starts and ends. */
function foldWithPlaces(text: string): { folded: string; starts: number[]; ends: number[] } {
  let folded = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = endOfLetter(text, start);
    folded += fold(text.slice(start, end));
    while (starts.length < folded.length) {
      starts.push(start);
      ends.push(end);
    }
  }
  return { folded, starts, ends };
}

function endOfLetter(text: string, start: number): number {
  // Most letters have nothing after them that could be a part of them; ASCII and the usual Chinese characters are not.
  const next = text.charCodeAt(start + 1);
  if (text.charCodeAt(start) < 0xd800 && (next < 0x300 || (next >= 0x4e00 && next < 0xa000)) && next !== 0xad) {
    return start + 1;
  }
  LETTER.lastIndex = start;
  return LETTER.test(text) ? LETTER.lastIndex : start + 1;
}

export interface Snippet {
  /** A piece of the text in one line, with an ellipsis where it was cut. */
  text: string;
  /** The hits in it. */
  hits: Range[];
}

const SENTENCE_END = /(?:[.!?…](?=\s)|[。！？؟។\n])\s*/;
/** Where a text may be cut between two words; Chinese and Khmer have no spaces there, but signs. */
const BREAK = /[\s，。；：、！？؟،។]\s*/;
/** What belongs to the letter before it. */
const JOINED = /[\p{M}\p{Cf}\udc00-\udfff]/u;

/**
 * The piece of a text that has most of the words, and of those the first, of at most `length` UTF-16 units (and the ellipses; more where the hit itself is
 * longer); the beginning of the text where there is no hit.
 */
export function makeSnippet(text: string, query: Pick<Query, 'words'>, length: number): Snippet {
  const each = findEach(text, query);
  const hits = merge(each);
  const [hitStart, hitEnd] = bestOf(each, query.words.length, Math.floor(length / 2)) ?? [0, 0];
  // A third of the piece stands before the hit, and more where the text ends soon after it.
  const start = findStart(text, hitStart, Math.max(Math.floor(length / 3), length - (text.length - hitStart)));
  const end = Math.max(hitEnd, findEnd(text, start, start + length));
  const before = start > 0 ? '…' : '';
  const after = end < text.length ? '…' : '';
  const shift = before.length - start;
  return {
    text: before + text.slice(start, end).replace(/\s/g, ' ') + after,
    hits: hits.filter((hit) => hit[0] >= start && hit[1] <= end).map((hit): Range => [hit[0] + shift, hit[1] + shift]),
  };
}

/** Where a piece begins that shows at most `lead` units before a hit: at a sentence, else a word, else any letter. */
function findStart(text: string, hitStart: number, lead: number): number {
  if (hitStart <= lead) return 0;
  const context = text.slice(hitStart - lead, hitStart);
  const found = SENTENCE_END.exec(context) ?? BREAK.exec(context);
  return found ? hitStart - lead + found.index + found[0].length : startOfLetter(text, hitStart - lead);
}

/** Where a piece ends that goes up to `latest` at most: before the last break of its second half, else before any letter. */
function findEnd(text: string, start: number, latest: number): number {
  if (latest >= text.length) return text.length;
  const middle = Math.floor((start + latest) / 2);
  for (let end = latest; end > middle; end--)
    if (BREAK.test(text.charAt(end)) && !/\s/.test(text.charAt(end - 1))) return end;
  return startOfLetter(text, latest);
}

function startOfLetter(text: string, place: number): number {
  let start = place;
  while (start > 0 && (JOINED.test(text.charAt(start)) || text.charAt(start - 1) === '\u17d2')) start--;
  return start;
}
