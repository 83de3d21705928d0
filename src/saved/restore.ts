/** Brings back what a snapshot holds: its articles are again as they were, and what was not there goes into the bin. */
import { openDatabase } from './schema.ts';
import { readOldLibrary } from './old-library.ts';
import { rangeOf, UPGRADE, type Before, type Snapshot } from './snapshots.ts';
import { changeMarks } from './store.ts';
import { COPY_NAME } from './upgrade-copy.ts';
import { applyBackup, type OnProgress, type WholeArticle } from './whole-library.ts';

/** Articles that are in memory at once, with their photos. */
const BATCH = 20;

export interface Restored {
  /** Articles that are again as they were. */
  returned: number;
  /** Articles that went into the bin. */
  removed: number;
}

/**
 * Brings a snapshot back, as a change that has a snapshot of its own. Rejects with the browser's DOMException where storage
 * fails: what is back until then is whole, and doing it again goes on.
 */
export async function restoreSnapshot(
  { id }: Pick<Snapshot, 'id'>,
  onProgress: OnProgress = () => undefined,
  now = Date.now(),
): Promise<Restored> {
  if (id === UPGRADE) {
    const { added, changed } = await applyBackup(await readOldLibrary(COPY_NAME), 'restore', onProgress, now);
    return { returned: added + changed, removed: 0 };
  }
  const database = await openDatabase();
  const count = await database.count('befores', rangeOf(id));
  const absent: string[] = [];
  const snapshot = {
    count,
    deletions: async () => [],
    articles: async function* (): AsyncGenerator<WholeArticle> {
      for await (const { record, id: articleId, photos } of readBefores(id)) {
        if (!record) absent.push(articleId);
        else yield { record, readPhoto: async (src) => photos.find((photo) => photo.src === src)?.blob };
      }
    },
  };
  const { added, changed } = await applyBackup(snapshot, 'restore', onProgress, now);
  const removed = await changeMarks(absent, ({ removedTime }) => ({ removedTime: removedTime ?? now }), now);
  return { returned: added + changed, removed: removed.size };
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
