/** Who reads with a screen reader or without a mouse: every surface is checked by axe, and walked through with the Tab key. */
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { bringAxe, expectAccess, violations, type WithAxe } from './axe.ts';
import {
  ARCHIVE,
  BROWSERS,
  catchDownloads,
  chooseFiles,
  find,
  HOME,
  PAGES,
  page,
  press,
  readArticle,
  saveByPopup,
  say,
  seePhotos,
  setUp,
  TITLES,
  until,
  waitForText,
  waitForTitles,
} from './support.ts';

/** What the background has. */
declare const chrome: {
  tabs: { query(what: object): Promise<{ id: number; url?: string }[]> };
  scripting: { executeScript(what: object): Promise<unknown> };
};

const BACKUP_BOX = '.library-sections input[type=file]';

interface Stop {
  /** What is read out. */
  name: string;
  hasRing: boolean;
  isInView: boolean;
}

/** What can be reached by Tab. */
const USABLE = 'a[href], button, input, summary, [tabindex="0"]';

/** Where the focus is, null where it has left the surface. */
function stopAt(shown: Page): Promise<(Stop & { place: number }) | null> {
  return shown.evaluate((usable) => {
    const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
    const focused = root.activeElement;
    const place = focused ? [...root.querySelectorAll(usable)].indexOf(focused) : -1;
    if (!focused || place < 0) return null;
    const { axe } = globalThis as WithAxe;
    axe.setup(document);
    // An element without a role has no name, whatever text is in it.
    const name = focused.matches('div:not([role])') ? '' : axe.commons.text.accessibleText(focused as HTMLElement);
    axe.teardown();
    // A choice draws its ring around the word that stands for it.
    const drawn = (getComputedStyle(focused).opacity === '0' && focused.nextElementSibling) || focused;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(drawn);
    const { top, bottom, width } = drawn.getBoundingClientRect();
    return {
      ...{ place, name },
      hasRing:
        outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 && !/, 0\)|transparent/.test(outlineColor),
      isInView: width > 0 && bottom > 0 && top < innerHeight,
    };
  }, USABLE);
}

/** What can be used but was not reached. The arrow keys, not Tab, lead from one radio button to the next. */
function missedBy(shown: Page, reached: number[]): Promise<string[]> {
  return shown.evaluate(
    (usable, reached) => {
      const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
      return [...root.querySelectorAll<HTMLElement>(usable)]
        .filter((element, place) => element.checkVisibility() && !reached.includes(place))
        .filter((element) => !(element instanceof HTMLInputElement && element.type === 'radio' && !element.checked))
        .map(({ outerHTML }) => outerHTML);
    },
    USABLE,
    reached,
  );
}

/** Goes to the first thing that can be used, and from there on by Tab until it leads out or round. */
async function walk(shown: Page): Promise<{ stops: Stop[]; missed: string[] }> {
  await bringAxe(shown);
  await shown.evaluate((usable) => {
    const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
    [...root.querySelectorAll<HTMLElement>(usable)].filter((element) => element.checkVisibility())[1]?.focus();
  }, USABLE);
  await shown.keyboard.down('Shift');
  await shown.keyboard.press('Tab');
  await shown.keyboard.up('Shift');
  const stops = new Map<number, Stop>();
  for (let stop = await stopAt(shown); stop && !stops.has(stop.place); stop = await stopAt(shown)) {
    const { place, ...rest } = stop;
    stops.set(place, rest);
    await shown.keyboard.press('Tab');
  }
  return { stops: [...stops.values()], missed: await missedBy(shown, [...stops.keys()]) };
}

async function expectEasyWalk(shown: Page, ...names: string[]): Promise<void> {
  const { stops, missed } = await walk(shown);
  expect(missed).toEqual([]);
  expect(stops.filter(({ name, hasRing, isInView }) => !name.trim() || !hasRing || !isInView)).toEqual([]);
  expect(stops.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
}

describe.each(BROWSERS)('access in %s', (browser) => {
  const at = setUp(browser);
  const openPopup = async (address: string): Promise<Page> => at.session.openPopup(await at.session.openPage(address));
  const openLibrary = (): Promise<Page> => at.session.openExtensionPage('library.html');

  test('axe finds nothing wrong with highlights, and the keyboard makes and opens one', async () => {
    await saveByPopup(at, PAGES.cn.address);
    const library = await at.session.openExtensionPage(`library.html#${encodeURIComponent(PAGES.cn.address)}`);
    await readArticle(library);
    const words = await library.evaluate(() => {
      const words = document.querySelector('.article-content p')?.firstChild as Text;
      getSelection()?.setBaseAndExtent(words, 0, words, 4);
      return words.data.slice(0, 4);
    });
    await library.waitForSelector('.highlight-bar');
    expect(await violations(library)).toEqual([]);
    await library.keyboard.press('h');
    await (await find(library, words)).focus();
    await library.keyboard.press('Enter');
    await library.waitForSelector('.highlight-panel :focus');
    await expectAccess(library, 'a highlight that is open');
    await library.keyboard.press('Escape');
    expect(await library.evaluate(() => document.activeElement?.textContent)).toBe(words);
  });

  test('axe finds nothing wrong with the list, an article, the popup and the overlay, which all have the colours that were chosen', async () => {
    const tab = await saveByPopup(at, PAGES.cn.address);
    const library = await openLibrary();
    await press(library, say('reading_settings'));
    await press(library, say('theme_sepia'));
    const expectChosen = async (shown: Page, state: string): Promise<void> => {
      const theme = (): Promise<string | undefined> =>
        shown.evaluate(() => {
          const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
          return root.querySelector<HTMLElement>('.surface')?.dataset['theme'];
        });
      await until(async () => expect(await theme()).toBe('sepia'));
      await expectAccess(shown, state, ['sepia', 'light', 'dark']);
    };
    await chooseFiles(library, [
      { name: 'good.md', bytes: ARCHIVE.text },
      { name: 'empty.md', bytes: '' },
    ]);
    await waitForText(library, say('import_result', 1, 0, 1));
    await waitForTitles(library, TITLES.cn, TITLES.archive);
    await press(library, say('remove_article', TITLES.archive));
    await waitForText(library, say('undo'));
    await expectChosen(library, 'the list');

    const article = await at.session.openExtensionPage(`library.html#${encodeURIComponent(PAGES.cn.address)}`);
    await seePhotos(article);
    await expectChosen(article, 'a saved article');

    const popup = await at.session.openPopup(tab);
    await readArticle(popup);
    await waitForText(popup, say('photos_kept', 2, 2));
    await expectChosen(popup, 'the popup');

    await press(popup, say('read_here'));
    await readArticle(tab);
    await expectChosen(tab, 'the overlay');
  });

  test('axe finds nothing wrong where there is nothing to read', async () => {
    const library = await openLibrary();
    await waitForText(library, say('nothing_saved'));
    await expectAccess(library, 'an empty list');
    await library.evaluate(() => (location.hash = '#https%3A%2F%2Fwww.rfi.fr%2Ffr%2Fnothing'));
    await waitForText(library, say('not_kept'));
    await expectAccess(library, 'an article that is not there');

    const tab = await at.session.openPage(HOME.address);
    const popup = await at.session.openPopup(tab);
    await waitForText(popup, say('reason_noArticle'));
    await waitForText(popup, say('nothing_saved'));
    await expectAccess(popup, 'the popup on a page without an article');
  });

  test('axe finds nothing wrong with any state of the library', async () => {
    await (await saveByPopup(at, PAGES.fr.address)).close();
    await (await saveByPopup(at, PAGES.cn.address)).close();
    const library = await openLibrary();
    await waitForTitles(library, TITLES.cn, TITLES.fr);
    await press(library, say('reading_settings'));
    await expectAccess(library, 'the settings');
    await press(library, say('keys'));
    await library.waitForSelector('.keys-help[open]');
    await (await find(library, say('key_archive'))).click();
    await library.keyboard.type('fw');
    await waitForText(library, say('key_now', say('key_archive'), 'w'));
    await expectAccess(library, 'the keys, one of them changed');
    await press(library, say('keys_on'));
    await expectAccess(library, 'the keys, turned off');
    await press(library, say('keys_on'));
    await library.keyboard.press('Escape');

    for (const section of [say('filters'), say('backup'), say('snapshots'), say('storage_title')]) {
      await press(library, section);
      await expectAccess(library, section);
      await press(library, section);
    }

    await library.keyboard.type('jx');
    await waitForText(library, say('selected', 1));
    await expectAccess(library, 'a selection');
    await library.keyboard.type('#');
    await waitForText(library, say('removed', TITLES.cn));
    await press(library, say('view_bin'));
    await waitForTitles(library, TITLES.cn);
    await press(library, say('empty_bin'));
    await expectAccess(library, 'the question before the bin is emptied');
    await (await library.$('.library-bin [role=alertdialog] button'))?.click();
    await waitForTitles(library);
    await press(library, say('snapshots'));
    await press(library, say('bring_back'));
    await expectAccess(library, 'the question before a snapshot is brought back');
    await press(library, say('cancel'));

    const download = await catchDownloads(library);
    await press(library, say('backup'));
    await press(library, say('backup_save'));
    await waitForText(library, say('backup_saved', 1, 1));
    const backup = await download();
    await chooseFiles(library, [{ name: 'backup.zip', bytes: backup }], BACKUP_BOX);
    await waitForText(library, say('backup_explained'));
    await expectAccess(library, 'the question before a backup is merged');
    await press(library, say('backup_replace'));
    await expectAccess(library, 'the question before a backup takes the place of the library');
    await chooseFiles(library, [{ name: 'backup.zip', bytes: backup.subarray(0, 99) }], BACKUP_BOX);
    await waitForText(library, say('backup_truncated'));
    await expectAccess(library, 'a backup that is refused');
  });

  test('axe finds nothing wrong with an article from right to left', async () => {
    const popup = await openPopup(PAGES.fa.address);
    await readArticle(popup);
    expect(await violations(popup)).toEqual([]);
  });

  test('axe finds nothing wrong with the outline, the menu and a large photo', async () => {
    const headings = '<h2>Un</h2><p>Une lampe.</p><h2>Deux</h2><p>Deux lampes.</p>';
    const html = PAGES.fr.html.replace(/(<div class="t-content__body[^>]*>)/, `$1${headings}`);
    at.serve((url) => (url.href === PAGES.fr.address ? page(html) : undefined));
    const tab = await at.session.openPage(PAGES.fr.address);
    await press(await at.session.openPopup(tab), say('read_here'));
    await seePhotos(tab);
    await expectAccess(tab, 'the overlay');
    await press(tab, say('outline'));
    await find(tab, 'Deux');
    await expectAccess(tab, 'the outline');
    await press(tab, say('article_menu'));
    await press(tab, say('copy_link'));
    await waitForText(tab, say('copied'));
    await expectAccess(tab, 'the menu');
    await tab.keyboard.press('Escape');
    await (await tab.$('liseuse-reader >>> .photo-button'))?.click();
    await waitForText(tab, 'La salle de lecture de Gounghin');
    await expectAccess(tab, 'a large photo');
    await tab.keyboard.press('Escape');
    await press(tab, say('reading_settings'));
    await expectAccess(tab, 'the settings of the overlay');
    await press(tab, say('keys'));
    await waitForText(tab, say('key_zoom'));
    await expectAccess(tab, 'the keys of the overlay');
  });

  test('axe finds nothing wrong with an overlay that has no article', async () => {
    const tab = await at.session.openPage(HOME.address);
    // As the browser's key for the overlay does it.
    await at.session.inBackground(async (shown) => {
      const target = (await chrome.tabs.query({})).find(({ url }) => url === shown);
      await chrome.scripting.executeScript({ target: { tabId: target?.id }, files: ['/extract.js', '/reader.js'] });
      const func = (): unknown => (globalThis as unknown as { liseuse: { show(): unknown } }).liseuse.show();
      await chrome.scripting.executeScript({ target: { tabId: target?.id }, func });
    }, HOME.address);
    await waitForText(tab, say('reason_noArticle'));
    await expectAccess(tab, 'the overlay on a page without an article');
  });

  test('the Tab key goes everywhere in the popup, and shows where it is', async () => {
    await saveByPopup(at, PAGES.fr.address);
    const popup = await openPopup(PAGES.cn.address);
    await readArticle(popup);
    await waitForTitles(popup, TITLES.fr);

    await expectEasyWalk(
      popup,
      ...[say('read_here'), say('save'), TITLES.cn, '铜质阅读灯', say('original')],
      ...[say('open_library'), say('filter_label'), expect.stringContaining(TITLES.fr)],
    );
  });

  test('the Tab key goes everywhere in the overlay, and shows where it is', async () => {
    const tab = await at.session.openPage(PAGES.cn.address);
    await press(await at.session.openPopup(tab), say('read_here'));
    await readArticle(tab);
    await press(tab, say('reading_settings'));
    await find(tab, say('theme_auto'));

    await expectEasyWalk(
      tab,
      ...[say('save'), say('reading_settings'), say('theme_auto'), say('font_song'), say('size_larger')],
      ...[say('open_library'), say('close'), '铜质阅读灯', say('original')],
    );
  });

  test('the Tab key goes everywhere in the library, and shows where it is', async () => {
    await saveByPopup(at, PAGES.fr.address);
    const library = await openLibrary();
    await waitForTitles(library, TITLES.fr);
    await expectEasyWalk(
      library,
      ...[say('reading_settings'), say('filter_label'), say('import_files')],
      ...[expect.stringContaining(TITLES.fr), say('remove_article', TITLES.fr)],
    );
  });
});
