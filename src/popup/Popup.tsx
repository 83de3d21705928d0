/** The popup: the article of the page on one side, the saved articles on the other. */
import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { isArticle } from '../article/article.ts';
import { isReceipt } from '../article/receipt.ts';
import { tellBackground } from '../platform/messaging.ts';
import type { MessageKey } from '../platform/i18n.ts';
import { getReadTab, readShownTab, readTab, type Reading, type ReadOptions } from '../platform/read-tab.ts';
import type { Settings } from '../platform/settings-shape.ts';
import { mayReadRfi, openLibrary, requestRfi, showReader } from '../platform/tabs.ts';
import { onSavedListChanged } from '../saved/changes.ts';
import type { Summary } from '../saved/saved-article.ts';
import { findSaved, listNewest, saveArticle, storageReason } from '../saved/store.ts';
import { Notice } from '../ui/Notice.tsx';
import { PageArticle } from '../ui/PageArticle.tsx';
import { SaveButton } from '../ui/SaveButton.tsx';
import { useText } from '../ui/text.ts';
import { applySettings } from '../ui/use-settings.ts';
import { useWatched } from '../ui/use-watched.ts';
import { RecentList, SHOWN } from './RecentList.tsx';

export interface PopupProps {
  /** What has been read when the popup is first drawn, undefined where that takes longer. */
  reading: Reading | undefined;
  firstReading: Promise<Reading>;
  settings: Promise<Settings>;
}

/** The injected script may have run in a page that was made to break it. */
const checked = (read: Reading): Reading =>
  read.ok && !(isArticle(read.article) && isReceipt(read.receipt)) ? { ok: false, reason: 'unreadable' } : read;

export function Popup({ reading: alreadyRead, firstReading, settings }: PopupProps): VNode {
  const getText = useText();
  const [reading, setReading] = useState(alreadyRead && checked(alreadyRead));
  const [isRfiMissing, setRfiMissing] = useState(false);
  const list = useWatched(() => listNewest(SHOWN + 1), onSavedListChanged);

  useEffect(() => {
    if (!alreadyRead) void firstReading.then((read) => setReading(checked(read)));
  }, [firstReading]);
  useEffect(() => {
    void mayReadRfi().then((may) => setRfiMissing(!may));
    tellBackground('goOn');
  }, []);
  const lang = reading?.ok ? reading.article.lang : '';
  // Without a sheet: a popup goes as soon as they could be changed elsewhere.
  useLayoutEffect(() => void settings.then((read) => applySettings(document.body, read, lang)), [lang]);
  useLayoutEffect(() => {
    document.body.classList.toggle('is-narrow', reading?.ok === false);
  }, [reading]);

  const readAgain = async (): Promise<void> => {
    setReading(undefined);
    setReading(checked(await readShownTab()));
  };
  const openInLibrary = async (summary?: Summary): Promise<void> => {
    await openLibrary(summary?.id);
    window.close();
  };
  // A page has one first heading: the title of the article, where there is one.
  const ListHeading = reading?.ok === true ? 'h2' : 'h1';
  return (
    <>
      <div class="popup-notices">
        {isRfiMissing && (
          <Notice
            text={getText('permission_missing')}
            action={{
              label: getText('permission_grant'),
              onClick: () => void requestRfi().then((isGranted) => setRfiMissing(!isGranted)),
            }}
          />
        )}
      </div>
      <main class="popup-page">
        {!reading && (
          <p class="popup-reading" role="status">
            {getText('reading_page')}
          </p>
        )}
        {reading?.ok === true && <ReadArticle reading={reading} onReading={(read) => setReading(checked(read))} />}
        {reading?.ok === false && (
          <div class="popup-message">
            <Notice
              text={getText(`reason_${reading.reason}`)}
              {...(reading.reason === 'restricted' || reading.reason === 'noArticle'
                ? {}
                : { action: { label: getText('try_again'), onClick: () => void readAgain() } })}
            />
          </div>
        )}
      </main>
      <aside class="popup-list" aria-labelledby="saved-articles">
        <div class="popup-list-head">
          <ListHeading id="saved-articles">{getText('saved_articles')}</ListHeading>
          <button type="button" onClick={() => void openInLibrary()}>
            {getText('open_library')}
          </button>
        </div>
        {list.state === 'failed' && <Notice text={getText('list_refused')} isUrgent />}
        {list.state === 'ready' && (
          <RecentList
            summaries={list.value}
            onOpen={(summary) => void openInLibrary(summary)}
            onOpenLibrary={(query) => void openLibrary(undefined, query).then(() => window.close())}
          />
        )}
      </aside>
    </>
  );
}

interface ReadArticleProps {
  reading: Extract<Reading, { ok: true }>;
  /** The page was read again, or could not be. */
  onReading: (reading: Reading) => void;
}

function ReadArticle({ reading, onReading }: ReadArticleProps): VNode {
  const { article } = reading;
  const getText = useText();
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState<MessageKey>();

  const found = useWatched(() => findSaved(article), onSavedListChanged, [article]);
  const saved = found.state === 'ready' ? found.value : undefined;
  const save = async (): Promise<void> => {
    setSaving(true);
    setFailure(undefined);
    try {
      await saveArticle(article);
      tellBackground('savedListChanged');
    } catch (error) {
      setFailure(`storage_${storageReason(error)}`);
    }
    setSaving(false);
  };
  const readHere = async (): Promise<void> => {
    const id = await getReadTab();
    if (id === undefined) return;
    const opened = await showReader(id);
    if (opened.ok) window.close();
    else onReading(opened);
  };
  const [options, setOptions] = useState<ReadOptions>({});
  const readAgain = async (changed: ReadOptions): Promise<void> => {
    const id = await getReadTab();
    if (id === undefined) return;
    setOptions(changed);
    onReading(await readTab(id, changed));
  };

  return (
    <>
      <div class="popup-bar">
        <button type="button" class="primary" onClick={() => void readHere()}>
          {getText('read_here')}
        </button>
        <SaveButton saved={saved} article={article} isSaving={isSaving} onSave={() => void save()} />
      </div>
      {failure && (
        <div class="popup-message">
          <Notice text={getText(failure)} isUrgent />
        </div>
      )}
      <div class="popup-text" tabIndex={0} role="region" aria-label={article.title}>
        <PageArticle reading={reading} options={options} onReadAgain={(changed) => void readAgain(changed)} />
      </div>
    </>
  );
}
