/** Saves articles from files: many in one transaction, each with the text that is searched. */
import { canonicalAddress } from '../article/address.ts';
import type { Article } from '../article/article.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { announceChange } from './changes.ts';
import type { Entry } from './merge.ts';
import { readEntry } from './records.ts';
import { needRoom } from './room.ts';
import { marksOf, summarizePhotos, type Marks, type Summary } from './saved-article.ts';
import { beginWriting, openDatabase, type Writing } from './schema.ts';
import { keepBefore, newSnapshot } from './snapshots.ts';
import { stampsAt, withMarks } from './stamps.ts';
import { saveWithin, type Saving } from './store.ts';
import { putText } from './texts.ts';

/** An article from a file, and what the file says of how it was kept. */
export interface ImportedArticle {
  article: Article;
  marks?: Marks | undefined;
  /** When it was saved, in milliseconds since 1970; null where the file does not say. */
  savedTime?: number | null | undefined;
  /** Images by their addresses. */
  photos?: ReadonlyMap<string, Blob> | undefined;
}

/**
 * Saves all of the articles or, where it rejects, none. One that is already there stays as it is, one that is in the bin comes
 * back. Marks and time are those of the file where the article is new; photos come in wherever they are missing. What that
 * changes is in the snapshot, one for a whole import. What is on the disk when this resolves stays there, whatever happens to
 * the browser.
 */
export async function importArticles(
  brought: readonly ImportedArticle[],
  now = Date.now(),
  snapshot = newSnapshot('import', now),
): Promise<Saving[]> {
  const images = brought.flatMap(({ photos }) => [...(photos?.values() ?? [])]);
  await needRoom(images.reduce((sum, { size }) => sum + size, 0));
  const database = await openDatabase();
  const stamp = await stampsAt(database, now);
  const transaction = beginWriting(database);
  const changed: string[] = [];
  const importOne = async ({ article, marks, savedTime, photos = new Map() }: ImportedArticle): Promise<Saving> => {
    const time = Math.min(savedTime ?? now, now);
    const saving = await saveWithin(transaction, article, time, stamp, false);
    const { isWritten, isChanged } = saving;
    if (isChanged) {
      await keepBefore(transaction, snapshot, saving.summary.id, await entryBefore(transaction, saving), false);
    }
    const summary: Summary = {
      ...(isWritten && marks ? withMarks(saving.summary, marks, stamp) : saving.summary),
      ...(await putMissingPhotos(transaction, saving.summary.id, photos)),
    };
    if (isWritten) await putText(transaction, summary, article);
    else if (photos.size > 0) await transaction.objectStore('summaries').put(summary);
    if (isChanged || photos.size > 0) changed.push(summary.id);
    return { ...saving, summary };
  };
  /** The last of each address: what one of them writes, the next one reads. The others do not wait for each other. */
  const last = new Map<string, Promise<unknown>>();
  const importAfterItsOwn = async (one: ImportedArticle): Promise<Saving> => {
    const addresses = [canonicalAddress(one.article.url), one.article.shortUrl].filter((address) => address !== null);
    const before = addresses.map((address) => last.get(address));
    const saving = Promise.all(before).then(() => importOne(one));
    for (const address of addresses) last.set(address, saving);
    return saving;
  };
  const savings = await allOrNothing(transaction, () => Promise.all(brought.map(importAfterItsOwn)));
  if (changed.length > 0) announceChange(changed);
  return savings;
}

/** What was known of an article that has just been saved; the text that an import brings replaces none. */
async function entryBefore(transaction: Writing, { summary, before }: Saving): Promise<Entry> {
  if (!before) return {};
  const { record, deleted } = await readEntry(transaction, summary.id);
  return { record: record && { ...record, marks: marksOf(before), stamps: before.stamps }, deleted };
}

/** Keeps the images of photos that the article has and the store lacks; resolves to what its summary then says of them. */
async function putMissingPhotos(
  transaction: Writing,
  id: string,
  images: ReadonlyMap<string, Blob>,
): Promise<Partial<Summary>> {
  if (images.size === 0) return {};
  const store = transaction.objectStore('photos');
  const photos = await store.index('byArticle').getAll(id);
  const kept = photos.map((photo) => {
    const blob = images.get(photo.src);
    return photo.state !== 'kept' && blob ? { articleId: id, src: photo.src, state: 'kept' as const, blob } : photo;
  });
  await Promise.all(kept.map((photo, index) => photo !== photos[index] && store.put(photo)));
  return summarizePhotos(kept);
}
