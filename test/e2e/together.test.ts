/** Two libraries, the popup and the overlay at work on the same list: all show the same in the end, and nothing is lost. */
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { findFlaws } from '../fixtures/find-flaws.ts';
import {
  ARCHIVE,
  BROWSERS,
  chooseFiles,
  find,
  listRows,
  PAGES,
  press,
  readArticle,
  readStore,
  saveByPopup,
  say,
  setUp,
  TITLES,
  until,
  waitForText,
  waitForTitles,
} from './support.ts';

/** The tags under the article that is shown. */
const tagsOf = (library: Page): Promise<string[]> =>
  library.evaluate(() =>
    [...document.querySelectorAll('.library-tags button[aria-label]')].map((tag) =>
      (tag.textContent ?? '').replace('✕', '').trim(),
    ),
  );

/** Does not need the window to be in front, as typing does: two can do it at once. */
const addTag = (library: Page, tag: string): Promise<void> =>
  library.evaluate((tag) => {
    const box = document.querySelector<HTMLInputElement>('.library-tags input');
    if (box) box.value = tag;
    box?.form?.requestSubmit();
  }, tag);

/** The same for a press. */
const click = (shown: Page, selector: string): Promise<void> =>
  shown.evaluate((selector) => {
    const button = document.querySelector<HTMLElement>(selector);
    if (!button) throw new Error(`There is no ${selector}.`);
    button.click();
  }, selector);

const noteOf = (library: Page): Promise<string | undefined> =>
  library.evaluate(() => document.querySelector('textarea')?.value);

describe.each(BROWSERS)('windows side by side in %s', (browser) => {
  const at = setUp(browser);
  /** Another address of the same page, for a browser that finds windows by their addresses. */
  const openBeside = (number: number, fragment = ''): Promise<Page> =>
    at.session.openExtensionPage(`library.html?window=${number}${fragment}`);

  test('tag, note, favour and take back the same article, and lose nothing of each other', async () => {
    await (await saveByPopup(at, PAGES.fr.address)).close();
    const fragment = `#${encodeURIComponent(PAGES.fr.address)}`;
    const [left, right] = [await openBeside(1, fragment), await openBeside(2, fragment)];
    for (const library of [left, right]) await readArticle(library);

    await Promise.all([addTag(left, 'mer'), addTag(right, 'nuit')]);
    for (const library of [left, right]) {
      await library.bringToFront();
      await until(async () => expect((await tagsOf(library)).toSorted()).toEqual(['mer', 'nuit']));
    }
    await right.bringToFront();
    await press(right, say('favourite'));
    await right.type('textarea', 'À relire');
    await waitForText(right, say('noted', TITLES.fr));
    await left.bringToFront();
    await until(async () => expect(await noteOf(left)).toBe('À relire'));
    // The last deed of the left window is its tag; what was done since stays.
    await press(left, say('undo'));
    for (const library of [left, right]) {
      await library.bringToFront();
      await until(async () => expect(await tagsOf(library)).toEqual(['nuit']));
      const favourite = await find(library, say('favourite'));
      expect(await favourite.evaluate((button) => button.getAttribute('aria-pressed'))).toBe('true');
      expect(await noteOf(library)).toBe('À relire');
    }
    expect(await at.session.inBackground(findFlaws)).toEqual([]);
  });

  test('save, import, bin and empty the bin at once, and show the same list', async () => {
    await (await saveByPopup(at, PAGES.fr.address)).close();
    const [left, right] = [await openBeside(1), await openBeside(2)];
    for (const library of [left, right]) {
      await library.bringToFront();
      await waitForTitles(library, TITLES.fr);
    }
    const overlaid = await at.session.openPage(PAGES.cn.address);
    await press(await at.session.openPopup(overlaid), say('read_here'));
    await find(overlaid, say('save'));
    await overlaid.bringToFront();
    await Promise.all([
      press(overlaid, say('save')),
      chooseFiles(left, [{ name: 'archive.md', bytes: ARCHIVE.text }]),
      click(right, `button[aria-label="${say('remove_article', TITLES.fr)}"]`),
    ]);
    await find(overlaid, say('saved'));
    await left.bringToFront();
    await find(left, say('favourite_article', TITLES.archive));

    await right.bringToFront();
    await press(right, say('view_bin'));
    await waitForTitles(right, TITLES.fr);
    await press(right, say('empty_bin'));
    await waitForText(right, say('empty_bin_sure', 1));
    const popup = await at.session.openPopup(await at.session.openPage(PAGES.fa.address));
    await find(popup, say('save'));
    await Promise.all([
      click(popup, '.save button'),
      click(right, '.library-bin [role=alertdialog] button'),
      click(left, `button[aria-label="${say('favourite_article', TITLES.archive)}"]`),
    ]);
    await find(popup, say('saved'));
    await popup.close();
    await right.bringToFront();
    await press(right, say('view_all'));

    const saved = [TITLES.archive, TITLES.cn, TITLES.fa].toSorted();
    for (const library of [left, right]) {
      await library.bringToFront();
      await until(async () => expect((await listRows(library)).map(({ title }) => title).toSorted()).toEqual(saved));
    }
    expect(await listRows(left)).toEqual(await listRows(right));
    await press(right, say('view_favourite'));
    await waitForTitles(right, TITLES.archive);
    await until(async () => {
      const kept = await readStore(at.session);
      expect(kept).toHaveLength(3);
      expect(kept.flatMap(({ photos }) => photos)).not.toContain(null);
    });
    expect(await at.session.inBackground(findFlaws)).toEqual([]);
  });
});
