/** What the articles weigh, and their photos: counted, dropped, fetched again, tried again later, kept in another width. */
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../scripts/browser/rfi-site.ts';
import {
  ARCHIVE,
  BROWSERS,
  chooseFiles,
  CN_PHOTOS,
  find,
  PAGES,
  press,
  readArticle,
  readStore,
  saveByPopup,
  say,
  seePhotos,
  setUp,
  textOf,
  TITLES,
  until,
  waitForText,
  type Setting,
} from './support.ts';

/** What a page of the extension has; both browsers answer with promises. */
declare const chrome: { runtime: { sendMessage(message: object): Promise<unknown> } };

const MISSING: Answer = { status: 404, body: 'No such photo' };

/** The failures of all photos are now longer ago, by so many milliseconds, as after a pause of the reader's. */
function letTimePass({ session }: Setting, time: number): Promise<void> {
  return session.inBackground(
    (time) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('liseuse');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const changing = database.transaction('photos', 'readwrite');
          const photos = changing.objectStore('photos');
          const all = photos.getAll();
          all.onsuccess = () => {
            for (const photo of all.result) {
              if (photo.failedTime) photos.put({ ...photo, failedTime: photo.failedTime - time });
            }
          };
          changing.oncomplete = () => {
            database.close();
            resolve();
          };
        };
      }),
    time,
  );
}

const openStorage = async ({ session }: Setting): Promise<Page> => {
  const library = await session.openExtensionPage('library.html');
  await press(library, say('storage_title'));
  await library.waitForSelector('.storage-meters');
  return library;
};

/** As an English reader has them, of less than a megabyte. */
const sayBytes = (bytes: number): string =>
  bytes < 1000 ? `${bytes} bytes` : `${Number((bytes / 1000).toPrecision(3))} kB`;

const bytesKept = async ({ session }: Setting): Promise<number> =>
  (await readStore(session)).flatMap(({ photos }) => photos).reduce((sum: number, bytes) => sum + (bytes ?? 0), 0);

describe.each(BROWSERS)('storage in %s', (browser) => {
  const at = setUp(browser);

  test('is counted to the byte; the photos of archived articles go when that is wanted, and come again', async () => {
    await (await saveByPopup(at, PAGES.cn.address)).close();
    await (await saveByPopup(at, PAGES.fr.address)).close();
    const library = await openStorage(at);
    const all = await bytesKept(at);
    await waitForText(library, say('storage_counted_photos', sayBytes(all), 3));
    expect(await library.evaluate(() => document.querySelector('.storage')?.textContent)).toMatch(
      /about [\d.]+ kB.*counts [\d.]+ kB for all of Liseuse/,
    );

    await press(library, say('archive_article', TITLES.cn));
    const archived = (await readStore(at.session))
      .filter(({ id }) => id === PAGES.cn.address)
      .flatMap(({ photos }) => photos)
      .reduce((sum: number, bytes) => sum + (bytes ?? 0), 0);
    await press(library, say('photos_drop', sayBytes(archived), 2));
    await waitForText(library, say('photos_drop_sure', 2));
    expect(await bytesKept(at)).toBe(all);
    await press(library, say('photos_drop_yes'));
    await waitForText(library, say('photos_dropped_now', 2, say('photos_fetch')));
    expect(await library.evaluate(() => document.activeElement?.closest('.storage') !== null)).toBe(true);
    await waitForText(library, say('storage_counted_photos', sayBytes(all - archived), 1));
    expect(await bytesKept(at)).toBe(all - archived);

    await at.site.cut();
    const article = await at.session.openExtensionPage(`library.html#${encodeURIComponent(PAGES.cn.address)}`);
    await waitForText(article, say('photos_dropped', 2));
    await waitForText(article, say('photos_kept', 0, 2));
    await waitForText(article, `${say('photo_missing')} 一只打开的绿色书箱`);
    expect((await readArticle(article)).blocks.at(-1)).toContain('摊主们的协会因此提出');

    await at.site.restore();
    await press(article, say('photos_fetch'));
    await waitForText(article, say('photos_kept', 2, 2));
    await until(async () => expect(await seePhotos(article)).toHaveLength(2));
    await waitForText(library, say('storage_counted_photos', sayBytes(all), 3));
  });

  test('a library that the browser has thrown away is missed, once', async () => {
    await (await saveByPopup(at, PAGES.cn.address)).close();
    const before = await at.session.openExtensionPage('library.html');
    await waitForText(before, TITLES.cn);
    await before.evaluate(() => chrome.runtime.sendMessage({ to: 'background', method: 'goOn' }));
    await before.close();
    await at.session.inBackground(
      () => new Promise((resolve) => (indexedDB.deleteDatabase('liseuse').onsuccess = () => resolve(undefined))),
    );

    const library = await at.session.openExtensionPage('library.html');
    await waitForText(library, say('library_lost', 1, say('backup')));
    await waitForText(library, say('nothing_saved'));
    await press(library, say('close'));
    await until(async () => expect(await textOf(library)).not.toContain(say('library_lost', 1, say('backup'))));
    await (await saveByPopup(at, PAGES.fr.address)).close();
    const later = await at.session.openExtensionPage('library.html');
    await waitForText(later, TITLES.fr);
    await later.evaluate(() => chrome.runtime.sendMessage({ to: 'background', method: 'goOn' }));
    expect(await textOf(later)).not.toContain(say('library_lost', 1, say('backup')));
  });

  test('a photo that failed comes by itself when it has been left alone for an hour', async () => {
    let isMissing = true;
    at.serve((url) => (isMissing && url.href === CN_PHOTOS[1] ? MISSING : undefined));
    const tab = await at.session.openPage(PAGES.cn.address);
    const popup = await at.session.openPopup(tab);
    await press(popup, say('save'));
    await waitForText(popup, say('photos_kept', 1, 2));
    await popup.close();
    await tab.goto('about:blank');
    isMissing = false;

    await letTimePass(at, 50 * 60 * 1000);
    const library = await at.session.openExtensionPage('library.html');
    // What the library asks of the background when it is opened, to the end.
    await library.evaluate(() => chrome.runtime.sendMessage({ to: 'background', method: 'goOn' }));
    expect((await readStore(at.session))[0]?.photos).toContain(null);
    await library.close();

    await letTimePass(at, 20 * 60 * 1000);
    const article = await at.session.openExtensionPage(`library.html#${encodeURIComponent(PAGES.cn.address)}`);
    await waitForText(article, say('photos_kept', 2, 2));
  });

  test.each<[string, boolean]>([
    ['in the width that is chosen', false],
    ['as published where RFI has no other', true],
  ])('a photo is asked for %s', async (_, isRefused) => {
    const narrow = ARCHIVE.photo.replace('w:1280', 'w:720');
    at.serve((url) => (isRefused && url.href === narrow ? MISSING : undefined));
    const library = await openStorage(at);
    await (await library.waitForSelector('.storage select'))?.select('720');
    const start = at.site.requests.length;

    await chooseFiles(library, [{ name: 'good.md', bytes: ARCHIVE.text }]);
    await waitForText(library, say('import_result', 1, 0, 0));
    await until(async () => expect((await readStore(at.session))[0]?.photos).toEqual([expect.any(Number)]));

    const asked = at.site.requests.slice(start).filter((request) => request.includes('/media/display/'));
    expect(asked).toEqual(isRefused ? [narrow, ARCHIVE.photo] : [narrow]);
    const article = await at.session.openExtensionPage(`library.html#${encodeURIComponent(ARCHIVE.address)}`);
    await at.site.cut();
    await until(async () => expect(await seePhotos(article)).toHaveLength(1));
    await article.close();
    await library.close();
    // The choice is remembered.
    const again = await openStorage(at);
    await until(async () => expect(await again.$eval('.storage select', ({ value }) => value)).toBe('720'));
  });

  test('the browser is asked once to keep what is saved, and its answer is shown', async () => {
    const isPersisted = (): Promise<boolean> => at.session.inBackground(() => navigator.storage.persisted());
    await (await saveByPopup(at, PAGES.fr.address)).close();
    // Firefox promises it to every extension that may store without limit, also where only the popup was ever open.
    expect(await isPersisted()).toBe(browser === 'firefox');
    const library = await openStorage(at);
    if (browser === 'firefox') {
      await waitForText(library, say('storage_persisted'));
      return;
    }
    await waitForText(library, say('storage_notPersisted'));
    await (await find(library, say('storage_ask'))).click();
    await waitForText(library, say('storage_asked'));
  });
});
