/** The library: the saved articles in a tab of their own, read with the line cut, taken out and brought back. */
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import {
  ARCHIVE,
  badgeOf,
  BROWSERS,
  chooseFiles,
  find,
  listRows,
  PAGES,
  press,
  readArticle,
  readStore,
  saveByPopup,
  saveFixtures,
  say,
  seePhotos,
  setUp,
  textOf,
  TITLES,
  until,
  waitForText,
  waitForTitles,
} from './support.ts';

const addressOf = (articleAddress: string): string => `library.html#${encodeURIComponent(articleAddress)}`;

/** Opens the article whose row stands at this place of the list. */
async function openRow(library: Page, place: number): Promise<void> {
  const row = await library.waitForSelector(`.saved-article:nth-child(${place}) a`);
  await row?.click();
  await readArticle(library);
}

/** Where the keyboard is: the name of what has the focus, as it is read out. */
const focusIn = (library: Page): Promise<string> =>
  library.evaluate(() => {
    const focused = document.activeElement as HTMLElement;
    const title = focused.querySelector<HTMLElement>('.saved-article-title')?.innerText;
    return title ?? focused.ariaLabel ?? (focused.textContent || focused.localName);
  });

const waitForFocus = (library: Page, name: string): Promise<void> =>
  until(async () => expect(await focusIn(library)).toBe(name));

/** Presses it with the keyboard. */
async function enter(library: Page, name: string): Promise<void> {
  await (await find(library, name)).focus();
  await library.keyboard.press('Enter');
}

describe.each(BROWSERS)('the library in %s', (browser) => {
  const at = setUp(browser);
  const openLibrary = (): Promise<Page> => at.session.openExtensionPage('library.html');

  test('lists what is saved, the last first, each with photo, title, edition, dates and minutes, with the line cut', async () => {
    await saveByPopup(at, PAGES.fr.address);
    await saveByPopup(at, PAGES.cn.address);
    await at.site.cut();

    const library = await openLibrary();

    await waitForTitles(library, TITLES.cn, TITLES.fr);
    expect((await listRows(library)).map(({ facts }) => facts)).toEqual([
      expect.stringMatching(/^Simplified Chinese · Nov [45], 2026 · Saved [^·]+ · 2 min read$/),
      expect.stringMatching(/^French · Nov [34], 2026 · Saved [^·]+ · 1 min read$/),
    ]);
    await until(async () => {
      const photos = await library.evaluate(() =>
        [...document.querySelectorAll<HTMLImageElement>('.thumbnail img')].map(({ src, naturalWidth }) => ({
          scheme: src.replace(/:.*/, ''),
          isDrawn: naturalWidth > 0,
        })),
      );
      expect(photos).toEqual([
        { scheme: 'blob', isDrawn: true },
        { scheme: 'blob', isDrawn: true },
      ]);
    });
  });

  test('shows an article as the popup did, photos and all, with the line cut', async () => {
    const tab = await saveByPopup(at, PAGES.cn.address);
    const popup = await at.session.openPopup(tab);
    await seePhotos(popup);
    const onThePage = await readArticle(popup);
    await popup.close();
    await tab.close();
    await at.site.cut();

    const library = await openLibrary();
    await openRow(library, 1);

    const photos = await seePhotos(library);
    expect(photos.map(({ src }) => src)).toEqual([expect.stringMatching(/^blob:/), expect.stringMatching(/^blob:/)]);
    // Everything else is word for word the same.
    expect({ ...(await readArticle(library)), photos: [] }).toEqual({ ...onThePage, photos: [] });
    await waitForText(library, say('photos_kept', 2, 2));
    await press(library, say('back_to_list'));
    await waitForTitles(library, TITLES.cn);
  });

  test('asks the network for nothing while it is read', async () => {
    const tab = await saveByPopup(at, PAGES.cn.address);
    await tab.close();
    const toRfi = (): string[] => at.site.requests.filter((request) => request.includes('rfi.'));
    const before = [...toRfi()];
    expect(before).not.toEqual([]);

    const library = await openLibrary();
    await openRow(library, 1);
    await seePhotos(library);

    expect(toRfi()).toEqual(before);
  });

  test('opens an article at its own address', async () => {
    const tab = await saveByPopup(at, PAGES.fr.address);
    await tab.close();
    await at.site.cut();

    const library = await at.session.openExtensionPage(addressOf(PAGES.fr.address));

    expect((await readArticle(library)).title).toBe(TITLES.fr);
    expect(await library.title()).toContain(TITLES.fr);
  });

  test('says in one sentence that an article is not there any more', async () => {
    const library = await at.session.openExtensionPage(addressOf('https://www.rfi.fr/fr/jamais'));
    await waitForText(library, say('not_kept'));
    await press(library, say('back_to_list'));
    await waitForText(library, say('nothing_saved'));
  });

  test('takes an article out at once and brings it back whole', async () => {
    await saveByPopup(at, PAGES.fr.address);
    await saveByPopup(at, PAGES.cn.address);
    const library = await openLibrary();
    await press(library, say('remove_article', TITLES.cn));

    await waitForTitles(library, TITLES.fr);
    await waitForText(library, say('removed', TITLES.cn));
    await until(async () => expect(await badgeOf(at.session, PAGES.cn.address)).toBe(''));

    await press(library, say('undo'));
    await waitForTitles(library, TITLES.cn, TITLES.fr);
    await waitForText(library, say('taken_back', say('removed', TITLES.cn)));
    expect(await textOf(library)).not.toContain(say('undo'));
    await until(async () => expect(await badgeOf(at.session, PAGES.cn.address)).toBe('✓'));
    await at.site.cut();
    await openRow(library, 1);
    expect((await readArticle(library)).blocks).toHaveLength(11);
    expect(await seePhotos(library)).toHaveLength(2);
  });

  test('leaves the keyboard on the row that was taken out and brought back', async () => {
    const library = await openLibrary();
    await saveFixtures(at.session, library, 'article-fr', 'article-cn', 'article-fa');
    await waitForTitles(library, TITLES.fa, TITLES.cn, TITLES.fr);

    await enter(library, say('remove_article', TITLES.cn));
    await waitForTitles(library, TITLES.fa, TITLES.fr);
    await waitForFocus(library, say('undo'));
    await library.keyboard.press('Enter');

    await waitForTitles(library, TITLES.fa, TITLES.cn, TITLES.fr);
    await until(async () => expect(await textOf(library)).not.toContain(say('undo')));
    await waitForFocus(library, TITLES.cn);
  });

  test('leads the keyboard into an article and back to its row', async () => {
    const library = await openLibrary();
    await saveFixtures(at.session, library, 'article-fr', 'article-cn');
    await waitForTitles(library, TITLES.cn, TITLES.fr);

    const row = await library.waitForSelector('.saved-article:nth-child(2) a');
    await row?.focus();
    await library.keyboard.press('Enter');
    await readArticle(library);
    await waitForFocus(library, TITLES.fr);
    expect(await library.evaluate(() => document.activeElement?.contains(document.querySelector('h1')))).toBe(true);

    await enter(library, say('back_to_list'));
    await waitForTitles(library, TITLES.cn, TITLES.fr);
    await waitForFocus(library, TITLES.fr);

    await library.keyboard.press('Enter');
    await readArticle(library);
    await library.evaluate(() => history.back());
    await waitForTitles(library, TITLES.cn, TITLES.fr);
    await waitForFocus(library, TITLES.fr);
  });

  test('leads the keyboard from article to article as the list stood, and back to the row of the last', async () => {
    const library = await openLibrary();
    await saveFixtures(at.session, library, 'article-fr', 'article-cn', 'article-fa');
    await waitForTitles(library, TITLES.fa, TITLES.cn, TITLES.fr);
    await enter(library, say('view_unread'));
    await library.evaluate(() => (document.activeElement as HTMLElement).blur());
    const titleOf = async (title: string): Promise<void> =>
      until(async () => expect(await library.title()).toBe(`${title} – Liseuse`));
    await library.keyboard.type('j');
    await library.keyboard.type('o');
    await titleOf(TITLES.fa);
    await library.keyboard.type('j');
    await titleOf(TITLES.cn);
    await readArticle(library);
    // It is no longer one of those to read, and still has one behind it and one before it.
    await library.keyboard.type('e');
    await waitForText(library, say('archived', TITLES.cn));
    await titleOf(TITLES.cn);
    await library.keyboard.type('j');
    await titleOf(TITLES.fr);
    // Behind the last there is none.
    await library.keyboard.type('j');
    await library.keyboard.type('k');
    await titleOf(TITLES.cn);
    await library.keyboard.type('k');
    await titleOf(TITLES.fa);
    await library.keyboard.type('u');
    await waitForTitles(library, TITLES.fa, TITLES.fr);
    await waitForFocus(library, TITLES.fa);
  });

  test('leads the keyboard from the search box to what was found, and out of it where nothing is typed', async () => {
    const library = await openLibrary();
    await saveFixtures(at.session, library, 'article-fr', 'article-cn', 'article-fa');
    await waitForTitles(library, TITLES.fa, TITLES.cn, TITLES.fr);
    await library.keyboard.type('/');
    await library.keyboard.type('舊書攤');
    await waitForTitles(library, TITLES.cn);
    await library.keyboard.press('Enter');
    await waitForFocus(library, TITLES.cn);
    await library.keyboard.type('f');
    await waitForText(library, say('favoured', TITLES.cn));
    await library.keyboard.type('/');
    await library.keyboard.press('ArrowDown');
    await waitForFocus(library, TITLES.cn);
    await library.keyboard.type('/');
    await library.keyboard.down('Control');
    await library.keyboard.press('a');
    await library.keyboard.up('Control');
    await library.keyboard.press('Backspace');
    await waitForTitles(library, TITLES.fa, TITLES.cn, TITLES.fr);
    await library.keyboard.press('Escape');
    await library.keyboard.type('j');
    await until(async () =>
      expect(await library.evaluate(() => document.activeElement?.closest('.saved-article'))).not.toBeNull(),
    );
  });

  test('leaves the keyboard on the import when its report is closed', async () => {
    const library = await openLibrary();
    await chooseFiles(library, [{ name: 'good.md', bytes: ARCHIVE.text }]);
    await waitForTitles(library, TITLES.archive);
    await enter(library, say('import_close'));
    await until(async () =>
      expect(
        await library.evaluate(() => document.activeElement instanceof HTMLInputElement && document.activeElement.type),
      ).toBe('file'),
    );
  });

  test('destroys nothing before the time to undo has passed, even when it is closed and opened again', async () => {
    const tab = await saveByPopup(at, PAGES.cn.address);
    const whole = await readStore(at.session);
    expect(whole).toEqual([
      { id: PAGES.cn.address, isRemoved: false, hasText: true, photos: [expect.any(Number), expect.any(Number)] },
    ]);
    const first = await openLibrary();
    await press(first, say('remove_article', TITLES.cn));
    await waitForTitles(first);
    await first.close();

    const second = await openLibrary();

    await waitForText(second, say('all_in_bin'));
    expect(await readStore(at.session)).toEqual(whole.map((article) => ({ ...article, isRemoved: true })));

    // A reader who saves it again has it back as it was.
    const popup = await at.session.openPopup(tab);
    await press(popup, say('save'));
    await find(popup, say('saved'));
    await waitForText(popup, say('photos_kept', 2, 2));
    expect(await readStore(at.session)).toEqual(whole);
  });

  test('follows what is saved elsewhere while it is open', async () => {
    const library = await openLibrary();
    await waitForText(library, say('nothing_saved'));

    await saveByPopup(at, PAGES.fa.address);

    await waitForTitles(library, TITLES.fa);
    expect(await library.evaluate(() => document.querySelector('bdi')?.dir)).toBe('rtl');
  });
});
