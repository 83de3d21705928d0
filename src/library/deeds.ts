/** What can be done with articles of the list, each with the sentence that says that it was done. */
import { quoteOf, type Highlight } from '../article/highlight.ts';
import { withHighlight, withoutHighlight } from '../saved/highlights.ts';
import { restoreSnapshot } from '../saved/restore.ts';
import type { Summary } from '../saved/saved-article.ts';
import { listSnapshots, newSnapshot } from '../saved/snapshots.ts';
import { emptyBin, getSummaries } from '../saved/store.ts';
import type { GetText } from '../ui/text.ts';
import type { MarksControl } from './use-marks.ts';

/** Letters of a highlight in a sentence. */
const QUOTED = 40;

export interface Deeds {
  favour: (ids: readonly string[], isFavourite: boolean) => void;
  archive: (ids: readonly string[], isArchived: boolean) => void;
  remove: (ids: readonly string[]) => void;
  restore: (ids: readonly string[]) => void;
  /**
   * Destroys what is in the bin: these articles, and where they are not all that was seen there (`isSome`), nothing else. Their
   * snapshot brings them back, unless they go for good. Resolves to whether the disk is too full for the snapshot.
   */
  emptyBin: (ids: readonly string[], isSome: boolean, isForGood: boolean) => Promise<boolean>;
  tag: (ids: readonly string[], tag: string) => void;
  untag: (ids: readonly string[], tag: string) => void;
  /** Says that a note was written, which is kept while it is typed. */
  noted: (id: string, before: string, after: string) => void;
  /** Keeps a highlight of an article, new or changed. */
  highlight: (id: string, highlight: Highlight) => void;
  removeHighlight: (id: string, highlight: Highlight) => void;
}

/** Whether the deed for all of them is to take them back: only where none is left to be done. */
export const areArchived = (articles: readonly Summary[]): boolean =>
  articles.every(({ archivedTime }) => archivedTime !== null);
export const areFavourites = (articles: readonly Summary[]): boolean =>
  articles.every(({ isFavourite }) => isFavourite);

/** @param titleOf the summary of an article, to name it */
export function makeDeeds(
  { change, add, perform }: MarksControl,
  titleOf: (id: string) => Summary | undefined,
  getText: GetText,
): Deeds {
  const name = (ids: readonly string[]): string =>
    ids.length === 1 ? titleOf(ids[0] ?? '')?.title || getText('untitled') : getText('articles', ids.length);
  return {
    favour: (ids, isFavourite) =>
      change(ids, { isFavourite }, getText(isFavourite ? 'favoured' : 'unfavoured', name(ids))),
    archive: (ids, isArchived) =>
      change(
        ids,
        { archivedTime: isArchived ? Date.now() : null },
        getText(isArchived ? 'archived' : 'unarchived', name(ids)),
      ),
    remove: (ids) => change(ids, { removedTime: Date.now() }, getText('removed', name(ids))),
    restore: (ids) => change(ids, { removedTime: null }, getText('restored', name(ids))),
    emptyBin: (ids, isSome, isForGood) =>
      perform(async () => {
        const snapshot = newSnapshot('bin', Date.now());
        const count = await emptyBin(snapshot.time, isSome ? ids : 'all', isForGood ? null : snapshot);
        if (count === 0 || isForGood) return undefined;
        const takeBack = async (): Promise<string[]> => {
          await restoreSnapshot(snapshot);
          return (await getSummaries(ids)).map(({ id }) => id);
        };
        const isOver = async (): Promise<boolean> =>
          (await listSnapshots()).some(({ id, restoredTime }) => id === snapshot.id && restoredTime !== undefined);
        return { text: getText(isSome ? 'bin_deleted' : 'bin_emptied', count), takeBack, isOver };
      }, !isForGood),
    tag: (ids, tag) =>
      change(
        ids,
        ({ tags }) => ({ tags: tags.includes(tag) ? tags : [...tags, tag] }),
        getText('tagged', tag, name(ids)),
      ),
    untag: (ids, tag) =>
      change(ids, ({ tags }) => ({ tags: tags.filter((other) => other !== tag) }), getText('untagged', tag, name(ids))),
    noted: (id, before, after) =>
      add(new Map([[id, { before: { note: before }, after: { note: after } }]]), getText('noted', name([id]))),
    highlight: (id, highlight) => {
      const isKnown = titleOf(id)?.highlights?.some((known) => known.id === highlight.id) === true;
      change(
        [id],
        ({ highlights }) => ({ highlights: withHighlight(highlights, highlight) }),
        getText(isKnown ? 'highlight_changed' : 'highlight_kept', quoteOf(highlight, QUOTED)),
      );
    },
    removeHighlight: (id, highlight) =>
      change(
        [id],
        ({ highlights }) => ({ highlights: withoutHighlight(highlights, highlight.id) }),
        getText('highlight_removed', quoteOf(highlight, QUOTED)),
      ),
  };
}
