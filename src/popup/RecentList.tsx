/** The articles that were saved last, and what a search finds: the beginning of what the library has whole. */
import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Summary } from '../saved/saved-article.ts';
import { SavedRow } from '../ui/SavedRow.tsx';
import { SearchBox } from '../ui/SearchBox.tsx';
import { useText } from '../ui/text.ts';
import { useFound } from './use-found.ts';

/** As many as anybody scrolls through in a popup. */
export const SHOWN = 50;

export interface RecentListProps {
  /** The last saved first, one more than are shown where there are more. */
  summaries: readonly Summary[];
  onOpen: (summary: Summary) => void;
  /** Opens the library with what is searched in it. */
  onOpenLibrary: (query: string) => void;
}

export function RecentList({ summaries, onOpen, onOpenLibrary }: RecentListProps): VNode {
  const getText = useText();
  const [query, setQuery] = useState('');
  const { found, isSearching, prepare } = useFound(query, summaries);
  const list = useRef<HTMLUListElement>(null);
  return (
    <section class="saved-list">
      <div class="saved-list-tools">
        <SearchBox
          query={query}
          onQuery={setQuery}
          onFocus={prepare}
          onLeave={() => list.current?.querySelector('a')?.focus()}
        />
      </div>
      {summaries.length === 0 && <p class="empty">{getText('nothing_saved')}</p>}
      <p class="empty" role="status">
        {summaries.length > 0 && found.length === 0 && !isSearching ? getText('nothing_found', query) : ''}
      </p>
      <ul ref={list}>
        {found.slice(0, SHOWN).map((summary) => (
          <li key={summary.id} class="saved-article">
            <SavedRow summary={summary} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {found.length > SHOWN && (
        <button type="button" onClick={() => onOpenLibrary(query)}>
          {getText('more_in_library')}
        </button>
      )}
    </section>
  );
}
