/** Where it is written down what was chosen to be imported, and how far that is: a database of its own. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { FileResult, Reached } from './import-set.ts';

export interface UnfinishedSchema extends DBSchema {
  /** Files that were chosen together, their bytes in one blob: ten thousand blobs would take ten times as long. */
  sets: {
    key: number;
    value: {
      /** The lock of the window that imports it; undefined in a set of Liseuse 0.1. */
      owner?: string;
      blob: Blob;
      files: { name: string; size: number; isInFolder: boolean }[];
      /** How many files it would have, as long as they are not copied. */
      uncopied?: number;
    };
  };
  /** What was done of a set, piece by piece. */
  done: {
    key: number;
    value: {
      set: number;
      results: readonly FileResult[];
      reached: Reached;
      /** Whether nothing was done yet: the file at this place was about to be read. */
      isTry?: true;
    };
    indexes: { bySet: number };
  };
}

const open = (): Promise<IDBPDatabase<UnfinishedSchema>> =>
  openDB<UnfinishedSchema>('liseuse-import', 1, {
    upgrade: (database) => {
      database.createObjectStore('sets', { autoIncrement: true });
      database.createObjectStore('done', { autoIncrement: true }).createIndex('bySet', 'set');
    },
    // A newer Liseuse in another window has to be able to open it.
    blocking: () => {
      void opened?.then((database) => database.close());
      opened = undefined;
    },
    terminated: () => (opened = undefined),
  });

let opened: ReturnType<typeof open> | undefined;
/** The database, opened once for all. Rejects where the browser gives none. */
export const openOnce = (): ReturnType<typeof open> =>
  (opened ??= open().catch((error: unknown) => {
    opened = undefined;
    throw error;
  }));
