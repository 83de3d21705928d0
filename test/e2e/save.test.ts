/** Saving: the text at once and for good, the photos when they come, one article whatever way it was reached. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Answer } from '../../scripts/browser/rfi-site.ts';
import {
  ARCHIVE,
  badgeOf,
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
  startReader,
  TITLES,
  until,
  waitForText,
  waitForTitles,
} from './support.ts';

const NEVER: Answer = { never: true };
const MISSING: Answer = { status: 404, body: 'No such photo' };

describe.each(BROWSERS)('saving in %s', (browser) => {
  const at = setUp(browser);

  const savePressed = async (address: string): Promise<{ tab: Page; popup: Page }> => {
    const tab = await at.session.openPage(address);
    const popup = await at.session.openPopup(tab);
    await press(popup, say('save'));
    await find(popup, say('saved'));
    return { tab, popup };
  };
  /** The background is ended while the second of two photos is on its way; asked again, it would come. */
  const saveUntilBackgroundEnds = async (): Promise<Page> => {
    let isSecondComing = false;
    at.serve((url) => (url.href === CN_PHOTOS[1] && !isSecondComing ? NEVER : undefined));
    const { tab, popup } = await savePressed(PAGES.cn.address);
    await waitForText(popup, say('photos_coming', 1, 2));
    await popup.close();
    await tab.goto('about:blank');
    await at.session.stopBackground();
    isSecondComing = true;
    return tab;
  };
  const openSaved = async (address: string): Promise<Page> => {
    const library = await at.session.openExtensionPage(`library.html#${encodeURIComponent(address)}`);
    await readArticle(library);
    return library;
  };

  test('keeps the article whose photo is broken, says which part is missing, and gets it when asked again', async () => {
    let isBroken = true;
    at.serve((url) => (isBroken && url.href === CN_PHOTOS[1] ? MISSING : undefined));
    const { popup } = await savePressed(PAGES.cn.address);
    await waitForText(popup, say('photos_kept', 1, 2));
    await popup.close();

    const library = await openSaved(PAGES.cn.address);

    const { blocks, photos } = await readArticle(library);
    expect(photos).toHaveLength(1);
    expect(blocks.at(-1)).toContain('摊主们的协会因此提出');
    // The place of the photo and its caption are still there.
    await waitForText(library, `${say('photo_missing')} 一只打开的绿色书箱`);
    await waitForText(library, '一只打开的绿色书箱，里面是上世纪的旅行指南。');

    isBroken = false;
    await press(library, say('photos_retry'));
    await waitForText(library, say('photos_kept', 2, 2));
    await until(async () => expect(await seePhotos(library)).toHaveLength(2));
  });

  test('keeps the text at once while a photo is still on its way', async () => {
    at.serve((url) => (url.pathname.startsWith('/media/') ? NEVER : undefined));
    const { popup } = await savePressed(PAGES.cn.address);
    await waitForText(popup, say('photos_coming', 0, 2));
    expect(await badgeOf(at.session, PAGES.cn.address)).toBe('✓');

    const library = await openSaved(PAGES.cn.address);

    expect((await readArticle(library)).blocks.at(-1)).toContain('摊主们的协会因此提出');
    await waitForText(library, say('photos_coming', 0, 2));
  });

  test('goes on with the photos where it was when the background is ended between two', async () => {
    const tab = await saveUntilBackgroundEnds();
    await tab.close();
    const before = at.site.requests.length;

    // Any page of RFI wakes the background.
    await at.session.openPage(PAGES.audio.address);

    await until(async () =>
      expect(await readStore(at.session)).toEqual([
        { id: PAGES.cn.address, isRemoved: false, hasText: true, photos: [expect.any(Number), expect.any(Number)] },
      ]),
    );
    const since = at.site.requests.slice(before);
    expect(since.filter((request) => request === CN_PHOTOS[1])).toHaveLength(1);
    // What was kept before is not asked for twice.
    expect(since).not.toContain(CN_PHOTOS[0]);
    expect(await seePhotos(await openSaved(PAGES.cn.address))).toHaveLength(2);
  });

  test('goes on with the photos when the library is opened', async () => {
    await saveUntilBackgroundEnds();

    const library = await openSaved(PAGES.cn.address);
    await until(async () => expect(await seePhotos(library)).toHaveLength(2));
  });

  test('keeps a passage, then the whole in its place, and no passage in the place of the whole', async () => {
    const select = (tab: Page): Promise<void> =>
      tab.evaluate(() => {
        const paragraph = [...document.querySelectorAll('.t-content__body p')].find(
          ({ textContent }) => (textContent ?? '').trim().length > 60,
        );
        if (paragraph) getSelection()?.selectAllChildren(paragraph);
      });
    const tab = await at.session.openPage(PAGES.fr.address);
    await select(tab);
    const popup = await at.session.openPopup(tab);
    await waitForText(popup, say('selection_only'));
    await press(popup, say('save'));
    await find(popup, say('saved'));

    await press(popup, say('whole_page'));
    await waitForText(popup, say('saved_passage'));
    await press(popup, say('save_version'));
    await find(popup, say('saved'));
    await popup.close();

    const again = await at.session.openPopup(tab);
    await waitForText(again, say('selection_only'));
    await find(again, say('saved'));
    expect((await readArticle(await openSaved(PAGES.fr.address))).blocks.length).toBeGreaterThan(5);
  });

  test('marks an article on a page whose own canonical address is another', async () => {
    const elsewhere = `${PAGES.cn.address}-old-name`;
    at.serve((url) =>
      url.href === elsewhere
        ? { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: PAGES.cn.html }
        : undefined,
    );
    const tab = await saveByPopup(at, elsewhere);
    await until(async () => expect(await badgeOf(at.session, elsewhere)).toBe('✓'));
    await tab.close();
    await at.session.openPage(elsewhere);
    await until(async () => expect(await badgeOf(at.session, elsewhere)).toBe('✓'));
  });

  test('knows one article under every address that leads to it', async () => {
    await (await saveByPopup(at, PAGES.cn.address)).close();
    at.serve((url) =>
      url.href === 'https://rfi.my/ZZ01.F' ? { status: 302, headers: { location: PAGES.cn.address } } : undefined,
    );
    const ways = [
      `${PAGES.cn.address}?utm_source=x&utm_medium=social`,
      `${PAGES.cn.address}#frag`,
      `${PAGES.cn.address}/`,
      'https://rfi.my/ZZ01.F',
    ];
    for (const way of ways) {
      const tab = await at.session.openPage(way);
      await until(async () => expect(await badgeOf(at.session, tab.url()), way).toBe('✓'));
      const popup = await at.session.openPopup(tab);
      await find(popup, say('saved'));
      await waitForTitles(popup, TITLES.cn);
      await popup.close();
      await tab.close();
    }
    // The old feeds doubled a slash.
    const library = await at.session.openExtensionPage('library.html');
    const doubled = PAGES.cn.address.replace('https://www.rfi.fr/', 'http://www.rfi.fr//');
    await chooseFiles(library, [{ name: 'doubled.md', bytes: ARCHIVE.text.replace(ARCHIVE.address, doubled) }]);
    await waitForText(library, say('file_known', TITLES.archive));
    await waitForTitles(library, TITLES.cn);
  });

  test('saves from a page that was open long enough for the background to be ended', async () => {
    const tab = await at.session.openPage(PAGES.cn.address);
    await press(await at.session.openPopup(tab), say('read_here'));
    await find(tab, say('save'));
    await at.session.stopBackground();

    await press(tab, say('save'));

    await find(tab, say('saved'));
    await waitForText(tab, say('photos_kept', 2, 2));
  });

  test('saves once, however often and fast it is pressed', async () => {
    const popup = await at.session.openPopup(await at.session.openPage(PAGES.cn.address));
    await (await find(popup, say('save'))).click({ count: 3 });
    await waitForText(popup, say('photos_kept', 2, 2));
    await waitForTitles(popup, TITLES.cn);
    expect(await readStore(at.session)).toHaveLength(1);
  });
});

test.each(BROWSERS)('what %s called saved is there after a power cut', async (browser) => {
  const userDataDir = await mkdtemp(join(tmpdir(), 'liseuse-power-cut-'));
  onTestFinished(() => rm(userDataDir, { recursive: true, force: true, maxRetries: 5 }));
  const before = await startReader(browser, (url) => (url.pathname.startsWith('/media/') ? NEVER : undefined), {
    userDataDir,
  });
  onTestFinished(() => before.site.close());
  const popup = await before.session.openPopup(await before.session.openPage(PAGES.cn.address));
  await press(popup, say('save'));
  await find(popup, say('saved'));
  await before.session.kill();

  const after = await startReader(browser, undefined, { userDataDir });
  onTestFinished(async () => {
    await after.session.close();
    await after.site.close();
  });
  const library = await after.session.openExtensionPage('library.html');

  await waitForTitles(library, TITLES.cn);
  await (await library.waitForSelector('.saved-article a'))?.click();
  expect((await readArticle(library)).blocks.at(-1)).toContain('摊主们的协会因此提出');
  // The photos that had not come by then come now.
  await waitForText(library, say('photos_kept', 2, 2));
});
