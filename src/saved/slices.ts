/** A long list piece by piece: a transaction, and what is in memory for it, is of one piece. */
export function* slices<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
