/** Where words are typed to search the saved articles, in popup and library. */
import type { VNode } from 'preact';
import { useText } from './text.ts';

export function SearchBox({ query, onQuery }: { query: string; onQuery: (query: string) => void }): VNode {
  const getText = useText();
  return (
    <input
      type="search"
      value={query}
      aria-label={getText('filter_label')}
      placeholder={getText('filter_placeholder')}
      onInput={(event) => onQuery(event.currentTarget.value)}
    />
  );
}
