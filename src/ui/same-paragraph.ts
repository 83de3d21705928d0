/** Finds a paragraph of one edition in the other: the scripts have other characters, but as many of them. */

/** What two editions of an article agree in, block by block. */
export type Outline = readonly { kind: string; length: number }[];

/** The outline of an article's `.article-content`. */
export const outlineOf = (content: Element): Outline =>
  [...content.children].map(({ nodeName, textContent }) => ({
    kind: nodeName,
    length: (textContent ?? '').replace(/\s+/g, '').length,
  }));

/** How much longer or shorter the same paragraph may be: a word is sometimes another one. */
const LEEWAY = 0.08;

/**
 * The number of the block of `after` that is the block `index` of `before`: of the same kind and about the same length, the
 * nearest; where none is, the block at the same place.
 */
export function findSame(before: Outline, after: Outline, index: number): number {
  const sought = before[index];
  const alike = [...after.keys()].filter((each) => {
    const block = after[each];
    if (!sought || block?.kind !== sought.kind) return false;
    return Math.abs(block.length - sought.length) <= Math.max(1, sought.length * LEEWAY);
  });
  const [nearest] = alike.toSorted((one, other) => Math.abs(one - index) - Math.abs(other - index));
  return nearest ?? Math.min(index, after.length - 1);
}
