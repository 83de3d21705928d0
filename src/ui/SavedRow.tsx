/** One saved article in a list, in popup and library. */
import type { ComponentChildren, VNode } from 'preact';
import type { Summary } from '../saved/saved-article.ts';
import { formatDate, languageName } from './format.ts';
import { useText } from './text.ts';

export interface SavedRowProps {
  summary: Summary;
  onOpen: (summary: Summary) => void;
  /** The title, where something in it is marked. */
  title?: ComponentChildren;
  /** Whether the day on which it was saved is said too, where it is another than that of publication. */
  isSavedTimeShown?: boolean;
  /** What stands before the title. */
  thumbnail?: ComponentChildren;
  /** What stands below the facts. */
  excerpt?: ComponentChildren;
  /** What stands outside the link. */
  children?: ComponentChildren;
}

export function SavedRow({
  summary,
  onOpen,
  title,
  isSavedTimeShown = false,
  thumbnail,
  excerpt,
  children,
}: SavedRowProps): VNode {
  const getText = useText();
  return (
    <>
      <a
        href={`library.html#${encodeURIComponent(summary.id)}`}
        onClick={(event) => {
          event.preventDefault();
          onOpen(summary);
        }}
      >
        {thumbnail}
        <span class="saved-article-text">
          <span class="saved-article-title">
            <bdi lang={summary.lang} dir={summary.dir}>
              {title ?? (summary.title || getText('untitled'))}
            </bdi>
          </span>
          <SavedArticleFacts summary={summary} isSavedTimeShown={isSavedTimeShown} />
          {excerpt}
        </span>
      </a>
      {children}
    </>
  );
}

/** Lines break behind it, not before. */
const SEPARATOR = '\u00a0· ';

function SavedArticleFacts({ summary, isSavedTimeShown }: { summary: Summary; isSavedTimeShown: boolean }): VNode {
  const getText = useText();
  const published = summary.publishedTime && formatDate(summary.publishedTime);
  const savedTime = new Date(summary.savedTime).toISOString();
  const saved = formatDate(savedTime);
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
          <time dateTime={summary.publishedTime}>{published}</time>
          {SEPARATOR}
        </>
      )}
      {isSavedTimeShown && saved !== published && (
        <>
          <time dateTime={savedTime}>{getText('saved_on', saved)}</time>
          {SEPARATOR}
        </>
      )}
      <span>{getText('minutes', summary.readingMinutes)}</span>
    </span>
  );
}
