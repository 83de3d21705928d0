/** The library as an older Liseuse left it, for a backup where it cannot be upgraded: nothing of it is changed. */
import { openDB } from 'idb';
import { photoState } from './records.ts';
import { marksOf, NEW_FIELDS, NO_MARKS, type Summary } from './saved-article.ts';
import { DATABASE_NAME, type Database, type LiseuseSchema } from './schema.ts';
import { makeInstallation, makeStamp, sameStamps } from './stamps.ts';
import type { WholeArticle, WholeLibrary } from './whole-library.ts';

/**
 * The library in whatever version it is, or the copy of it that was made before an upgrade (upgrade-copy.ts); what its articles lack is filled in. Rejects with the browser's DOMException where it
 * cannot be read.
 */
export function readOldLibrary(name = DATABASE_NAME): Promise<WholeLibrary> {
  return use(name, async (database) => {
    const hasStore = (name: 'installation' | 'deleted'): boolean => database.objectStoreNames.contains(name);
    const named = hasStore('installation') ? await database.get('installation', 'id') : undefined;
    const installation = named ?? makeInstallation();
    return {
      count: await database.count('summaries'),
      articles: () => readArticles(name, installation),
      deletions: () => use(name, async (old) => (hasStore('deleted') ? old.getAll('deleted') : [])),
    };
  });
}

/** Without a version, a database is opened as it is. An upgrade that is tried meanwhile waits until this is done. */
const openOld = (name: string): Promise<Database> => openDB<LiseuseSchema>(name);

async function use<Result>(name: string, read: (database: Database) => Promise<Result>): Promise<Result> {
  const database = await openOld(name);
  try {
    return await read(database);
  } finally {
    database.close();
  }
}

async function* readArticles(name: string, installation: string): AsyncGenerator<WholeArticle> {
  const database = await openOld(name);
  try {
    for (const id of await database.getAllKeys('summaries')) {
      const [summary, saved, photos] = await Promise.all([
        database.get('summaries', id),
        database.get('articles', id),
        database.getAllFromIndex('photos', 'byArticle', id),
      ]);
      if (!summary || !saved) continue;
      const { savedTime, removedTime, ...others } = summary;
      const made = {
        ...sameStamps(makeStamp(installation, savedTime)),
        removedTime: makeStamp(installation, removedTime ?? savedTime),
      };
      const stamps = { ...made, ...(others as Partial<Summary>).stamps };
      const article = { ...NEW_FIELDS, ...saved.article };
      const marks = marksOf({ ...NO_MARKS, ...summary });
      yield {
        record: { id, savedTime, marks, stamps, article, photos: photos.map(photoState) },
        // Asked for when the connection of the reading may be closed.
        readPhoto: (src) => use(name, async (old) => (await old.get('photos', [id, src]))?.blob ?? undefined),
      };
    }
  } finally {
    database.close();
  }
}
