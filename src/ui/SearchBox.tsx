/** Where words are typed to search the saved articles, in popup and library. */
import type { VNode } from 'preact';
import { useText } from './text.ts';

export interface SearchBoxProps {
  query: string;
  onQuery: (query: string) => void;
  /** Somebody is about to type. */
  onFocus?: () => void;
  /** Hears the keys that are pressed in it. */
  onKeyDown?: (event: KeyboardEvent) => void;
}

export function SearchBox({ query, onQuery, onFocus, onKeyDown }: SearchBoxProps): VNode {
  const getText = useText();
  return (
    <input
      type="search"
      value={query}
      aria-label={getText('filter_label')}
      placeholder={getText('filter_placeholder')}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onInput={(event) => onQuery(event.currentTarget.value)}
    />
  );
}
