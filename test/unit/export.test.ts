/** The export: articles out of the store into one zip, and a Markdown file with its photos back into an empty store. */
import { Blob as NodeBlob } from 'node:buffer';
import {
  BlobReader,
  TextWriter,
  Uint8ArrayWriter,
  ZipReader,
  type FileEntry,
} from '@zip.js/zip.js/lib/zip-core-custom.js';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { writeExport, type ExportForm } from '../../src/exchange/export.ts';
import { readArticle } from '../../src/exchange/read-article.ts';
import { importArticles } from '../../src/saved/import-articles.ts';
import { closeDatabase, DATABASE_NAME } from '../../src/saved/schema.ts';
import { changeMarks } from '../../src/saved/marks.ts';
import { getArticle, getPhoto, getSummaries, listSummaries, saveArticle } from '../../src/saved/store.ts';
import { readSome } from '../../src/saved/whole-library.ts';
import { extractFixture } from '../fixtures/fixture.ts';

// jsdom's Blob is none that a stream or a database takes.
vi.stubGlobal('Blob', NodeBlob);

const article = extractFixture('article-cn');
const other = extractFixture('article-fr');
const [kept = ''] = article.photos;
const PHOTO = new Uint8Array(2000).map((_, index) => index * 7);
const photos = new Map([[kept, new Blob([PHOTO], { type: 'image/webp' })]]);
const go = new AbortController().signal;

beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => (indexedDB.deleteDatabase(DATABASE_NAME).onsuccess = resolve));
});

async function exportAll(
  form: ExportForm,
  ids: string[],
  signal = go,
): Promise<{ zip: Blob; files: Map<string, FileEntry> }> {
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const [, bytes] = await Promise.all([
    writeExport(readSome(ids), form, writable, new Date(), signal),
    new Response(readable).arrayBuffer(),
  ]);
  const zip = new Blob([bytes]);
  const entries = await new ZipReader(new BlobReader(zip)).getEntries();
  const files = entries.filter((entry): entry is FileEntry => !entry.directory);
  return { zip, files: new Map(files.map((entry) => [entry.filename, entry])) };
}
const textOf = async (entry: FileEntry | undefined): Promise<string> => (await entry?.getData(new TextWriter())) ?? '';

async function saveBoth(): Promise<string[]> {
  await importArticles([{ article, photos, savedTime: 5000 }]);
  await saveArticle(other, 6000);
  return (await listSummaries()).map(({ id }) => id);
}

describe('a zip of articles', () => {
  it('has an archive file for each, in the order asked for, named safely', async () => {
    const { files } = await exportAll('archive', await saveBoth());
    expect([...files.keys()]).toEqual([`articles/00001 ${other.title}.txt`, `articles/00002 ${article.title}.txt`]);
    const text = await textOf(files.get(`articles/00002 ${article.title}.txt`));
    expect(text).toContain(`<!--5000-->\n[${article.title}](${article.url})\n------\n\n<div>`);
  });

  it('has Markdown with the photos that are kept beside it', async () => {
    const { files } = await exportAll('markdown', await saveBoth());
    expect([...files.keys()].toSorted()).toEqual([
      `articles/00001 ${other.title}.md`,
      `articles/00002 ${article.title}.md`,
      'photos/00002-1.webp',
    ]);
    expect(await files.get('photos/00002-1.webp')?.getData(new Uint8ArrayWriter())).toEqual(PHOTO);
    expect(await textOf(files.get(`articles/00002 ${article.title}.md`))).toContain('](../photos/00002-1.webp)');
  });

  it('leaves out what is gone, and keeps long names short', async () => {
    const long = { ...article, url: 'https://www.rfi.fr/cn/20200101-x', title: `${'长'.repeat(100)}: "?"` };
    await importArticles([{ article: long }]);
    const { files } = await exportAll('archive', ['https://www.rfi.fr/cn/gone', long.url]);
    expect([...files.keys()]).toEqual([`articles/00001 ${'长'.repeat(40)}.txt`]);
  });

  it('stops when it is told to', async () => {
    const ids = await saveBoth();
    const stop = new AbortController();
    stop.abort();
    const { writable } = new TransformStream<Uint8Array, Uint8Array>();
    await expect(writeExport(readSome(ids), 'markdown', writable, new Date(), stop.signal)).rejects.toBe(
      stop.signal.reason,
    );
  });
});

describe('a Markdown file that comes back', () => {
  const marks = { archivedTime: 7000, isFavourite: true, tags: ['à lire'], note: 'Une note' };

  async function takeOut(): Promise<{ bytes: Blob; id: string }> {
    const [id = ''] = (await importArticles([{ article, photos, savedTime: 5000 }])).map(({ summary }) => summary.id);
    await changeMarks([id], marks);
    const { files } = await exportAll('markdown', [id]);
    return { bytes: new Blob([await textOf(files.get(`articles/00001 ${article.title}.md`))]), id };
  }
  async function bringBack(bytes: Blob): Promise<boolean | undefined> {
    const reading = await readArticle(new Uint8Array(await bytes.arrayBuffer()));
    if (!reading.ok) throw new Error(reading.reason);
    expect(reading.kept?.photos).toEqual([{ src: kept, file: '../photos/00001-1.webp' }]);
    const [saving] = await importArticles([{ article: reading.article, ...reading.kept, photos }]);
    return saving?.isNew;
  }

  it('is the same article, with its marks, its time and its photo, where there is none', async () => {
    const { bytes, id } = await takeOut();
    await closeDatabase();
    await new Promise((resolve) => (indexedDB.deleteDatabase(DATABASE_NAME).onsuccess = resolve));
    expect(await bringBack(bytes)).toBe(true);
    expect((await getArticle(id))?.article).toEqual(article);
    const [summary] = await getSummaries([id]);
    expect(summary).toMatchObject({ ...marks, savedTime: 5000, photos: { total: 2, kept: 1, failed: 0 } });
    expect(new Uint8Array((await (await getPhoto(id, kept))?.arrayBuffer()) ?? [])).toEqual(PHOTO);
  });

  it('changes nothing where the article is, except that a missing photo comes in', async () => {
    const { bytes, id } = await takeOut();
    await closeDatabase();
    await new Promise((resolve) => (indexedDB.deleteDatabase(DATABASE_NAME).onsuccess = resolve));
    await saveArticle(article, 9000);
    await changeMarks([id], { note: 'La mienne' });
    const [before] = await getSummaries([id]);
    expect(await bringBack(bytes)).toBe(false);
    const [after] = await getSummaries([id]);
    expect(after).toEqual({ ...before, photos: { total: 2, kept: 1, failed: 0 }, photoBytes: PHOTO.length });
    expect(await bringBack(bytes)).toBe(false);
    expect(await getSummaries([id])).toEqual([after]);
  });
});
