/** The saved list on a real IndexedDB implementation: saving once, coming back, going for good only after the undo. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { canonicalAddress } from '../../src/article/address.ts';
import type { Article } from '../../src/article/article.ts';
import { keepWantedPhotos, wantFailedPhotos } from '../../src/saved/photos.ts';
import { closeDatabase, DATABASE_NAME, openDatabase } from '../../src/saved/schema.ts';
import {
  findSummary,
  getArticle,
  getPhoto,
  getPhotos,
  importArticle,
  isSameArticle,
  listRemoved,
  listSummaries,
  purgeRemoved,
  removeArticle,
  restoreArticle,
  saveArticle,
  storageReason,
  UNDO_TIME,
} from '../../src/saved/store.ts';
import { extractFixture } from '../fixtures/fixture.ts';

const article = extractFixture('article-cn');
const other = extractFixture('article-fr');

beforeEach(async () => {
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
    expect(isSameArticle(second.summary, article)).toBe(false);
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
    await removeArticle(canonicalAddress(article.url));
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
    expect(await importArticle(changed)).toMatchObject({ isNew: false });
    expect(await kept()).toBe(article.content);
  });

  it('after its removal keeps what the reader sees now', async () => {
    const { summary } = await saveArticle(article);
    await removeArticle(summary.id);
    await saveArticle(changed);
    expect(await kept()).toBe(changed.content);
  });
});

describe('removing', () => {
  it('can be undone, whole', async () => {
    const { summary } = await saveArticle(article);
    await removeArticle(summary.id, 1000);
    expect(await listSummaries()).toEqual([]);
    expect(await findSummary(article.url)).toBeUndefined();
    await purgeRemoved(1000 + UNDO_TIME - 1);
    expect((await listRemoved(1000 + UNDO_TIME - 1)).map(({ id }) => id)).toEqual([summary.id]);
    expect(await listRemoved(1000 + UNDO_TIME)).toEqual([]);
    await restoreArticle(summary.id);
    expect(await listSummaries()).toEqual([summary]);
    expect((await getArticle(summary.id))?.article).toEqual(article);
    expect(await getPhotos(summary.id)).toHaveLength(2);
  });

  it('destroys everything of it once the undo has passed, and nothing else', async () => {
    const { summary } = await saveArticle(article);
    await saveArticle(other);
    await removeArticle(summary.id, 1000);
    await purgeRemoved(1000 + UNDO_TIME);
    expect(await getArticle(summary.id)).toBeUndefined();
    expect(await getPhotos(summary.id)).toEqual([]);
    expect(await listSummaries()).toHaveLength(1);
  });

  it('is undone by saving again', async () => {
    const { summary } = await saveArticle(article, 5);
    await removeArticle(summary.id);
    expect(await saveArticle(article, 9)).toMatchObject({ isNew: true, summary: { savedTime: 5 } });
    expect(await listSummaries()).toHaveLength(1);
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
    vi.stubGlobal('navigator', { locks: { request: (_: string, run: () => Promise<void>) => run() } });
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
        await removeArticle(summary.id, 0);
        await purgeRemoved();
        return image();
      },
    });
    await keepWantedPhotos();
    expect(await getPhotos(summary.id)).toEqual([]);
  });
});
