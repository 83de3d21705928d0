/** An article as a whole, out of the database and into it: its record, its photos, and what is left when it is destroyed. */
import type { ArticleRecord, Entry, PhotoState } from './merge.ts';
import {
  marksOf,
  NEW_FIELDS,
  summarize,
  summarizePhotos,
  type SavedPhoto,
  type Stamp,
  type Summary,
} from './saved-article.ts';
import type { Reading, Writing } from './schema.ts';

/** A photo without its bytes. */
export const photoState = ({ src, state, blob }: SavedPhoto): PhotoState => ({
  src,
  // A copy before an upgrade has no images.
  state: state === 'kept' && !blob ? 'wanted' : state,
  size: blob?.size ?? 0,
  type: blob?.type ?? '',
});

/** What the library knows of an article. */
export async function readEntry(transaction: Reading, id: string): Promise<Entry> {
  const [summary, saved, photos, deletion] = await Promise.all([
    transaction.objectStore('summaries').get(id),
    transaction.objectStore('articles').get(id),
    transaction.objectStore('photos').index('byArticle').getAll(id),
    transaction.objectStore('deleted').get(id),
  ]);
  const deleted = deletion?.stamp;
  if (!summary || !saved) return { deleted };
  const { savedTime, stamps } = summary;
  const article = { ...NEW_FIELDS, ...saved.article };
  const record = { id, savedTime, marks: marksOf(summary), stamps, article, photos: photos.map(photoState) };
  return { record, deleted };
}

/**
 * Writes a record in the place of what was kept of the article. Of the photos that its text has, those that are kept stay unless
 * the record's are others; what is not kept is taken from `photos` (by address), and what is in neither is wanted, unless it
 * failed or was dropped.
 */
export async function writeRecord(
  transaction: Writing,
  { id, savedTime, marks, stamps, article, photos: states }: ArticleRecord,
  photos: ReadonlyMap<string, Blob>,
): Promise<void> {
  const summary = { ...summarize(article, id, savedTime), ...marks, stamps };
  const store = transaction.objectStore('photos');
  const [before, known] = await Promise.all([
    transaction.objectStore('summaries').get(id),
    store.index('byArticle').getAll(id),
  ]);
  for (const { src } of known) if (!article.photos.includes(src)) await store.delete([id, src]);
  const written: SavedPhoto[] = [];
  for (const src of new Set(article.photos)) {
    const own = known.find((photo) => photo.src === src);
    const given = states.find((photo) => photo.src === src);
    const isOwn = own?.blob && (given?.state !== 'kept' || given.size === own.blob.size);
    const blob = (isOwn ? own.blob : photos.get(src)) ?? own?.blob ?? null;
    const state = blob ? 'kept' : given?.state === 'failed' || given?.state === 'dropped' ? given.state : 'wanted';
    // When it failed here stays known.
    const photo = { ...own, articleId: id, src, state, blob } as const;
    await store.put(photo);
    written.push(photo);
  }
  if (before && before.savedTime !== savedTime) await transaction.objectStore('texts').delete([before.savedTime, id]);
  await transaction.objectStore('articles').put({ id, article });
  await transaction.objectStore('summaries').put({ ...summary, ...summarizePhotos(written) });
}

/** Destroys everything of an article but the mark that it was there. */
export async function destroyArticle(
  transaction: Writing,
  { id, savedTime }: Pick<Summary, 'id' | 'savedTime'>,
  stamp: Stamp,
): Promise<void> {
  const photos = transaction.objectStore('photos');
  const keys = await photos.index('byArticle').getAllKeys(id);
  await Promise.all([
    transaction.objectStore('summaries').delete(id),
    transaction.objectStore('articles').delete(id),
    transaction.objectStore('texts').delete([savedTime, id]),
    transaction.objectStore('deleted').put({ id, stamp }),
    ...keys.map((key) => photos.delete(key)),
  ]);
}
