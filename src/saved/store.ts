/**
 * The saved list: every read and write of it. A call either has happened when its promise resolves or rejects with the
 * browser's DOMException (`QuotaExceededError` when the disk is full) and has changed nothing.
 */
import type { IDBPObjectStore } from 'idb';
import { canonicalAddress, shortAddress } from '../article/address.ts';
import { isOtherVersion, type Article } from '../article/article.ts';
import { announceChange } from './changes.ts';
import { summarize, type PhotoCount, type SavedArticle, type SavedPhoto, type Summary } from './saved-article.ts';
import { openDatabase, type LiseuseSchema } from './schema.ts';

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
 * Saves an article as the reader sees it: its text is on the disk when this resolves, its photos are written down as wanted. One
 * that is already there keeps its date and the photos that it has; its text becomes this one, unless this is only a passage of it.
 */
export function saveArticle(article: Article, now = Date.now()): Promise<Saving> {
  return save(article, now, true);
}

/** Saves an article from a file: one that is already there stays as it is, one whose removal can still be undone comes back. */
export function importArticle(article: Article, now = Date.now()): Promise<Saving> {
  return save(article, now, false);
}

async function save(article: Article, now: number, isSeen: boolean): Promise<Saving> {
  const database = await openDatabase();
  const transaction = database.transaction(['summaries', 'articles', 'photos'], 'readwrite', { durability: 'strict' });
  const summaries = transaction.objectStore('summaries');
  const id = canonicalAddress(article.url);
  // By its short address alone an article is known only where nothing better is: two articles never join over a short code.
  const known =
    (await summaries.get(id)) ??
    (shortAddress(article.url) ? await summaries.index('byShortUrl').get(id) : undefined) ??
    (article.shortUrl ? await summaries.get(article.shortUrl) : undefined);
  const isRemoved = known !== undefined && known.removedTime !== null;
  const isWritten = !known || (isSeen && (isRemoved || isOtherVersion(known, article)));
  let summary = known ? { ...known, removedTime: null } : summarize(article, id, now);
  if (isWritten) {
    const photos = await wantPhotos(transaction.objectStore('photos'), summary.id, article.photos);
    summary = { ...summarize(article, summary.id, summary.savedTime), photos };
    await transaction.objectStore('articles').put({ id: summary.id, article });
  }
  if (isWritten || isRemoved) await summaries.put(summary);
  await transaction.done;
  if (isWritten || isRemoved) announceChange();
  return { summary, isNew: !known || isRemoved };
}

/** Writes the photos of an article down as wanted, those that are kept already excepted, and forgets those that it no longer has. */
async function wantPhotos(
  photos: IDBPObjectStore<LiseuseSchema, ['summaries', 'articles', 'photos'], 'photos', 'readwrite'>,
  articleId: string,
  addresses: string[],
): Promise<PhotoCount> {
  const known = await photos.index('byArticle').getAll(articleId);
  const kept = known.filter(({ src, state }) => state === 'kept' && addresses.includes(src)).map(({ src }) => src);
  for (const { src } of known) if (!addresses.includes(src)) await photos.delete([articleId, src]);
  for (const src of addresses) {
    if (!kept.includes(src)) await photos.put({ articleId, src, state: 'wanted', blob: null });
  }
  return { total: addresses.length, kept: kept.length, failed: 0 };
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
