/** The library: the list of saved articles, or one of them, as the address's fragment says. */
import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { getText as getInterfaceText } from '../platform/i18n.ts';
import type { Settings } from '../platform/settings-shape.ts';
import { onSettingsChanged, writeSettings, type Arrangement } from '../platform/settings.ts';
import { followList } from '../saved/follow-list.ts';
import type { Query } from '../saved/query.ts';
import { UpgradeError } from '../saved/schema.ts';
import { emptyBin } from '../saved/store.ts';
import { readSome } from '../saved/whole-library.ts';
import { ArticleMenu } from '../ui/ArticleMenu.tsx';
import { Keys } from '../ui/keys/Keys.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Outline } from '../ui/Outline.tsx';
import { ReadingProgress } from '../ui/ReadingProgress.tsx';
import { ReadingSettings } from '../ui/ReadingSettings.tsx';
import { ScriptSwitch } from '../ui/ScriptSwitch.tsx';
import { useText } from '../ui/text.ts';
import { useSettings } from '../ui/use-settings.ts';
import { useFollowed } from '../ui/use-watched.ts';
import { ArticlePage, getFrame, type ShownArticle } from './ArticlePage.tsx';
import { makeDeeds } from './deeds.ts';
import { LostNotice } from './keeping/LostNotice.tsx';
import { ListPage } from './list/ListPage.tsx';
import { Rescue } from './files/Rescue.tsx';
import { UndoBar } from './UndoBar.tsx';
import { useFileDrop } from './files/use-file-drop.ts';
import { useImport } from './files/use-import.ts';
import { useMarks } from './use-marks.ts';
import { useTags } from './use-tags.ts';

const articleInAddress = (): string | null => {
  try {
    return decodeURIComponent(location.hash.slice(1)) || null;
  } catch {
    return null;
  }
};

/** A saved article as Markdown, with its photos where they were published. Rejects where it is no longer there. */
async function readMarkdown(id: string): Promise<string> {
  // The library that writes it weighs more than the whole page.
  const { writeMarkdown } = await import('../exchange/write-markdown.ts');
  for await (const { record } of readSome([id])) return writeMarkdown(record, new Map());
  throw new Error(`${id} is not in the library.`);
}

export interface LibraryProps {
  initialSettings: Settings;
  initialArrangement: Arrangement;
}

const SETTINGS_KEEPER = { write: writeSettings, follow: onSettingsChanged };

export function Library({ initialSettings, initialArrangement }: LibraryProps): VNode {
  const getText = useText();
  const [articleId, setArticleId] = useState(articleInAddress);
  const list = useFollowed(followList);
  const [shown, setShown] = useState<ShownArticle>();

  useLayoutEffect(() => {
    const follow = (): void => setArticleId(articleInAddress());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);

  const summary = list.state === 'ready' ? list.value.summaries.find(({ id }) => id === articleId) : undefined;
  const lang = summary?.lang ?? '';
  const [settings, changeSettings] = useSettings(document.body, initialSettings, lang, SETTINGS_KEEPER);
  useEffect(() => {
    document.title = summary ? `${summary.title} – Liseuse` : getInterfaceText('library_title');
  }, [summary]);

  // The link that was followed is gone: the focus goes on with the reader, into the article and back to its row.
  const article = useRef<HTMLDivElement>(null);
  const lastRead = useRef<string | null>(null);
  useEffect(() => {
    if (articleId === null) return;
    article.current?.focus({ preventScroll: true });
    lastRead.current = articleId;
  }, [articleId]);
  // What was done is said until the reader goes on to something else.
  useEffect(() => marks.dismiss(), [articleId]);
  // What has been in the bin for its time.
  useEffect(() => void emptyBin().catch(() => undefined), []);

  const [query, setQuery] = useState<Query>();
  const summaries = list.state === 'ready' ? list.value.summaries : [];
  const allTags = useTags(summaries);
  // One for list and article: what was done under an article is taken back in the list too.
  const marks = useMarks();
  const deeds = makeDeeds(marks, (id) => summaries.find((summary) => summary.id === id), getText);
  const archive = useImport();
  useFileDrop((files) => {
    // The report stands above the list, and is what the reader wants to see.
    lastRead.current = null;
    location.hash = '';
    archive.importFiles(files);
  });

  return (
    <Keys
      root={document}
      choices={settings.keys}
      onChange={(keys) => changeSettings({ ...settings, keys })}
      isReading={shown !== undefined}
    >
      <header class="library-bar">
        {articleId === null ? (
          <h1>{getText('saved_articles')}</h1>
        ) : (
          <a class="library-back" href="#">
            {getText('back_to_list')}
          </a>
        )}
        {shown && <ReadingProgress article={shown.article} getFrame={getFrame} />}
        {shown && <Outline article={shown.article} getFrame={getFrame} />}
        {shown?.control && <ScriptSwitch {...shown.control} />}
        <ReadingSettings settings={settings} lang={lang} onChange={changeSettings} />
        {shown && articleId !== null && (
          <ArticleMenu article={shown.article} getFrame={getFrame} writeMarkdown={() => readMarkdown(articleId)} />
        )}
      </header>
      <main>
        <LostNotice />
        {list.state === 'failed' &&
          (list.error instanceof UpgradeError ? <Rescue /> : <Notice text={getText('list_refused')} isUrgent />)}
        {/* Hidden, not gone, while an article is read: its search stays. */}
        {list.state === 'ready' && (
          <ListPage
            list={list.value}
            initialArrangement={initialArrangement}
            marks={marks}
            deeds={deeds}
            archive={archive}
            articleId={articleId}
            lastRead={lastRead.current}
            allTags={allTags}
            onSearch={setQuery}
          />
        )}
        {list.state === 'ready' && articleId !== null && (
          <div
            class="library-article"
            ref={article}
            tabIndex={-1}
            role="region"
            aria-label={summary ? summary.title || getText('untitled') : getText('not_kept')}
          >
            <ArticlePage
              key={articleId}
              id={articleId}
              summary={summary}
              allTags={allTags}
              deeds={deeds}
              query={query}
              onUndo={marks.undo}
              onShown={setShown}
            />
          </div>
        )}
      </main>
      <UndoBar
        marks={marks}
        onPressed={() => {
          // The button goes.
          if (articleId !== null) article.current?.focus({ preventScroll: true });
        }}
      />
    </Keys>
  );
}
