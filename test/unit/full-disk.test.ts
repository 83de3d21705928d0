/** A disk that is full at any write of a change: the change has not happened, what was there is whole, and it is called full. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { importArticles } from '../../src/saved/import-articles.ts';
import { keepWantedPhotos } from '../../src/saved/photos.ts';
import { closeDatabase, DATABASE_NAME, openDatabase } from '../../src/saved/schema.ts';
import { changeMarks } from '../../src/saved/marks.ts';
import { emptyBin, listSummaries, saveArticle, storageReason } from '../../src/saved/store.ts';
import { renewTexts } from '../../src/saved/texts.ts';
import { applyBackup, readWholeLibrary, type WholeLibrary } from '../../src/saved/whole-library.ts';
import { findFlaws } from '../fixtures/find-flaws.ts';
import { extractFixture } from '../fixtures/fixture.ts';
import { fillDisk } from '../fixtures/full-disk.ts';

const article = extractFixture('article-cn');
const other = extractFixture('article-fr');
const ids = [article.url, other.url];
const lateness = '\nCorrigé.';

// The parts of the browser that jsdom has not; no photo comes.
const MUCH = 1e9;
let room = MUCH;
vi.stubGlobal('navigator', {
  locks: { request: (_: string, run: () => Promise<void>) => run() },
  storage: { estimate: async () => ({ quota: 50_000 + room, usage: 50_000 }) },
});
vi.stubGlobal('fetch', async () => new Response(null, { status: 404 }));

beforeEach(async () => {
  room = MUCH;
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

/** The library as a backup in which the article has another note. */
async function readBack(): Promise<WholeLibrary> {
  const library = await readWholeLibrary();
  return {
    ...library,
    articles: async function* () {
      for await (const { record, readPhoto } of library.articles())
        yield { record: { ...record, marks: { ...record.marks, note: 'lue' } }, readPhoto };
    },
  };
}
async function* nothing(): AsyncGenerator<never> {}

it.each<[string, () => Promise<unknown>]>([
  ['a save', () => saveArticle(other)],
  ['a save of another version', () => saveArticle({ ...article, textContent: article.textContent + lateness })],
  [
    'an import',
    () => importArticles([{ article: other }, { article: { ...other, url: `${other.url}-2`, shortUrl: null } }]),
  ],
  ['a change of marks', () => changeMarks(ids, { isFavourite: true })],
  ['the work on texts', () => renewTexts()],
  ['emptying the bin', () => emptyBin(Date.now(), 'all')],
  ['emptying it for good', () => emptyBin(Date.now(), 'all', null)],
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
  ['is full', 0, 'full', 'UnknownError'],
  ['is full', 0, 'full', 'DataError'],
  ['has room', MUCH, 'refused', 'UnknownError'],
  ['has room', MUCH, 'refused', 'DataError'],
])(
  'a browser that does not know why it could not write is asked whether the disk %s',
  async (_, left, reason, name) => {
    room = left;
    const disk = fillDisk(1, name);
    const error: unknown = await renewTexts().catch((refusal: unknown) => refusal);
    disk.makeRoom();
    expect(storageReason(error)).toBe(reason);
  },
);

describe('where the browser says that little room is left', () => {
  const brought = { article: other, photos: new Map([[other.photos[0] ?? '', new Blob(['octets'])]]) };
  it.each<[string, () => Promise<unknown>]>([
    ['a save', () => saveArticle(other)],
    ['an import', () => importArticles([brought])],
    ['a backup that comes in', async () => applyBackup(await readBack(), 'restore')],
    ['what a backup replaces', async () => applyBackup({ ...(await readBack()), articles: nothing }, 'replace')],
  ])('%s is refused before anything is written', async (_, change) => {
    const before = await everything();
    room = 5e6;
    const disk = fillDisk(0);
    const error: unknown = await change().catch((refusal: unknown) => refusal);
    expect(storageReason(error)).toBe('full');
    expect(disk.refused()).toBe(0);
    disk.makeRoom();
    expect(await everything()).toEqual(before);
  });

  it('marks are kept still', async () => {
    room = 5e6;
    await changeMarks([article.url], { isFavourite: true });
    expect(await listSummaries()).toMatchObject([{ isFavourite: true }]);
  });
});

it('photos that have no room are not brought with their article', async () => {
  room = 12e6;
  const large = { size: 5e6 } as Blob;
  const importing = importArticles([{ article: other, photos: new Map([[other.photos[0] ?? '', large]]) }]);
  await expect(importing).rejects.toMatchObject({ name: 'QuotaExceededError' });
});
