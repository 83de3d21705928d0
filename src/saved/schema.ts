/** The database: its typed schema and the steps that lead to it. */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import { allOrNothing, nameError } from './all-or-nothing.ts';
import {
  NO_MARKS,
  type Deletion,
  type SavedArticle,
  type SavedPhoto,
  type SavedText,
  type Summary,
} from './saved-article.ts';
import type { Before, Snapshot } from './snapshot.ts';
import { makeInstallation, makeStamp, sameStamps } from './stamps.ts';
import { copyBeforeUpgrade } from './upgrade-copy.ts';

export interface LiseuseSchema extends DBSchema {
  summaries: {
    key: string;
    value: Summary;
    indexes: { bySavedTime: number; byShortUrl: string; byRemovedTime: number; byOldText: number };
  };
  articles: { key: string; value: SavedArticle };
  /** In the order in which lists show them. */
  texts: { key: [savedTime: number, id: string]; value: SavedText };
  photos: { key: [articleId: string, src: string]; value: SavedPhoto; indexes: { byArticle: string; byState: string } };
  deleted: { key: string; value: Deletion };
  /** `id`: the name of this installation (stamps.ts); `persistAsked`: when the browser was asked to keep it all (storage.ts); `backupBegun`: the backup that is coming in. */
  installation: { key: string; value: string };
  snapshots: { key: string; value: Snapshot };
  /** What snapshots hold. */
  befores: { key: [snapshot: string, articleId: string]; value: Before };
}

export type Database = IDBPDatabase<LiseuseSchema>;

/** Everything that an article is made of, and what is left of it. */
const WHOLE: StoreNames<LiseuseSchema>[] = ['summaries', 'articles', 'texts', 'photos', 'deleted'];
/** The same, and what is kept of it before a large change. */
const WHOLE_AND_BEFORE: StoreNames<LiseuseSchema>[] = [...WHOLE, 'snapshots', 'befores'];

export type Reading = IDBPTransaction<LiseuseSchema, StoreNames<LiseuseSchema>[], 'readonly' | 'readwrite'>;
export type Writing = IDBPTransaction<LiseuseSchema, StoreNames<LiseuseSchema>[], 'readwrite'>;

/** Begins to read whole articles. */
export const beginReading = (database: Database): Reading => database.transaction(WHOLE, 'readonly');

/** Begins a change of whole articles. */
export const beginWriting = (database: Database): Writing =>
  database.transaction(WHOLE_AND_BEFORE, 'readwrite', { durability: 'strict' });

type Upgrade = IDBPTransaction<LiseuseSchema, StoreNames<LiseuseSchema>[], 'versionchange'>;

/**
 * Step N leads from version N to N + 1, all that are needed in one transaction: one that fails leaves the old data as it was.
 * Append only: a released step is never edited, for readers have data behind it.
 */
export const upgrades: readonly ((database: Database, transaction: Upgrade) => Promise<void> | void)[] = [
  (database) => {
    const summaries = database.createObjectStore('summaries', { keyPath: 'id' });
    summaries.createIndex('bySavedTime', 'savedTime');
    summaries.createIndex('byShortUrl', 'shortUrl');
    database.createObjectStore('articles', { keyPath: 'id' });
    const photos = database.createObjectStore('photos', { keyPath: ['articleId', 'src'] });
    photos.createIndex('byArticle', 'articleId');
    photos.createIndex('byState', 'state');
  },
  async (database, transaction) => {
    database.createObjectStore('texts', { keyPath: ['savedTime', 'id'] });
    database.createObjectStore('deleted', { keyPath: 'id' });
    const installation = makeInstallation();
    await database.createObjectStore('installation').put(installation, 'id');
    const summaries = transaction.objectStore('summaries');
    summaries.createIndex('byRemovedTime', 'removedTime');
    summaries.createIndex('byOldText', 'isTextOld');
    for (let cursor = await summaries.openCursor(); cursor; cursor = await cursor.continue()) {
      const { savedTime, removedTime } = cursor.value;
      const stamps = {
        ...sameStamps(makeStamp(installation, savedTime)),
        removedTime: makeStamp(installation, removedTime ?? savedTime),
      };
      // What is not in the old summary is read from the article when its text is (texts.ts).
      await cursor.update({ ...NO_MARKS, ...cursor.value, keywords: [], hasSound: false, isTextOld: 1, stamps });
    }
  },
  (database) => {
    database.createObjectStore('snapshots', { keyPath: 'id' });
    database.createObjectStore('befores', { keyPath: ['snapshot', 'id'] });
  },
];

export const DATABASE_NAME = 'liseuse';

let opened: Promise<Database> | undefined;

/** The saved list could not be brought to the form that this Liseuse reads; it is as it was. Its `cause` says why. */
export class UpgradeError extends Error {}

/**
 * The open database. Rejects with the browser's DOMException where storage is refused, full or of a newer version, with an
 * `UpgradeError` where there is an older list that could not be upgraded.
 */
export function openDatabase(): Promise<Database> {
  opened ??= openNewest().catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function openNewest(isCopied = false): Promise<Database> {
  /** The version that is there, 0 where it is none. */
  let before = 0;
  let failure: unknown;
  try {
    return await openDB<LiseuseSchema>(DATABASE_NAME, upgrades.length, {
      upgrade: async (database, oldVersion, _newVersion, transaction) => {
        before = oldVersion;
        // First a copy, for which the upgrade cannot wait.
        if (before > 0 && !isCopied) {
          transaction.done.catch(() => undefined);
          transaction.abort();
          return;
        }
        try {
          await allOrNothing(transaction, async () => {
            for (const step of upgrades.slice(oldVersion)) await step(database, transaction);
          });
        } catch (error) {
          failure = error;
        }
      },
      // A newer Liseuse in another page wants to upgrade: make room for it, the next call opens anew.
      blocking: () => void closeDatabase(),
      terminated: () => (opened = undefined),
    });
  } catch (error) {
    if (before > 0 && !isCopied) {
      // Where there is no room for a copy, the upgrade itself is still all or nothing.
      await copyBeforeUpgrade(DATABASE_NAME, before).catch(() => undefined);
      return openNewest(true);
    }
    if (before > 0) throw new UpgradeError('The saved list could not be upgraded.', { cause: failure ?? error });
    throw failure ?? (await nameError(error));
  }
}

/** Closes the connection, if there is one. */
export async function closeDatabase(): Promise<void> {
  const closing = opened;
  opened = undefined;
  (await closing)?.close();
}
