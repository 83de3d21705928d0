/** The list of saved articles, with removal that can be undone and the import of archive files. */
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { sendToBackground } from '../platform/messaging.ts';
import type { Summary } from '../saved/saved-article.ts';
import { purgeRemoved, removeArticle, restoreArticle, UNDO_TIME } from '../saved/store.ts';
import { Notice } from '../ui/Notice.tsx';
import { SavedList } from '../ui/SavedList.tsx';
import { useText } from '../ui/text.ts';
import { ImportReport } from './ImportReport.tsx';
import { Thumbnail } from './Thumbnail.tsx';
import { useImport } from './use-import.ts';

export function ListPage({ summaries }: { summaries: Summary[] }): VNode {
  const getText = useText();
  const [removed, setRemoved] = useState<Summary>();
  const [isRefused, setRefused] = useState(false);
  const { progress, importFiles, close } = useImport();

  // What was removed in a window that was closed since, and the last one of this window once its time has passed.
  useEffect(() => {
    void purgeRemoved().catch(() => undefined);
    if (!removed) return;
    const passing = setTimeout(() => {
      setRemoved(undefined);
      void purgeRemoved().catch(() => undefined);
    }, UNDO_TIME);
    return () => clearTimeout(passing);
  }, [removed]);

  const change = async (how: () => Promise<void>, then: () => void): Promise<void> => {
    setRefused(false);
    try {
      await how();
      then();
      void sendToBackground('savedListChanged');
    } catch {
      setRefused(true);
    }
  };
  const remove = (summary: Summary): void =>
    void change(
      () => removeArticle(summary.id),
      () => setRemoved(summary),
    );
  const undo = (summary: Summary): void =>
    void change(
      () => restoreArticle(summary.id),
      () => setRemoved(undefined),
    );

  return (
    <div
      class="library-list"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        importFiles([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      {isRefused && <Notice text={getText('change_refused')} isUrgent />}
      {progress && <ImportReport progress={progress} onClose={close} />}
      <SavedList
        summaries={summaries}
        onOpen={(summary) => (location.hash = encodeURIComponent(summary.id))}
        onRemove={remove}
        renderThumbnail={(summary) => <Thumbnail summary={summary} />}
      >
        <label class="button">
          <input
            type="file"
            multiple
            accept=".md,.txt,.html,text/markdown,text/plain,text/html"
            onChange={(event) => {
              importFiles([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = '';
            }}
          />
          <span>{getText('import_files')}</span>
        </label>
      </SavedList>
      <p class="library-hint">{getText('import_drop')}</p>
      <div class="library-undo">
        {removed && (
          <Notice
            text={getText('removed', removed.title || getText('untitled'))}
            action={{ label: getText('undo'), onClick: () => undo(removed) }}
          />
        )}
      </div>
    </div>
  );
}
