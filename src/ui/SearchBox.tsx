/** Where words are typed to search the saved articles, in popup and library. */
import type { VNode } from 'preact';
import { useText } from './text.ts';

export interface SearchBoxProps {
  query: string;
  onQuery: (query: string) => void;
  /** Somebody is about to type. */
  onFocus?: () => void;
}

export function SearchBox({ query, onQuery, onFocus }: SearchBoxProps): VNode {
  const getText = useText();
  return (
    <input
      type="search"
      value={query}
      aria-label={getText('filter_label')}
      placeholder={getText('filter_placeholder')}
      onFocus={onFocus}
      onInput={(event) => onQuery(event.currentTarget.value)}
    />
  );
}
