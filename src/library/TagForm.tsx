/** Where a tag is typed, completed from those that the reader has. */
import type { ComponentChildren, VNode } from 'preact';
import { useId } from 'preact/hooks';
import { withoutControls } from '../article/controls.ts';
import { useText } from '../ui/text.ts';
import { Options } from './Options.tsx';

export interface TagFormProps {
  /** The reader's tags, to complete what is typed. */
  allTags: readonly string[];
  onTag: (tag: string) => void;
  /** What stands before the box. */
  children?: ComponentChildren;
}

export function TagForm({ allTags, onTag, children }: TagFormProps): VNode {
  const getText = useText();
  const listId = useId();
  return (
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
        onTag(tag);
      }}
    >
      {children}
      <input name="tag" list={listId} aria-label={getText('tag')} placeholder={getText('tag')} autocomplete="off" />
      <datalist id={listId}>
        <Options values={allTags} />
      </datalist>
      <button type="submit">{getText('add_tag')}</button>
    </form>
  );
}
