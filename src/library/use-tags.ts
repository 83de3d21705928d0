/** The reader's tags, of all articles, as they are offered. */
import { useMemo, useRef } from 'preact/hooks';
import type { Summary } from '../saved/saved-article.ts';

/** More than these a box offers to nobody, and takes seconds to be drawn; what is typed may be any. */
const MOST = 2000;

/** The first of them in their order; the same list as long as there are no others, however often articles change: to sort very many takes long. */
export function useTags(summaries: readonly Summary[]): readonly string[] {
  const sorted = useRef<readonly string[]>([]);
  const all = useMemo(() => {
    const tags = new Set(summaries.flatMap((summary) => summary.tags));
    const isSame = tags.size === sorted.current.length && sorted.current.every((tag) => tags.has(tag));
    // One collator for all: `localeCompare` takes more than twice as long.
    if (!isSame) sorted.current = [...tags].toSorted(new Intl.Collator().compare);
    return sorted.current;
  }, [summaries]);
  return useMemo(() => all.slice(0, MOST), [all]);
}
