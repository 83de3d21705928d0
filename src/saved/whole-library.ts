/**
 * The library as a whole: out of the database for a backup, and a backup into it. A few articles at a time are in memory, and each
 * few are one transaction, so that whatever ends the work leaves whole articles behind; done again, it goes on where it was.
 */
import { allOrNothing } from './all-or-nothing.ts';
import { announceChange } from './changes.ts';
import { livingRecord, mergeEntries, replaceEntry, type ArticleRecord, type Entry } from './merge.ts';
import { destroyArticle, readEntry, writeRecord } from './records.ts';
import { needRoom } from './room.ts';
import type { Deletion, SavedPhoto, Stamp } from './saved-article.ts';
import { beginReading, beginWriting, openDatabase, type Database, type Reading, type Writing } from './schema.ts';
import { slices } from './slices.ts';
import type { Snapshot } from './snapshot.ts';
import { keepBefore, newSnapshot } from './snapshots.ts';
import { newestStamp, stampsAt, type Stamping } from './stamps.ts';

/** Articles in one transaction: few enough to be in memory with their photos. */
const BATCH = 20;

export interface WholeArticle {
  record: ArticleRecord;
  /** The image of one of the photos; undefined where it is no longer there. */
  readPhoto: (src: string) => Promise<Blob | undefined>;
}

/** A library, this one or one in a file, read piece by piece. */
export interface WholeLibrary {
  /** How many articles it has. */
  count: number;
  articles: () => AsyncIterable<WholeArticle>;
  deletions: () => Promise<Deletion[]>;
}

/** This library. An article that comes or goes while it is read may be in or not; what is in is whole. */
export async function readWholeLibrary(): Promise<WholeLibrary> {
  const database = await openDatabase();
  return {
    count: await database.count('summaries'),
    articles: () => readArticles(database),
    deletions: () => database.getAll('deleted'),
  };
}

/** Some articles of this library, in this order; what is gone when its turn comes is left out. */
export async function* readSome(ids: readonly string[]): AsyncGenerator<WholeArticle> {
  const database = await openDatabase();
  for (const batch of slices(ids, BATCH)) yield* readBatch(database, beginReading(database), batch);
}

async function* readBatch(database: Database, transaction: Reading, ids: string[]): AsyncGenerator<WholeArticle> {
  const entries = await Promise.all(ids.map((id) => readEntry(transaction, id)));
  // All at once, when the first is wanted: a transaction for each takes a third of the time of a backup.
  let photos: Promise<SavedPhoto[][]> | undefined;
  for (const [index, { record }] of entries.entries()) {
    if (!record) continue;
    const readPhoto: WholeArticle['readPhoto'] = async (src) => {
      photos ??= readPhotos(database, ids);
      return (await photos)[index]?.find((photo) => photo.src === src)?.blob ?? undefined;
    };
    yield { record, readPhoto };
  }
}

/** The photos of some articles; an image is a handle, and stays readable where it is deleted since. */
function readPhotos(database: Database, ids: string[]): Promise<SavedPhoto[][]> {
  const byArticle = database.transaction('photos').store.index('byArticle');
  return Promise.all(ids.map((id) => byArticle.getAll(id)));
}

async function* readArticles(database: Database): AsyncGenerator<WholeArticle> {
  for (let last = ''; ;) {
    const transaction = beginReading(database);
    const ids = await transaction.objectStore('summaries').getAllKeys(IDBKeyRange.lowerBound(last, true), BATCH);
    yield* readBatch(database, transaction, ids);
    const next = ids.at(-1);
    if (next === undefined) return;
    last = next;
  }
}

/**
 * `merge`: of each field the later value wins. `restore`: what the backup has is again as it is there. `replace`: the same, and
 * what it has not is destroyed, so that the library becomes what the backup is.
 */
export type MergeMode = 'merge' | 'restore' | 'replace';

/** What a backup changes in this library, in articles. */
export interface MergeCounts {
  /** Come in. */
  added: number;
  changed: number;
  /** Are in both, and say the same. */
  same: number;
  /** Are in both, were changed here since the backup was made, and stay as they are here. */
  newer: number;
  /** Are destroyed here. */
  deleted: number;
  /** Of those that are changed, how many go into the bin. */
  binned: number;
  /** Are in the backup, were destroyed here since, and stay away. */
  away: number;
  /** Are not in the backup, and stay. */
  kept: number;
}

export type OnProgress = (done: number, total: number) => void;

/** What `applyBackup` would do. Changes nothing. */
export function planMerge(backup: WholeLibrary, mode: MergeMode, now = Date.now()): Promise<MergeCounts> {
  return goThrough(backup, mode, now, undefined, () => undefined);
}

/**
 * Brings a backup into the library, with a snapshot of what that changes; resolves to what it did. Nothing is deleted before everything of the backup is in. Rejects
 * with the browser's DOMException where storage or the file fail: what is in until then is whole, and doing it again goes on.
 */
export function applyBackup(
  backup: WholeLibrary,
  mode: MergeMode,
  onProgress: OnProgress = () => undefined,
  now = Date.now(),
  snapshot = newSnapshot('backup', now),
): Promise<MergeCounts> {
  return goThrough(backup, mode, now, snapshot, onProgress);
}

async function goThrough(
  backup: WholeLibrary,
  mode: MergeMode,
  now: number,
  snapshot: Snapshot | undefined,
  onProgress: OnProgress,
): Promise<MergeCounts> {
  const database = await openDatabase();
  const stamp = await stampsAt(database, now);
  // What is saved while the backup comes in is nothing that the reader agreed to lose.
  const own = await database.getAllKeys('summaries');
  const deletions = new Map((await backup.deletions()).map(({ id, stamp: deleted }) => [id, deleted]));
  const counts: MergeCounts = { added: 0, changed: 0, binned: 0, same: 0, newer: 0, deleted: 0, away: 0, kept: 0 };
  const inBackup = new Set<string>();
  let done = 0;
  for await (const batch of inBatches(backup.articles())) {
    const theirs = batch.filter(({ record: { id }, record }) => {
      const isLiving = livingRecord({ record, deleted: deletions.get(id) }) !== undefined;
      // To a replacement, what the backup's own library destroyed is not in it; the mark of it is left for the end.
      if (isLiving || mode === 'merge') inBackup.add(id);
      return inBackup.has(id);
    });
    const photos = snapshot ? await readMissingPhotos(database, theirs) : [];
    const blobs = photos.flatMap((images) => [...images.values()]);
    if (snapshot) await needRoom(blobs.reduce((sum, { size }) => sum + size, 0));
    await inTransaction(database, snapshot, theirs, async ({ record }, index, transaction, change) => {
      const ours = await readEntry(transaction, record.id);
      const deleted = deletions.get(record.id);
      const result = combine(ours, { record, deleted }, mode, stamp);
      counts[outcome(ours, record, result)]++;
      if (goesIntoBin(ours, result)) counts.binned++;
      return change !== undefined && writeEntry(change, record.id, ours, result, photos[index] ?? new Map());
    });
    done += batch.length;
    onProgress(done, backup.count);
  }
  const rest = [...deletions].filter(([id]) => !inBackup.has(id)).map(([id, deleted]) => ({ id, deleted }));
  const surplus = mode !== 'replace' ? [] : own.filter((id) => !inBackup.has(id));
  for (const batch of slices([...rest, ...surplus.map((id) => ({ id, deleted: undefined }))], BATCH)) {
    const summaries = await Promise.all(batch.map(({ id }) => database.get('summaries', id)));
    if (snapshot) await needRoom(summaries.reduce((sum, summary) => sum + (summary?.photoBytes ?? 0), 0));
    await inTransaction(database, snapshot, batch, async ({ id, deleted }, _index, transaction, change) => {
      const [summary, mark] = await Promise.all([
        transaction.objectStore('summaries').get(id),
        transaction.objectStore('deleted').get(id),
      ]);
      const isDestroyed = summary && (deleted === undefined || newestStamp(summary.stamps) <= deleted);
      if (isDestroyed) {
        counts.deleted++;
        if (change) {
          await keepBefore(change.transaction, change.snapshot, id, await readEntry(transaction, id), true);
          await destroyArticle(change.transaction, summary, deleted ?? stamp(newestStamp(summary.stamps)));
        }
      } else if (change && deleted !== undefined && (!mark || mark.stamp < deleted)) {
        await change.transaction.objectStore('deleted').put({ id, stamp: deleted });
      }
      return change !== undefined && isDestroyed === true;
    });
  }
  counts.kept = Math.max(0, own.length - counts.changed - counts.same - counts.newer - counts.deleted);
  return counts;
}

/** A transaction that may write, and the snapshot of what it changes. */
interface Change {
  transaction: Writing;
  snapshot: Snapshot;
}

/**
 * Does something with each of some articles in one transaction, of which all or nothing happens, and announces those for which
 * it answers that they changed.
 */
async function inTransaction<Item extends { id: string } | { record: { id: string } }>(
  database: Database,
  snapshot: Snapshot | undefined,
  items: Item[],
  run: (item: Item, index: number, transaction: Reading, change?: Change) => Promise<boolean>,
): Promise<void> {
  const change = snapshot && { transaction: beginWriting(database), snapshot };
  const transaction = change?.transaction ?? beginReading(database);
  const isChanged = await allOrNothing(transaction, () =>
    Promise.all(items.map((item, index) => run(item, index, transaction, change))),
  );
  const changed = items.filter((_, index) => isChanged[index]).map((item) => ('id' in item ? item.id : item.record.id));
  if (changed.length > 0) announceChange(changed);
}

function combine(ours: Entry, theirs: Entry & { record: ArticleRecord }, mode: MergeMode, stamp: Stamping): Entry {
  const merged = mergeEntries(ours, theirs);
  if (mode === 'merge') return merged;
  return replaceEntry({ ...ours, deleted: merged.deleted }, theirs.record, stamp);
}

/** What becomes of an article that the backup has. */
function outcome(ours: Entry, theirs: ArticleRecord, result: Entry): Exclude<keyof MergeCounts, 'kept' | 'binned'> {
  const before = livingRecord(ours);
  const after = livingRecord(result);
  if (!before) return after ? 'added' : 'away';
  if (!after) return 'deleted';
  const { stamps: _before, ...were } = before;
  const { stamps: _after, ...are } = after;
  if (JSON.stringify(were) !== JSON.stringify(are)) return 'changed';
  return differs(before, theirs) ? 'newer' : 'same';
}

/** Whether the reader did with an article something that the backup does not have; of the text, which a file may clean, by its stamp. */
const differs = (ours: ArticleRecord, theirs: ArticleRecord): boolean =>
  ours.stamps.text > theirs.stamps.text || JSON.stringify(ours.marks) !== JSON.stringify(theirs.marks);

const goesIntoBin = (ours: Entry, result: Entry): boolean =>
  livingRecord(ours)?.marks.removedTime === null && typeof livingRecord(result)?.marks.removedTime === 'number';

/** Resolves to whether anything changed. */
async function writeEntry(
  { transaction, snapshot }: Change,
  id: string,
  ours: Entry,
  result: Entry,
  photos: ReadonlyMap<string, Blob>,
): Promise<boolean> {
  const before = livingRecord(ours);
  const after = livingRecord(result);
  const deleted: Stamp | undefined = result.deleted;
  if (deleted !== undefined && deleted !== ours.deleted)
    await transaction.objectStore('deleted').put({ id, stamp: deleted });
  if (JSON.stringify(before) === JSON.stringify(after)) return false;
  const addresses = new Set(after?.article.photos);
  const losesPhotos = before?.article.photos.some((src) => !addresses.has(src)) === true;
  await keepBefore(transaction, snapshot, id, ours, losesPhotos);
  if (!after) {
    if (before && deleted !== undefined) await destroyArticle(transaction, before, deleted);
    return true;
  }
  await writeRecord(transaction, after, photos);
  return true;
}

/** The photos that a backup has and this library lacks: what takes time is read before the transaction, which would not wait. */
function readMissingPhotos(database: Database, batch: WholeArticle[]): Promise<Map<string, Blob>[]> {
  return Promise.all(
    batch.map(async ({ record, readPhoto }) => {
      const photos = new Map<string, Blob>();
      for (const { src, state, size } of record.photos) {
        if (state !== 'kept' || (await database.get('photos', [record.id, src]))?.blob?.size === size) continue;
        const blob = await readPhoto(src);
        if (blob) photos.set(src, blob);
      }
      return photos;
    }),
  );
}

async function* inBatches<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
