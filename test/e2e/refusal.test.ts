/** What the browser, the page or the disk refuse: the article stays readable where there is one, and a sentence says what is not done. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { expectAccess } from './axe.ts';
import {
  announce,
  BROWSERS,
  find,
  HOME,
  PAGES,
  page,
  press,
  putFirstVersion,
  readArticle,
  readExpected,
  readStore,
  say,
  setUp,
  startReader,
  textOf,
  TITLES,
  until,
  waitForText,
} from './support.ts';

describe.each(BROWSERS)('what is refused in %s', (browser) => {
  const at = setUp(browser);

  test('without the right to rfi.fr the article is read and saved, and a sentence says what is lost and offers to allow it', async () => {
    await at.session.setSiteAccess(false);
    onTestFinished(() => at.session.setSiteAccess(true));
    const popup = await at.session.openPopup(await at.session.openPage(PAGES.cn.address));

    expect((await readArticle(popup)).blocks).toHaveLength(11);
    await waitForText(popup, say('permission_missing'));
    await find(popup, say('permission_grant'));
    await press(popup, say('save'));
    await find(popup, say('saved'));
    await waitForText(popup, say('photos_kept', 0, 2));
    expect(await readStore(at.session)).toEqual([
      { id: PAGES.cn.address, isRemoved: false, hasText: true, photos: [null, null] },
    ]);
  });

  test('nothing is said of rights that are there', async () => {
    const popup = await at.session.openPopup(await at.session.openPage(HOME.address));
    await waitForText(popup, say('reason_noArticle'));
    expect(await textOf(popup)).not.toContain(say('permission_missing'));
  });

  test('a list that cannot be upgraded stays as it is, and can be saved as a backup', async () => {
    const library = await at.session.openExtensionPage('library.html');
    await waitForText(library, say('nothing_saved'));
    await putFirstVersion(at.session, library, [readExpected('article-cn'), readExpected('article-fr')]);
    // A step of the upgrade breaks.
    await library.evaluate(() => {
      IDBDatabase.prototype.createObjectStore = () => {
        throw new TypeError('broken');
      };
    });
    await announce(library);

    await waitForText(library, say('upgrade_failed'));
    await expectAccess(library, 'a list that cannot be upgraded');
    await press(library, say('backup_save'));
    await waitForText(library, say('backup_saved', 2, 2));
    expect(await readStore(at.session)).toHaveLength(2);
  });

  /** A popup over a page whose last script never comes, so that the page is never ready to be read. */
  const openUnready = async (came = PAGES.cn.html): Promise<{ tab: Page; popup: Page }> => {
    at.serve((url) => {
      if (url.hostname === 'www.example.org') return page('<title>Example</title>');
      if (url.pathname === '/never.js') return { never: true };
      return url.href === PAGES.cn.address
        ? page(came.replace(/(<\/body>\s*<\/html>\s*)?$/, '<script src="/never.js"></script>'))
        : undefined;
    });
    const before = at.site.requests.length;
    const tab = await at.session.browser.newPage();
    void tab.goto(PAGES.cn.address).catch(() => undefined);
    await until(() => expect(at.site.requests.slice(before)).toContain('https://www.rfi.fr/never.js'));
    const popup = await at.session.openPopup(tab);
    await waitForText(popup, say('reading_page'));
    return { tab, popup };
  };

  test.each([
    ['another article', PAGES.fr.address],
    ['another site', 'https://www.example.org/'],
    ['an empty tab', 'about:blank'],
  ])('a page that leaves for %s while it is read ends in an article or a sentence', async (_, next) => {
    const { tab, popup } = await openUnready();

    void tab.goto(next).catch(() => undefined);

    await until(async () => {
      const text = await textOf(popup);
      expect(text).not.toContain(say('reading_page'));
      expect([say('reason_navigated'), TITLES.cn, TITLES.fr].filter((said) => text.includes(said))).toHaveLength(1);
    });
  });

  test('a page that left can be followed by reading the next one', async () => {
    // Of the first page only the head of the article has come.
    const { tab, popup } = await openUnready(PAGES.cn.html.slice(0, PAGES.cn.html.indexOf('<h2>')));
    await tab.goto(PAGES.fr.address, { waitUntil: 'domcontentloaded' });

    await press(popup, say('try_again'));

    expect((await readArticle(popup)).title).toBe(TITLES.fr);
  });
});

/** Where each browser keeps what extensions store, in its profile. */
const STORAGE = { chromium: 'Default/IndexedDB', firefox: 'storage' };

test.each(BROWSERS)(
  'a %s that can store nothing still shows the article, and says that it was not saved',
  async (browser) => {
    const userDataDir = await mkdtemp(join(tmpdir(), 'liseuse-refused-'));
    onTestFinished(() => rm(userDataDir, { recursive: true, force: true, maxRetries: 5 }));
    // A file where the browser wants a folder: it can open no database.
    const inTheWay = join(userDataDir, STORAGE[browser]);
    await mkdir(dirname(inTheWay), { recursive: true });
    await writeFile(inTheWay, '');
    const { session, site } = await startReader(browser, undefined, { userDataDir });
    onTestFinished(async () => {
      await session.close();
      await site.close();
    });
    const isUnsaved = async (shown: Page): Promise<void> => {
      await waitForText(shown, say('storage_refused'));
      await find(shown, say('save'));
      expect((await readArticle(shown)).blocks).toHaveLength(11);
    };

    const tab = await session.openPage(PAGES.cn.address);
    const popup = await session.openPopup(tab);
    await waitForText(popup, say('list_refused'));
    await expectAccess(popup, 'the popup without a list');
    await press(popup, say('save'));
    await isUnsaved(popup);

    await press(popup, say('read_here'));
    await readArticle(tab);
    await press(tab, say('save'));
    await isUnsaved(tab);

    const library = await session.openExtensionPage('library.html');
    await waitForText(library, say('list_refused'));
    await expectAccess(library, 'a list that cannot be read');
  },
);
