/** The library: the list of saved articles, or one of them, as the address's fragment says. */
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { getText as getInterfaceText } from '../platform/i18n.ts';
import { writeSettings, type Settings } from '../platform/settings.ts';
import { onSavedListChanged } from '../saved/changes.ts';
import { listSummaries } from '../saved/store.ts';
import { Notice } from '../ui/Notice.tsx';
import { ReadingSettings } from '../ui/ReadingSettings.tsx';
import { useText } from '../ui/text.ts';
import { useWatched } from '../ui/use-watched.ts';
import { ArticlePage } from './ArticlePage.tsx';
import { focusRow } from './focus.ts';
import { ListPage } from './ListPage.tsx';
import { useImport } from './use-import.ts';
import { useRemoval } from './use-removal.ts';

const articleInAddress = (): string | null => {
  try {
    return decodeURIComponent(location.hash.slice(1)) || null;
  } catch {
    return null;
  }
};

export function Library({ initialSettings }: { initialSettings: Settings }): VNode {
  const getText = useText();
  const [settings, setSettings] = useState(initialSettings);
  const [articleId, setArticleId] = useState(articleInAddress);
  const list = useWatched(listSummaries, onSavedListChanged);

  useEffect(() => {
    const follow = (): void => setArticleId(articleInAddress());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);

  const summary = list.state === 'ready' ? list.value.find(({ id }) => id === articleId) : undefined;
  useEffect(() => {
    document.title = summary ? `${summary.title} – Liseuse` : getInterfaceText('library_title');
  }, [summary]);

  // The link that was followed is gone: the focus goes on with the reader, into the article and back to its row.
  const article = useRef<HTMLDivElement>(null);
  const articleBefore = useRef(articleId);
  useEffect(() => {
    if (articleId !== null) article.current?.focus({ preventScroll: true });
    else if (articleBefore.current !== null) focusRow(articleBefore.current);
    articleBefore.current = articleId;
  }, [articleId]);

  const archive = useImport();
  const removal = useRemoval();
  useFileDrop((files) => {
    // The report stands above the list, and is what the reader wants to see.
    articleBefore.current = null;
    location.hash = '';
    archive.importFiles(files);
  });

  const change = (changed: Settings): void => {
    setSettings(changed);
    void writeSettings(changed);
  };
  return (
    <>
      <header class="library-bar">
        {articleId === null ? (
          <h1>{getText('saved_articles')}</h1>
        ) : (
          <a class="library-back" href="#">
            {getText('back_to_list')}
          </a>
        )}
        <ReadingSettings settings={settings} onChange={change} />
      </header>
      <main>
        {list.state === 'failed' && <Notice text={getText('list_refused')} isUrgent />}
        {/* Hidden, not gone, while an article is read: its filter stays. */}
        {list.state === 'ready' && (
          <div hidden={articleId !== null}>
            <ListPage summaries={list.value} archive={archive} removal={removal} />
          </div>
        )}
        {list.state === 'ready' && articleId !== null && (
          <div
            class="library-article"
            ref={article}
            tabIndex={-1}
            role="region"
            aria-label={summary?.title || getText('untitled')}
          >
            <ArticlePage key={articleId} id={articleId} summary={summary} />
          </div>
        )}
      </main>
    </>
  );
}

/** Files may be dropped anywhere; without this, the browser would leave the page and open them. */
function useFileDrop(onFiles: (files: File[]) => void): void {
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const accept = (event: DragEvent): void => {
      if (holdsFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      accept(event);
      if (holdsFiles(event)) latest.current([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener('dragover', accept);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', accept);
      removeEventListener('drop', drop);
    };
  }, []);
}
