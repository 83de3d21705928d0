/** One article in the library's list, with what can be done with it. */
import type { VNode } from 'preact';
import { findHits } from '../../saved/hits.ts';
import type { Query } from '../../saved/query.ts';
import type { Summary } from '../../saved/saved-article.ts';
import { BIN_TIME } from '../../saved/store.ts';
import { formatDate } from '../../ui/format.ts';
import { SavedRow } from '../../ui/SavedRow.tsx';
import { useText } from '../../ui/text.ts';
import { Marked, Snippet } from './Snippet.tsx';
import { Thumbnail } from './Thumbnail.tsx';
import type { Deeds } from '../deeds.ts';

/** Tags, and letters of a title or a tag, that a row shows: whatever an article says, it leaves room for the others. */
const MOST_TAGS = 20;
const MOST_LETTERS = 300;

export interface ArticleRowProps {
  summary: Summary;
  /** What is searched, undefined where nothing is. */
  query: Query | undefined;
  /** Whether the rows stand in the order in which they were saved, and no heading says when. */
  isSavedTimeShown: boolean;
  isSelected: boolean;
  onSelect: (isRange: boolean) => void;
  onOpen: (summary: Summary) => void;
  deeds: Deeds;
}

export function ArticleRow(props: ArticleRowProps): VNode {
  const { summary, query, isSavedTimeShown, isSelected, onSelect, onOpen, deeds } = props;
  const getText = useText();
  const { title, tags, isFavourite, archivedTime, removedTime } = summary;
  const name = cut(title) || getText('untitled');
  const ids = [summary.id];
  const shownTags = tags.slice(0, MOST_TAGS).map(cut);
  const button = (label: string, sign: string, onClick: () => void, isPressed?: boolean): VNode => (
    <button type="button" class="quiet" aria-label={label} aria-pressed={isPressed} onClick={onClick}>
      <span aria-hidden="true" title={label}>
        {sign}
      </span>
    </button>
  );
  return (
    <>
      <input
        type="checkbox"
        checked={isSelected}
        aria-label={getText('select_article', name)}
        onClick={(event) => onSelect(event.shiftKey)}
      />
      <SavedRow
        summary={summary}
        onOpen={onOpen}
        title={query ? <Marked text={name} hits={findHits(name, query)} /> : name}
        isSavedTimeShown={isSavedTimeShown}
        thumbnail={<Thumbnail summary={summary} />}
        excerpt={
          <>
            {removedTime !== null && (
              <span class="saved-article-facts">{getText('bin_until', formatDate(removedTime + BIN_TIME))}</span>
            )}
            {tags.length > 0 && (
              <span class="saved-article-tags">
                {shownTags.map((tag) => (
                  <bdi key={tag}>{query ? <Marked text={tag} hits={findHits(tag, query)} /> : tag}</bdi>
                ))}
                {tags.length > MOST_TAGS && <span>…</span>}
              </span>
            )}
            {query && <Snippet summary={summary} query={query} />}
          </>
        }
      >
        <span class="saved-article-deeds">
          {removedTime === null ? (
            <>
              {button(
                getText('favourite_article', name),
                isFavourite ? '★' : '☆',
                () => deeds.favour(ids, !isFavourite),
                isFavourite,
              )}
              {button(
                getText('archive_article', name),
                '✓',
                () => deeds.archive(ids, archivedTime === null),
                archivedTime !== null,
              )}
              {button(getText('remove_article', name), '✕', () => deeds.remove(ids))}
            </>
          ) : (
            button(getText('restore_article', name), '↩', () => deeds.restore(ids))
          )}
        </span>
      </SavedRow>
    </>
  );
}

const cut = (text: string): string => (text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text);
