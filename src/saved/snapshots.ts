/**
 * Snapshots: what a large change (an import, a backup, an emptied bin) is about to replace or destroy, written down in the same
 * transaction as the change, article by article. A snapshot costs as much as the change and not as much as the library.
 */
import type { Entry } from './merge.ts';
import { openDatabase, type Writing } from './schema.ts';
import type { Snapshot } from './snapshot.ts';
import { findUpgradeCopy, forgetUpgradeCopy } from './upgrade-copy.ts';

/** How long a snapshot stays, in milliseconds. */
export const SNAPSHOT_TIME = 7 * 24 * 60 * 60 * 1000;

/** A snapshot as it is offered. */
export interface ListedSnapshot extends Snapshot {
  /** Articles that it holds. */
  count: number;
  /** When it was brought back, milliseconds since 1970; undefined where it was not, or that was undone. */
  restoredTime?: number | undefined;
}

/** The one that is a copy of the whole database (upgrade-copy.ts). */
export const UPGRADE = 'upgrade';

/** Begins a snapshot. Nothing of it is in the database before `keepBefore`: a change that changes nothing leaves none. */
export const newSnapshot = (reason: Snapshot['reason'], time: number): Snapshot => ({
  id: crypto.randomUUID(),
  time,
  reason,
});

/**
 * Writes down what is known of an article, as a part of the transaction that changes it. What was written down first stays.
 *
 * @param losesPhotos whether the change takes images away, so that they are kept too
 */
export async function keepBefore(
  transaction: Writing,
  snapshot: Snapshot,
  id: string,
  { record, deleted }: Entry,
  losesPhotos: boolean,
): Promise<void> {
  const befores = transaction.objectStore('befores');
  if ((await befores.getKey([snapshot.id, id])) !== undefined) return;
  const photos = losesPhotos ? await transaction.objectStore('photos').index('byArticle').getAll(id) : [];
  const kept = photos.flatMap(({ src, blob }) => (blob ? [{ src, blob }] : []));
  await transaction.objectStore('snapshots').put(snapshot);
  await befores.put({ snapshot: snapshot.id, id, record, deleted, photos: kept });
}

/** The keys of what a snapshot holds. */
export const rangeOf = (id: string, after = ''): IDBKeyRange => IDBKeyRange.bound([id, after], [id, []], after !== '');

/** All snapshots, the newest first, with how many articles each holds, and which of them were brought back. */
export async function listSnapshots(): Promise<ListedSnapshot[]> {
  const database = await openDatabase();
  const snapshots = await database.getAll('snapshots');
  const counted = snapshots.map(async (snapshot) => ({
    ...snapshot,
    count: await database.count('befores', rangeOf(snapshot.id)),
  }));
  const copy = await findUpgradeCopy();
  const all: ListedSnapshot[] = await Promise.all(counted);
  if (copy) all.push({ id: UPGRADE, reason: 'upgrade', ...copy });
  const listed = all.toSorted((one, other) => other.time - one.time);
  // The newest first: what brought a snapshot back may itself have been undone since.
  const restorations = new Map<string, Snapshot>();
  for (const snapshot of listed) {
    if (snapshot.restored !== undefined && !restorations.has(snapshot.id))
      restorations.set(snapshot.restored, snapshot);
  }
  return listed.map((snapshot) => ({ ...snapshot, restoredTime: restorations.get(snapshot.id)?.time }));
}

/** Forgets a snapshot and what it holds. */
export async function forgetSnapshot(id: string): Promise<void> {
  if (id === UPGRADE) return forgetUpgradeCopy();
  const transaction = (await openDatabase()).transaction(['snapshots', 'befores'], 'readwrite');
  await Promise.all([
    transaction.objectStore('snapshots').delete(id),
    transaction.objectStore('befores').delete(rangeOf(id)),
    transaction.done,
  ]);
}

/** Forgets what is older than `SNAPSHOT_TIME`. */
export async function forgetOldSnapshots(now = Date.now()): Promise<void> {
  for (const { id, time } of await listSnapshots()) {
    if (time < now - SNAPSHOT_TIME) await forgetSnapshot(id);
  }
}
