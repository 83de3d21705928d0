/** What of the saved articles is found while it is typed. The search is loaded when it is first used. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Summary } from '../saved/saved-article.ts';
import type { searchAll } from './search-all.ts';

export interface Found {
  found: readonly Summary[];
  isSearching: boolean;
}

/** @param recent what is shown as long as nothing is searched */
export function useFound(typed: string, recent: readonly Summary[]): Found {
  const [found, setFound] = useState<Found>({ found: [], isSearching: false });
  const loaded = useRef<Promise<{ searchAll: typeof searchAll }> | undefined>(undefined);
  const query = typed.trim();
  useEffect(() => {
    if (query === '') return;
    const ending = new AbortController();
    setFound(({ found: before }) => ({ found: before, isSearching: true }));
    loaded.current ??= import('./search-all.ts');
    void loaded.current
      .then((loadedSearch) =>
        loadedSearch.searchAll(query, (hits, isDone) => setFound({ found: hits, isSearching: !isDone }), ending.signal),
      )
      .catch(() => setFound({ found: [], isSearching: false }));
    return () => ending.abort();
  }, [query]);
  return query === '' ? { found: recent, isSearching: false } : found;
}
