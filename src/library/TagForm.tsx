/** The tags of an article or of several: each goes when it is pressed, and one is typed, completed from those that the reader has. */
import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { withoutControls } from '../article/controls.ts';
import { fold } from '../saved/fold.ts';
import { useText } from '../ui/text.ts';
import { Options } from './Options.tsx';

/** Tags that are shown: a file may bring a hundred thousand. */
const MOST_TAGS = 100;

export interface TagFormProps {
  /** What it is tagged now. */
  tags: readonly string[];
  /** The reader's tags, to complete what is typed. */
  allTags: readonly string[];
  onTag: (tag: string) => void;
  onUntag: (tag: string) => void;
}

export function TagForm({ tags, allTags, onTag, onUntag }: TagFormProps): VNode {
  const getText = useText();
  const listId = useId();
  const form = (
    <form
      class="library-tags"
      onSubmit={(event) => {
        event.preventDefault();
        const box = event.currentTarget.elements.namedItem('tag');
        if (!(box instanceof HTMLInputElement)) return;
        const tag = withoutControls(box.value).trim();
        if (tag === '') {
          box.focus();
          return;
        }
        event.currentTarget.reset();
        // One that a search would not tell from another is that one, as it is written there.
        onTag(allTags.find((known) => fold(known) === fold(tag)) ?? tag);
      }}
    >
      {tags.slice(0, MOST_TAGS).map((tag) => (
        <button
          key={tag}
          type="button"
          aria-label={getText('remove_tag', tag)}
          onClick={({ currentTarget: { previousElementSibling, nextElementSibling } }) => {
            // It goes: the keyboard goes on with the tag beside it, or in the box.
            const isLast = nextElementSibling instanceof HTMLInputElement;
            const beside = isLast ? (previousElementSibling ?? nextElementSibling) : nextElementSibling;
            if (beside instanceof HTMLElement) beside.focus();
            onUntag(tag);
          }}
        >
          <bdi>{tag}</bdi> <span aria-hidden="true">✕</span>
        </button>
      ))}
      <input name="tag" list={listId} aria-label={getText('tag')} placeholder={getText('tag')} autocomplete="off" />
      <datalist id={listId}>
        <Options values={allTags} />
      </datalist>
      <button type="submit">{getText('add_tag')}</button>
    </form>
  );
  return (
    <>
      {form}
      {tags.length > MOST_TAGS && <p class="library-hint">{getText('tags_more', tags.length - MOST_TAGS)}</p>}
    </>
  );
}
