/** The saved articles, newest first, with a box that filters them: the same in popup and library. */
import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Summary } from '../saved/saved-article.ts';
import { formatDate, languageName } from './format.ts';
import { useText } from './text.ts';

export interface SavedListProps {
  summaries: Summary[];
  onOpen: (summary: Summary) => void;
  /** The photo of a row. */
  renderThumbnail?: (summary: Summary) => VNode;
  onRemove?: (summary: Summary) => void;
  /** What stands beside the filter box. */
  children?: ComponentChildren;
}

/** Case, width and accents make no difference to somebody who looks for a word. */
const fold = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase().replaceAll('đ', 'd');

const matches = (summary: Summary, words: string[]): boolean => {
  const { title, excerpt, byline, section } = summary;
  const text = fold([title, excerpt, byline, section].join('\n'));
  return words.every((word) => text.includes(word));
};

export function SavedList({ summaries, onOpen, renderThumbnail, onRemove, children }: SavedListProps): VNode {
  const getText = useText();
  const [query, setQuery] = useState('');
  const words = fold(query).split(/\s+/).filter(Boolean);
  const found = summaries.filter((summary) => matches(summary, words));
  return (
    <section class="saved-list">
      <div class="saved-list-tools">
        <input
          type="search"
          value={query}
          aria-label={getText('filter_label')}
          placeholder={getText('filter_placeholder')}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
        {children}
      </div>
      {summaries.length === 0 && <p class="empty">{getText('nothing_saved')}</p>}
      <p class="empty" role="status">
        {summaries.length > 0 && found.length === 0 ? getText('nothing_found', query) : ''}
      </p>
      <ul>
        {found.map((summary) => (
          <li key={summary.id} class="saved-article">
            <a
              href={`library.html#${encodeURIComponent(summary.id)}`}
              onClick={(event) => {
                event.preventDefault();
                onOpen(summary);
              }}
            >
              {renderThumbnail?.(summary)}
              <span class="saved-article-text">
                <span class="saved-article-title">
                  <bdi lang={summary.lang} dir={summary.dir}>
                    {summary.title || getText('untitled')}
                  </bdi>
                </span>
                <SavedArticleFacts summary={summary} />
              </span>
            </a>
            {onRemove && (
              <button
                type="button"
                class="quiet"
                aria-label={getText('remove_article', summary.title)}
                title={getText('remove')}
                onClick={() => onRemove(summary)}
              >
                <span aria-hidden="true">✕</span>
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Lines break before it, not behind. */
const SEPARATOR = ' ·\u00a0';

function SavedArticleFacts({ summary }: { summary: Summary }): VNode {
  const getText = useText();
  const edition = summary.edition ? languageName(summary.lang, getText('language')) : summary.siteName;
  return (
    <span class="saved-article-facts">
      {edition && (
        <>
          <span>{edition}</span>
          {SEPARATOR}
        </>
      )}
      {summary.publishedTime && (
        <>
          <time dateTime={summary.publishedTime}>{formatDate(summary.publishedTime)}</time>
          {SEPARATOR}
        </>
      )}
      <span>{getText('minutes', summary.readingMinutes)}</span>
    </span>
  );
}
