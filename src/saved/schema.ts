/** The database: its typed schema and the steps that lead to it. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { SavedArticle, SavedPhoto, Summary } from './saved-article.ts';

export interface LiseuseSchema extends DBSchema {
  summaries: { key: string; value: Summary; indexes: { bySavedTime: number; byShortUrl: string } };
  articles: { key: string; value: SavedArticle };
  photos: { key: [articleId: string, src: string]; value: SavedPhoto; indexes: { byArticle: string; byState: string } };
}

export type Database = IDBPDatabase<LiseuseSchema>;

/** Step N leads from version N to N + 1. Append only: a released step is never edited, for readers have data behind it. */
export const upgrades: readonly ((database: Database) => void)[] = [
  (database) => {
    const summaries = database.createObjectStore('summaries', { keyPath: 'id' });
    summaries.createIndex('bySavedTime', 'savedTime');
    summaries.createIndex('byShortUrl', 'shortUrl');
    database.createObjectStore('articles', { keyPath: 'id' });
    const photos = database.createObjectStore('photos', { keyPath: ['articleId', 'src'] });
    photos.createIndex('byArticle', 'articleId');
    photos.createIndex('byState', 'state');
  },
];

export const DATABASE_NAME = 'liseuse';

let opened: Promise<Database> | undefined;

/** The open database. Rejects with the browser's DOMException where storage is refused, full or of a newer version. */
export function openDatabase(): Promise<Database> {
  opened ??= openDB<LiseuseSchema>(DATABASE_NAME, upgrades.length, {
    upgrade: (database, oldVersion) => {
      for (const step of upgrades.slice(oldVersion)) step(database);
    },
    // A newer Liseuse in another page wants to upgrade: make room for it, the next call opens anew.
    blocking: () => void closeDatabase(),
    terminated: () => (opened = undefined),
  }).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

/** Closes the connection, if there is one. */
export async function closeDatabase(): Promise<void> {
  const closing = opened;
  opened = undefined;
  (await closing)?.close();
}
