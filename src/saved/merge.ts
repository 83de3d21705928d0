/**
 * The merge of two libraries, article by article: of each field the later value wins. What is merged twice, in another order or
 * in other company comes out the same.
 */
import type { Article } from '../article/article.ts';
import { mergeHighlights, replaceHighlights, toParts, type Highlights } from './highlights.ts';
import type { Field, Marks, SavedPhoto, Stamp, Stamps } from './saved-article.ts';
import { newestStamp } from './stamps.ts';

/** A photo without its bytes. */
export interface PhotoState {
  src: string;
  state: SavedPhoto['state'];
  /** Of the image that is kept, in bytes; else 0 and ''. */
  size: number;
  type: string;
}

/** All that cannot be made from something else: lists and searches are made from it anew. */
export interface ArticleRecord {
  id: string;
  savedTime: number;
  marks: Marks;
  stamps: Stamps;
  article: Article;
  photos: PhotoState[];
}

/** What a library knows of one article: the article, the mark of its deletion, or both where it came back. */
export interface Entry {
  record?: ArticleRecord | undefined;
  deleted?: Stamp | undefined;
}

/**
 * The record with the photos of its text, unless it was destroyed after the last change of it: one that changed later, or was
 * saved again, is back.
 */
export function livingRecord({ record, deleted }: Entry): ArticleRecord | undefined {
  if (!record || (deleted !== undefined && newestStamp(record.stamps) <= deleted)) return undefined;
  const states = new Map(record.photos.map((photo) => [photo.src, photo]));
  const addresses = [...new Set(record.article.photos)].sort();
  return {
    ...record,
    photos: addresses.map((src) => states.get(src) ?? { src, state: 'wanted', size: 0, type: '' }),
  };
}

/**
 * What both know together of the same article. A record that was destroyed stays in the answer, so that the order of merges
 * does not matter; who keeps the answer keeps its `livingRecord`.
 */
export function mergeEntries(ours: Entry, theirs: Entry): Entry {
  const record =
    ours.record && theirs.record ? mergeRecords(ours.record, theirs.record) : (ours.record ?? theirs.record);
  const [deleted] = [ours.deleted, theirs.deleted]
    .filter((stamp) => stamp !== undefined)
    .sort()
    .toReversed();
  return { record, deleted };
}

function mergeRecords(ours: ArticleRecord, theirs: ArticleRecord): ArticleRecord {
  const pick = <Value>(field: Field, read: (record: ArticleRecord) => Value): Value =>
    read(isLater(theirs.stamps[field], read(theirs), ours.stamps[field], read(ours)) ? theirs : ours);
  const mark = <Name extends Exclude<Field, 'text'>>(name: Name): Marks[Name] => pick(name, ({ marks }) => marks[name]);
  const stamp = (field: Field): Stamp =>
    ours.stamps[field] > theirs.stamps[field] ? ours.stamps[field] : theirs.stamps[field];
  const highlights = toParts(mergeHighlights(highlightsOf(ours), highlightsOf(theirs)));
  const { savedTime, article } = pick('text', (record) => ({ savedTime: record.savedTime, article: record.article }));
  return {
    id: ours.id,
    savedTime,
    marks: {
      removedTime: mark('removedTime'),
      archivedTime: mark('archivedTime'),
      isFavourite: mark('isFavourite'),
      position: mark('position'),
      tags: mark('tags'),
      note: mark('note'),
      ...highlights.marks,
    },
    stamps: {
      text: stamp('text'),
      removedTime: stamp('removedTime'),
      archivedTime: stamp('archivedTime'),
      isFavourite: stamp('isFavourite'),
      position: stamp('position'),
      tags: stamp('tags'),
      note: stamp('note'),
      ...highlights.stamps,
    },
    article,
    photos: mergePhotos(ours.photos, theirs.photos),
  };
}

/** What a record says of highlights. */
const highlightsOf = ({ marks: { highlights }, stamps: { highlights: stamps } }: ArticleRecord): Highlights => ({
  ...(highlights && { highlights }),
  ...(stamps && { stamps }),
});

/** Equal stamps with different values are in no honest library, yet every library must choose the same of them. */
const isLater = (stamp: Stamp, value: unknown, otherStamp: Stamp, otherValue: unknown): boolean =>
  stamp === otherStamp ? JSON.stringify(value) > JSON.stringify(otherValue) : stamp > otherStamp;

/** A photo that one of the two has is kept; one that one of the two dropped is not fetched; one that only one gave up is tried again. */
const RANK: Readonly<Record<PhotoState['state'], number>> = { failed: 0, wanted: 1, dropped: 2, kept: 3 };

function mergePhotos(ours: PhotoState[], theirs: PhotoState[]): PhotoState[] {
  const merged = new Map(ours.map((photo) => [photo.src, photo]));
  for (const photo of theirs) {
    const known = merged.get(photo.src);
    if (!known || isBetter(photo, known)) merged.set(photo.src, photo);
  }
  return [...merged.values()].sort((one, other) => (one.src < other.src ? -1 : 1));
}

function isBetter(photo: PhotoState, known: PhotoState): boolean {
  const difference = RANK[photo.state] - RANK[known.state] || photo.size - known.size;
  return difference === 0 ? photo.type > known.type : difference > 0;
}

/**
 * What a library has of an article after it was replaced by a backup's record: the backup's values. Where ours was written
 * later, the replacement is a change that is made now.
 */
export function replaceEntry(ours: Entry, theirs: ArticleRecord, stampNow: (...replaced: Stamp[]) => Stamp): Entry {
  const { record, deleted } = ours;
  const { highlights: _highlights, ...fields } = theirs.stamps;
  const highlights = toParts(
    replaceHighlights(record ? highlightsOf(record) : {}, highlightsOf(theirs), stampNow),
  ).stamps;
  const stamps: Stamps = { ...fields, ...highlights };
  for (const field of Object.keys(fields) as Field[]) {
    const own = record?.stamps[field];
    if (own === undefined || own < stamps[field]) continue;
    const read = ({ savedTime, article, marks }: ArticleRecord): string =>
      JSON.stringify(field === 'text' ? { savedTime, article } : marks[field]);
    stamps[field] = record && read(record) === read(theirs) ? own : stampNow(own);
  }
  if (deleted !== undefined && deleted >= newestStamp(stamps)) stamps.text = stampNow(stamps.text, deleted);
  // The backup's photos; where it has none, nothing that is kept here is thrown away.
  const photos = theirs.photos.map((photo) =>
    photo.state === 'kept'
      ? photo
      : (record?.photos.find(({ src, state }) => src === photo.src && state === 'kept') ?? photo),
  );
  return { record: { ...theirs, stamps, photos }, deleted };
}
