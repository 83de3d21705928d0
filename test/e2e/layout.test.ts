/** Who needs large letters or has a small window: at 320 pixels nothing scrolls sideways, and no button is cut (WCAG 1.4.10). */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openOverlay } from './in-overlay.ts';
import {
  BROWSERS,
  chooseFiles,
  find,
  PAGES,
  page,
  press,
  readArticle,
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

/** No letter is smaller, as a reader of Firefox chooses it, each for some scripts. */
const LARGE_LETTERS = Object.fromEntries(
  ['x-western', 'x-unicode', 'zh-CN', 'zh-TW', 'ja'].map((script) => [`font.minimum-size.${script}`, 24]),
);
const WINDOW = { width: 320, height: 640 };

/** What cannot be seen whole without moving sideways: a part of the surface that scrolls so, or a control whose words stick out. */
function misfits(shown: Page): Promise<string[]> {
  return shown.evaluate(() => {
    const overlay = document.querySelector('liseuse-reader')?.shadowRoot?.querySelector('dialog');
    const isForEyes = (element: Element | null): boolean =>
      !element || (getComputedStyle(element).clipPath === 'none' && isForEyes(element.parentElement));
    const seen = [...(overlay ?? document.body).querySelectorAll('*')].filter(
      (element) => element.checkVisibility({ opacityProperty: true }) && isForEyes(element),
    );
    const name = (element: Element): string =>
      `${element.tagName} ${element.className} “${element.textContent?.slice(0, 40)}”`;
    // A table may; the text in a box has its own ways.
    const mayScroll = 'table, pre, input, textarea, select, .photo-zoom-stage';
    const scrolling = seen.filter(
      (element) =>
        !element.matches(mayScroll) &&
        getComputedStyle(element).overflowX !== 'visible' &&
        element.scrollWidth > element.clientWidth + 1,
    );
    const isPageWide = !overlay && document.documentElement.scrollWidth > innerWidth;
    const words = document.createRange();
    const sticksOut = (control: Element): boolean => {
      const box = control.getBoundingClientRect();
      if (box.left < -1 || box.right > innerWidth + 1) return true;
      const texts = document.createTreeWalker(control, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        words.selectNodeContents(texts.currentNode);
        const isCut = ({ width, left, right }: DOMRect): boolean =>
          width > 0 && (left < box.left - 1 || right > box.right + 1);
        if (isForEyes(texts.currentNode.parentElement) && [...words.getClientRects()].some(isCut)) return true;
      }
      return false;
    };
    return [
      ...(isPageWide ? [`the page is ${document.documentElement.scrollWidth} wide`] : []),
      ...scrolling.map((element) => `scrolls sideways: ${name(element)}`),
      ...seen
        .filter((element) => element.matches('button, summary, a, label, .button') && sticksOut(element))
        .map((element) => `is cut: ${name(element)}`),
    ];
  });
}

/** Waits until all fits: rows are measured, and photos come, some frames after the window has changed. */
async function expectFit(shown: Page, state: string): Promise<void> {
  await until(async () => expect(await misfits(shown), state).toEqual([]));
}

async function makeSmall(shown: Page): Promise<void> {
  await shown.setViewport(WINDOW);
  await shown.evaluate(() => (document.documentElement.style.fontSize = '200%'));
}

/** Selects words of the article with the mouse, and opens the note on them. */
async function openNote(shown: Page): Promise<void> {
  const line = await shown.evaluate(() => {
    const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
    const lead = root.querySelector('.article-content p');
    lead?.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { left = 0, top = 0 } = lead?.getBoundingClientRect() ?? {};
    return { left, top };
  });
  await shown.mouse.move(line.left + 4, line.top + 12);
  await shown.mouse.down();
  await shown.mouse.move(line.left + 120, line.top + 14, { steps: 4 });
  await shown.mouse.up();
  await find(shown, say('highlight_add_note'));
  await expectFit(shown, 'the colours for what is selected');
  await press(shown, say('highlight_add_note'));
  await find(shown, say('highlight_remove'));
  await expectFit(shown, 'the note on a highlight');
  await shown.keyboard.press('Escape');
}

describe.each(BROWSERS)('a small window of %s with large letters', (browser) => {
  const at = setUp(browser, { preferences: LARGE_LETTERS });

  test('holds the list and an article of the library, with all that opens there', async () => {
    await (await saveByPopup(at, PAGES.fr.address)).close();
    const library = await at.session.openExtensionPage('library.html');
    await waitForTitles(library, TITLES.fr);
    await makeSmall(library);
    await expectFit(library, 'the list');
    for (const section of [say('filters'), say('backup'), say('snapshots'), say('storage_title')]) {
      if (section === say('backup')) await press(library, say('keeping'));
      await press(library, section);
      await expectFit(library, section);
      await press(library, section);
    }
    await press(library, say('reading_settings'));
    await expectFit(library, 'the settings');
    await press(library, say('keys'));
    await library.waitForSelector('.keys-help[open]');
    await expectFit(library, 'the keys');
    await library.keyboard.press('Escape');
    await chooseFiles(library, [{ name: `${'long'.repeat(20)}.md`, bytes: '' }]);
    await waitForText(library, say('import_result', 0, 0, 1));
    await expectFit(library, 'the report of an import');

    await library.focus('.saved-article a');
    await library.keyboard.type('x');
    await waitForText(library, say('selected', 1));
    await press(library, say('selection_more'));
    await press(library, say('export_selected'));
    await expectFit(library, 'a selection');
    await press(library, say('remove'));
    await waitForText(library, say('removed', TITLES.fr));
    await expectFit(library, 'what was done');
    await press(library, say('view_bin'));
    await press(library, say('empty_bin'));
    await expectFit(library, 'the question before the bin is emptied');
    await press(library, say('keep_bin'));
    await press(library, say('undo'));
    await waitForTitles(library);
    await press(library, say('view_all'));
    await waitForTitles(library, TITLES.fr);

    await library.click('.saved-article a');
    await readArticle(library);
    await openNote(library);
    await library.type('.library-tags input', 'long'.repeat(20));
    await library.keyboard.press('Enter');
    await waitForText(library, say('tagged', 'long'.repeat(20), TITLES.fr));
    await expectFit(library, 'an article with a highlight and a tag');
  });

  test('holds the overlay, with all that opens there', async () => {
    const headings = '<h2>Un</h2><p>Une lampe.</p><h2>Deux</h2><p>Deux lampes.</p>';
    const html = PAGES.cn.html.replace(/(<div class="t-content__body[^>]*>)/, `$1${headings}`);
    at.serve((url) => (url.href === PAGES.cn.address ? page(html) : undefined));
    const tab = await openOverlay(at, PAGES.cn.address);
    await makeSmall(tab);
    await expectFit(tab, 'the overlay');
    for (const sheet of [say('outline'), say('article_menu'), say('reading_settings')]) {
      await press(tab, sheet);
      await expectFit(tab, sheet);
    }
    await press(tab, say('keys'));
    await waitForText(tab, say('key_zoom'));
    await expectFit(tab, 'the keys');
    await tab.keyboard.press('Escape');
    await seePhotos(tab);
    await (await tab.$('liseuse-reader >>> .photo-button'))?.click();
    await find(tab, say('zoom_in'));
    await expectFit(tab, 'a large photo');
    await tab.keyboard.press('Escape');
    await openNote(tab);
  });

  test('leaves the popup its own size, in which all is seen', async () => {
    const popup = await at.session.openPopup(await saveByPopup(at, PAGES.fr.address));
    await readArticle(popup);
    await waitForTitles(popup, TITLES.fr);
    await expectFit(popup, 'the popup');
  });
});

describe.each(BROWSERS)('a small window of %s', (browser) => {
  const at = setUp(browser);

  test('has one row of buttons over a saved article, and those of a large photo in sight', async () => {
    await (await saveByPopup(at, PAGES.fr.address)).close();
    const tab = await openOverlay(at, PAGES.fr.address);
    await tab.setViewport({ width: 360, height: 260 });
    await find(tab, say('saved'));
    const topOf = async (name: string): Promise<number | undefined> => (await (await find(tab, name)).boundingBox())?.y;
    await until(async () => expect(await topOf(say('close'))).toBe(await topOf(say('saved'))));
    await seePhotos(tab);
    await (await tab.$('liseuse-reader >>> .photo-button'))?.click();
    const { y = 260, height = 0 } = (await (await find(tab, say('zoom_in'))).boundingBox()) ?? {};
    expect(y + height).toBeLessThanOrEqual(260);
    await expectFit(tab, 'a large photo');
  });
});

// Firefox enlarges the popup with its words.
test('a chromium that draws every page twice as large has a popup of one column', async () => {
  const userDataDir = await mkdtemp(join(tmpdir(), 'liseuse-zoom-'));
  onTestFinished(() => rm(userDataDir, { recursive: true, force: true, maxRetries: 5 }));
  await mkdir(join(userDataDir, 'Default'));
  // As a power of 1.2.
  const preferences = { partition: { default_zoom_level: { x: Math.log(2) / Math.log(1.2) } } };
  await writeFile(join(userDataDir, 'Default/Preferences'), JSON.stringify(preferences));
  const { session, site } = await startReader('chromium', undefined, { userDataDir });
  onTestFinished(async () => {
    await session.close();
    await site.close();
  });
  const popup = await session.openPopup(await session.openPage(PAGES.fr.address));
  await readArticle(popup);
  // The zoom is known a moment after the article.
  await until(() => expectFit(popup, 'the popup'));
  await waitForText(popup, say('nothing_saved'));
});
