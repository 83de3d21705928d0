/** Brings back what a snapshot holds: its articles are again as they were, and what was not there goes into the bin. */
import { readEntry } from './records.ts';
import { beginWriting, openDatabase } from './schema.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { announceChange } from './changes.ts';
import { readOldLibrary } from './old-library.ts';
import type { Before, Snapshot } from './snapshot.ts';
import { keepBefore, listSnapshots, newSnapshot, rangeOf, UPGRADE } from './snapshots.ts';
import { slices } from './slices.ts';
import { stampsAt, withMarks } from './stamps.ts';
import { BIN_TIME } from './store.ts';
import { COPY_NAME } from './upgrade-copy.ts';
import { applyBackup, type OnProgress, type WholeArticle } from './whole-library.ts';

/** Articles that are in memory at once, with their photos. */
const BATCH = 20;
/** Articles that go into the bin in one transaction. */
const BINNED = 200;

export interface Restored {
  /** Articles that are again as they were. */
  returned: number;
  /** How many of them, and of those that came with the change, are in the bin now. */
  binned: number;
}

/**
 * Brings a snapshot back, as a change that has a snapshot of its own. Rejects with the browser's DOMException where storage
 * fails: what is back until then is whole, and doing it again goes on, in the same snapshot.
 */
export async function restoreSnapshot(
  { id }: Pick<Snapshot, 'id'>,
  onProgress: OnProgress = () => undefined,
  now = Date.now(),
): Promise<Restored> {
  // What was cut off before goes on in its snapshot, unless that was brought back itself: one change, one line.
  const cut = (await listSnapshots()).find(
    ({ restoring, restored, restoredTime }) => restoring === id && restored === undefined && restoredTime === undefined,
  );
  const before = { ...newSnapshot('restore', now), ...(cut && { id: cut.id }), restoring: id };
  if (id === UPGRADE) {
    const old = await readOldLibrary(COPY_NAME);
    const { added, changed, binned } = await applyBackup(old, 'restore', onProgress, now, before);
    await noteRestored(before, id);
    return { returned: added + changed, binned };
  }
  const database = await openDatabase();
  const count = await database.count('befores', rangeOf(id));
  const absent: string[] = [];
  let inBin = 0;
  const snapshot = {
    count,
    deletions: async () => [],
    articles: async function* (): AsyncGenerator<WholeArticle> {
      for await (const { record, id: articleId, photos } of readBefores(id)) {
        if (!record) {
          absent.push(articleId);
          continue;
        }
        const { removedTime } = record.marks;
        if (removedTime !== null) inBin++;
        // What would be destroyed at once has its time in the bin again.
        const isOver = removedTime !== null && removedTime <= now - BIN_TIME;
        const marks = isOver ? { ...record.marks, removedTime: now } : record.marks;
        yield {
          record: { ...record, marks },
          readPhoto: async (src) => photos.find((photo) => photo.src === src)?.blob,
        };
      }
    },
  };
  const { added, changed } = await applyBackup(snapshot, 'restore', onProgress, now, before);
  let binned = inBin;
  let done = count - absent.length;
  for (const batch of slices(absent, BINNED)) {
    binned += await putIntoBin(batch, before, now);
    done += batch.length;
    onProgress(done, count);
  }
  await noteRestored(before, id);
  return { returned: added + changed, binned };
}

/** Notes in the snapshot of a change, if there is one, that it brought another back, to the end. */
async function noteRestored(snapshot: Snapshot, restored: string): Promise<void> {
  const { store, done } = (await openDatabase()).transaction('snapshots', 'readwrite');
  if ((await store.getKey(snapshot.id)) !== undefined) await store.put({ ...snapshot, restored });
  await done;
}

/** Puts articles into the bin, with a snapshot of what they were; resolves to how many were not there yet. */
async function putIntoBin(ids: readonly string[], snapshot: Snapshot, now: number): Promise<number> {
  const database = await openDatabase();
  const stamp = await stampsAt(database, now);
  const transaction = beginWriting(database);
  const summaries = transaction.objectStore('summaries');
  const removed: string[] = [];
  await allOrNothing(transaction, () =>
    Promise.all(
      ids.map(async (id) => {
        const summary = await summaries.get(id);
        if (summary?.removedTime !== null) return;
        await keepBefore(transaction, snapshot, id, await readEntry(transaction, id), false);
        await summaries.put(withMarks(summary, { removedTime: now }, stamp));
        removed.push(id);
      }),
    ),
  );
  if (removed.length > 0) announceChange(removed);
  return removed.length;
}

async function* readBefores(snapshot: string): AsyncGenerator<Before> {
  const database = await openDatabase();
  for (let last = ''; ;) {
    const befores = await database.getAll('befores', rangeOf(snapshot, last), BATCH);
    yield* befores;
    const end = befores.at(-1);
    if (!end) return;
    last = end.id;
  }
}
