/** The library as a whole, in real databases: out and in again, merged, replaced, and interrupted in the middle. */
import { Blob as NodeBlob } from 'node:buffer';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { canonicalAddress } from '../../src/article/address.ts';
import type { Article } from '../../src/article/article.ts';
import { readBackup, writeBackup } from '../../src/exchange/backup.ts';
import { dropArchivedPhotos } from '../../src/saved/photos.ts';
import { summarize, type SavedPhoto, type Summary } from '../../src/saved/saved-article.ts';
import { closeDatabase, DATABASE_NAME, openDatabase, upgrades } from '../../src/saved/schema.ts';
import { makeStamp } from '../../src/saved/stamps.ts';
import { changeMarks } from '../../src/saved/marks.ts';
import { emptyBin, getArticle, getPhoto, listSummaries, saveArticle, storageReason } from '../../src/saved/store.ts';
import {
  applyBackup,
  planMerge,
  readWholeLibrary,
  type MergeCounts,
  type WholeArticle,
  type WholeLibrary,
} from '../../src/saved/whole-library.ts';
import { findFlaws } from '../fixtures/find-flaws.ts';
import { extractFixture } from '../fixtures/fixture.ts';
import { fillDisk } from '../fixtures/full-disk.ts';

const chinese = extractFixture('article-cn');
const french = extractFixture('article-fr');
const persian = extractFixture('article-fa');
const idOf = ({ url }: Article): string => canonicalAddress(url);

const NOTHING: MergeCounts = { added: 0, changed: 0, binned: 0, same: 0, newer: 0, deleted: 0, away: 0, kept: 0 };

/** A new, empty library: another installation. */
async function startLibrary(): Promise<void> {
  await closeDatabase();
  await new Promise((resolve) => (indexedDB.deleteDatabase(DATABASE_NAME).onsuccess = resolve));
}

/** What a photo holds in these tests; every byte that there is. */
/** They begin as those of a JPEG do. */
const BYTES = Uint8Array.from({ length: 3000 }, (_, index) => [0xff, 0xd8, 0xff][index] ?? (index * 7) % 256);

async function keepPhoto(article: Article, index: number, type = 'image/jpeg'): Promise<void> {
  const database = await openDatabase();
  const id = idOf(article);
  const src = article.photos[index] ?? '';
  await database.put('photos', { articleId: id, src, state: 'kept', blob: new Blob([BYTES], { type }) });
  const summary = await database.get('summaries', id);
  if (!summary) throw new Error('not saved');
  await database.put('summaries', {
    ...summary,
    photos: { ...summary.photos, kept: summary.photos.kept + 1 },
    photoBytes: (summary.photoBytes ?? 0) + BYTES.length,
  });
}

/** The whole library as a file, as a reader saves it. */
async function toFile(library?: WholeLibrary): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const file = new WritableStream<Uint8Array>({ write: (chunk) => void chunks.push(new Uint8Array(chunk)) });
  await writeBackup(library ?? (await readWholeLibrary()), file, new Date('2026-11-23T10:00:00Z'));
  return new Blob(chunks);
}

async function fromFile(file: Blob): Promise<WholeLibrary> {
  const reading = await readBackup(file);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.backup;
}

const backupNow = async (): Promise<WholeLibrary> => fromFile(await toFile());

/** Everything that a reader has of it, photos as bytes; what is made from it anew (search) is left out. */
async function everything(): Promise<unknown> {
  const database = await openDatabase();
  const photos = await Promise.all(
    (await database.getAll('photos')).map(async ({ blob, ...photo }: SavedPhoto) => ({
      ...photo,
      type: blob?.type,
      bytes: blob ? [...new Uint8Array(await blob.arrayBuffer())] : null,
    })),
  );
  const summaries = (await listSummaries()).map(({ isTextOld: _isTextOld, ...summary }: Summary) => summary);
  return { summaries, articles: await database.getAll('articles'), photos, deleted: await database.getAll('deleted') };
}

async function fillLibrary(): Promise<void> {
  await saveArticle(chinese, 1000);
  await saveArticle(french, 2000);
  await saveArticle(persian, 3000);
  await keepPhoto(chinese, 0);
  await changeMarks([idOf(french)], { tags: ['a', '乙'], note: 'Une note\n“…”', isFavourite: true }, 4000);
  await changeMarks([idOf(chinese)], { position: { paragraph: 3, offset: 0, share: 0.5 }, archivedTime: 5000 }, 5000);
  await changeMarks([idOf(persian)], { removedTime: 6000 }, 6000);
}

// jsdom's cannot be cloned into a database.
vi.stubGlobal('Blob', NodeBlob);
beforeEach(startLibrary);

describe('out and in again', () => {
  it('an empty library becomes the same one, to the last byte of a photo', async () => {
    await fillLibrary();
    await emptyBin(7000, 'all');
    const before = await everything();
    const backup = await backupNow();
    await startLibrary();
    expect(await applyBackup(backup, 'merge')).toEqual({ ...NOTHING, added: 2 });
    expect(await everything()).toEqual(before);
    expect((await getPhoto(idOf(chinese), chinese.photos[0] ?? ''))?.type).toBe('image/jpeg');
  });

  it('a photo that was dropped stays so, and comes back from a library that has it', async () => {
    await saveArticle(chinese, 1000);
    const whole = await toFile();
    await keepPhoto(chinese, 0);
    const withPhoto = await toFile();
    await changeMarks([idOf(chinese)], { archivedTime: 5000 }, 5000);
    await dropArchivedPhotos();
    const before = await everything();
    const dropped = await toFile();
    await startLibrary();
    await applyBackup(await fromFile(dropped), 'merge');
    expect(await everything()).toEqual(before);
    expect((await listSummaries())[0]?.photos).toEqual({ total: 2, kept: 0, failed: 0, dropped: 2 });
    await applyBackup(await fromFile(whole), 'merge');
    expect(await everything()).toEqual(before);
    await applyBackup(await fromFile(withPhoto), 'merge');
    expect((await listSummaries())[0]?.photos).toEqual({ total: 2, kept: 1, failed: 0, dropped: 1 });
    expect((await getPhoto(idOf(chinese), chinese.photos[0] ?? ''))?.size).toBe(BYTES.length);
  });

  it('doing it again changes nothing', async () => {
    await fillLibrary();
    const backup = await backupNow();
    const before = await everything();
    for (const mode of ['merge', 'replace'] as const) {
      expect(await planMerge(backup, mode)).toEqual({ ...NOTHING, same: 3 });
      expect(await applyBackup(backup, mode)).toEqual({ ...NOTHING, same: 3 });
    }
    expect(await everything()).toEqual(before);
  });

  it('of a clock that was years ahead, what the reader does afterwards stays when it is done again', async () => {
    const ahead = Date.now() + 400 * 24 * 60 * 60 * 1000;
    await saveArticle(chinese, ahead);
    await changeMarks([idOf(chinese)], { note: 'à venir' }, ahead);
    const file = await toFile();
    await startLibrary();
    await applyBackup(await fromFile(file), 'merge');
    await changeMarks([idOf(chinese)], { isFavourite: true, note: 'lu' });
    expect(await planMerge(await fromFile(file), 'merge')).toEqual({ ...NOTHING, newer: 1 });
    await applyBackup(await fromFile(file), 'merge');
    expect((await listSummaries())[0]).toMatchObject({ isFavourite: true, note: 'lu' });
  });

  it('hundreds of articles come in whole, each once', async () => {
    const count = 205;
    for (let index = 0; index < count; index++) await saveArticle({ ...french, url: `${french.url}-${index}` }, index);
    const before = await everything();
    const seen: number[] = [];
    const backup = await backupNow();
    await startLibrary();
    await applyBackup(backup, 'merge', (done, total) => seen.push(done / total));
    expect(seen.at(-1)).toBe(1);
    expect(await everything()).toEqual(before);
  });

  it('an article of the first Liseuse, which lacks fields, comes in too', async () => {
    await saveArticle(french, 1000);
    const { sounds: _sounds, transcript: _transcript, isPassage: _isPassage, ...old } = french;
    await (await openDatabase()).put('articles', { id: idOf(french), article: old as Article });
    const backup = await backupNow();
    await startLibrary();
    await applyBackup(backup, 'merge');
    expect((await getArticle(idOf(french)))?.article).toEqual({ ...french, sounds: [] });
  });
});

it('a library of the first Liseuse gets stamps from when its articles were saved and removed, and merges', async () => {
  const old = await openDB(DATABASE_NAME, 1, {
    upgrade: (database, _old, _new, transaction) => upgrades[0]?.(database as never, transaction as never),
  });
  for (const [index, each] of [french, chinese].entries()) {
    const { keywords: _keywords, hasSound: _hasSound, ...summary } = summarize(each, idOf(each), 1000 + index);
    await old.put('summaries', { ...summary, removedTime: index === 0 ? null : 5000 });
    await old.put('articles', { id: idOf(each), article: each });
  }
  old.close();
  const installation = await (await openDatabase()).get('installation', 'id');
  expect(installation).toMatch(/^[0-9a-z]{8}$/);
  const stamps = (await listSummaries()).map(({ stamps: { text, note, removedTime } }) => [text, note, removedTime]);
  const at = (time: number): string => makeStamp(installation ?? '', time);
  expect(stamps).toEqual([
    [at(1001), at(1001), at(5000)],
    [at(1000), at(1000), at(1000)],
  ]);
  const backup = await backupNow();
  await startLibrary();
  expect(await applyBackup(backup, 'merge')).toEqual({ ...NOTHING, added: 2 });
});

describe('merging', () => {
  it('takes of each mark the later one, and of each photo the one that is kept', async () => {
    await saveArticle(chinese, 1000);
    await keepPhoto(chinese, 0);
    await changeMarks([idOf(chinese)], { note: 'old', isFavourite: true }, 2000);
    const backup = await backupNow();
    await startLibrary();
    await saveArticle(chinese, 1500);
    await keepPhoto(chinese, 1, 'image/png');
    await changeMarks([idOf(chinese)], { note: 'new' }, 3000);
    expect(await planMerge(backup, 'merge')).toEqual({ ...NOTHING, changed: 1 });
    await applyBackup(backup, 'merge');
    expect(await listSummaries()).toMatchObject([
      { savedTime: 1500, note: 'new', isFavourite: true, photos: { total: 2, kept: 2, failed: 0 } },
    ]);
    expect(await applyBackup(backup, 'merge')).toEqual({ ...NOTHING, newer: 1 });
  });

  it('says of what was starred, archived or binned here since that it stays as it is', async () => {
    for (const each of [chinese, french, persian]) await saveArticle(each, 1000);
    const backup = await backupNow();
    await changeMarks([idOf(chinese)], { isFavourite: true }, 2000);
    await changeMarks([idOf(french)], { removedTime: 3000 }, 3000);
    const before = await everything();
    expect(await planMerge(backup, 'merge')).toEqual({ ...NOTHING, newer: 2, same: 1 });
    expect(await applyBackup(backup, 'merge')).toEqual({ ...NOTHING, newer: 2, same: 1 });
    expect(await everything()).toEqual(before);
  });

  it('takes of two photos the same one on both sides, once', async () => {
    await saveArticle(chinese, 1000);
    await keepPhoto(chinese, 0);
    const small = await backupNow();
    const src = chinese.photos[0] ?? '';
    const database = await openDatabase();
    const large = new Blob([BYTES, BYTES], { type: 'image/jpeg' });
    await database.put('photos', { articleId: idOf(chinese), src, state: 'kept', blob: large });
    const other = await backupNow();
    await startLibrary();
    await applyBackup(small, 'merge');
    expect(await applyBackup(other, 'merge')).toEqual({ ...NOTHING, changed: 1 });
    expect((await getPhoto(idOf(chinese), src))?.size).toBe(large.size);
    expect(await applyBackup(other, 'merge')).toEqual({ ...NOTHING, same: 1 });
    expect(await applyBackup(small, 'merge')).toEqual({ ...NOTHING, same: 1 });
    // A replacement has the photo of the backup.
    await applyBackup(small, 'replace');
    expect((await getPhoto(idOf(chinese), src))?.size).toBe(BYTES.length);
  });

  it('deletes what was deleted there later, and keeps what was changed here since', async () => {
    await saveArticle(chinese, 1000);
    await saveArticle(french, 1000);
    const first = await toFile();
    await changeMarks([idOf(chinese), idOf(french)], { removedTime: 2000 }, 2000);
    await emptyBin(3000, 'all');
    const emptied = await backupNow();
    await startLibrary();
    await applyBackup(await fromFile(first), 'merge');
    await changeMarks([idOf(french)], { note: 'Je la garde.' }, 4000);
    await saveArticle(persian, 5000);
    expect(await planMerge(emptied, 'merge')).toEqual({ ...NOTHING, deleted: 1, kept: 2 });
    expect(await applyBackup(emptied, 'merge')).toEqual({ ...NOTHING, deleted: 1, kept: 2 });
    expect((await listSummaries()).map(({ id }) => id)).toEqual([idOf(persian), idOf(french)]);
    expect(await getArticle(idOf(chinese))).toBeUndefined();
  });

  it('leaves away what was destroyed here since, until it is saved again', async () => {
    await saveArticle(french, 1000);
    const backup = await backupNow();
    await changeMarks([idOf(french)], { removedTime: 2000 }, 2000);
    await emptyBin(3000, 'all');
    expect(await applyBackup(backup, 'merge')).toEqual({ ...NOTHING, away: 1 });
    expect(await listSummaries()).toEqual([]);
    // The clock went back; saved again it is all the same.
    await saveArticle({ ...french, title: 'Encore' }, 500);
    expect(await applyBackup(backup, 'merge')).toEqual({ ...NOTHING, newer: 1 });
    expect(await listSummaries()).toMatchObject([{ title: 'Encore', savedTime: 500 }]);
  });
});

describe('replacing', () => {
  it('makes the library what the backup is, and others learn of it', async () => {
    await saveArticle(chinese, 1000);
    await changeMarks([idOf(chinese)], { note: 'as it was' }, 1500);
    await saveArticle(persian, 1600);
    const backup = await backupNow();
    await changeMarks([idOf(chinese)], { note: 'later' }, 2000);
    await saveArticle(french, 3000);
    await changeMarks([idOf(persian)], { removedTime: 4000 }, 4000);
    await emptyBin(5000, 'all');
    const other = await toFile();
    const expected = { ...NOTHING, added: 1, changed: 1, deleted: 1 };
    expect(await planMerge(backup, 'replace', 6000)).toEqual(expected);
    expect(await applyBackup(backup, 'replace', undefined, 6000)).toEqual(expected);
    const after = (await listSummaries()).map(({ id, note }) => [id, note]);
    expect(after).toEqual([
      [idOf(persian), ''],
      [idOf(chinese), 'as it was'],
    ]);
    // A library from before the replacement brings nothing of it back.
    await applyBackup(await fromFile(other), 'merge');
    expect((await listSummaries()).map(({ id, note }) => [id, note])).toEqual(after);
  });

  it('destroys nothing before everything of the backup is in', async () => {
    for (let index = 0; index < 25; index++) await saveArticle({ ...french, url: `${french.url}-${index}` }, index);
    const backup = await backupNow();
    await startLibrary();
    await saveArticle(chinese, 1000);
    const cut = cutAfter(backup, 22);
    await expect(applyBackup(cut, 'replace')).rejects.toThrow('killed');
    const between = await listSummaries();
    expect(between.map(({ id }) => id)).toContain(idOf(chinese));
    // Only whole articles.
    expect(between).toHaveLength(21);
    for (const { id, title } of between) expect((await getArticle(id))?.article.title).toBe(title);
    expect(await applyBackup(backup, 'replace')).toEqual({ ...NOTHING, added: 5, same: 20, deleted: 1 });
    expect(await listSummaries()).toHaveLength(25);
  });
});

it('a replacement leaves what is saved while it runs', async () => {
  await saveArticle(chinese, 1000);
  const backup = await backupNow();
  await saveArticle(persian, 2000);
  const saving: WholeLibrary = {
    ...backup,
    articles: async function* (): AsyncGenerator<WholeArticle> {
      await saveArticle(french, 3000);
      yield* backup.articles();
    },
  };
  expect(await applyBackup(saving, 'replace')).toEqual({ ...NOTHING, same: 1, deleted: 1 });
  expect((await listSummaries()).map(({ id }) => id)).toEqual([idOf(french), idOf(chinese)]);
});

it('looking at what would change changes nothing', async () => {
  await saveArticle(chinese, 1000);
  const backup = await backupNow();
  await startLibrary();
  await saveArticle(french, 2000);
  const before = await everything();
  expect(await planMerge(backup, 'merge')).toEqual({ ...NOTHING, added: 1, kept: 1 });
  expect(await planMerge(backup, 'replace')).toEqual({ ...NOTHING, added: 1, deleted: 1 });
  expect(await everything()).toEqual(before);
});

it('an article that cannot be written leaves nothing of it, nor of those that came with it', async () => {
  await saveArticle(chinese, 1000);
  await saveArticle(french, 1000);
  const backup = await backupNow();
  await startLibrary();
  const broken: WholeLibrary = {
    ...backup,
    articles: async function* (): AsyncGenerator<WholeArticle> {
      for await (const whole of backup.articles()) {
        const isFirst = whole.record.article.url === chinese.url;
        // No database takes a function.
        if (isFirst) whole.record.marks = { ...whole.record.marks, note: (() => '') as unknown as string };
        yield whole;
      }
    },
  };
  await expect(applyBackup(broken, 'merge')).rejects.toThrow();
  const database = await openDatabase();
  expect(await database.count('articles')).toBe(0);
  expect(await database.count('photos')).toBe(0);
});

it('a disk that is full in the middle is called full, and what came in before is whole', async () => {
  for (let index = 0; index < 25; index++) await saveArticle({ ...french, url: `${french.url}-${index}` }, index);
  const backup = await backupNow();
  await startLibrary();
  await openDatabase();
  const disk = fillDisk(110);
  const error: unknown = await applyBackup(backup, 'merge').catch((reason: unknown) => reason);
  disk.makeRoom();
  expect(storageReason(error)).toBe('full');
  expect(await listSummaries()).toHaveLength(20);
  expect(await findFlaws()).toEqual([]);
  expect(await applyBackup(backup, 'merge')).toEqual({ ...NOTHING, added: 5, same: 20 });
});

/** A backup whose reading ends in the middle, as when the browser is killed. */
function cutAfter(backup: WholeLibrary, count: number): WholeLibrary {
  return {
    ...backup,
    articles: async function* (): AsyncGenerator<WholeArticle> {
      let index = 0;
      for await (const whole of backup.articles()) {
        if (index++ >= count) throw new Error('killed');
        yield whole;
      }
    },
  };
}
