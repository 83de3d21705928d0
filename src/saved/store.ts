/**
 * The saved list: every read and write of it. A call either has happened when its promise resolves or rejects with the
 * browser's DOMException (`QuotaExceededError` when the disk is full) and has changed nothing.
 */
import type { IDBPObjectStore, StoreNames } from 'idb';
import { canonicalAddress, shortAddress } from '../article/address.ts';
import { isOtherVersion, type Article } from '../article/article.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { announceChange } from './changes.ts';
import { getLast } from './newest-first.ts';
import { destroyArticle, readEntry } from './records.ts';
import { needRoom } from './room.ts';
import {
  marksOf,
  summarize,
  summarizePhotos,
  type SavedArticle,
  type SavedPhoto,
  type Summary,
} from './saved-article.ts';
import { beginWriting, openDatabase, type LiseuseSchema, type Writing } from './schema.ts';
import type { Snapshot } from './snapshot.ts';
import { keepBefore, newSnapshot } from './snapshots.ts';
import { newestStamp, sameStamps, stampsAt, withMarks, type Stamping } from './stamps.ts';

/** How long an article stays in the bin, in milliseconds. */
export const BIN_TIME = 30 * 24 * 60 * 60 * 1000;

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
  /** What was known of it, also in the bin. */
  before: Summary | undefined;
}

/**
 * Saves an article as the reader sees it: its text is on the disk when this resolves, its photos are written down as wanted. One
 * that is already there keeps its date and the photos that it has; its text becomes this one, unless this is only a passage of it.
 */
export function saveArticle(article: Article, now = Date.now()): Promise<Saving> {
  return save(article, now, true);
}

async function save(article: Article, now: number, isSeen: boolean): Promise<Saving> {
  await needRoom();
  const database = await openDatabase();
  const stamp = await stampsAt(database, now);
  const transaction = beginWriting(database);
  const saving = await allOrNothing(transaction, () => saveWithin(transaction, article, now, stamp, isSeen));
  if (saving.isChanged) announceChange([saving.summary.id]);
  return saving;
}

/**
 * Saves an article as a part of a transaction.
 *
 * @param isSeen whether the reader sees it, so that it replaces what is kept; one from a file never does
 */
export async function saveWithin(
  transaction: Writing,
  article: Article,
  now: number,
  stamp: Stamping,
  isSeen: boolean,
): Promise<Saving & { isWritten: boolean; isChanged: boolean }> {
  const summaries = transaction.objectStore('summaries');
  const id = canonicalAddress(article.url);
  // By its short address alone an article is known only where nothing better is: two articles never join over a short code.
  const known =
    (await summaries.get(id)) ??
    (shortAddress(article.url) ? await summaries.index('byShortUrl').get(id) : undefined) ??
    (article.shortUrl ? await summaries.get(article.shortUrl) : undefined);
  const isRemoved = known !== undefined && known.removedTime !== null;
  // A passage never takes the place of the whole, also where that is in the bin.
  const isWhole = !article.isPassage || known?.isPassage === true;
  const isWritten = !known || (isSeen && ((isRemoved && isWhole) || isOtherVersion(known, article)));
  const deletion = await transaction.objectStore('deleted').get(id);
  let summary: Summary = known
    ? withMarks(known, { removedTime: null }, stamp)
    : { ...summarize(article, id, now), stamps: sameStamps(stamp(...(deletion ? [deletion.stamp] : []))) };
  if (isWritten) {
    // The page may have less than what is kept of it.
    if (known)
      await keepBefore(
        transaction,
        newSnapshot('version', now),
        known.id,
        await readEntry(transaction, known.id),
        true,
      );
    const photos = await wantPhotos(transaction.objectStore('photos'), summary.id, article.photos);
    const stamps = known ? { ...summary.stamps, text: stamp(summary.stamps.text) } : summary.stamps;
    summary = { ...summarize(article, summary.id, summary.savedTime), ...marksOf(summary), ...photos, stamps };
    // A short address says less than the one that is known.
    const url = known && shortAddress(article.url) ? known.id : article.url;
    await transaction.objectStore('articles').put({ id: summary.id, article: { ...article, url } });
  }
  if (isWritten || isRemoved) await summaries.put(summary);
  return { summary, isNew: !known || isRemoved, before: known, isWritten, isChanged: isWritten || isRemoved };
}

/** Writes the photos of an article down as wanted, those that are kept or dropped excepted, and forgets those that it no longer has. */
async function wantPhotos(
  photos: IDBPObjectStore<LiseuseSchema, StoreNames<LiseuseSchema>[], 'photos', 'readwrite'>,
  articleId: string,
  addresses: string[],
): Promise<ReturnType<typeof summarizePhotos>> {
  const known = await photos.index('byArticle').getAll(articleId);
  for (const { src } of known) if (!addresses.includes(src)) await photos.delete([articleId, src]);
  const written: SavedPhoto[] = addresses.map(
    (src) =>
      known.find((photo) => photo.src === src && (photo.state === 'kept' || photo.state === 'dropped')) ??
      ({ articleId, src, state: 'wanted', blob: null } as const),
  );
  for (const photo of written) if (photo.state === 'wanted') await photos.put(photo);
  return summarizePhotos(written);
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

/** The saved form of an article: by its own address, or saved when only its short address was known; undefined if it is not in the list. */
export async function findSaved({ url, shortUrl }: Pick<Article, 'url' | 'shortUrl'>): Promise<Summary | undefined> {
  const database = await openDatabase();
  const summary =
    (await database.get('summaries', canonicalAddress(url))) ??
    (shortUrl ? await database.get('summaries', shortUrl) : undefined);
  return summary?.removedTime === null ? summary : undefined;
}

/** The whole article, undefined if it is not kept. */
export async function getArticle(id: string): Promise<SavedArticle | undefined> {
  return (await openDatabase()).get('articles', id);
}

/** All that is in the list and in the bin, the last saved first, in batches: the first is soon there, and no window stands still. */
export async function* listBatches(size = 1000): AsyncGenerator<Summary[]> {
  const database = await openDatabase();
  let older: IDBKeyRange | null = null;
  for (let count = size; ;) {
    const batch = await getLast(database.transaction('summaries').store.index('bySavedTime'), older, count);
    const last = batch.at(-1);
    if (!last || batch.length < count) {
      yield batch;
      return;
    }
    // Articles of one import may have one time: those at the boundary come together.
    const { savedTime } = last;
    const newer = batch.filter((summary) => summary.savedTime !== savedTime);
    if (newer.length === 0) {
      count *= 2;
      continue;
    }
    yield newer;
    older = IDBKeyRange.upperBound(savedTime);
    count = size;
  }
}

/** The same at once. */
export async function listSummaries(): Promise<Summary[]> {
  const batches: Summary[][] = [];
  for await (const batch of listBatches()) batches.push(batch);
  return batches.flat();
}

/** The last saved of the list, at most so many: what a window shows before it has read the rest. */
export async function listNewest(count: number): Promise<Summary[]> {
  const newest: Summary[] = [];
  for await (const batch of listBatches(count + 1)) {
    newest.push(...batch.filter(({ removedTime }) => removedTime === null));
    if (newest.length >= count) break;
  }
  return newest.slice(0, count);
}

/** The summaries of some articles, those that are not kept left out. */
export async function getSummaries(ids: readonly string[]): Promise<Summary[]> {
  const { store } = (await openDatabase()).transaction('summaries');
  const summaries = await Promise.all(ids.map((id) => store.get(id)));
  return summaries.filter((summary) => summary !== undefined);
}

/** The kept photos of an article. */
export async function getPhotos(id: string): Promise<SavedPhoto[]> {
  return (await openDatabase()).getAllFromIndex('photos', 'byArticle', id);
}

/** One photo, undefined if it is not kept. */
export async function getPhoto(id: string, src: string): Promise<Blob | undefined> {
  return (await (await openDatabase()).get('photos', [id, src]))?.blob ?? undefined;
}

/**
 * Destroys what is in the bin, with a snapshot of it, for a clock may be wrong too. Resolves to how many articles that were.
 *
 * @param which what has been there for longer than `BIN_TIME`, all of it, or these articles
 * @param snapshot the snapshot of it, for who wants to bring it back; null for none, where a full disk has no room for one
 */
export async function emptyBin(
  now = Date.now(),
  which: 'old' | 'all' | readonly string[] = 'old',
  snapshot: Snapshot | null = newSnapshot('bin', now),
): Promise<number> {
  const database = await openDatabase();
  const range = IDBKeyRange.upperBound(which === 'old' ? now - BIN_TIME : Infinity);
  const ids = typeof which === 'string' ? undefined : new Set(which);
  const isMeant = ({ id }: Summary): boolean => ids?.has(id) ?? true;
  const found =
    snapshot === null ? [] : (await database.getAllFromIndex('summaries', 'byRemovedTime', range)).filter(isMeant);
  // The snapshot has a copy of each photo.
  if (found.length > 0) await needRoom(found.reduce((sum, { photoBytes = 0 }) => sum + photoBytes, 0));
  const stamp = await stampsAt(database, now);
  const transaction = beginWriting(database);
  const destroyed = await allOrNothing(transaction, async () => {
    const removed = transaction.objectStore('summaries').index('byRemovedTime');
    const meant = (await removed.getAll(range)).filter(isMeant);
    const destroy = async (summary: Summary): Promise<void> => {
      const { id, stamps } = summary;
      if (snapshot) await keepBefore(transaction, snapshot, id, await readEntry(transaction, id), true);
      await destroyArticle(transaction, summary, stamp(newestStamp(stamps)));
    };
    await Promise.all(meant.map(destroy));
    return meant.map(({ id }) => id);
  });
  if (destroyed.length > 0) announceChange(destroyed);
  return destroyed.length;
}
