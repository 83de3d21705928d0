/** Saves articles from files: many in one transaction, each with the text that is searched. */
import { canonicalAddress, shortAddress } from '../article/address.ts';
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
  const savings = await allOrNothing(transaction, async () => {
    const alone = new Set(withoutOthers(brought));
    const done = new Map<ImportedArticle, Saving>();
    const keep = async (one: ImportedArticle): Promise<unknown> => done.set(one, await importOne(one));
    await Promise.all([...alone].map(keep));
    for (const one of brought) if (!alone.has(one)) await keep(one);
    return brought.flatMap((one) => done.get(one) ?? []);
  });
  if (changed.length > 0) announceChange(changed);
  return savings;
}

/** Those that no other one can be the same article as: they need not wait for each other's requests. */
function withoutOthers(brought: readonly ImportedArticle[]): ImportedArticle[] {
  // What a short address alone stands for is known to the store.
  if (brought.some(({ article }) => shortAddress(article.url) !== null)) return [];
  const namesOf = ({ article: { url, shortUrl } }: ImportedArticle): string[] =>
    shortUrl ? [canonicalAddress(url), shortUrl] : [canonicalAddress(url)];
  const counts = new Map<string, number>();
  for (const name of brought.flatMap(namesOf)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return brought.filter((one) => namesOf(one).every((name) => counts.get(name) === 1));
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
