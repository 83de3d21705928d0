/**
 * What a screen reader is given of every surface and state, kept in __snapshots__/ as docs/screen-reader.md walks through it. Chromium
 * only: Firefox makes the same names and roles of the same elements, but tells nobody its tree.
 */
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { spokenIn } from './spoken.ts';
import {
  ARCHIVE,
  catchDownloads,
  chooseFiles,
  find,
  HOME,
  PAGES,
  page,
  press,
  saveByPopup,
  say,
  seePhotos,
  setUp,
  TITLES,
  until,
  waitForText,
  waitForTitles,
} from './support.ts';

const OVERLAY = 'liseuse-reader >>> dialog.surface';

/** Waits until the focus of the overlay is here. A tab that a popup was over knows of no `:focus`. */
const waitForFocus = async (tab: Page, selector: string): Promise<void> =>
  until(async () => {
    const isThere = await tab.evaluate(
      (selector) => document.querySelector('liseuse-reader')?.shadowRoot?.activeElement?.matches(selector),
      selector,
    );
    expect(isThere, `the focus is on ${selector}`).toBe(true);
  });

/** Waits until a part of the overlay is gone. */
const waitForGone = async (tab: Page, selector: string): Promise<void> =>
  until(async () => expect(await tab.$(`liseuse-reader >>> ${selector}`)).toBeNull());

/** Compares with what was reviewed. What comes by itself, after the page or after a press, has to be waited for before. */
const expectSpoken = async (shown: Page, name: string, selector?: string): Promise<void> =>
  expect(await spokenIn(shown, selector)).toMatchFileSnapshot(`__snapshots__/${name}.txt`);

describe('a screen reader', () => {
  const at = setUp('chromium');
  const openLibrary = (path = ''): Promise<Page> => at.session.openExtensionPage(`library.html${path}`);

  test('in the popup', async () => {
    await (await saveByPopup(at, PAGES.fr.address)).close();
    const popup = await at.session.openPopup(await at.session.openPage(PAGES.cn.address));
    await seePhotos(popup);
    await waitForTitles(popup, TITLES.fr);
    await expectSpoken(popup, 'popup');

    const nothing = await at.session.openPopup(await at.session.openPage(HOME.address));
    await waitForText(nothing, say('reason_noArticle'));
    await waitForTitles(nothing, TITLES.fr);
    await expectSpoken(nothing, 'popup-nothing');
  });

  test('in the overlay', async () => {
    const headings = '<h2>Un</h2><p>Une lampe.</p><h2>Deux</h2><p>Deux lampes.</p><h2>Trois</h2><p>Trois.</p>';
    const html = PAGES.fr.html.replace(/(<div class="t-content__body[^>]*>)/, `$1${headings}`);
    at.serve((url) => (url.href === PAGES.fr.address ? page(html) : undefined));
    const tab = await at.session.openPage(PAGES.fr.address);
    await press(await at.session.openPopup(tab), say('read_here'));
    await seePhotos(tab);
    await find(tab, say('outline'));
    await waitForText(tab, say('minutes_left', 1));
    await waitForFocus(tab, '.reader-page');
    await expectSpoken(tab, 'overlay', OVERLAY);
    const expectSheet = async (name: string, inIt: string, file: string): Promise<void> => {
      await press(tab, name);
      await find(tab, inIt);
      await expectSpoken(tab, file, 'liseuse-reader >>> .settings[open]');
      await tab.keyboard.press('Escape');
      await waitForGone(tab, '.settings[open]');
    };
    await expectSheet(say('reading_settings'), say('keys'), 'overlay-settings');
    await expectSheet(say('outline'), 'Et demain ?', 'overlay-outline');
    await expectSheet(say('article_menu'), say('auto_open'), 'overlay-menu');
    await (await tab.waitForSelector('liseuse-reader >>> .photo-button'))?.click();
    await waitForFocus(tab, '.photo-zoom[open] button');
    await expectSpoken(tab, 'overlay-photo', 'liseuse-reader >>> .photo-zoom[open]');
    await tab.keyboard.press('Escape');
    await waitForGone(tab, '.photo-zoom');
    await tab.keyboard.type('?');
    await waitForFocus(tab, '.keys-help[open] *');
    await expectSpoken(tab, 'overlay-keys', 'liseuse-reader >>> .keys-help[open]');
  });

  test('in the library: nothing, and a file that is not kept', async () => {
    const library = await openLibrary();
    await waitForText(library, say('nothing_saved'));
    await expectSpoken(library, 'library-empty');
    await chooseFiles(library, [
      { name: 'good.md', bytes: ARCHIVE.text },
      { name: 'empty.md', bytes: '' },
    ]);
    await waitForText(library, say('import_result', 1, 0, 1));
    await expectSpoken(library, 'library-import', '.import-report');
  });

  test('in the library: the list, a selection, an article with its marks, a snapshot', async () => {
    for (const { address } of [PAGES.fr, PAGES.cn, PAGES.fa]) await (await saveByPopup(at, address)).close();
    const library = await openLibrary();
    await waitForTitles(library, TITLES.fa, TITLES.cn, TITLES.fr);
    await until(async () => expect(await library.$$('.thumbnail img')).toHaveLength(3));
    await waitForText(library, say('article_count', 3));
    await expectSpoken(library, 'library-list');
    await library.keyboard.type('jxjx');
    await waitForText(library, say('selected', 2));
    await expectSpoken(library, 'library-selection', '.library-selection');
    await library.keyboard.type('#');
    await waitForText(library, say('removed', say('articles', 2)));
    await expectSpoken(library, 'library-undo', '.library-undo');
    await press(library, say('view_bin'));
    await waitForTitles(library, TITLES.fa, TITLES.cn);
    await press(library, say('empty_bin'));
    await library.waitForSelector('.library-bin [role=alertdialog] :focus');
    await expectSpoken(library, 'library-bin', '.library-bin');
    await (await library.$$('.library-bin [role=alertdialog] button'))[0]?.click();
    await waitForTitles(library);
    await press(library, say('snapshots'));
    await press(library, say('bring_back'));
    await library.waitForSelector('.library-sections [role=alertdialog] :focus');
    await expectSpoken(library, 'library-snapshots', '.library-sections > [open]');
    await library.close();

    const article = await openLibrary(`#${encodeURIComponent(PAGES.fr.address)}`);
    await seePhotos(article);
    await article.evaluate(() => {
      const words = document.querySelector('.article-content p')?.firstChild as Text;
      getSelection()?.setBaseAndExtent(words, 0, words, 12);
    });
    await find(article, say('translate'));
    await expectSpoken(article, 'library-highlighting', '.highlight-bar');
    await article.keyboard.type('h');
    await article.waitForSelector('.highlight-list li');
    await article.type('.library-marks input', 'nuit');
    await article.keyboard.press('Enter');
    await find(article, say('remove_tag', 'nuit'));
    await waitForText(article, say('tagged', 'nuit', TITLES.fr));
    await waitForText(article, say('photos_kept', 1, 1));
    await expectSpoken(article, 'library-article');
    await article.click('.highlight-list button');
    await article.waitForSelector('.highlight-panel :focus');
    await expectSpoken(article, 'library-highlight', '.highlight-panel');
  });

  test('in the library: the question before a backup', async () => {
    await (await saveByPopup(at, PAGES.fr.address)).close();
    const library = await openLibrary();
    await waitForTitles(library, TITLES.fr);
    const download = await catchDownloads(library);
    await press(library, say('backup'));
    await press(library, say('backup_save'));
    await waitForText(library, say('backup_saved', 1, 1));
    await chooseFiles(
      library,
      [{ name: 'liseuse.zip', bytes: await download() }],
      '.library-sections input[type=file]',
    );
    await waitForText(library, say('backup_explained'));
    await expectSpoken(library, 'library-backup', '.library-sections > [open]');
  });

  test('in the library: an article that is not there', async () => {
    const library = await openLibrary('#https%3A%2F%2Fwww.rfi.fr%2Ffr%2Fnothing');
    await waitForText(library, say('not_kept'));
    await expectSpoken(library, 'library-error');
  });
});
