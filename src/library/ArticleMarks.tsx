/** What the reader makes of the article that is shown: favourite, archived, in the bin, tags and a note. */
import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { MAX_TYPED_NOTE } from '../article/note.ts';
import type { Summary } from '../saved/saved-article.ts';
import { Notice } from '../ui/Notice.tsx';
import { useText } from '../ui/text.ts';
import type { Deeds } from './deeds.ts';
import { TagForm } from './TagForm.tsx';
import { useNote } from './use-note.ts';

export interface ArticleMarksProps {
  summary: Summary;
  /** The reader's tags, to complete what is typed. */
  allTags: readonly string[];
  deeds: Deeds;
}

export function ArticleMarks({ summary, allTags, deeds }: ArticleMarksProps): VNode {
  const getText = useText();
  const noteId = useId();
  const { note, setNote, leave, isKept } = useNote(summary, (before, after) => deeds.noted(summary.id, before, after));
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
        {toggle(getText('remove'), removedTime !== null, () =>
          removedTime === null ? deeds.remove(ids) : deeds.restore(ids),
        )}
      </div>
      <TagForm
        tags={tags}
        allTags={allTags}
        onTag={(tag) => deeds.tag(ids, tag)}
        onUntag={(tag) => deeds.untag(ids, tag)}
      />
      <label for={noteId}>{getText('note')}</label>
      <textarea
        id={noteId}
        dir="auto"
        rows={3}
        value={note}
        onInput={(event) => setNote(event.currentTarget.value)}
        onBlur={() => {
          // Who presses the undo of something else gets that one: the note waits for the next time.
          if (!document.querySelector('.library-undo:hover')) leave();
        }}
      />
      {/* For the eye: who does not see it hears it once, when the note is left. */}
      <p class="library-hint">{isKept && getText('noted', summary.title || getText('untitled'))}</p>
      {isKept === false && (
        <Notice
          text={
            note.length > MAX_TYPED_NOTE
              ? getText('note_tooLong', note.length, MAX_TYPED_NOTE)
              : getText('note_refused')
          }
          isUrgent
        />
      )}
    </section>
  );
}
