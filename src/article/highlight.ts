/** A highlight: a passage of an article that the reader marked in a colour, with or without a note. */
import { isAnchor, type Anchor } from './anchor.ts';

export const COLOURS = ['yellow', 'green', 'blue', 'pink'] as const;
export type Colour = (typeof COLOURS)[number];

export interface Highlight extends Anchor {
  /** A random UUID: the same highlight has the same in every library. */
  id: string;
  colour: Colour;
  /** What the reader wrote about it, '' where that is nothing. */
  note: string;
  /** When it was made, in milliseconds since 1970. */
  madeTime: number;
}

/** A new highlight of a passage. */
export const makeHighlight = (anchor: Anchor, colour: Colour, now = Date.now()): Highlight => ({
  ...anchor,
  id: crypto.randomUUID(),
  colour,
  note: '',
  madeTime: now,
});

/** A highlight with nothing besides, and its fields in one order, so that two that are equal are equal as JSON. */
export const toHighlight = (highlight: Highlight): Highlight => {
  const { id, start, end, exact, last, prefix, suffix, colour, note, madeTime } = highlight;
  return { id, start, end, exact, ...(last !== undefined && { last }), prefix, suffix, colour, note, madeTime };
};

/** The same highlights in the order of the text. */
export const inTextOrder = (highlights: Iterable<Highlight>): Highlight[] =>
  [...highlights].map(toHighlight).sort((one, other) => one.start - other.start || (one.id < other.id ? -1 : 1));

/** Whether a value is the id of a highlight. */
export const isHighlightId = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

/** Whether a value from a message or a file is a highlight. */
export function isHighlight(value: unknown): value is Highlight {
  if (!isAnchor(value)) return false;
  const { id, colour, note, madeTime } = value as Partial<Record<keyof Highlight, unknown>>;
  return (
    isHighlightId(id) &&
    COLOURS.some((each) => each === colour) &&
    typeof note === 'string' &&
    Number.isFinite(madeTime)
  );
}

/** The words of a highlight in a line, for lists and sentences; at most so many letters. */
export function quoteOf({ exact, last }: Anchor, most = Infinity): string {
  const quote = (last === undefined ? exact : `${exact} … ${last}`).replace(/\s+/g, ' ');
  const letters = [...quote];
  return letters.length > most ? `${letters.slice(0, most).join('')}…` : quote;
}
