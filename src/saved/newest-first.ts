/** Lists from their end: what was saved last comes first, without stepping over what comes before it. */

interface Source<Value> {
  getAll: (query?: IDBKeyRange | null, count?: number) => Promise<Value[]>;
}

/**
 * The last values of a store or an index, at most so many, the last first.
 *
 * @param range what of the source is meant, null for all of it
 */
export function getLast<Value>(source: Source<Value>, range: IDBKeyRange | null, count: number): Promise<Value[]> {
  // Chromium 141, Firefox 141: https://developer.mozilla.org/docs/Web/API/IDBObjectStore/getAll. No types know it yet; a
  // cursor that steps over the same keys takes as long as the reading itself.
  return source.getAll({ query: range, count, direction: 'prev' } as unknown as IDBKeyRange);
}
