/**
 * The highlights of an article. Each has a stamp of its own, by its id, so that those of two libraries come together; one that
 * was removed leaves its stamp. Where an article has none, there is no list, nor stamps where it never had any.
 */
import { inTextOrder, toHighlight, type Highlight } from '../article/highlight.ts';
import type { Marks, Stamp, Stamps } from './saved-article.ts';

/** What a library knows of the highlights of an article. */
export interface Highlights {
  highlights?: Highlight[];
  stamps?: Record<string, Stamp>;
}

type List = readonly Highlight[] | undefined;

/** A highlight as it is compared, '' where it was removed. */
const written = (highlight: Highlight | undefined): string =>
  highlight === undefined ? '' : JSON.stringify(toHighlight(highlight));

const byId = (list: List): Map<string, Highlight> => new Map(list?.map((highlight) => [highlight.id, highlight]));

/** All ids that some libraries know, in their order. */
const idsOf = (...known: (readonly string[])[]): string[] => [...new Set(known.flat())].sort();

/** The parts of `marks` and of `stamps` that say it: where there is nothing to say, no field. */
export function toParts({ highlights = [], stamps = {} }: Highlights): {
  marks: Pick<Marks, 'highlights'>;
  stamps: Pick<Stamps, 'highlights'>;
} {
  const ids = Object.keys(stamps).sort();
  return {
    marks: highlights.length > 0 ? { highlights: inTextOrder(highlights) } : {},
    stamps: ids.length > 0 ? { highlights: Object.fromEntries(ids.map((id) => [id, stamps[id] ?? ''])) } : {},
  };
}

/** The list with a highlight, in the place of the one that has its id. */
export const withHighlight = (list: List, highlight: Highlight): Highlight[] =>
  inTextOrder(byId(list).set(highlight.id, highlight).values());

/** The list without the highlight of an id. */
export const withoutHighlight = (list: List, id: string): Highlight[] =>
  inTextOrder((list ?? []).filter((highlight) => highlight.id !== id));

/** What is known after the list was changed: what is new, other or gone in it gets a new stamp. */
export function stampHighlights(
  before: Highlights,
  highlights: List,
  stamp: (...replaced: Stamp[]) => Stamp,
): Required<Highlights> {
  const [old, made] = [byId(before.highlights), byId(highlights)];
  const stamps = { ...before.stamps };
  for (const id of idsOf([...old.keys()], [...made.keys()])) {
    if (written(old.get(id)) === written(made.get(id))) continue;
    const replaced = stamps[id];
    stamps[id] = replaced === undefined ? stamp() : stamp(replaced);
  }
  return { highlights: inTextOrder(made.values()), stamps };
}

/** What two libraries know together: of each highlight the later, whatever stands in the others. */
export function mergeHighlights(ours: Highlights, theirs: Highlights): Required<Highlights> {
  const [own, others] = [byId(ours.highlights), byId(theirs.highlights)];
  const merged: Highlight[] = [];
  const stamps: Record<string, Stamp> = {};
  for (const id of idsOf(Object.keys(ours.stamps ?? {}), Object.keys(theirs.stamps ?? {}))) {
    const [stamp, otherStamp] = [ours.stamps?.[id] ?? '', theirs.stamps?.[id] ?? ''];
    const [one, other] = [own.get(id), others.get(id)];
    const isTheirs = stamp === otherStamp ? written(other) > written(one) : otherStamp > stamp;
    const later = isTheirs ? other : one;
    stamps[id] = isTheirs ? otherStamp : stamp;
    if (later) merged.push(later);
  }
  return { highlights: inTextOrder(merged), stamps };
}

/** What is known after theirs took the place of ours: where ours is later and other, that is a change which is made now. */
export function replaceHighlights(
  ours: Highlights,
  theirs: Highlights,
  stampNow: (...replaced: Stamp[]) => Stamp,
): Required<Highlights> {
  const [own, others] = [byId(ours.highlights), byId(theirs.highlights)];
  const stamps = { ...theirs.stamps };
  for (const [id, stamp] of Object.entries(ours.stamps ?? {})) {
    const other = stamps[id];
    if (other !== undefined && other > stamp) continue;
    stamps[id] = written(own.get(id)) === written(others.get(id)) ? stamp : stampNow(stamp);
  }
  return { highlights: inTextOrder(others.values()), stamps };
}

/** The list with which a change is taken back, where some of it may have been changed again since: that stays. */
export function takeBackHighlights(before: List, after: List, current: List): Highlight[] {
  const [old, made, now] = [byId(before), byId(after), byId(current)];
  for (const id of idsOf([...old.keys()], [...made.keys()])) {
    const returning = old.get(id);
    if (written(returning) === written(made.get(id)) || written(made.get(id)) !== written(now.get(id))) continue;
    if (returning) now.set(id, returning);
    else now.delete(id);
  }
  return inTextOrder(now.values());
}
