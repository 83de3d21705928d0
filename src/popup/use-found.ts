/** What of the saved articles is found while it is typed. The search is loaded when it is first used. */
import { useEffect, useState } from 'preact/hooks';
import type { Summary } from '../saved/saved-article.ts';

const loadSearch = async () => import('./search-all.ts');

export interface Found {
  found: readonly Summary[];
  isSearching: boolean;
}

/** @param recent what is shown as long as nothing is searched, or nothing found yet */
export function useFound(typed: string, recent: readonly Summary[]): Found & { prepare: () => void } {
  const [last, setLast] = useState<Found & { query: string }>({ query: '', found: recent, isSearching: false });
  const query = typed.trim();
  useEffect(() => {
    if (query === '') return;
    const ending = new AbortController();
    void loadSearch()
      .then(({ searchAll }) =>
        searchAll(query, recent, (found, isDone) => setLast({ query, found, isSearching: !isDone }), ending.signal),
      )
      .catch(() => setLast({ query, found: [], isSearching: false }));
    return () => ending.abort();
  }, [query]);
  // Until there is something to show for what is typed now, what was shown before stays.
  const before = last.query === '' ? recent : last.found;
  const searched = last.query === query ? last : { found: before, isSearching: true };
  const shown = query === '' ? { found: recent, isSearching: false } : searched;
  // Whoever goes to the box is about to type: until the first key, much has been read.
  return { ...shown, prepare: () => void loadSearch().then(({ readAll }) => readAll().catch(() => undefined)) };
}
