/** Snapshots: what a large change replaced or destroyed comes back as it was, to the last byte of a photo. */
import { Blob as NodeBlob } from 'node:buffer';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { canonicalAddress } from '../../src/article/address.ts';
import { importArticles } from '../../src/saved/import-articles.ts';
import { restoreSnapshot } from '../../src/saved/restore.ts';
import { closeDatabase, DATABASE_NAME, openDatabase } from '../../src/saved/schema.ts';
import { forgetOldSnapshots, forgetSnapshot, listSnapshots, SNAPSHOT_TIME } from '../../src/saved/snapshots.ts';
import { changeMarks } from '../../src/saved/marks.ts';
import { BIN_TIME, emptyBin, getArticle, getPhoto, listSummaries, saveArticle } from '../../src/saved/store.ts';
import { COPY_NAME } from '../../src/saved/upgrade-copy.ts';
import { applyBackup, readWholeLibrary, type WholeArticle, type WholeLibrary } from '../../src/saved/whole-library.ts';
import { findFlaws } from '../fixtures/find-flaws.ts';
import { writeFirstVersion } from '../fixtures/first-version.ts';
import { extractFixture } from '../fixtures/fixture.ts';

// jsdom's cannot be cloned into a database.
vi.stubGlobal('Blob', NodeBlob);

const chinese = extractFixture('article-cn');
const french = extractFixture('article-fr');
const idOf = canonicalAddress(chinese.url);
const otherId = canonicalAddress(french.url);

beforeEach(async () => {
  // jsdom has no locks; here is one window.
  vi.stubGlobal('navigator', { locks: { request: (_: string, run: () => Promise<void>) => run() } });
  await closeDatabase();
  for (const name of [DATABASE_NAME, COPY_NAME])
    await new Promise((resolve) => (indexedDB.deleteDatabase(name).onsuccess = resolve));
});

async function keepPhoto(): Promise<string> {
  const database = await openDatabase();
  const src = chinese.photos[0] ?? '';
  const blob = new Blob(['octets'], { type: 'image/jpeg' });
  await database.put('photos', { articleId: idOf, src, state: 'kept', blob });
  const summary = await database.get('summaries', idOf);
  if (!summary) throw new Error('not saved');
  await database.put('summaries', { ...summary, photos: { ...summary.photos, kept: 1 } });
  return src;
}

/** What a reader sees of the list: which articles, where, with what. */
const seen = async (): Promise<unknown[]> =>
  (await listSummaries())
    .map(({ id, title, removedTime, tags, note, photos }) => ({ id, title, removedTime, tags, note, photos }))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));

const newestSnapshot = async () => {
  const [newest] = await listSnapshots();
  if (!newest) throw new Error('no snapshot');
  return newest;
};

/** The library as it stands, kept in memory. */
async function libraryNow(): Promise<WholeLibrary> {
  const { count, articles, deletions } = await readWholeLibrary();
  const kept: WholeArticle[] = [];
  for await (const whole of articles()) kept.push(whole);
  const deleted = await deletions();
  return {
    count,
    deletions: async () => deleted,
    articles: async function* () {
      yield* kept;
    },
  };
}

describe('a snapshot', () => {
  it('of another version that has less brings the text and its photos back', async () => {
    await saveArticle(chinese, 1000);
    const src = await keepPhoto();
    const before = await seen();
    await saveArticle({ ...chinese, content: '<p>Plus rien.</p>', textContent: 'Plus rien.', photos: [], photo: null });
    expect(await getPhoto(idOf, src)).toBeUndefined();
    const snapshot = await newestSnapshot();
    expect(snapshot).toMatchObject({ reason: 'version', count: 1 });
    await restoreSnapshot(snapshot);
    expect((await getArticle(idOf))?.article.content).toBe(chinese.content);
    expect(await (await getPhoto(idOf, src))?.text()).toBe('octets');
    expect(await seen()).toEqual(before);
  });

  it('of the same version is none', async () => {
    await saveArticle(chinese);
    await saveArticle(chinese);
    expect(await listSnapshots()).toEqual([]);
  });

  it('of a bin that emptied itself brings its articles back for as long as a bin keeps them', async () => {
    const { summary } = await saveArticle(chinese);
    const now = Date.now();
    await changeMarks([summary.id], { removedTime: now - BIN_TIME - 1 });
    expect(await emptyBin(now)).toBe(1);
    await restoreSnapshot(await newestSnapshot(), undefined, now);
    expect(await emptyBin(now + BIN_TIME - 1)).toBe(0);
    expect(await seen()).toMatchObject([{ id: idOf, removedTime: now }]);
  });

  it('of an emptied bin brings its articles back into the bin, with photos, tags and note', async () => {
    await saveArticle(chinese);
    await saveArticle(french);
    const src = await keepPhoto();
    await changeMarks([idOf], { removedTime: 5, tags: ['à relire'], note: 'pour Li' });
    const before = await seen();
    expect(await emptyBin(10, 'all')).toBe(1);
    expect(await listSummaries()).toHaveLength(1);
    expect(await getPhoto(idOf, src)).toBeUndefined();

    const snapshot = await newestSnapshot();
    expect(snapshot).toMatchObject({ reason: 'bin', time: 10, count: 1 });
    expect(await restoreSnapshot(snapshot, undefined, 20)).toEqual({ returned: 1, binned: 1 });
    expect(await seen()).toEqual(before);
    expect(await (await getPhoto(idOf, src))?.text()).toBe('octets');
    expect((await getArticle(idOf))?.article.content).toBe(chinese.content);
    expect(await findFlaws()).toEqual([]);
    // Done again, there is nothing to do.
    expect(await restoreSnapshot(snapshot, undefined, 21)).toEqual({ returned: 0, binned: 1 });
  });

  it('of an import puts what came with it into the bin, and back into the bin what it took out', async () => {
    await saveArticle(french);
    await changeMarks([otherId], { removedTime: 5, note: 'lu' });
    await importArticles([{ article: chinese }, { article: french }], 20);
    expect((await listSummaries()).every(({ removedTime }) => removedTime === null)).toBe(true);

    const snapshot = await newestSnapshot();
    expect(snapshot).toMatchObject({ reason: 'import', count: 2 });
    expect(await restoreSnapshot(snapshot, undefined, 30)).toEqual({ returned: 1, binned: 2 });
    // What went into the bin can be taken back in the same place.
    expect(await newestSnapshot()).toMatchObject({ reason: 'restore', count: 2 });
    expect(await seen()).toMatchObject(
      [
        { id: idOf, removedTime: 30 },
        { id: otherId, removedTime: 5, note: 'lu' },
      ].toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    );
    expect(await findFlaws()).toEqual([]);
  });

  it('of a backup that took the place of everything brings everything back', async () => {
    await saveArticle(french);
    const old = await libraryNow();
    await saveArticle(chinese);
    const src = await keepPhoto();
    await changeMarks([otherId], { tags: ['Mali'] });
    const before = await seen();
    await applyBackup(old, 'replace');
    expect(await seen()).toMatchObject([{ id: otherId, tags: [] }]);

    expect(await restoreSnapshot(await newestSnapshot())).toEqual({ returned: 2, binned: 0 });
    expect(await seen()).toEqual(before);
    expect(await (await getPhoto(idOf, src))?.text()).toBe('octets');
    expect(await findFlaws()).toEqual([]);
    // What was brought back can be taken back too.
    expect(await restoreSnapshot(await newestSnapshot())).toMatchObject({ returned: 1, binned: 1 });
    expect(await seen()).toMatchObject(
      [
        { id: idOf, removedTime: expect.any(Number) },
        { id: otherId, tags: [] },
      ].toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    );
  });

  it('is known as brought back until that is undone, and offered when it did not come to its end', async () => {
    const times = async (): Promise<unknown[]> =>
      (await listSnapshots()).map(({ reason, restoredTime }) => [reason, restoredTime]);
    await importArticles([{ article: chinese }, { article: french }], 20);
    const imported = await newestSnapshot();
    expect(imported.restoredTime).toBeUndefined();

    const full = new DOMException('full', 'QuotaExceededError');
    const stop = (): never => {
      throw full;
    };
    await expect(restoreSnapshot(imported, stop, 30)).rejects.toBe(full);
    expect(await times()).toEqual([
      ['restore', undefined],
      ['import', undefined],
    ]);
    await changeMarks([idOf, otherId], { removedTime: null });

    await restoreSnapshot(imported, undefined, 40);
    const [restored] = await listSnapshots();
    expect(await times()).toEqual([
      ['restore', undefined],
      ['import', 40],
    ]);
    await restoreSnapshot(restored ?? expect.fail(), undefined, 50);
    expect(await times()).toEqual([
      ['restore', undefined],
      ['restore', 50],
      ['import', undefined],
    ]);
  });

  it('leaves what was saved after it', async () => {
    await saveArticle(chinese);
    await changeMarks([idOf], { removedTime: 5 });
    await emptyBin(10, 'all');
    await saveArticle(french);
    await restoreSnapshot(await newestSnapshot());
    expect((await listSummaries()).map(({ id }) => id).toSorted()).toEqual([idOf, otherId].toSorted());
  });

  it('is not made where nothing changes, and goes after its time or when it is forgotten', async () => {
    await importArticles([{ article: chinese }], 1);
    await importArticles([{ article: chinese }], 2);
    await emptyBin(3, 'all');
    expect(await listSnapshots()).toHaveLength(1);
    await forgetOldSnapshots(SNAPSHOT_TIME);
    expect(await listSnapshots()).toHaveLength(1);
    await forgetOldSnapshots(SNAPSHOT_TIME + 2);
    expect(await listSnapshots()).toEqual([]);
    expect(await (await openDatabase()).count('befores')).toBe(0);

    await importArticles([{ article: french }], 4);
    await forgetSnapshot((await newestSnapshot()).id);
    expect(await (await openDatabase()).count('befores')).toBe(0);
    expect(await listSummaries()).toHaveLength(2);
  });

  it('is made before an upgrade, and brings back what the upgrade spoiled', async () => {
    await writeFirstVersion([chinese, french]);
    const database = await openDatabase();
    expect(await listSnapshots()).toMatchObject([{ reason: 'upgrade', count: 2 }]);
    await saveArticle({ ...french, url: `${french.url}-autre` });
    // What a step that is wrong about the list might do.
    const saved = await database.get('articles', idOf);
    if (!saved) throw new Error('not upgraded');
    await database.put('articles', { ...saved, article: { ...saved.article, content: '<p>?</p>' } });

    expect(await restoreSnapshot(await newestSnapshot())).toEqual({ returned: 1, binned: 0 });
    expect((await getArticle(idOf))?.article.content).toBe(chinese.content);
    expect(await listSummaries()).toHaveLength(3);
    expect(await getPhoto(idOf, chinese.photos[0] ?? '')).toBeDefined();
  });

  it('is not made before an upgrade where the disk is nearly full', async () => {
    await writeFirstVersion([chinese, french]);
    vi.stubGlobal('navigator', { ...navigator, storage: { estimate: async () => ({ quota: 5e6, usage: 1e6 }) } });
    expect(await listSummaries()).toHaveLength(2);
    expect(await listSnapshots()).toEqual([]);
  });

  it('is not made of a new list', async () => {
    await openDatabase();
    expect(await listSnapshots()).toEqual([]);
  });
});
