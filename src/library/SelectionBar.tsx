/** What can be done with all selected articles at once. */
import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { useText } from '../ui/text.ts';
import type { Deeds } from './deeds.ts';
import { Export } from './Export.tsx';

export interface SelectionBarProps {
  ids: readonly string[];
  /** Whether it is the bin that is shown. */
  isBin: boolean;
  /** The reader's tags, to complete what is typed. */
  tags: readonly string[];
  deeds: Deeds;
  onSelectAll: () => void;
  onClear: () => void;
}

export function SelectionBar({ ids, isBin, tags, deeds, onSelectAll, onClear }: SelectionBarProps): VNode {
  const getText = useText();
  const listId = useId();
  const button = (label: string, onClick: () => void): VNode => (
    <button type="button" onClick={onClick}>
      {label}
    </button>
  );
  const then = (deed: () => void) => (): void => {
    deed();
    onClear();
  };
  return (
    <div class="library-selection" role="group" aria-label={getText('selected', ids.length)}>
      <p role="status">{getText('selected', ids.length)}</p>
      {button(getText('select_all'), onSelectAll)}
      {isBin ? (
        button(
          getText('restore'),
          then(() => deeds.restore(ids)),
        )
      ) : (
        <>
          {button(
            getText('archive'),
            then(() => deeds.archive(ids, true)),
          )}
          {button(
            getText('view_favourite'),
            then(() => deeds.favour(ids, true)),
          )}
          {button(
            getText('remove'),
            then(() => deeds.remove(ids)),
          )}
          <form
            onSubmit={(event) => {
              event.preventDefault();
              const box = event.currentTarget.elements.namedItem('tag');
              const tag = box instanceof HTMLInputElement ? box.value.trim() : '';
              if (tag !== '') then(() => deeds.tag(ids, tag))();
            }}
          >
            <input
              name="tag"
              list={listId}
              aria-label={getText('tag')}
              placeholder={getText('tag')}
              autocomplete="off"
            />
            <datalist id={listId}>
              {tags.map((tag) => (
                <option key={tag} value={tag} />
              ))}
            </datalist>
            <button type="submit">{getText('add_tag')}</button>
          </form>
        </>
      )}
      <details>
        <summary>{getText('export_selected')}</summary>
        <Export ids={ids} />
      </details>
      {button(getText('clear_selection'), onClear)}
    </div>
  );
}
