/** A place in an article: how far it was read. */

export interface Position {
  /** The block at the top of the window, from 0. */
  paragraph: number;
  /** How much of that block is above the window, 0 to 1. */
  offset: number;
  /** How much of the whole article is, 0 to 1. */
  share: number;
}

const isShare = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1;

/** Whether a value from a message or a file is a place in an article. */
export function isPosition(value: unknown): value is Position {
  if (typeof value !== 'object' || value === null) return false;
  const { paragraph, offset, share } = value as Partial<Record<keyof Position, unknown>>;
  return Number.isSafeInteger(paragraph) && Number(paragraph) >= 0 && isShare(offset) && isShare(share);
}
