/** What of the saved list is found, while it is typed. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { FollowedList } from '../../saved/follow-list.ts';
import { onSavedListChanged } from '../../saved/changes.ts';
import { parseQuery, type Query } from '../../saved/query.ts';
import type { Summary } from '../../saved/saved-article.ts';
import { Search } from '../../saved/search.ts';

export interface Found {
  found: readonly Summary[];
  query: Query;
  /** Whether more may be found in texts that are still being read. */
  isSearching: boolean;
}

export function useSearch({ summaries }: FollowedList, typed: string): Found {
  const [search] = useState(() => new Search());
  const [isLoaded, setLoaded] = useState(false);
  /** Another object after each change of the texts. */
  const [age, setAge] = useState({});
  const query = useMemo(() => parseQuery(typed), [typed]);
  const needsTexts = query.words.length > 0;
  // Who searched once will search again: from then on the texts follow the list, and no search waits for them.
  const followsTexts = useRef(false);
  followsTexts.current ||= needsTexts;

  useEffect(() => {
    if (!followsTexts.current) return;
    const ending = new AbortController();
    onSavedListChanged((ids) => void search.refresh(ids).then(() => setAge({})), ending.signal);
    void search
      .load(() => setAge({}))
      // The list itself says that it cannot be read.
      .catch(() => undefined)
      .then(() => setLoaded(true));
    return () => ending.abort();
  }, [followsTexts.current]);

  const found = useMemo(() => search.find(query, summaries), [query, summaries, age]);
  return { found, query, isSearching: needsTexts && !isLoaded };
}
