/**
 * A copy of the database as it was before its last upgrade, beside it: an upgrade that is wrong about what it changes can be
 * taken back. Photos are not in it, for no upgrade touches them and they are most of the bytes.
 */
import { deleteDB, openDB, type IDBPDatabase } from 'idb';
import { needRoom } from './room.ts';

export const COPY_NAME = 'liseuse-before-upgrade';

/** Records in one reading. */
const BATCH = 500;

/**
 * Copies a database, unless another page has upgraded it meanwhile. Rejects with the browser's DOMException where there is no
 * room; what was copied until then is no copy.
 *
 * @param before the version that is about to be replaced
 */
export async function copyBeforeUpgrade(name: string, before: number, now = Date.now()): Promise<void> {
  await navigator.locks.request(COPY_NAME, async () => {
    const source = await openDB(name);
    try {
      if (source.version !== before) return;
      await deleteDB(COPY_NAME);
      const copy = await openDB(COPY_NAME, before, { upgrade: (made) => void copyStores(source, made) });
      try {
        for (const store of source.objectStoreNames) await copyRecords(source, copy, store);
        // Last: a copy without it is not whole.
        await copy.put('copied', now, 'time');
      } finally {
        copy.close();
      }
    } finally {
      source.close();
    }
  });
}

function copyStores(source: IDBPDatabase, made: IDBPDatabase): void {
  made.createObjectStore('copied');
  const reading = source.transaction([...source.objectStoreNames]);
  for (const name of source.objectStoreNames) {
    const { keyPath, indexNames, index } = reading.objectStore(name);
    const store = made.createObjectStore(name, { keyPath });
    for (const indexName of indexNames) {
      const { keyPath: path, unique, multiEntry } = index.call(reading.objectStore(name), indexName);
      store.createIndex(indexName, path, { unique, multiEntry });
    }
  }
}

async function copyRecords(source: IDBPDatabase, copy: IDBPDatabase, name: string): Promise<void> {
  for (let range: IDBKeyRange | null = null; ;) {
    const { store } = source.transaction(name);
    const [keys, records] = await Promise.all([store.getAllKeys(range, BATCH), store.getAll(range, BATCH)]);
    await needRoom();
    const writing = copy.transaction(name, 'readwrite');
    const hasKeys = writing.store.keyPath === null;
    await Promise.all([
      ...records.map((record, index) =>
        writing.store.put(name === 'photos' ? { ...record, blob: null } : record, hasKeys ? keys[index] : undefined),
      ),
      writing.done,
    ]);
    const last = keys.at(-1);
    if (last === undefined) return;
    range = IDBKeyRange.lowerBound(last, true);
  }
}

/** When the copy was made (milliseconds since 1970) and how many articles it has; undefined where there is none that is whole. */
export async function findUpgradeCopy(): Promise<{ time: number; count: number } | undefined> {
  if (!(await indexedDB.databases()).some(({ name }) => name === COPY_NAME)) return undefined;
  const copy = await openDB(COPY_NAME);
  try {
    const time: unknown = copy.objectStoreNames.contains('copied') ? await copy.get('copied', 'time') : undefined;
    return typeof time === 'number' ? { time, count: await copy.count('summaries') } : undefined;
  } finally {
    copy.close();
  }
}

export const forgetUpgradeCopy = (): Promise<void> => deleteDB(COPY_NAME);
