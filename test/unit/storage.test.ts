/** What the articles weigh, and the one question to the browser whether it keeps them. */
import { Blob as NodeBlob } from 'node:buffer';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Article } from '../../src/article/article.ts';
import { dropArchivedPhotos, keepWantedPhotos } from '../../src/saved/photos.ts';
import { closeDatabase, DATABASE_NAME, openDatabase } from '../../src/saved/schema.ts';
import { askToPersist, makeScale } from '../../src/saved/storage.ts';
import { changeMarks } from '../../src/saved/marks.ts';
import { emptyBin, saveArticle } from '../../src/saved/store.ts';
import { extractFixture } from '../fixtures/fixture.ts';

const article = extractFixture('article-cn');
const textBytes = (saved: Article): number => Buffer.byteLength(JSON.stringify(saved));

/** Saves an article, with kept photos of so many bytes. */
async function save(saved: Article, ...sizes: number[]): Promise<string> {
  const images = saved.photos
    .slice(0, sizes.length)
    .map((src, index) => [src, new Uint8Array(sizes[index] ?? 0)] as const);
  vi.stubGlobal('fetch', async (src: string) => {
    const image = images.find(([address]) => address === src)?.[1];
    return new Response(image ?? null, { status: image ? 200 : 404, headers: { 'content-type': 'image/png' } });
  });
  const { summary } = await saveArticle(saved);
  await keepWantedPhotos();
  return summary.id;
}

// jsdom's cannot be cloned into a database.
vi.stubGlobal('Blob', NodeBlob);
vi.stubGlobal('createImageBitmap', async () => ({ close: () => undefined }));
beforeEach(async () => {
  vi.stubGlobal('navigator', { locks: { request: (_: string, run: () => Promise<void>) => run() } });
  await closeDatabase();
  await new Promise((resolve) => (indexedDB.deleteDatabase(DATABASE_NAME).onsuccess = resolve));
});

describe('the weight', () => {
  it('is that of all texts and photos, however many articles there are', async () => {
    const articles = Array.from({ length: 120 }, (_, index) => ({ ...article, url: `${article.url}-${index}` }));
    for (const [index, each] of articles.entries()) await save(each, index, 1000);
    expect(await makeScale().weigh()).toEqual({
      texts: articles.reduce((sum, each) => sum + textBytes(each), 0),
      photos: 120 * 1000 + (119 * 120) / 2,
      photoCount: 240,
      archivedPhotos: 0,
      archivedCount: 0,
    });
  });

  it('follows what changes, comes and goes, and nothing else is weighed again', async () => {
    const first = await save(article, 100, 50);
    const other = { ...article, url: `${article.url}-2` };
    const second = await save(other, 7);
    const scale = makeScale();
    await scale.weigh();
    await changeMarks([first], { archivedTime: 1 });
    await changeMarks([second], { removedTime: 1 });
    scale.note([first]);
    const texts = textBytes(article) + textBytes(other);
    expect(await scale.weigh()).toEqual({ texts, photos: 157, photoCount: 3, archivedPhotos: 150, archivedCount: 2 });
    await dropArchivedPhotos();
    scale.note([first]);
    expect(await scale.weigh()).toEqual({ texts, photos: 7, photoCount: 1, archivedPhotos: 0, archivedCount: 0 });
    await emptyBin(Date.now(), 'all');
    expect(await scale.weigh()).toMatchObject({ photos: 7 });
    scale.note([second]);
    expect(await scale.weigh()).toMatchObject({ texts: textBytes(article), photos: 0, photoCount: 0 });
    await save(other, 9);
    scale.note(undefined);
    expect(await scale.weigh()).toMatchObject({ texts, photos: 9, photoCount: 1 });
  });
});

it('is counted from the photos themselves in a list of the first Liseuse', async () => {
  const id = await save(article, 30, 12);
  const database = await openDatabase();
  const { photoBytes: _photoBytes, ...old } = (await database.get('summaries', id)) ?? expect.fail();
  await database.put('summaries', old);
  expect(await makeScale().weigh()).toMatchObject({ photos: 42, photoCount: 2 });
});

describe('the browser', () => {
  const persist = vi.fn(async () => false);
  beforeEach(() => {
    persist.mockClear();
    vi.stubGlobal('navigator', { storage: { persist } });
  });

  it('is asked to keep what is saved, when something is, and not again after a refusal', async () => {
    await askToPersist();
    expect(persist).not.toHaveBeenCalled();
    await saveArticle(article);
    await askToPersist();
    await closeDatabase();
    await askToPersist();
    expect(persist).toHaveBeenCalledOnce();
  });

  it('is not asked where there is no such question', async () => {
    await saveArticle(article);
    vi.stubGlobal('navigator', { storage: {} });
    await askToPersist();
    vi.stubGlobal('navigator', { storage: { persist } });
    await askToPersist();
    expect(persist).toHaveBeenCalledOnce();
  });
});
