/** What the overlay shows: a bar of controls and the article, or the sentence why there is none. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Article, Extraction } from '../article/article.ts';
import { handleInPage, sendToBackground, tellBackground } from '../platform/messaging.ts';
import type { MessageKey } from '../platform/i18n.ts';
import { writeSettings, type Settings } from '../platform/settings.ts';
import { ArticleView } from '../ui/ArticleView.tsx';
import { Notice } from '../ui/Notice.tsx';
import { ReadingSettings } from '../ui/ReadingSettings.tsx';
import { ReceiptView } from '../ui/ReceiptView.tsx';
import { SaveButton } from '../ui/SaveButton.tsx';
import { useText } from '../ui/text.ts';
import { useWatched } from '../ui/use-watched.ts';

export interface ReaderProps {
  initialExtraction: Extraction;
  /** Reads the page again, with the removed blocks that the reader wants back. */
  extract: (restored: readonly number[]) => Extraction;
  initialSettings: Settings;
  /** Aborts when the overlay closes. */
  signal: AbortSignal;
  onClose: () => void;
}

export function Reader({ initialExtraction, extract, initialSettings, onClose }: ReaderProps): VNode {
  const getText = useText();
  const [settings, setSettings] = useState(initialSettings);
  const [extraction, setExtraction] = useState(initialExtraction);
  const [restored, setRestored] = useState<readonly number[]>([]);
  const restore = (block: number): void => {
    const wanted = [...restored, block];
    setRestored(wanted);
    setExtraction(extract(wanted));
  };
  const change = (changed: Settings): void => {
    setSettings(changed);
    void writeSettings(changed);
  };
  return (
    <>
      <div class="reader-bar">
        {extraction.ok && <SaveHere article={extraction.article} />}
        <ReadingSettings settings={settings} onChange={change} />
        <button type="button" onClick={() => tellBackground('openLibrary')}>
          {getText('open_library')}
        </button>
        <button type="button" class="reader-close" onClick={onClose}>
          {getText('close')}
        </button>
      </div>
      <div
        class="reader-page"
        tabIndex={0}
        role="region"
        aria-label={extraction.ok ? extraction.article.title || getText('untitled') : getText('app_name')}
      >
        {extraction.ok ? (
          <>
            <ArticleView article={extraction.article} />
            <ReceiptView receipt={extraction.receipt} onRestore={restore} />
          </>
        ) : (
          <div class="reader-notice">
            <Notice text={getText(`reason_${extraction.reason}`)} isUrgent />
          </div>
        )}
      </div>
    </>
  );
}

/** Saving from a page goes through the background: a content script's own storage belongs to the page's site. */
function SaveHere({ article }: { article: Article }): VNode {
  const getText = useText();
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState<MessageKey>();
  const saved = useWatched(
    () => sendToBackground('findSaved', article.url),
    (listener, signal) => handleInPage({ savedListChanged: listener }, signal),
    [article.url],
  );
  const save = async (): Promise<void> => {
    setSaving(true);
    setFailure(undefined);
    try {
      const result = await sendToBackground('saveArticle', article);
      if (!result.ok) setFailure(`storage_${result.reason}`);
      else tellBackground('savedListChanged');
    } catch {
      setFailure('storage_gone');
    }
    setSaving(false);
  };
  const summary = (saved.state === 'ready' && saved.value) || undefined;
  return (
    <>
      <SaveButton saved={summary} isSaving={isSaving} onSave={() => void save()} />
      {failure && <Notice text={getText(failure)} isUrgent />}
    </>
  );
}
