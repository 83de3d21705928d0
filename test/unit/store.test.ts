/** The saved list on a real IndexedDB implementation: saving once, coming back, going for good only after the undo. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { canonicalAddress } from '../../src/article/address.ts';
import type { Article } from '../../src/article/article.ts';
import { closeDatabase, DATABASE_NAME, openDatabase } from '../../src/saved/schema.ts';
import { changeMarks, putMarks } from '../../src/saved/marks.ts';
import {
  BIN_TIME,
  emptyBin,
  findSaved,
  findSummary,
  getArticle,
  getPhotos,
  listBatches,
  listNewest,
  listSummaries,
  saveArticle,
  storageReason,
} from '../../src/saved/store.ts';
import { importArticles } from '../../src/saved/import-articles.ts';
import { makeAnchor } from '../../src/article/anchor.ts';
import { makeHighlight } from '../../src/article/highlight.ts';
import { livingRecord, mergeEntries } from '../../src/saved/merge.ts';
import { restoreSnapshot } from '../../src/saved/restore.ts';
import { listSnapshots } from '../../src/saved/snapshots.ts';
import { renewTexts } from '../../src/saved/texts.ts';
import { readWholeLibrary } from '../../src/saved/whole-library.ts';
import { extractFixture } from '../fixtures/fixture.ts';
import { writeFirstVersion } from '../fixtures/first-version.ts';
import { writeSecondVersion } from '../fixtures/second-version.ts';
import { writeThirdVersion } from '../fixtures/third-version.ts';

const article = extractFixture('article-cn');
const other = extractFixture('article-fr');

/** The part of the browser that jsdom has not. */
const LOCKS = { locks: { request: (_: string, run: () => Promise<void>) => run() } };

beforeEach(async () => {
  vi.stubGlobal('navigator', LOCKS);
  await closeDatabase();
  await new Promise((resolve) => (indexedDB.deleteDatabase(DATABASE_NAME).onsuccess = resolve));
});

describe('saving', () => {
  it('keeps the whole article', async () => {
    const { summary, isNew } = await saveArticle(article, 5);
    expect(isNew).toBe(true);
    expect(await getArticle(summary.id)).toEqual({ id: summary.id, article });
    expect(summary).toMatchObject({
      title: article.title,
      savedTime: 5,
      removedTime: null,
      photos: { total: 2, kept: 0, failed: 0 },
    });
  });

  it.each<[string, Partial<Article>]>([
    ['the same address', {}],
    ['with tracking', { url: `${article.url}?utm_source=x` }],
    ['with a fragment', { url: `${article.url}#haut` }],
    ['with a trailing slash', { url: `${article.url}/` }],
    ['in the old feed’s form', { url: article.url.replace('https://www.rfi.fr/', 'http://www.rfi.fr//') }],
    ['by its short address', { url: 'https://rfi.my/ZZ01.F' }],
  ])('%s is the same article', async (_, change) => {
    await saveArticle(article, 5);
    const again = await saveArticle({ ...article, ...change }, 9);
    expect(again).toMatchObject({ isNew: false, summary: { savedTime: 5 } });
    expect(await listSummaries()).toHaveLength(1);
  });

  it('lists the last saved first, and finds by any form of the address', async () => {
    await saveArticle(article, 1);
    await saveArticle(other, 2);
    expect((await listSummaries()).map(({ title }) => title)).toEqual([other.title, article.title]);
    expect((await findSummary(`${article.url}/?at_medium=x#y`))?.title).toBe(article.title);
    expect((await findSummary('https://rfi.my/ZZ02.X'))?.title).toBe(other.title);
    expect(await findSummary('https://www.rfi.fr/fr/autre/20200101-x')).toBeUndefined();
  });

  it('two articles stay two, though a short code of one stands in the other', async () => {
    await saveArticle(article, 1);
    const second = await saveArticle({ ...other, shortUrl: article.shortUrl }, 2);
    expect(second).toMatchObject({ isNew: true, summary: { title: other.title } });
    expect((await findSaved({ ...other, shortUrl: article.shortUrl }))?.title).toBe(other.title);
    expect((await findSaved(article))?.title).toBe(article.title);
    expect(await listSummaries()).toHaveLength(2);
  });

  it('by a short address first, then by its own, is one article', async () => {
    const short = { ...article, url: 'https://rfi.my/ZZ01.F' };
    await saveArticle(short, 1);
    expect(await saveArticle(article, 2)).toMatchObject({ isNew: false });
    expect(await findSummary('https://rfi.my/ZZ01.X')).toBeDefined();
  });

  it.each([
    ['twice', [article.url, `${article.url}?utm_source=x`]],
    ['by a short address first', ['https://rfi.my/ZZ01.F', article.url]],
    ['by a short address last', [article.url, 'https://rfi.my/ZZ01.F']],
  ])('%s in one import is one article', async (_, urls) => {
    const brought = urls.map((url) => ({ article: { ...article, url } }));
    const savings = await importArticles([{ article: other }, ...brought]);
    expect(savings.map(({ isNew }) => isNew)).toEqual([true, true, false]);
    expect(await listSummaries()).toHaveLength(2);
  });

  it.each(['short', 'full'])(
    'brought again in two parts, the %s address first, is one article with both photos',
    async (first) => {
      const [one = '', two = ''] = article.photos;
      const image = (): Blob => new Blob(['octets']);
      const short = {
        article: { ...article, url: 'https://rfi.my/ZZ01.F' },
        photos: new Map([[one, image()]]),
      };
      const full = { article: { ...article, shortUrl: null }, photos: new Map([[two, image()]]) };
      const parts = first === 'short' ? [short, full] : [full, short];
      const [saving] = await importArticles([{ article }, ...parts]);
      expect(await listSummaries()).toMatchObject([{ photos: { total: 2, kept: 2 } }]);

      await changeMarks([saving?.summary.id ?? ''], { removedTime: Date.now() });
      expect((await importArticles(parts)).map(({ isNew }) => isNew)).toEqual([true, false]);
    },
  );

  it('two at once make one article', async () => {
    const both = await Promise.all([saveArticle(article, 1), saveArticle(article, 2)]);
    expect(both.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await listSummaries()).toHaveLength(1);
  });

  it('that fails changes nothing and says why', async () => {
    const database = await openDatabase();
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    const error: unknown = await saveArticle(article).catch((reason: unknown) => reason);
    put.mockRestore();
    expect(storageReason(error)).toBe('full');
    expect(await database.count('articles')).toBe(0);
    expect(await listSummaries()).toEqual([]);
  });
});

describe('saving what is there already', () => {
  const changed: Article = { ...article, content: '<p>Corrigé.</p>', textContent: 'Corrigé.' };
  const passage: Article = { ...changed, isPassage: true };
  const kept = async (): Promise<string | undefined> =>
    (await getArticle(canonicalAddress(article.url)))?.article.content;

  it('keeps the version that the reader sees, with the date and the photos of the first', async () => {
    const { summary } = await saveArticle(article, 5);
    const [first = ''] = article.photos;
    const database = await openDatabase();
    await database.put('photos', { articleId: summary.id, src: first, state: 'kept', blob: new Blob(['octets']) });
    const again = await saveArticle({ ...changed, photos: [first] }, 9);
    expect(again).toMatchObject({ isNew: false, summary: { savedTime: 5, photos: { total: 1, kept: 1, failed: 0 } } });
    expect(await kept()).toBe(changed.content);
    expect(await getPhotos(summary.id)).toMatchObject([{ src: first, state: 'kept' }]);
  });

  it('never puts a passage in the place of the whole, and the whole in the place of a passage', async () => {
    await saveArticle(article);
    await saveArticle(passage);
    expect(await kept()).toBe(article.content);
    // Also where the whole is in the bin: it comes back.
    await changeMarks([canonicalAddress(article.url)], { removedTime: Date.now() });
    await saveArticle(passage);
    expect(await kept()).toBe(article.content);
    expect(await listSummaries()).toMatchObject([{ removedTime: null }]);
    await changeMarks([canonicalAddress(article.url)], { removedTime: 0 });
    await emptyBin();
    await saveArticle(passage);
    expect(await kept()).toBe(passage.content);
    await saveArticle({ ...passage, content: '<p>Autre.</p>', textContent: 'Autre.' });
    expect(await kept()).toBe('<p>Autre.</p>');
    await saveArticle(article);
    expect(await kept()).toBe(article.content);
  });

  it('knows a correction of the same length', async () => {
    await saveArticle(article);
    await saveArticle({ ...article, textContent: article.textContent.replace('。', '！') });
    expect((await getArticle(canonicalAddress(article.url)))?.article.textContent).not.toBe(article.textContent);
  });

  it('from a file changes nothing', async () => {
    await saveArticle(article);
    expect(await importArticles([{ article: changed }])).toMatchObject([{ isNew: false }]);
    expect(await kept()).toBe(article.content);
  });

  it('from files keeps all of them or, where one breaks, none', async () => {
    await expect(
      importArticles([{ article }, { article: { ...other, url: 'mailto:redaction@example.org' } }]),
    ).rejects.toThrow();
    const database = await openDatabase();
    for (const store of ['summaries', 'articles', 'texts', 'photos'] as const)
      expect(await database.count(store)).toBe(0);
  });

  it('after its removal keeps what the reader sees now', async () => {
    const { summary } = await saveArticle(article);
    await changeMarks([summary.id], { removedTime: Date.now() });
    await saveArticle(changed);
    expect(await kept()).toBe(changed.content);
  });
});

const remove = (id: string, removedTime = Date.now()): ReturnType<typeof changeMarks> =>
  changeMarks([id], { removedTime });

describe('the bin', () => {
  it('gives back what was put into it, whole', async () => {
    const { summary } = await saveArticle(article);
    const before = await remove(summary.id, 1000);
    expect(await listNewest(10)).toEqual([]);
    expect(await findSummary(article.url)).toBeUndefined();
    expect(await emptyBin(1000 + BIN_TIME - 1)).toBe(0);
    await putMarks(before);
    expect(await listNewest(10)).toEqual([{ ...summary, stamps: expect.anything() }]);
    expect((await getArticle(summary.id))?.article).toEqual(article);
    expect(await getPhotos(summary.id)).toHaveLength(2);
  });

  it('destroys everything of an article after its time, and nothing else', async () => {
    const { summary } = await saveArticle(article);
    await saveArticle(other);
    await renewTexts();
    await remove(summary.id, 1000);
    expect(await emptyBin(1000 + BIN_TIME)).toBe(1);
    expect(await getArticle(summary.id)).toBeUndefined();
    expect(await getPhotos(summary.id)).toEqual([]);
    expect((await listSummaries()).map(({ title }) => title)).toEqual([other.title]);
    expect(await (await openDatabase()).count('texts')).toBe(1);
  });

  it('is emptied at once when the reader wants that', async () => {
    const { summary } = await saveArticle(article);
    await saveArticle(other);
    await remove(summary.id);
    expect(await emptyBin()).toBe(0);
    expect(await emptyBin(Date.now(), 'all')).toBe(1);
    expect(await listSummaries()).toHaveLength(1);
  });

  it('is left by what is saved again', async () => {
    const { summary } = await saveArticle(article, 5);
    await remove(summary.id);
    expect(await saveArticle(article, 9)).toMatchObject({ isNew: true, summary: { savedTime: 5 } });
    expect(await listNewest(10)).toHaveLength(1);
  });
});

it('a long list comes in batches, the last saved first, each article once', async () => {
  const times = [3, 1, 2, 2, 2, 5, 4];
  for (const [index, time] of times.entries())
    await saveArticle({ ...article, shortUrl: null, url: `https://www.rfi.fr/cn/20261101-${index}` }, time);
  for (const size of [1, 2, 3, 100]) {
    const seen: number[] = [];
    const ids = new Set<string>();
    for await (const batch of listBatches(size)) {
      seen.push(...batch.map(({ savedTime }) => savedTime));
      for (const { id } of batch) ids.add(id);
    }
    expect(seen).toEqual([5, 4, 3, 2, 2, 2, 1]);
    expect(ids.size).toBe(times.length);
  }
});

describe('a list of Liseuse 0.1', () => {
  it('opens whole, and is found by its text', async () => {
    await writeFirstVersion([article]);
    expect(await listNewest(10)).toMatchObject([
      { title: article.title, savedTime: 1, tags: [], archivedTime: null, photos: { total: 2, kept: 1 } },
    ]);
    expect((await getArticle(article.url))?.article.content).toEqual(article.content);
    expect(await getPhotos(article.url)).toHaveLength(2);
    await renewTexts();
    expect(await listSummaries()).toMatchObject([{ keywords: article.tags }]);
    const [text] = await (await openDatabase()).getAll('texts');
    expect(text?.text).toContain(article.title);
  });
});

it('what the bin destroys by itself stays in a snapshot, for a clock may have been wrong', async () => {
  const { summary } = await saveArticle(article);
  await changeMarks([summary.id], { removedTime: Date.UTC(2000) });
  expect(await emptyBin()).toBe(1);
  expect((await listSnapshots())[0]).toMatchObject({ reason: 'bin', count: 1 });
});

describe('a list of schema version 2', () => {
  it('opens whole, with what the reader made of it', async () => {
    await writeSecondVersion(article);
    expect(await listSummaries()).toMatchObject([
      {
        ...{
          title: article.title,
          savedTime: 7,
          archivedTime: 9,
          isFavourite: true,
          tags: ['à relire'],
          note: 'pour Li',
        },
        position: { paragraph: 3, offset: 0.5, share: 0.4 },
        photos: { total: 2, kept: 1, failed: 1 },
      },
    ]);
    expect((await getArticle(article.url))?.article).toEqual(article);
    expect(await getPhotos(article.url)).toHaveLength(2);
    const database = await openDatabase();
    expect(await database.getAll('texts')).toHaveLength(1);
    expect(await database.getAll('deleted')).toHaveLength(1);
    expect(await database.get('installation', 'id')).toBe('abcdefgh');
    // It takes changes.
    await changeMarks([article.url], { note: 'lu' });
    expect(await listSummaries()).toMatchObject([{ note: 'lu', isFavourite: true }]);
  });
});

describe('a list of schema version 3, which has no highlights', () => {
  it('opens whole, takes a highlight, and its snapshot brings back what was', async () => {
    await writeThirdVersion(article);
    const [summary] = await listSummaries();
    expect(summary).toMatchObject({ savedTime: 7, archivedTime: 9, tags: ['à relire'], note: 'pour Li' });
    expect(summary).not.toHaveProperty('highlights');
    expect((await getArticle(article.url))?.article).toEqual(article);
    const library = await readWholeLibrary();
    for await (const { record } of library.articles()) {
      expect(livingRecord(mergeEntries({ record }, { record }))).toEqual({ ...record, photos: expect.anything() });
    }
    expect(library.count).toBe(1);

    const highlight = makeHighlight(makeAnchor(article.textContent, { start: 3, end: 9 }), 'pink');
    await changeMarks([article.url], { highlights: [highlight] });
    expect(await listSummaries()).toMatchObject([{ highlights: [highlight], note: 'pour Li' }]);

    expect(await listSnapshots()).toContainEqual(expect.objectContaining({ id: 's', reason: 'import', count: 1 }));
    await restoreSnapshot({ id: 's' });
    expect(await listSummaries()).toMatchObject([{ note: 'avant', archivedTime: null }]);
    expect((await listSummaries())[0]).not.toHaveProperty('highlights');
  });
});
