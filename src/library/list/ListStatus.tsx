/** How many articles the list shows, or why there are none. */
import type { VNode } from 'preact';
import { EDITIONS } from '../../article/address.ts';
import { mistakesIn, type Mistake } from '../../saved/query.ts';
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
  const mistakes = isKnown && count === 0 ? mistakesIn(query) : [];
  const ofKind = (wanted: Mistake['kind']): string[] =>
    mistakes.flatMap(({ kind, written }) => (kind === wanted ? written : []));
  const editions = ofKind('edition').map((written) => written.replace(/^.*?[:：]/, ''));
  const dates = ofKind('date');
  const filters = ofKind('filter');
  const nothing = isBinEmpty ? 'bin_empty' : hasWords ? 'nothing_found' : 'nothing_here';
  return (
    <p class="library-count" role="status">
      {isSearching && getText('searching')}
      {isKnown && (count > 0 ? getText(hasWords ? 'found' : 'article_count', count) : getText(nothing, query))}
      {editions.length > 0 && (
        <span> {getText('unknown_edition', editions.join(' '), Object.keys(EDITIONS).join(', '))}</span>
      )}
      {dates.length > 0 && <span> {getText('unknown_date', dates.join(' '))}</span>}
      {filters.length > 0 && <span> {getText('unknown_filter', filters.join(' '))}</span>}
    </p>
  );
}
