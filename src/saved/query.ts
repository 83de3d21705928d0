/**
 * What a reader types to find saved articles: words, "a phrase", and filters as `name:value`.
 *
 *     edition:cn  section:politique  tag:"deux mots"  author:li  before:2024-01  after:2024-05-17
 *     is:unread|reading|archived|favourite|bin  has:audio|photo|note|highlight
 *
 * A section or a tag in quotes is exactly that one; without, whatever has it in its name. The author of what nobody signed is
 * the newsroom. An article has to have all of them. A filter whose name or value is unknown is an ordinary word, and one that has no value
 * yet is nothing. Only `is:bin` finds what is in the bin.
 */
import { EDITIONS } from '../article/address.ts';
import { fold } from './fold.ts';
import { authorsOf, sectionOf } from './newsroom.ts';
import type { Summary } from './saved-article.ts';

/** What is asked for. It is only good for `matches`; `words` are what to mark in a text. */
export interface Query {
  /** Folded words and phrases, each to be found somewhere; the longest first, for fewer articles have it. */
  readonly words: readonly string[];
  /** What the summary has to be, the cheapest first. */
  readonly tests: readonly Test[];
}

type Test = (summary: Summary) => boolean;

const STATES: Readonly<Record<string, Test>> = {
  unread: ({ archivedTime, position }) => archivedTime === null && position === null,
  reading: ({ archivedTime, position }) => archivedTime === null && position !== null,
  archived: ({ archivedTime }) => archivedTime !== null,
  favourite: ({ isFavourite }) => isFavourite,
  bin: isInBin,
};

const PARTS: Readonly<Record<string, Test>> = {
  audio: ({ hasSound }) => hasSound,
  photo: ({ photos }) => photos.total > 0,
  note: ({ note }) => note.trim() !== '',
  highlight: ({ highlights = [] }) => highlights.length > 0,
};

/** Makes a test of a folded value, quoted or not; null where the value is unknown. The cheapest first. */
const FILTERS: Readonly<Record<FilterName, (value: string, isQuoted: boolean) => Test | null>> = {
  is: (value) => (Object.hasOwn(STATES, value) ? (STATES[value] ?? null) : null),
  has: (value) => (Object.hasOwn(PARTS, value) ? (PARTS[value] ?? null) : null),
  edition: (value) => (Object.hasOwn(EDITIONS, value) ? ({ edition }) => edition === value : null),
  before: (value) => {
    const start = startOf(value);
    return start === null ? null : (summary) => timeOf(summary) < start;
  },
  after: (value) => {
    const start = startOf(value);
    return start === null ? null : (summary) => timeOf(summary) >= start;
  },
  section: (value, isQuoted) =>
    isQuoted
      ? (summary) => foldedOf(summary).section === value
      : (summary) => foldedOf(summary).section.includes(value),
  author: (value) => (summary) => foldedOf(summary).author.includes(value),
  tag: (value, isQuoted) =>
    isQuoted
      ? (summary) => foldedOf(summary).tags.includes(value)
      : (summary) => foldedOf(summary).tags.some((tag) => tag.includes(value)),
};

export type FilterName = 'is' | 'has' | 'edition' | 'before' | 'after' | 'section' | 'author' | 'tag';

/** The names whose values are somebody's words: one that is chosen is that one, not what begins like it. */
const EXACT: readonly string[] = ['section', 'tag'];

/** The names whose values are words of ours, so that their letter case says nothing. */
const FIXED: readonly string[] = ['is', 'has', 'edition'];

const QUOTED = '["＂“”„]([^"＂“”„]*)["＂“”„]|«\\s*([^«»]*?)\\s*»|「([^「」]*)」|『([^『』]*)』';
const BARE = '[^\\s"＂“”„«»「」『』]+';
const TOKEN = new RegExp(`(\\p{L}+)[:：](?:${QUOTED}|(${BARE}))?|${QUOTED}|${BARE}`, 'gu');

interface Token {
  start: number;
  end: number;
  /** Whether it is written as a filter, though there is none of that name or value. */
  isUnknown: boolean;
  /** Null where it is a word or a phrase; a filter that has no value yet has no test either. */
  filter: { name: FilterName; value: string; test: Test | null } | null;
  words: string[];
}

function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map((match) => {
    const [written, name, ...values] = match;
    const token = { start: match.index, end: match.index + written.length, isUnknown: false, filter: null };
    const value = values.find((group) => group !== undefined) ?? '';
    // A word as it stands has no group of its own, a phrase has.
    if (name === undefined) return { ...token, words: [values.some((group) => group !== undefined) ? value : written] };
    const filterName = fold(name);
    const folded = fold(value).trim();
    if (isFilterName(filterName)) {
      const isQuoted = written.length > name.length + 1 + value.length;
      const test = folded === '' ? null : FILTERS[filterName](folded, isQuoted);
      const kept = FIXED.includes(filterName) ? folded : value.trim();
      if (test || folded === '') return { ...token, filter: { name: filterName, value: kept, test }, words: [] };
    }
    // A web address is none.
    const isUnknown = /^[a-z]+$/i.test(name) && /^[\p{L}\p{N}]/u.test(value);
    // 他说："不行" is a word and a phrase.
    const words = written.length === name.length + 1 + value.length ? [written] : [`${name}:`, value];
    return { ...token, isUnknown, words };
  });
}

const isFilterName = (name: string): name is FilterName => Object.hasOwn(FILTERS, name);

/** What a typed text asks for. Never throws; an empty text asks for everything outside the bin. */
export function parseQuery(text: string): Query {
  const tokens = tokensOf(text);
  const words = tokens.flatMap((token) => token.words.map((word) => fold(word).replace(/\s/g, ' ')));
  const filters = tokens.flatMap(({ filter }) => filter ?? []);
  const tests = Object.keys(FILTERS).flatMap((name) =>
    filters.flatMap((filter) => (filter.name === name ? (filter.test ?? []) : [])),
  );
  return {
    words: [...new Set(words)].filter((word) => word.trim() !== '').toSorted((a, b) => b.length - a.length),
    tests: tests.includes(isInBin) ? tests : [isOutsideBin, ...tests],
  };
}

/** What is written as a filter and is none: a slip of the keyboard, it may be. */
export interface Mistake {
  written: string;
  /** What there is none of: such an edition, such a date, or else such a filter. */
  kind: 'edition' | 'date' | 'filter';
}

/** What in a typed text is written as a filter and is none, so that it is searched as a word. */
export const mistakesIn = (text: string): Mistake[] =>
  tokensOf(text).flatMap(({ start, end, isUnknown }) => {
    const written = text.slice(start, end);
    return isUnknown ? { written, kind: KINDS.get(fold(written.replace(/[:：].*/su, ''))) ?? 'filter' } : [];
  });

const KINDS: ReadonlyMap<string, Mistake['kind']> = new Map([
  ['edition', 'edition'],
  ['before', 'date'],
  ['after', 'date'],
]);

/** Whether an article is among what is asked for. `text` is that of the store `texts`; what is not loaded is ''. */
export function matches(query: Query, summary: Summary, text: string): boolean {
  for (const test of query.tests) if (!test(summary)) return false;
  for (const word of query.words) {
    if (text.includes(word)) continue;
    if (summary.tags.length === 0 && summary.note === '' && !summary.highlights) return false;
    if (!foldedOf(summary).own.includes(word)) return false;
  }
  return true;
}

function isInBin({ removedTime }: Summary): boolean {
  return removedTime !== null;
}

function isOutsideBin({ removedTime }: Summary): boolean {
  return removedTime === null;
}

/**
 * The first millisecond of a year, month or day ("2024", "2024-01", "2024-01-31") on the reader's own clock; null where there
 * is none. `before:2024-01` ends and `after:2024-01` begins with the first of January 2024.
 */
function startOf(value: string): number | null {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(value);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : null;
}

const timeOf = ({ publishedTime, savedTime }: Summary): number => {
  const published = publishedTime === null ? NaN : Date.parse(publishedTime);
  return Number.isNaN(published) ? savedTime : published;
};

interface Folded {
  section: string;
  author: string;
  tags: string[];
  /** What the reader wrote, which is not in the store `texts`. */
  own: string;
}

/** Kept as long as its summary is, so that a search after each letter typed folds nothing twice. */
const foldedSummaries = new WeakMap<Summary, Folded>();

function foldedOf(summary: Summary): Folded {
  const known = foldedSummaries.get(summary);
  if (known) return known;
  const { keywords, tags, note, highlights = [] } = summary;
  const folded = {
    section: fold(sectionOf(summary) ?? ''),
    author: fold(authorsOf(summary).join('\n')),
    tags: [...keywords, ...tags].map(fold),
    own: fold([...tags, note, ...highlights.map((highlight) => highlight.note)].join('\n')),
  };
  foldedSummaries.set(summary, folded);
  return folded;
}

/** The value of a filter in a typed text, the last where it stands there twice; null where it does not. */
export function filterOf(text: string, name: FilterName): string | null {
  return tokensOf(text).findLast(({ filter }) => filter?.test && filter.name === name)?.filter?.value ?? null;
}

/** The typed text without any filter of that name, also one that has no value yet. */
export function withoutFilter(text: string, name: FilterName): string {
  const pieces: string[] = [];
  let end = 0;
  for (const token of tokensOf(text)) {
    if (token.filter?.name !== name) continue;
    pieces.push(text.slice(end, token.start));
    end = token.end;
  }
  return [...pieces, text.slice(end)]
    .map((piece) => piece.trim())
    .filter(Boolean)
    .join(' ');
}

/**
 * The typed text with one filter of that name, in the place of those it had. It stands first, where a quote that was opened
 * in the text cannot swallow it.
 */
export function withFilter(text: string, name: FilterName, value: string): string {
  const written = value.replace(/\s+/g, ' ').trim();
  const isBare = !EXACT.includes(name) && new RegExp(`^${BARE}$`, 'u').test(written);
  // A value may have quotes of its own.
  const pair = PAIRS.find((signs) => ![...signs].some((sign) => written.includes(sign)));
  const quoted = pair ? pair.charAt(0) + written + pair.slice(-1) : `"${written.replace(/["＂“”„]/g, ' ')}"`;
  return `${name}:${isBare ? written : quoted} ${withoutFilter(text, name)}`.trim();
}

/** Signs of which the first and the last are a pair of quotes, if none of them stands between the two. */
const PAIRS = ['"＂“”„"', '«»', '「」', '『』'];
