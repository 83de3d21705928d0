/** How many articles the list shows, or why there are none. */
import type { VNode } from 'preact';
import { EDITIONS } from '../../article/address.ts';
import { fold } from '../../saved/fold.ts';
import { unknownFilters } from '../../saved/query.ts';
import { useText } from '../../ui/text.ts';

export interface ListStatusProps {
  /** As it was typed. */
  query: string;
  /** Whether words are searched, and not filters alone. */
  hasWords: boolean;
  count: number;
  /** Whether there is something to count, and all of it has been read. */
  isKnown: boolean;
  /** Whether more may be found in texts that are still being read. */
  isSearching: boolean;
  /** Whether it is the bin that is shown, and nothing is in it. */
  isBinEmpty: boolean;
}

export function ListStatus({ query, hasWords, count, isKnown, isSearching, isBinEmpty }: ListStatusProps): VNode {
  const getText = useText();
  const unknown = isKnown && count === 0 ? unknownFilters(query) : [];
  const edition = unknown.find((filter) => fold(filter).startsWith('edition:'));
  const nothing = isBinEmpty ? 'bin_empty' : hasWords ? 'nothing_found' : 'nothing_here';
  return (
    <p class="library-count" role="status">
      {isSearching && getText('searching')}
      {isKnown && (count > 0 ? getText(hasWords ? 'found' : 'article_count', count) : getText(nothing, query))}
      {edition !== undefined ? (
        <span> {getText('unknown_edition', edition.replace(/^.*?[:：]/, ''), Object.keys(EDITIONS).join(', '))}</span>
      ) : (
        unknown.length > 0 && <span> {getText('unknown_filter', unknown.join(' '))}</span>
      )}
    </p>
  );
}
