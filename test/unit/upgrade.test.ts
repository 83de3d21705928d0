/** An upgrade that fails: the old list stays as it is, and a backup of it can be made and brought back. */
import { Blob as NodeBlob } from 'node:buffer';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readBackup, writeBackup } from '../../src/exchange/backup.ts';
import { readOldLibrary } from '../../src/saved/old-library.ts';
import { closeDatabase, DATABASE_NAME, openDatabase, UpgradeError, upgrades } from '../../src/saved/schema.ts';
import { changeMarks } from '../../src/saved/marks.ts';
import { emptyBin, getPhoto, listSummaries, saveArticle } from '../../src/saved/store.ts';
import { applyBackup, readWholeLibrary, type WholeLibrary } from '../../src/saved/whole-library.ts';
import { findFlaws } from '../fixtures/find-flaws.ts';
import { writeFirstVersion } from '../fixtures/first-version.ts';
import { extractFixture } from '../fixtures/fixture.ts';
import { fillDisk } from '../fixtures/full-disk.ts';

const articles = [extractFixture('article-cn'), extractFixture('article-fr')];
const steps = upgrades as unknown as unknown[];
const last = steps.length;

async function forget(): Promise<void> {
  await closeDatabase();
  await new Promise((resolve) => (indexedDB.deleteDatabase(DATABASE_NAME).onsuccess = resolve));
}

/** The version of the database as it stands. */
const versionOnDisk = async (): Promise<number | undefined> =>
  (await indexedDB.databases()).find(({ name }) => name === DATABASE_NAME)?.version;

const refusal = (): Promise<unknown> => openDatabase().catch((error: unknown) => error);

async function toBackup(library: WholeLibrary): Promise<WholeLibrary> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const file = new WritableStream<Uint8Array>({ write: (chunk) => void chunks.push(new Uint8Array(chunk)) });
  await writeBackup(library, file, new Date());
  const reading = await readBackup(new Blob(chunks));
  if (!reading.ok) throw new Error(reading.reason);
  return reading.backup;
}

/** A step whose own code breaks when it has written something already. */
const brokenStep = async (_: unknown, transaction: { objectStore(name: string): IDBObjectStore }): Promise<void> => {
  await transaction.objectStore('summaries').put({ id: 'half' });
  throw new TypeError('broken');
};

// jsdom's cannot be cloned into a database.
vi.stubGlobal('Blob', NodeBlob);
beforeEach(forget);
afterEach(() => void steps.splice(last));

describe('an upgrade that fails', () => {
  it('from the first version leaves what that version wrote', async () => {
    await writeFirstVersion(articles, new Blob(['GIF89a'], { type: 'image/gif' }));
    steps.push(brokenStep);
    const error = await refusal();
    expect(error).toBeInstanceOf(UpgradeError);
    expect((error as UpgradeError).cause).toEqual(new TypeError('broken'));
    expect(await versionOnDisk()).toBe(1);

    const old = await readOldLibrary();
    expect(old.count).toBe(2);
    const backup = await toBackup(old);

    steps.splice(last);
    expect(await listSummaries()).toHaveLength(2);
    await forget();
    expect(await applyBackup(backup, 'merge')).toMatchObject({ added: 2 });
    expect((await listSummaries()).map(({ title, savedTime }) => [title, savedTime])).toEqual([
      [articles[1]?.title, 2],
      [articles[0]?.title, 1],
    ]);
    expect(await (await getPhoto(articles[0]?.url ?? '', articles[0]?.photos[0] ?? ''))?.text()).toBe('GIF89a');
    expect(await findFlaws()).toEqual([]);
  });

  it('from this version leaves marks, stamps and deletions for the backup', async () => {
    for (const article of articles) await saveArticle(article, 1000);
    await changeMarks([articles[0]?.url ?? ''], { note: 'à garder', tags: ['mer'] }, 2000);
    await changeMarks([articles[1]?.url ?? ''], { removedTime: 2000 }, 2000);
    await emptyBin(3000, 'all');
    const whole = await toBackup(await readWholeLibrary());
    await closeDatabase();

    steps.push(brokenStep);
    expect(await refusal()).toBeInstanceOf(UpgradeError);
    expect(await versionOnDisk()).toBe(last);
    const rescued = await toBackup(await readOldLibrary());

    const read = async (library: WholeLibrary): Promise<unknown> => {
      const records: unknown[] = [];
      for await (const { record } of library.articles()) records.push(record);
      return { records, deletions: await library.deletions() };
    };
    expect(await read(rescued)).toEqual(await read(whole));
  });

  it('because the disk is full says so, and is done when there is room', async () => {
    await writeFirstVersion(articles);
    const disk = fillDisk(0);
    const error = await refusal();
    disk.makeRoom();
    expect(error).toBeInstanceOf(UpgradeError);
    expect((error as UpgradeError).cause).toMatchObject({ name: 'QuotaExceededError' });
    expect(await listSummaries()).toHaveLength(2);
  });

  it('where there is no list yet is a refused storage and nothing else', async () => {
    const disk = fillDisk(0);
    const error = await refusal();
    disk.makeRoom();
    expect(error).toMatchObject({ name: 'QuotaExceededError' });
    expect(await listSummaries()).toEqual([]);
  });
});
