/** Single keys in the list, in a saved article and in the overlay: shown, changed for all of them, turned off and on again. */
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import {
  BROWSERS,
  find,
  PAGES,
  press,
  readArticle,
  saveByPopup,
  say,
  setUp,
  TITLES,
  until,
  waitForText,
  waitForTitles,
} from './support.ts';

/** What the help shows, each with its key; null where it is closed. */
const helpOf = (shown: Page): Promise<string[] | null> =>
  shown.evaluate(() => {
    const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
    const help = root.querySelector('.keys-help[open]');
    return (
      help &&
      [...help.querySelectorAll('fieldset li')].map(
        (row) => `${row.querySelector('span')?.textContent}: ${row.querySelector('input')?.value}`,
      )
    );
  });

async function waitForHelp(shown: Page, ...rows: string[]): Promise<void> {
  await until(async () => expect(await helpOf(shown)).toEqual(rows));
}
const waitForNoHelp = (shown: Page): Promise<void> => until(async () => expect(await helpOf(shown)).toBeNull());

/** Opens the help as somebody does who has turned the keys off. */
async function openHelp(shown: Page): Promise<void> {
  await press(shown, say('reading_settings'));
  await press(shown, say('keys'));
  await until(async () => expect(await helpOf(shown)).not.toBeNull());
}

/** Types a key into the box of what it is for. */
async function typeKey(shown: Page, words: string, key: string): Promise<void> {
  await (await find(shown, words)).click();
  await shown.keyboard.type(key);
}

const row = (name: Parameters<typeof say>[0], key: string): string => `${say(name)}: ${key}`;
const focusedName = (shown: Page): Promise<string | undefined> =>
  shown.evaluate(() => {
    const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
    return root.activeElement?.querySelector('.settings-label')?.textContent;
  });

const ARTICLE_KEYS = [
  row('key_archive', 'e'),
  row('key_favourite', 'f'),
  row('key_remove', '#'),
  row('key_highlight', 'h'),
  row('key_undo', 'z'),
  row('key_help', '?'),
];

describe.each(BROWSERS)('single keys in %s', (browser) => {
  const at = setUp(browser);

  test('are shown in the list and changed there; the next window and the article have the new ones', async () => {
    await saveByPopup(at, PAGES.cn.address);
    const library = await at.session.openExtensionPage('library.html');
    await waitForTitles(library, TITLES.cn);
    await library.keyboard.type('?');
    await waitForHelp(
      library,
      ...[row('key_next', 'j'), row('key_previous', 'k'), row('key_open', 'o'), ...ARTICLE_KEYS.slice(0, 3)],
      ...[row('key_select', 'x'), row('key_range', 'X'), row('key_undo', 'z'), row('key_search', '/')],
      row('key_help', '?'),
    );
    await typeKey(library, say('key_archive'), 'f');
    await waitForText(library, say('key_taken', 'f', say('key_favourite')));
    await typeKey(library, say('key_archive'), 'v');
    await waitForText(library, say('key_now', say('key_archive'), 'v'));
    await library.keyboard.press('Escape');
    await waitForNoHelp(library);

    await library.keyboard.type('z');
    await waitForText(library, say('undo_nothing'));
    await library.keyboard.type('j');
    await library.keyboard.type('e');
    await library.keyboard.type('v');
    await waitForText(library, say('archived', TITLES.cn));

    const article = await at.session.openExtensionPage(`library.html#${encodeURIComponent(PAGES.cn.address)}`);
    await readArticle(article);
    await article.keyboard.type('?');
    await waitForHelp(
      article,
      ...[row('key_next', 'j'), row('key_previous', 'k'), row('key_back', 'u')],
      ...[row('key_archive', 'v'), ...ARTICLE_KEYS.slice(1)],
    );
    await press(article, say('close'));
    await article.keyboard.type('v');
    await waitForText(article, say('unarchived', TITLES.cn));
    // In a note it is a letter.
    await article.click('.library-marks textarea');
    await article.keyboard.type('v');
    expect(await article.$eval('.library-marks textarea', (note) => (note as HTMLTextAreaElement).value)).toBe('v');
    await waitForText(article, say('unarchived', TITLES.cn));
  });

  test('are turned off for every window, and on again by a button, which gets the focus back', async () => {
    await saveByPopup(at, PAGES.cn.address);
    const library = await at.session.openExtensionPage('library.html');
    await waitForTitles(library, TITLES.cn);
    await openHelp(library);
    await press(library, say('keys_on'));
    await library.keyboard.press('Escape');
    await waitForNoHelp(library);
    expect(await focusedName(library)).toBe(say('reading_settings'));

    const tab = await at.session.openPage(PAGES.cn.address);
    await press(await at.session.openPopup(tab), say('read_here'));
    await readArticle(tab);
    await tab.keyboard.type('?');
    expect(await helpOf(tab)).toBeNull();
    // A photo as large as the window has keys of its own.
    await (await tab.waitForSelector('liseuse-reader >>> .photo-button'))?.click();
    const large = await tab.waitForSelector('liseuse-reader >>> .photo-zoom img');
    const zoomed = (): Promise<string | undefined> | undefined =>
      large?.evaluate((photo) => (photo as HTMLElement).style.transform);
    await tab.keyboard.type('+');
    expect(await zoomed()).toBe('');
    await tab.keyboard.press('Escape');
    await openHelp(tab);
    await press(tab, say('keys_on'));
    await tab.keyboard.press('Escape');
    await waitForNoHelp(tab);
    expect(await focusedName(tab)).toBe(say('reading_settings'));
    await tab.keyboard.type('?');
    await waitForHelp(tab, row('key_highlight', 'h'), row('key_help', '?'));
  });

  test('in the overlay are no business of the page, and Escape closes the help before the overlay', async () => {
    const tab = await at.session.openPage(PAGES.cn.address);
    await tab.evaluate(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      document.addEventListener('keydown', ({ key }) => heard.push(key));
    });
    await press(await at.session.openPopup(tab), say('read_here'));
    await readArticle(tab);
    await tab.keyboard.type('?');
    await waitForHelp(tab, row('key_highlight', 'h'), row('key_help', '?'));
    await typeKey(tab, say('key_highlight'), 'y');
    await waitForText(tab, say('key_now', say('key_highlight'), 'y'));
    await tab.keyboard.press('Escape');
    await waitForNoHelp(tab);
    expect(await tab.$('liseuse-reader')).not.toBeNull();
    // A press beside everything leaves the keys where they are.
    await tab.mouse.click(600, 25);
    await tab.keyboard.type('?');
    await waitForHelp(tab, row('key_highlight', 'y'), row('key_help', '?'));
    await tab.keyboard.press('Escape');
    await tab.keyboard.press('Escape');
    await until(async () => expect(await tab.$('liseuse-reader')).toBeNull());
    expect(await tab.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)).toEqual([]);
  });
});
