/** Where a passage stands in the text of an article, said so that it is found again when the text has changed around it or in it. */
import search from 'approx-string-match';

/** A piece of a text: where it starts, and where what comes after it does, in UTF-16 units. */
export interface Place {
  start: number;
  end: number;
}

/**
 * The W3C's TextPositionSelector and TextQuoteSelector in one (https://www.w3.org/TR/annotation-model/#selectors). The text is the
 * article's `textContent` without its empty lines, every space a plain one.
 */
export interface Anchor extends Place {
  /** The words themselves; of a passage longer than `MOST_KEPT`, its beginning. */
  exact: string;
  /** The end of such a long passage; else there is no such field. */
  last?: string;
  /** What stands before and after the passage. */
  prefix: string;
  suffix: string;
}

/** Units of a passage that are kept as they are: lists hold them all in memory. */
export const MOST_KEPT = 1000;
/** Units that are kept of the beginning and of the end of a longer one. */
export const KEPT_OF_LONG = 400;
/** Units of what stands before and after. */
export const CONTEXT = 32;
/** Units that have to be the same, of the passage and around it, where the anchor has as many: less is found anywhere. */
const LEAST_SAME = 12;
/** How much of a passage may have changed. */
const MOST_CHANGED = 0.25;

/** The text without half a letter at either end. */
const wholeLetters = (text: string): string => text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');

/** The anchor of a piece of a text. Letters of two units that it would cut are in it whole. */
export function makeAnchor(text: string, { start: from, end: to }: Place): Anchor {
  const isCut = (at: number): boolean => /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(at - 1, at + 1));
  const start = from > 0 && isCut(from) ? from - 1 : from;
  const end = isCut(to) ? to + 1 : to;
  const isLong = end - start > MOST_KEPT;
  return {
    start,
    end,
    exact: wholeLetters(text.slice(start, isLong ? start + KEPT_OF_LONG : end)),
    ...(isLong && { last: wholeLetters(text.slice(end - KEPT_OF_LONG, end)) }),
    prefix: wholeLetters(text.slice(Math.max(0, start - CONTEXT), start)),
    suffix: wholeLetters(text.slice(end, end + CONTEXT)),
  };
}

/** Where the passage of an anchor is in a text, which may be another than it was made in; null where it is no longer. */
export function findAnchor(text: string, { start, end, exact, last, prefix, suffix }: Anchor): Place | null {
  if (last === undefined) return findQuote(text, exact, prefix, suffix, start);
  const first = findQuote(text, exact, prefix, '', start);
  if (!first) return null;
  const ending = findQuote(text, last, '', suffix, end - last.length + first.start - start);
  return ending && ending.start >= first.start ? { start: first.start, end: ending.end } : null;
}

/** The words where most of their context is too; of several such places, the nearest to where they were. */
function findQuote(text: string, exact: string, prefix: string, suffix: string, start: number): Place | null {
  if (exact === '') return null;
  const least = Math.min(LEAST_SAME, prefix.length + exact.length + suffix.length);
  const best = (places: readonly (Place & { errors: number })[]): Place | null => {
    let found: { same: number; distance: number; place: Place } | null = null;
    for (const { start: from, end, errors } of places) {
      const same = exact.length - 2 * errors + sameEnd(text, from, prefix) + sameStart(text, end, suffix);
      const distance = Math.abs(from - start);
      if (same < least) continue;
      if (found && (found.same > same || (found.same === same && found.distance <= distance))) continue;
      found = { same, distance, place: { start: from, end } };
    }
    return found?.place ?? null;
  };
  const exactly: (Place & { errors: number })[] = [];
  for (let at = text.indexOf(exact); at !== -1; at = text.indexOf(exact, at + 1)) {
    exactly.push({ start: at, end: at + exact.length, errors: 0 });
  }
  return best(exactly) ?? best(search(text, exact, Math.floor(exact.length * MOST_CHANGED)));
}

/** How many units at the end of `before` stand in the text up to a place. */
function sameEnd(text: string, at: number, before: string): number {
  let count = 0;
  while (count < before.length && text[at - count - 1] === before[before.length - count - 1]) count++;
  return count;
}

/** How many units at the beginning of `after` stand in the text from a place on. */
function sameStart(text: string, at: number, after: string): number {
  let count = 0;
  while (count < after.length && text[at + count] === after[count]) count++;
  return count;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isText = (value: unknown, most: number): value is string => typeof value === 'string' && value.length <= most;

/** Whether a value from a message or a file is an anchor. */
export function isAnchor(value: unknown): value is Anchor {
  if (typeof value !== 'object' || value === null) return false;
  const { start, end, exact, last, prefix, suffix } = value as Partial<Record<keyof Anchor, unknown>>;
  return (
    isCount(start) &&
    isCount(end) &&
    start < end &&
    isText(exact, MOST_KEPT) &&
    exact !== '' &&
    (last === undefined || isText(last, MOST_KEPT)) &&
    isText(prefix, CONTEXT) &&
    isText(suffix, CONTEXT)
  );
}
