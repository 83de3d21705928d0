/** The saved list on a real IndexedDB implementation: saving once, coming back, going for good only after the undo. */
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { canonicalAddress } from '../../src/article/address.ts';
import type { Article } from '../../src/article/article.ts';
import {
  dropArchivedPhotos,
  keepWantedPhotos,
  wantDroppedPhotos,
  wantFailedPhotos,
  wantOverduePhotos,
} from '../../src/saved/photos.ts';
import { closeDatabase, DATABASE_NAME, openDatabase } from '../../src/saved/schema.ts';
import {
  BIN_TIME,
  changeMarks,
  emptyBin,
  findSaved,
  findSummary,
  getArticle,
  getPhoto,
  getPhotos,
  getSummaries,
  keepNote,
  listBatches,
  listNewest,
  listSummaries,
  putMarks,
  saveArticle,
  storageReason,
} from '../../src/saved/store.ts';
import { importArticles } from '../../src/saved/import-articles.ts';
import { listSnapshots } from '../../src/saved/snapshots.ts';
import { renewTexts } from '../../src/saved/texts.ts';
import { extractFixture } from '../fixtures/fixture.ts';
import { writeFirstVersion } from '../fixtures/first-version.ts';
import { writeSecondVersion } from '../fixtures/second-version.ts';

const article = extractFixture('article-cn');
const other = extractFixture('article-fr');

const HOUR = 60 * 60 * 1000;

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
    expect(await importArticles([changed])).toMatchObject([{ isNew: false }]);
    expect(await kept()).toBe(article.content);
  });

  it('from files keeps all of them or, where one breaks, none', async () => {
    await expect(importArticles([article, { ...other, url: 'mailto:redaction@example.org' }])).rejects.toThrow();
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
    expect(await emptyBin(Date.now(), true)).toBe(1);
    expect(await listSummaries()).toHaveLength(1);
  });

  it('is left by what is saved again', async () => {
    const { summary } = await saveArticle(article, 5);
    await remove(summary.id);
    expect(await saveArticle(article, 9)).toMatchObject({ isNew: true, summary: { savedTime: 5 } });
    expect(await listNewest(10)).toHaveLength(1);
  });
});

describe('what the reader made of articles', () => {
  it('is changed for many at once, and taken back for each as it was', async () => {
    const ids = [(await saveArticle(article)).summary.id, (await saveArticle(other)).summary.id];
    await changeMarks(ids.slice(0, 1), { tags: ['mer'], isFavourite: true });
    const before = await changeMarks(ids, ({ tags }) => ({ tags: [...tags, 'paix'] }));
    expect((await getSummaries(ids)).map(({ tags }) => tags)).toEqual([['mer', 'paix'], ['paix']]);
    await putMarks(before);
    expect((await getSummaries(ids)).map(({ tags, isFavourite }) => ({ tags, isFavourite }))).toEqual([
      { tags: ['mer'], isFavourite: true },
      { tags: [], isFavourite: false },
    ]);
  });

  it('is taken back alone: what was written since stays', async () => {
    const { summary } = await saveArticle(article);
    const before = await changeMarks([summary.id], { isFavourite: true });
    await changeMarks([summary.id], { note: 'à garder', tags: ['mer'] });
    await putMarks(before);
    expect(await getSummaries([summary.id])).toMatchObject([{ isFavourite: false, note: 'à garder', tags: ['mer'] }]);
  });

  it('is taken back by one window without what another did since', async () => {
    const { summary } = await saveArticle(article);
    await changeMarks([summary.id], { tags: ['ancien'] });
    const tagged = await changeMarks([summary.id], ({ tags }) => ({ tags: [...tags, 'mer'] }));
    const untagged = await changeMarks([summary.id], ({ tags }) => ({ tags: tags.filter((tag) => tag !== 'ancien') }));
    const archived = await changeMarks([summary.id], { archivedTime: 1 });
    await changeMarks([summary.id], ({ tags }) => ({ tags: [...tags, 'paix'], archivedTime: 2 }));
    for (const deed of [archived, untagged, tagged]) await putMarks(deed);
    expect(await getSummaries([summary.id])).toMatchObject([{ tags: ['paix', 'ancien'], archivedTime: 2 }]);
  });

  it('stays when the article is saved again in another version', async () => {
    const { summary } = await saveArticle(article);
    await changeMarks([summary.id], { archivedTime: 7, note: 'à relire' });
    await saveArticle({
      ...article,
      content: `${article.content}<p>新的一段。</p>`,
      textContent: `${article.textContent}\n新的一段。`,
    });
    expect((await getSummaries([summary.id]))[0]).toMatchObject({ archivedTime: 7, note: 'à relire' });
  });

  it('of an article that is not kept changes nothing', async () => {
    expect(await changeMarks(['https://www.rfi.fr/fr/jamais'], { isFavourite: true })).toEqual(new Map());
    expect(await listSummaries()).toEqual([]);
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

it('a note that two windows write at once keeps what both wrote', async () => {
  const { summary } = await saveArticle(article);
  expect(await keepNote(summary.id, 'de gauche', '')).toBe('de gauche');
  expect(await keepNote(summary.id, 'de droite', '')).toBe('de droite\n\nde gauche');
  expect(await keepNote(summary.id, 'récrite', 'de droite\n\nde gauche')).toBe('récrite');
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

describe('photos', () => {
  const [first = '', second = ''] = article.photos;
  const image = (type = 'image/jpeg', body = 'octets'): Response =>
    new Response(body, { headers: { 'content-type': type } });
  // The network and a decoder of pictures are the parts that a unit test has not; the e2e ring has both.
  const answer = (answers: Record<string, () => Response | Promise<Response>>): string[] => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (src: string) => {
      asked.push(src);
      return (answers[src] ?? (() => new Response(null, { status: 404 })))();
    });
    vi.stubGlobal('createImageBitmap', async (blob: Blob) => {
      if ((await blob.text()) !== 'octets') throw new DOMException('no picture', 'InvalidStateError');
      return { close: () => undefined };
    });
    return asked;
  };

  it('are kept one by one and counted', async () => {
    const { summary } = await saveArticle(article);
    const asked = answer({ [first]: () => image(), [second]: () => image() });
    await keepWantedPhotos();
    expect(asked.toSorted()).toEqual([first, second].toSorted());
    expect((await findSummary(article.url))?.photos).toEqual({ total: 2, kept: 2, failed: 0 });
    expect(await (await getPhoto(summary.id, first))?.text()).toBe('octets');
  });

  it.each<[string, () => Response | Promise<Response>]>([
    ['answers 404', () => new Response(null, { status: 404 })],
    ['is a page', () => image('text/html')],
    ['is empty', () => image('image/png', '')],
    ['only says that it is a picture', () => image('image/jpeg', '<p>Non.</p>')],
    ['never arrives', () => Promise.reject(new DOMException('timed out', 'TimeoutError'))],
  ])('one that %s is counted as not kept, the other is kept, the text too', async (_, broken) => {
    const { summary } = await saveArticle(article);
    answer({ [first]: broken, [second]: () => image() });
    await keepWantedPhotos();
    expect((await findSummary(article.url))?.photos).toEqual({ total: 2, kept: 1, failed: 1 });
    expect((await getArticle(summary.id))?.article).toEqual(article);
  });

  it('that failed can be tried again', async () => {
    const { summary } = await saveArticle(article);
    answer({ [second]: () => image() });
    await keepWantedPhotos();
    await wantFailedPhotos(summary.id);
    answer({ [first]: () => image() });
    await keepWantedPhotos();
    expect((await findSummary(article.url))?.photos).toEqual({ total: 2, kept: 2, failed: 0 });
  });

  it('of other hosts are never asked for', async () => {
    await saveArticle({ ...article, photos: ['https://elsewhere.example/a.jpg'] });
    const asked = answer({});
    await keepWantedPhotos();
    expect(asked).toEqual([]);
    expect((await findSummary(article.url))?.photos).toEqual({ total: 1, kept: 0, failed: 1 });
  });

  it('of an article that was destroyed meanwhile leave nothing behind', async () => {
    const { summary } = await saveArticle(article);
    answer({
      [first]: async () => {
        await remove(summary.id, 0);
        await emptyBin();
        return image();
      },
    });
    await keepWantedPhotos();
    expect(await getPhotos(summary.id)).toEqual([]);
  });

  it('without an article are not asked for again and again', async () => {
    await (await openDatabase()).put('photos', { articleId: 'x', src: first, state: 'wanted', blob: null });
    const asked = answer({});
    await keepWantedPhotos();
    expect(asked).toEqual([first]);
  });

  it('are not given up when the network is down: after three in a row the rest waits', async () => {
    const five = [...article.photos, 'https://s.rfi.fr/a', 'https://s.rfi.fr/b', 'https://s.rfi.fr/c'];
    await saveArticle({ ...article, photos: five });
    const down = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'));
    const asked = answer(Object.fromEntries(five.map((src) => [src, down])));
    await keepWantedPhotos();
    expect(asked).toHaveLength(3);
    expect((await findSummary(article.url))?.photos).toEqual({ total: 5, kept: 0, failed: 3 });

    vi.stubGlobal('navigator', { ...LOCKS, onLine: false });
    await wantOverduePhotos(Date.now() + HOUR);
    await keepWantedPhotos();
    expect(asked).toHaveLength(3);

    vi.stubGlobal('navigator', { ...LOCKS, onLine: true });
    answer(Object.fromEntries(five.map((src) => [src, () => image()])));
    await keepWantedPhotos();
    expect((await findSummary(article.url))?.photos).toEqual({ total: 5, kept: 5, failed: 0 });
  });

  it('that were refused are tried again after an hour, a day, a week, and then when the reader asks', async () => {
    const { summary } = await saveArticle({ ...article, photos: [first] });
    const tries: number[] = [];
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
    onTestFinished(() => void vi.useRealTimers());
    answer({
      [first]: () => {
        tries.push(Date.now() / HOUR);
        return new Response(null, { status: 404 });
      },
    });
    for (const hour of [...Array(400).keys(), 100_000]) {
      vi.setSystemTime(hour * HOUR);
      await wantOverduePhotos();
      await keepWantedPhotos();
    }
    expect(tries).toEqual([0, 1, 25, 25 + 7 * 24]);
    await wantFailedPhotos(summary.id);
    answer({ [first]: () => image() });
    await keepWantedPhotos();
    expect(await getPhotos(summary.id)).toMatchObject([{ state: 'kept' }]);
  });

  it.each<[string, string, number | null, string]>([
    ['in the width that is wanted', 'w:1280/p:16x9', 720, 'w:720/p:16x9'],
    ['never in a greater one', 'w:388/p:16x9', 720, 'w:388/p:16x9'],
    ['as published where no other is wanted', 'w:1280/p:4x3', null, 'w:1280/p:4x3'],
  ])('are asked for %s, and kept under the address that the article names', async (_, published, width, asked) => {
    const address = (size: string): string => `https://s.rfi.fr/media/display/ab-cd/${size}/nom.jpg`;
    const { summary } = await saveArticle({ ...article, photos: [address(published)] });
    expect(answer({ [address(asked)]: () => image() })).toEqual([]);
    await keepWantedPhotos(undefined, async () => width);
    expect(await (await getPhoto(summary.id, address(published)))?.text()).toBe('octets');
  });

  it('that RFI does not have smaller are kept as published', async () => {
    const asked = answer({ [first]: () => image() });
    await saveArticle({ ...article, photos: [first] });
    await keepWantedPhotos(undefined, async () => 720);
    expect(asked).toEqual([first.replace('w:1024', 'w:720'), first]);
    expect((await findSummary(article.url))?.photos).toEqual({ total: 1, kept: 1, failed: 0 });
  });

  it('of archived articles are dropped with what was still to come, the text stays, and they can be fetched again', async () => {
    const { summary } = await saveArticle(article);
    const { summary: unread } = await saveArticle(other);
    answer(Object.fromEntries([first, ...other.photos].map((src) => [src, () => image()])));
    await keepWantedPhotos();
    await changeMarks([summary.id], { archivedTime: 9 });
    await dropArchivedPhotos();
    await keepWantedPhotos();
    await wantOverduePhotos(Infinity);
    expect((await findSummary(article.url))?.photos).toEqual({ total: 2, kept: 0, failed: 0, dropped: 2 });
    expect(await getPhotos(summary.id)).toMatchObject([{ blob: null }, { blob: null }]);
    expect((await getArticle(summary.id))?.article).toEqual(article);
    expect((await getPhotos(unread.id)).every(({ state }) => state === 'kept')).toBe(true);
    // Another version does not bring them back.
    await saveArticle({ ...article, textContent: 'Autre.' });
    expect((await findSummary(article.url))?.photos).toEqual({ total: 2, kept: 0, failed: 0, dropped: 2 });

    await wantDroppedPhotos(summary.id);
    answer(Object.fromEntries([first, second].map((src) => [src, () => image()])));
    await keepWantedPhotos();
    expect((await findSummary(article.url))?.photos).toEqual({ total: 2, kept: 2, failed: 0 });
  });
});
