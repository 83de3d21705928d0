/** The photos of saved articles: fetched, counted, dropped and tried again. */
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  dropArchivedPhotos,
  keepWantedPhotos,
  wantDroppedPhotos,
  wantFailedPhotos,
  wantOverduePhotos,
} from '../../src/saved/photos.ts';
import { closeDatabase, DATABASE_NAME, openDatabase } from '../../src/saved/schema.ts';
import { changeMarks } from '../../src/saved/marks.ts';
import { emptyBin, findSummary, getArticle, getPhoto, getPhotos, saveArticle } from '../../src/saved/store.ts';
import { extractFixture } from '../fixtures/fixture.ts';

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

  it('are of their type alone, whatever the server says of it besides', async () => {
    const { summary } = await saveArticle(article);
    answer({ [first]: () => image('IMAGE/JPEG; charset=binary') });
    await keepWantedPhotos();
    expect((await getPhoto(summary.id, first))?.type).toBe('image/jpeg');
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

  it('are not all read for each of them, in an article of very many', async () => {
    const many = Array.from({ length: 100 }, (_, number) => `https://s.rfi.fr/${number}`);
    await saveArticle({ ...article, photos: many });
    answer(Object.fromEntries(many.slice(1).map((src) => [src, () => image()])));
    const reads = vi.spyOn(IDBIndex.prototype, 'getAll');
    onTestFinished(() => reads.mockRestore());
    await keepWantedPhotos();
    expect((await findSummary(article.url))?.photos).toEqual({ total: 100, kept: 99, failed: 1 });
    expect((await findSummary(article.url))?.photoBytes).toBe(99 * 'octets'.length);
    expect(reads.mock.contexts.filter((index) => (index as IDBIndex).name === 'byArticle')).toEqual([]);
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
        await changeMarks([summary.id], { removedTime: 0 });
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
