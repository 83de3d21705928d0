/** What can be done with all selected articles at once. */
import type { VNode } from 'preact';
import type { Summary } from '../../saved/saved-article.ts';
import { useText } from '../../ui/text.ts';
import { useSaid } from '../../ui/use-said.ts';
import { areArchived, areFavourites, type Deeds } from '../deeds.ts';
import { TagForm } from '../TagForm.tsx';
import { Export } from '../files/Export.tsx';
import { useNarrow } from './use-narrow.ts';

export interface SelectionBarProps {
  articles: readonly Summary[];
  /** Whether it is the bin that is shown. */
  isBin: boolean;
  /** The reader's tags, to complete what is typed. */
  allTags: readonly string[];
  deeds: Deeds;
  onSelectAll: () => void;
  onClear: () => void;
}

export function SelectionBar({ articles, isBin, allTags, deeds, onSelectAll, onClear }: SelectionBarProps): VNode {
  const getText = useText();
  const button = (label: string, onClick: () => void, isPressed?: boolean): VNode => (
    <button type="button" aria-pressed={isPressed} onClick={onClick}>
      {label}
    </button>
  );
  const isNarrow = useNarrow();
  const favour = getText('favourite');
  const ids = articles.map(({ id }) => id);
  const isArchived = areArchived(articles);
  const isFavourite = areFavourites(articles);
  const rest = (
    <>
      {!isBin && (
        <TagForm
          tags={commonTags(articles)}
          allTags={allTags}
          onTag={(tag) => deeds.tag(ids, tag)}
          onUntag={(tag) => deeds.untag(ids, tag)}
        />
      )}
      <details>
        <summary>{getText('export_selected')}</summary>
        <Export ids={ids} />
      </details>
    </>
  );
  const then = (deed: () => void) => (): void => {
    deed();
    onClear();
  };
  return (
    <div class="library-selection" role="group" aria-label={getText('selected', ids.length)}>
      <div>
        <p role="status">{useSaid(getText('selected', ids.length))}</p>
        {button(getText('select_all'), onSelectAll)}
        {button(getText('clear_selection'), onClear)}
      </div>
      <div>
        {isBin ? (
          button(
            getText('restore'),
            then(() => deeds.restore(ids)),
          )
        ) : (
          <>
            {button(
              getText('archive'),
              then(() => deeds.archive(ids, !isArchived)),
              isArchived,
            )}
            <button
              type="button"
              aria-label={favour}
              aria-pressed={isFavourite}
              onClick={then(() => deeds.favour(ids, !isFavourite))}
            >
              {isNarrow ? (
                <span aria-hidden="true" title={favour}>
                  {isFavourite ? '★' : '☆'}
                </span>
              ) : (
                favour
              )}
            </button>
            {button(
              getText('remove'),
              then(() => deeds.remove(ids)),
            )}
          </>
        )}
        {isNarrow ? (
          <details class="library-more">
            <summary aria-label={getText('selection_more')}>
              <span aria-hidden="true" title={getText('selection_more')}>
                ⋯
              </span>
            </summary>
            {rest}
          </details>
        ) : (
          rest
        )}
      </div>
    </div>
  );
}

/** The tags that all of them have. */
const commonTags = ([first, ...others]: readonly Summary[]): string[] =>
  first?.tags.filter((tag) => others.every(({ tags }) => tags.includes(tag))) ?? [];
