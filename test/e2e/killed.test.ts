/** The browser killed in the middle of a write: what was called kept is there, whole, in the same profile; nothing is half. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Site } from '../../scripts/browser/rfi-site.ts';
import type { Session } from '../../scripts/browser/session.ts';
import { findFlaws } from '../fixtures/find-flaws.ts';
import {
  announce,
  ARCHIVE,
  BROWSERS,
  catchDownloads,
  chooseFiles,
  find,
  forgetEverything,
  PAGES,
  press,
  putFirstVersion,
  readArticle,
  readExpected,
  readStore,
  say,
  startReader,
  until,
  textOf,
  waitForText,
} from './support.ts';

const addressOf = (index: number): string => `${ARCHIVE.address}-${index}`;

/** Archive files of so many articles; a photo's address is that of its article, so that each has one to come. */
const archiveFiles = (count: number): { name: string; bytes: string }[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `${index}.md`,
    bytes: ARCHIVE.text.replace(ARCHIVE.address, addressOf(index)).replaceAll('/66666666-', `/${66666667 + index}-`),
  }));

/** Resolves once a page has begun so many writes of a kind; they are in the middle of their transaction then. */
const afterWrites = (shown: Page, kind: 'put' | 'delete' | 'update', count: number): Promise<void> =>
  shown.evaluate(
    (kind, count) => {
      let left = count;
      let resolve: () => void;
      const isInMiddle = new Promise<void>((resolved) => (resolve = resolved));
      const owner = (kind === 'update' ? IDBCursor : IDBObjectStore).prototype as unknown as Record<string, unknown>;
      const write = owner[kind] as (...given: unknown[]) => unknown;
      owner[kind] = function (this: unknown, ...given: unknown[]): unknown {
        if (--left === 0) resolve();
        return write.apply(this, given);
      };
      Object.assign(globalThis, { isInMiddle });
    },
    kind,
    count,
  );

const waitForMiddle = (shown: Page): Promise<void> =>
  shown.evaluate(() => (globalThis as unknown as { isInMiddle: Promise<void> }).isInMiddle);

/** Puts all articles into the bin, behind the back of the page. */
async function binAll(library: Page): Promise<void> {
  await library.evaluate(async () => {
    await new Promise<void>((resolve) => {
      const opening = indexedDB.open('liseuse');
      opening.onsuccess = () => {
        const writing = opening.result.transaction('summaries', 'readwrite');
        writing.objectStore('summaries').openCursor().onsuccess = ({ target }) => {
          const cursor = (target as IDBRequest<IDBCursorWithValue | null>).result;
          cursor?.update({ ...cursor.value, removedTime: Date.now() });
          cursor?.continue();
        };
        writing.oncomplete = () => resolve(opening.result.close());
      };
    });
  });
  await announce(library);
}

describe.each(BROWSERS)('a %s that is killed', (browser) => {
  let userDataDir: string;
  let session: Session;
  let site: Site;

  const start = async (): Promise<void> => {
    ({ session, site } = await startReader(browser, undefined, { userDataDir }));
  };
  const killAndReopen = async (): Promise<void> => {
    await session.kill();
    await site.close();
    await start();
  };
  /** What is kept, all of it whole. */
  const readWhole = async (count: (kept: number) => boolean): Promise<Awaited<ReturnType<typeof readStore>>> => {
    const kept = await readStore(session);
    expect(count(kept.length), `${kept.length} articles`).toBe(true);
    expect(await session.inBackground(findFlaws)).toEqual([]);
    expect(kept.filter(({ hasText }) => !hasText)).toEqual([]);
    return kept;
  };

  beforeAll(async () => {
    userDataDir = await mkdtemp(join(tmpdir(), 'liseuse-killed-'));
    await start();
  });
  afterAll(async () => {
    await session.close();
    await site.close();
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  test('in the middle of an upgrade of the first version has every article, and upgrades it then', async () => {
    const [article, count] = [readExpected('archive-cn'), 300];
    const library = await session.openExtensionPage('library.html');
    await putFirstVersion(
      session,
      library,
      Array.from({ length: count }, (_, index) => ({ ...article, shortUrl: null, url: addressOf(index) })),
    );
    await afterWrites(library, 'update', count / 2);
    await announce(library);
    await waitForMiddle(library);
    await killAndReopen();

    const again = await session.openExtensionPage('library.html');
    await again.waitForSelector('.saved-article');
    await again.close();
    const kept = await readWhole((found) => found === count);
    expect(kept.filter(({ photos }) => photos[0] !== 'octets'.length)).toEqual([]);
  });

  test('in the middle of an import has all that the report named, and goes on with the rest by itself', async () => {
    await forgetEverything(session);
    const files = archiveFiles(240);
    const library = await session.openExtensionPage('library.html');
    await waitForText(library, say('nothing_saved'));
    await chooseFiles(library, files);
    const reported = await until(async () => {
      const lines = await library.evaluate(() =>
        [...document.querySelectorAll('.import-report li')].map(({ textContent }) => textContent ?? ''),
      );
      expect(lines.length).toBeGreaterThan(0);
      return lines.length;
    });
    await killAndReopen();

    const kept = await readWhole((count) => count >= reported);
    const ids = new Set(kept.map(({ id }) => id));
    for (let index = 0; index < reported; index++) expect(ids).toContain(addressOf(index));

    const again = await session.openExtensionPage('library.html');
    await waitForText(again, say('import_resumed'));
    const result = new RegExp(say('import_result', '(\\d+)', '(\\d+)', 0));
    const [, isKept, isKnown] = await until(async () => {
      const match = result.exec(await textOf(again));
      expect(match).not.toBeNull();
      return match ?? [];
    }, 30_000);
    expect(Number(isKept) + Number(isKnown)).toBe(files.length);
    await readWhole((count) => count === files.length);
  });

  test('while a backup comes in has whole articles, says so, and goes on when it is brought back again', async () => {
    const library = await session.openExtensionPage('library.html');
    const count = (await readStore(session)).length;
    const download = await catchDownloads(library);
    await press(library, say('backup'));
    await press(library, say('backup_save'));
    await waitForText(library, say('backup_saved', count, 0).split(',')[0] ?? '');
    const file = join(userDataDir, 'liseuse.zip');
    await writeFile(file, await download());
    await library.close();
    await forgetEverything(session);
    const bring = async (shown: Page): Promise<void> => {
      const box = await shown.waitForSelector('.library-sections input[type=file]');
      await (box as ElementHandle<HTMLInputElement>).uploadFile(file);
      await waitForText(shown, say('backup_explained'));
    };
    const empty = await session.openExtensionPage('library.html');
    await press(empty, say('backup'));
    await bring(empty);
    await afterWrites(empty, 'put', count);
    await press(empty, say('backup_merge'));
    await waitForMiddle(empty);
    await killAndReopen();

    await readWhole((kept) => kept < count);
    const again = await session.openExtensionPage('library.html');
    await waitForText(again, say('backup_mergeCut', '').split('(')[0] ?? '');
    await bring(again);
    await press(again, say('backup_merge'));
    await waitForText(again, say('backup_applied'));
    await readWhole((kept) => kept === count);
    await again.close();
  });

  test('in the middle of emptying the bin has all of it or nothing', async () => {
    const library = await session.openExtensionPage('library.html?q=is:bin');
    const before = (await readStore(session)).length;
    await binAll(library);
    await press(library, say('empty_bin'));
    await waitForText(library, say('empty_bin_sure', before));
    await afterWrites(library, 'delete', before);
    await press(library, say('empty_bin'));
    await waitForMiddle(library);
    await killAndReopen();

    await readWhole((count) => count === 0 || count === before);
  });

  test('while a snapshot is brought back asks who leaves, says so, and goes on when it is brought back again', async () => {
    await forgetEverything(session);
    const files = archiveFiles(120);
    const count = files.length;
    const library = await session.openExtensionPage('library.html');
    await chooseFiles(library, files);
    await waitForText(library, say('import_close'));
    await press(library, say('import_close'));
    await library.close();
    const bin = await session.openExtensionPage('library.html?q=is:bin');
    await binAll(bin);
    await press(bin, say('empty_bin'));
    await waitForText(bin, say('empty_bin_sure', count));
    await press(bin, say('empty_bin'));
    await until(async () => expect(await readStore(session)).toEqual([]));
    await bin.close();

    const bring = async (shown: Page): Promise<void> => {
      await press(shown, say('snapshots'));
      await press(shown, say('bring_back'));
      await waitForText(shown, say('snapshot_sure_bin'));
    };
    const open = await session.openExtensionPage('library.html');
    await bring(open);
    await afterWrites(open, 'put', count);
    await press(open, say('bring_back'));
    await waitForMiddle(open);
    const isAsked = await open.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
    expect(isAsked).toBe(true);
    await killAndReopen();

    await readWhole((kept) => kept < count);
    const again = await session.openExtensionPage('library.html');
    await waitForText(again, say('snapshot_cut', '').split('(')[0] ?? '');
    await bring(again);
    await press(again, say('bring_back'));
    await waitForText(again, say('snapshot_restore', '').split(',')[0] ?? '');
    await until(async () => expect(await readStore(session)).toHaveLength(count));
    await readWhole((kept) => kept === count);
    const lines = await again.$$eval('.library-snapshots li', (rows) => rows.map(({ textContent }) => textContent));
    const isRestore = (line: string): boolean => line.startsWith(say('snapshot_restore', '').split(',')[0] ?? '');
    expect(lines.filter(isRestore)).toHaveLength(1);
    await again.close();
  });

  test('in the middle of a save has the article whole or not at all, and saves it then', async () => {
    const id = PAGES.cn.address;
    const popup = await session.openPopup(await session.openPage(id));
    await find(popup, say('save'));
    await afterWrites(popup, 'put', 2);
    await press(popup, say('save'));
    await waitForMiddle(popup);
    const before = (await readStore(session)).filter((article) => article.id !== id).length;
    await killAndReopen();

    await readWhole((count) => count === before || count === before + 1);
    const again = await session.openPopup(await session.openPage(id));
    await readArticle(again);
    if (!(await readStore(session)).some((article) => article.id === id)) await press(again, say('save'));
    await find(again, say('saved'));
    await readWhole((count) => count === before + 1);
  });
});
