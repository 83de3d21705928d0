/** A disk that is full at any write of a change: the change has not happened, what was there is whole, and it is called full. */
import { beforeEach, expect, it, vi } from 'vitest';
import { importArticles } from '../../src/saved/import-articles.ts';
import { keepWantedPhotos } from '../../src/saved/photos.ts';
import { closeDatabase, DATABASE_NAME, openDatabase } from '../../src/saved/schema.ts';
import { changeMarks } from '../../src/saved/marks.ts';
import { emptyBin, listSummaries, saveArticle, storageReason } from '../../src/saved/store.ts';
import { renewTexts } from '../../src/saved/texts.ts';
import { findFlaws } from '../fixtures/find-flaws.ts';
import { extractFixture } from '../fixtures/fixture.ts';
import { fillDisk } from '../fixtures/full-disk.ts';

const article = extractFixture('article-cn');
const other = extractFixture('article-fr');
const ids = [article.url, other.url];
const lateness = '\nCorrigé.';

// The parts of the browser that jsdom has not; no photo comes.
let room = 0;
vi.stubGlobal('navigator', {
  locks: { request: (_: string, run: () => Promise<void>) => run() },
  storage: { estimate: async () => ({ quota: 50_000 + room, usage: 50_000 }) },
});
vi.stubGlobal('fetch', async () => new Response(null, { status: 404 }));

beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => (indexedDB.deleteDatabase(DATABASE_NAME).onsuccess = resolve));
  await saveArticle(article, 1000);
});

/** All that stands in the database. */
async function everything(): Promise<unknown> {
  const database = await openDatabase();
  const stores = ['summaries', 'articles', 'texts', 'photos', 'deleted'] as const;
  return Promise.all(stores.map((store) => database.getAll(store)));
}

it.each<[string, () => Promise<unknown>]>([
  ['a save', () => saveArticle(other)],
  ['a save of another version', () => saveArticle({ ...article, textContent: article.textContent + lateness })],
  [
    'an import',
    () => importArticles([{ article: other }, { article: { ...other, url: `${other.url}-2`, shortUrl: null } }]),
  ],
  ['a change of marks', () => changeMarks(ids, { isFavourite: true })],
  ['the work on texts', () => renewTexts()],
  ['emptying the bin', () => emptyBin(Date.now(), true)],
])('%s, refused at each of its writes, leaves the list as it was', async (_, change) => {
  await changeMarks([article.url], { removedTime: 2000 });
  const before = await everything();
  let refused = 0;
  for (let writes = 0; ; writes++) {
    const disk = fillDisk(writes);
    const error: unknown = await change().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    disk.makeRoom();
    expect(await findFlaws()).toEqual([]);
    if (error === undefined) break;
    expect(storageReason(error)).toBe('full');
    expect(await everything()).toEqual(before);
    refused++;
  }
  expect(refused).toBeGreaterThan(0);
  expect(await everything()).not.toEqual(before);
});

it('a photo that does not even fit as missing is wanted still', async () => {
  const disk = fillDisk(0);
  await expect(keepWantedPhotos()).rejects.toMatchObject({ name: 'QuotaExceededError' });
  disk.makeRoom();
  expect(await listSummaries()).toMatchObject([{ photos: { total: 2, kept: 0, failed: 0 } }]);
  expect(await findFlaws()).toEqual([]);
});

it.each([
  ['is full', 0, 'full'],
  ['has room', 1e9, 'refused'],
])('a browser that does not know why it could not write is asked whether the disk %s', async (_, left, reason) => {
  room = left;
  const disk = fillDisk(1, 'UnknownError');
  const error: unknown = await saveArticle(other).catch((refusal: unknown) => refusal);
  disk.makeRoom();
  expect(storageReason(error)).toBe(reason);
});
