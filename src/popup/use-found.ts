/** What of the saved articles is found while it is typed. The search is loaded when it is first used. */
import { useEffect, useState } from 'preact/hooks';
import type { Summary } from '../saved/saved-article.ts';

const loadSearch = async () => import('./search-all.ts');

export interface Found {
  found: readonly Summary[];
  isSearching: boolean;
}

/** @param recent what is shown as long as nothing is searched */
export function useFound(typed: string, recent: readonly Summary[]): Found & { prepare: () => void } {
  const [found, setFound] = useState<Found>({ found: [], isSearching: false });
  const query = typed.trim();
  useEffect(() => {
    if (query === '') return;
    const ending = new AbortController();
    setFound(({ found: before }) => ({ found: before, isSearching: true }));
    void loadSearch()
      .then(({ searchAll }) =>
        searchAll(query, recent, (hits, isDone) => setFound({ found: hits, isSearching: !isDone }), ending.signal),
      )
      .catch(() => setFound({ found: [], isSearching: false }));
    return () => ending.abort();
  }, [query]);
  const shown = query === '' ? { found: recent, isSearching: false } : found;
  // Whoever goes to the box is about to type: until the first key, much has been read.
  return { ...shown, prepare: () => void loadSearch().then(({ readAll }) => readAll().catch(() => undefined)) };
}
