/** What the overlay shows: a bar of controls and the article, or the sentence why there is none. */
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Extraction } from '../article/article.ts';
import { askForExtra } from '../platform/extras.ts';
import { handleInPage, sendToBackground, tellBackground } from '../platform/messaging.ts';
import type { MessageKey } from '../platform/i18n.ts';
import type { Settings } from '../platform/settings-shape.ts';
import { onSettingsChanged, opensByItself, writeOpening, writeSettings } from '../platform/settings.ts';
import type { ReadOptions } from '../platform/read-tab.ts';
import { ArticleMenu, type ArticleMenuProps } from '../ui/ArticleMenu.tsx';
import { Keys } from '../ui/keys/Keys.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Outline } from '../ui/Outline.tsx';
import { ReadingSettings } from '../ui/ReadingSettings.tsx';
import { PageArticle } from '../ui/PageArticle.tsx';
import { PhotoZoom } from '../ui/PhotoZoom.tsx';
import { ReadingProgress } from '../ui/ReadingProgress.tsx';
import { ScriptSwitch } from '../ui/ScriptSwitch.tsx';
import { SaveButton, type SaveButtonProps } from '../ui/SaveButton.tsx';
import { useText } from '../ui/text.ts';
import { useOtherScript } from '../ui/use-other-script.ts';
import { usePosition, type Frame } from '../ui/use-position.ts';
import { useSettings } from '../ui/use-settings.ts';
import { useWatched } from '../ui/use-watched.ts';
import { extract } from './extractor.ts';
import { HighlightedHere } from './HighlightedHere.tsx';
import { scriptSources } from './script-sources.ts';

export interface ReaderProps {
  initialReading: Extraction;
  /** What the settings are applied to. */
  surface: HTMLElement;
  /** Where its keys are heard. */
  root: ShadowRoot;
  initialSettings: Settings;
  onClose: () => void;
}

const SETTINGS_KEEPER = { write: writeSettings, follow: onSettingsChanged };

export function Reader({ initialReading, surface, root, initialSettings, onClose }: ReaderProps): VNode {
  const getText = useText();
  const [reading, setReading] = useState(initialReading);
  const [options, setOptions] = useState<ReadOptions>({});
  const readAgain = (changed: ReadOptions): void => {
    setOptions(changed);
    setReading(extract(changed));
  };
  const lang = reading.ok ? reading.article.lang : '';
  const [settings, changeSettings] = useSettings(surface, initialSettings, lang, SETTINGS_KEEPER);
  const saved = useSaved(reading);
  const opening = useOpening(reading);
  const [photo, setPhoto] = useState<HTMLImageElement>();
  const bar = useRef<HTMLDivElement>(null);
  const page = useRef<HTMLDivElement>(null);
  const getFrame = (): Frame | null => {
    const content = page.current?.querySelector('.article-content');
    return bar.current && page.current && content ? { scroller: page.current, bar: bar.current, content } : null;
  };
  const { article, twin, control } = useOtherScript(reading.ok ? reading.article : undefined, scriptSources, getFrame);
  // A passage has places of its own.
  const isWhole = reading.ok && !reading.article.isPassage;
  usePosition(isWhole ? saved?.id : undefined, saved?.position ?? null, getFrame, (position) => {
    if (saved) tellBackground('notePosition', { id: saved.id, position });
  });
  return (
    <Keys
      root={root}
      choices={settings.keys}
      onChange={(keys) => changeSettings({ ...settings, keys })}
      isReading={reading.ok}
    >
      <div class="reader-bar" ref={bar}>
        {reading.ok && <SaveHere article={reading.article} saved={saved} />}
        {article && <ReadingProgress article={article} getFrame={getFrame} />}
        {article && <Outline article={article} getFrame={getFrame} />}
        {control && <ScriptSwitch {...control} />}
        <ReadingSettings settings={settings} lang={lang} onChange={changeSettings} />
        {article && (
          <ArticleMenu
            article={article}
            getFrame={getFrame}
            writeMarkdown={async () => (await askForExtra('markdown'))(article, saved)}
            opening={opening}
          />
        )}
        <button type="button" onClick={() => tellBackground('openLibrary')}>
          <span class="narrow-sign" aria-hidden="true" title={getText('open_library')}>
            ☰
          </span>
          <span class="settings-label">{getText('open_library')}</span>
        </button>
        {/* A form of a dialog closes it also where the page stops the click on its way. */}
        <form method="dialog">
          <button class="reader-close" onClick={onClose}>
            <span class="narrow-sign" aria-hidden="true" title={getText('close')}>
              ✕
            </span>
            <span class="settings-label">{getText('close')}</span>
          </button>
        </form>
      </div>
      <div
        class="reader-page"
        ref={page}
        tabIndex={0}
        role="region"
        aria-label={reading.ok ? reading.article.title || getText('untitled') : getText('app_name')}
      >
        {reading.ok ? (
          <HighlightedHere article={reading.article} saved={saved} isOwnText={article === reading.article}>
            <PageArticle
              {...(twin ?? {
                reading: { ...reading, article: article ?? reading.article },
                options,
                onReadAgain: readAgain,
              })}
              onPhoto={setPhoto}
            />
          </HighlightedHere>
        ) : (
          <div class="reader-notice">
            <Notice text={getText(`reason_${reading.reason}`)} isUrgent />
          </div>
        )}
      </div>
      {photo && <PhotoZoom photo={photo} onClose={() => setPhoto(undefined)} />}
    </Keys>
  );
}

/** Whether articles of this edition open by themselves; undefined for a page of no edition, and until it is known. */
function useOpening(reading: Extraction): ArticleMenuProps['opening'] {
  const edition = reading.ok ? reading.article.edition : null;
  const [isAutomatic, setAutomatic] = useState<boolean>();
  useEffect(() => {
    if (edition !== null) void opensByItself(edition).then(setAutomatic);
  }, [edition]);
  if (edition === null || isAutomatic === undefined) return undefined;
  return {
    isAutomatic,
    onChange: (changed) => {
      setAutomatic(changed);
      void writeOpening(edition, changed);
    },
  };
}

/** What is kept of the article that is read; undefined as long as that is nothing. */
function useSaved(reading: Extraction): SaveButtonProps['saved'] {
  const url = reading.ok ? reading.article.url : undefined;
  const saved = useWatched(
    async () => (url === undefined ? null : sendToBackground('findSaved', url)),
    (listener, signal) => handleInPage({ savedListChanged: listener, photosChanged: listener }, signal),
    [url],
  );
  return (saved.state === 'ready' && saved.value) || undefined;
}

/** Saving from a page goes through the background: a content script's own storage belongs to the page's site. */
function SaveHere({ article, saved }: Pick<SaveButtonProps, 'article' | 'saved'>): VNode {
  const getText = useText();
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState<MessageKey>();
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
  return (
    <>
      <SaveButton article={article} saved={saved} isSaving={isSaving} onSave={() => void save()} />
      {failure && <Notice text={getText(failure)} isUrgent />}
    </>
  );
}
