/**
 * The saved list: every read and write of it. A call either has happened when its promise resolves or rejects with the
 * browser's DOMException (`QuotaExceededError` when the disk is full) and has changed nothing.
 */
import { canonicalAddress, shortAddress } from '../article/address.ts';
import type { Article } from '../article/article.ts';
import { announceChange } from './changes.ts';
import { summarize, type SavedArticle, type SavedPhoto, type Summary } from './saved-article.ts';
import { openDatabase } from './schema.ts';

/** How long a removed article can be brought back, in milliseconds. */
export const UNDO_TIME = 20_000;

/** Why the store could not do it. Each reason has its sentence in _locales under `storage_<name>`. */
export type StorageReason = 'full' | 'refused';

/** The reason behind an error that a call of this module rejected with. */
export function storageReason(error: unknown): StorageReason {
  return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'refused';
}

export interface Saving {
  summary: Summary;
  /** False where the article was in the list before. */
  isNew: boolean;
}

/**
 * Saves an article: its text is on the disk when this resolves, its photos are written down as wanted. An article that is
 * already there keeps its date; one whose removal can still be undone comes back.
 */
export async function saveArticle(article: Article, now = Date.now()): Promise<Saving> {
  const database = await openDatabase();
  const transaction = database.transaction(['summaries', 'articles', 'photos'], 'readwrite', { durability: 'strict' });
  const summaries = transaction.objectStore('summaries');
  const id = canonicalAddress(article.url);
  // By its short address alone an article is known only where nothing better is: two articles never join over a short code.
  const known =
    (await summaries.get(id)) ??
    (shortAddress(article.url) ? await summaries.index('byShortUrl').get(id) : undefined) ??
    (article.shortUrl ? await summaries.get(article.shortUrl) : undefined);
  let saving: Saving;
  if (known) {
    saving = { summary: { ...known, removedTime: null }, isNew: known.removedTime !== null };
    if (known.removedTime !== null) await summaries.put(saving.summary);
  } else {
    const summary = summarize(article, id, now);
    saving = { summary, isNew: true };
    await Promise.all([
      summaries.put(summary),
      transaction.objectStore('articles').put({ id: summary.id, article }),
      ...article.photos.map((src) =>
        transaction.objectStore('photos').put({ articleId: summary.id, src, state: 'wanted', blob: null }),
      ),
    ]);
  }
  await transaction.done;
  if (saving.isNew) announceChange();
  return saving;
}

/** The saved article at an address, whatever its tracking, fragment or form; undefined if it is not in the list. */
export async function findSummary(address: string): Promise<Summary | undefined> {
  const database = await openDatabase();
  const short = shortAddress(address);
  const summary = short
    ? await database.getFromIndex('summaries', 'byShortUrl', short)
    : await database.get('summaries', canonicalAddress(address));
  return summary && summary.removedTime === null ? summary : undefined;
}

/** Whether a saved article is this one: by its canonical address, or saved when only its short address was known. */
export function isSameArticle(saved: Summary, { url, shortUrl }: Pick<Article, 'url' | 'shortUrl'>): boolean {
  return saved.id === canonicalAddress(url) || saved.id === shortUrl;
}

/** The whole article, undefined if it is not kept. */
export async function getArticle(id: string): Promise<SavedArticle | undefined> {
  return (await openDatabase()).get('articles', id);
}

/** All that is in the list, the last saved first. */
export async function listSummaries(): Promise<Summary[]> {
  const all = await (await openDatabase()).getAllFromIndex('summaries', 'bySavedTime');
  return all.filter((summary) => summary.removedTime === null).toReversed();
}

/** The kept photos of an article. */
export async function getPhotos(id: string): Promise<SavedPhoto[]> {
  return (await openDatabase()).getAllFromIndex('photos', 'byArticle', id);
}

/** One photo, undefined if it is not kept. */
export async function getPhoto(id: string, src: string): Promise<Blob | undefined> {
  return (await (await openDatabase()).get('photos', [id, src]))?.blob ?? undefined;
}

async function setRemovedTime(id: string, removedTime: number | null): Promise<void> {
  const transaction = (await openDatabase()).transaction('summaries', 'readwrite', { durability: 'strict' });
  const summary = await transaction.store.get(id);
  if (summary) await transaction.store.put({ ...summary, removedTime });
  await transaction.done;
  announceChange();
}

/** Takes an article out of the list. Nothing of it is destroyed before `purgeRemoved`. */
export async function removeArticle(id: string, now = Date.now()): Promise<void> {
  await setRemovedTime(id, now);
}

/** Brings a removed article back, whole. */
export async function restoreArticle(id: string): Promise<void> {
  await setRemovedTime(id, null);
}

/** What was removed and can still be brought back, the last removed first. */
export async function listRemoved(now = Date.now()): Promise<Summary[]> {
  const all = await (await openDatabase()).getAll('summaries');
  return all
    .filter(({ removedTime }) => removedTime !== null && now - removedTime < UNDO_TIME)
    .toSorted((one, other) => (other.removedTime ?? 0) - (one.removedTime ?? 0));
}

/** Destroys what was removed longer than `UNDO_TIME` ago. */
export async function purgeRemoved(now = Date.now()): Promise<void> {
  let isChanged = false;
  const transaction = (await openDatabase()).transaction(['summaries', 'articles', 'photos'], 'readwrite');
  for (const { id, removedTime } of await transaction.objectStore('summaries').getAll()) {
    if (removedTime === null || now - removedTime < UNDO_TIME) continue;
    isChanged = true;
    await transaction.objectStore('summaries').delete(id);
    await transaction.objectStore('articles').delete(id);
    for (const key of await transaction.objectStore('photos').index('byArticle').getAllKeys(id)) {
      await transaction.objectStore('photos').delete(key);
    }
  }
  await transaction.done;
  if (isChanged) announceChange();
}
