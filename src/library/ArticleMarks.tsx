/** What the reader makes of the article that is shown: favourite, archived, in the bin, tags and a note. */
import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { Notice } from '../ui/Notice.tsx';
import type { Summary } from '../saved/saved-article.ts';
import { useText } from '../ui/text.ts';
import { makeDeeds } from './deeds.ts';
import { useMarks } from './use-marks.ts';
import { useNote } from './use-note.ts';

export function ArticleMarks({ summary, allTags }: { summary: Summary; allTags: readonly string[] }): VNode {
  const getText = useText();
  const listId = useId();
  const noteId = useId();
  const marks = useMarks();
  const deeds = makeDeeds(marks, () => summary, getText);
  const { note, setNote, isKept } = useNote(summary);
  const { tags, isFavourite, archivedTime, removedTime } = summary;
  const ids = [summary.id];
  const toggle = (label: string, isPressed: boolean, onClick: () => void): VNode => (
    <button type="button" aria-pressed={isPressed} onClick={onClick}>
      {label}
    </button>
  );
  return (
    <section class="library-marks" aria-label={getText('marks')}>
      <div class="library-views">
        {toggle(getText('favourite'), isFavourite, () => deeds.favour(ids, !isFavourite))}
        {toggle(getText('archive'), archivedTime !== null, () => deeds.archive(ids, archivedTime === null))}
        {toggle(getText('view_bin'), removedTime !== null, () =>
          removedTime === null ? deeds.remove(ids) : deeds.restore(ids),
        )}
      </div>
      <form
        class="library-tags"
        onSubmit={(event) => {
          event.preventDefault();
          const box = event.currentTarget.elements.namedItem('tag');
          if (!(box instanceof HTMLInputElement) || box.value.trim() === '') return;
          deeds.tag(ids, box.value.trim());
          box.value = '';
        }}
      >
        {tags.map((tag) => (
          <button key={tag} type="button" aria-label={getText('remove_tag', tag)} onClick={() => deeds.untag(ids, tag)}>
            {tag} <span aria-hidden="true">✕</span>
          </button>
        ))}
        <input name="tag" list={listId} aria-label={getText('tag')} placeholder={getText('tag')} autocomplete="off" />
        <datalist id={listId}>
          {allTags.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
        <button type="submit">{getText('add_tag')}</button>
      </form>
      <label for={noteId}>{getText('note')}</label>
      <textarea id={noteId} dir="auto" rows={3} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
      <p class="library-hint" role="status">
        {isKept && getText('noted', summary.title || getText('untitled'))}
      </p>
      {marks.isRefused && <Notice text={getText('change_refused')} isUrgent />}
      {marks.lastDeed && (
        <Notice
          text={marks.lastDeed.text}
          action={{
            label: getText('undo'),
            onClick: () => void marks.undo(),
          }}
        />
      )}
    </section>
  );
}
