/** The list of saved articles, with removal that can be undone and the import of archive files. */
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { Summary } from '../saved/saved-article.ts';
import { Notice } from '../ui/Notice.tsx';
import { SavedList } from '../ui/SavedList.tsx';
import { useText } from '../ui/text.ts';
import { useListFocus } from './focus.ts';
import { ImportReport } from './ImportReport.tsx';
import { Thumbnail } from './Thumbnail.tsx';
import type { Import } from './use-import.ts';
import type { Removal } from './use-removal.ts';

export interface ListPageProps {
  summaries: Summary[];
  archive: Import;
  removal: Removal;
}

export function ListPage({ summaries, archive, removal }: ListPageProps): VNode {
  const getText = useText();
  const { removed, justRemoved, isRefused, remove, undo } = removal;
  const fileBox = useRef<HTMLInputElement>(null);
  const { onFocusIn, expectRow } = useListFocus(summaries);
  return (
    <div class="library-list" onFocusIn={onFocusIn}>
      {isRefused && <Notice text={getText('change_refused')} isUrgent />}
      {archive.progress && (
        <ImportReport
          progress={archive.progress}
          onClose={() => {
            archive.close();
            fileBox.current?.focus();
          }}
        />
      )}
      <SavedList
        summaries={summaries}
        onOpen={(summary) => (location.hash = encodeURIComponent(summary.id))}
        onRemove={remove}
        renderThumbnail={(summary) => <Thumbnail summary={summary} />}
      >
        <label class="button">
          <input
            ref={fileBox}
            type="file"
            multiple
            accept=".md,.txt,.html,text/markdown,text/plain,text/html"
            onChange={(event) => {
              archive.importFiles([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = '';
            }}
          />
          <span>{getText('import_files')}</span>
        </label>
      </SavedList>
      <p class="library-hint">{getText('import_drop')}</p>
      <div class="library-undo">
        {removed.map((summary, index) => (
          <Notice
            key={summary.id}
            text={getText('removed', summary.title || getText('untitled'))}
            action={{
              label: getText('undo'),
              onClick: () => {
                expectRow(summary);
                undo(summary);
              },
              hasFocus: index === 0 && justRemoved === summary.id,
            }}
          />
        ))}
      </div>
    </div>
  );
}
