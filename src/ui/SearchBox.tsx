/** Where words are typed to search the saved articles, in popup and library. */
import type { VNode } from 'preact';
import { useText } from './text.ts';

export interface SearchBoxProps {
  query: string;
  onQuery: (query: string) => void;
  /** Somebody is about to type. */
  onFocus?: () => void;
  /** Enter or the arrow down was pressed: on to what is found. */
  onLeave: () => void;
  /** Escape was pressed where nothing is typed. */
  onEscape?: () => void;
}

export function SearchBox({ query, onQuery, onFocus, onLeave, onEscape }: SearchBoxProps): VNode {
  const getText = useText();
  return (
    <input
      type="search"
      value={query}
      // Empty, it has the direction of its hint.
      dir={query === '' ? undefined : 'auto'}
      aria-label={getText('filter_label')}
      placeholder={getText('filter_placeholder')}
      onFocus={onFocus}
      onKeyDown={(event) => {
        if (event.isComposing) return;
        if (event.key === 'Enter' || event.key === 'ArrowDown') {
          event.preventDefault();
          onLeave();
        } else if (event.key === 'Escape' && event.currentTarget.value === '') onEscape?.();
      }}
      onInput={(event) => onQuery(event.currentTarget.value)}
    />
  );
}
