/** Highlights: made by selecting in the library and in the overlay, there again when the article is opened later, and taken back. */
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import {
  BROWSERS,
  PAGES,
  press,
  readArticle,
  saveByPopup,
  say,
  setUp,
  until,
  waitForText,
  type Setting,
} from './support.ts';

/** Selects words of the article that is shown, with the mouse. */
async function select(shown: Page, words: string): Promise<void> {
  const line = await until(async () => {
    const found = await shown.evaluate((words) => {
      const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
      const content = root.querySelector('.article-content');
      if (!content) return null;
      const texts = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const node = texts.currentNode as Text;
        const at = node.data.indexOf(words);
        if (at === -1) continue;
        node.parentElement?.scrollIntoView({ block: 'center', behavior: 'instant' });
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
        const rects = [...range.getClientRects()];
        const [first, last] = [rects[0], rects.at(-1)];
        return (
          first &&
          last && {
            x: first.left,
            y: first.top + first.height / 2,
            right: last.right,
            bottom: last.bottom - last.height / 2,
          }
        );
      }
      return null;
    }, words);
    if (!found) throw new Error(`“${words}” is not shown.`);
    return found;
  });
  await shown.mouse.move(line.x + 1, line.y);
  await shown.mouse.down();
  await shown.mouse.move((line.x + line.right) / 2, line.y, { steps: 4 });
  await shown.mouse.move(line.right - 1, line.bottom, { steps: 4 });
  await shown.mouse.up();
}

/** The words that are coloured in the article that is shown, by the colour. */
const colouredIn = (shown: Page): Promise<Record<string, string[]>> =>
  shown.evaluate(() =>
    Object.fromEntries(
      [...CSS.highlights].flatMap(([name, ranges]) =>
        name.startsWith('liseuse-') ? [[name.replace('liseuse-', ''), [...ranges].map((range) => String(range))]] : [],
      ),
    ),
  );

const waitForColours = (shown: Page, coloured: Record<string, string[]>): Promise<void> =>
  until(async () => expect(await colouredIn(shown)).toEqual(coloured));

/** Presses the words with the mouse. */
async function pressWords(shown: Page, colour: string): Promise<void> {
  const at = await shown.evaluate((name) => {
    const [range] = CSS.highlights.get(name) ?? [];
    range?.startContainer.parentElement?.scrollIntoView({ block: 'center', behavior: 'instant' });
    const [rect] = (range as Range | undefined)?.getClientRects() ?? [];
    return rect && { x: rect.left + rect.width / 2, y: rect.top + rect.height / 2 };
  }, `liseuse-${colour}`);
  if (!at) throw new Error(`Nothing is ${colour}.`);
  await shown.mouse.click(at.x, at.y);
}

async function readHere(at: Setting, tab: Page): Promise<void> {
  const popup = await at.session.openPopup(tab);
  await press(popup, say('read_here'));
  await until(() => expect(popup.isClosed()).toBe(true));
  await readArticle(tab);
}

describe.each(BROWSERS)('highlights in %s', (browser) => {
  const at = setUp(browser);
  const library = (): Promise<Page> =>
    at.session.openExtensionPage(`library.html#${encodeURIComponent(PAGES.cn.address)}`);

  test('are made, kept, written about, removed and taken back in the library', async () => {
    await saveByPopup(at, PAGES.cn.address);
    let shown = await library();
    await select(shown, '把营业时间延长到晚上十点');
    await press(shown, say('highlight_green'));
    await waitForColours(shown, { green: ['把营业时间延长到晚上十点'] });
    await waitForText(shown, say('highlight_kept', '把营业时间延长到晚上十点'));
    await shown.close();

    shown = await library();
    await waitForColours(shown, { green: ['把营业时间延长到晚上十点'] });
    await shown.evaluate(() => document.querySelector('.highlight-list')?.scrollIntoView());
    await press(shown, '把营业时间延长到晚上十点');
    await shown.waitForSelector('.highlight-panel');
    await shown.click('.highlight-panel textarea');
    await shown.keyboard.type('à relire demain');
    await shown.keyboard.press('Escape');
    await waitForText(shown, say('highlight_changed', '把营业时间延长到晚上十点'));
    expect(await shown.$eval('.highlight-list', (list) => list.textContent)).toContain('à relire demain');

    await pressWords(shown, 'green');
    await press(shown, say('highlight_blue'));
    await waitForColours(shown, { blue: ['把营业时间延长到晚上十点'] });
    await press(shown, say('highlight_remove'));
    await waitForColours(shown, {});
    await press(shown, say('undo'));
    await waitForColours(shown, { blue: ['把营业时间延长到晚上十点'] });

    await select(shown, '塞纳河');
    await shown.keyboard.press('h');
    await waitForColours(shown, { yellow: ['塞纳河'], blue: ['把营业时间延长到晚上十点'] });
    await shown.keyboard.press('z');
    await waitForColours(shown, { blue: ['把营业时间延长到晚上十点'] });

    await press(shown, say('back_to_list'));
    await shown.type('input[type=search]', 'has:highlight relire');
    await until(async () => expect(await shown.$$('.saved-article')).toHaveLength(1));
  });

  test('have their note beside them and in sight, also in a window that becomes smaller', async () => {
    await saveByPopup(at, PAGES.cn.address);
    const shown = await library();
    await select(shown, '把营业时间延长到晚上十点');
    await press(shown, say('highlight_green'));
    await shown.evaluate(() => document.querySelector('.highlight-list')?.scrollIntoView());
    await press(shown, '把营业时间延长到晚上十点');
    await shown.waitForSelector('.highlight-panel');
    await shown.click('.highlight-panel textarea');
    await shown.keyboard.type('à relire');
    await shown.setViewport({ width: 340, height: 420 });
    await until(async () => {
      const { isBeside, isSeen } = await shown.$eval('.highlight-panel', (panel) => {
        const { left, top, right, bottom } = panel.getBoundingClientRect();
        const [words] = CSS.highlights.get('liseuse-green') ?? [];
        const below = (words as Range | undefined)?.getBoundingClientRect().bottom ?? 0;
        return {
          isBeside: top >= below && top < below + 20,
          isSeen: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight,
        };
      });
      expect(isBeside).toBe(true);
      expect(isSeen).toBe(true);
    });
    await shown.keyboard.press('Escape');
    await waitForText(shown, say('highlight_changed', '把营业时间延长到晚上十点'));
  });

  test('a word of two presses can be translated where the browser can do that, and not where it cannot', async () => {
    const tab = await at.session.openPage(PAGES.fr.address);
    await readHere(at, tab);
    const [, paragraph] = await tab.$$('liseuse-reader >>> .article-content > p');
    // On its first word: in its middle, some fonts have a space.
    // The window of the popup may still be going, and take the first ones.
    await until(async () => {
      await paragraph?.click({ count: 2, offset: { x: 12, y: 12 } });
      expect(await tab.$('liseuse-reader >>> .highlight-bar')).not.toBeNull();
    });
    const bar = await tab.$('liseuse-reader >>> .highlight-bar');
    const names = (): Promise<string[]> =>
      tab.evaluate((bar) => [...(bar?.querySelectorAll('button') ?? [])].map((each) => each.innerText.trim()), bar);
    if (await tab.evaluate(() => !('Translator' in globalThis))) {
      expect((await names()).filter(Boolean)).toEqual([say('highlight_add_note')]);
      return;
    }
    await until(async () => expect((await names()).at(-1)).toBe(say('translate')));
    // It would fetch the two languages, which it cannot here: it says that it is at it, and the selection stays.
    await press(tab, say('translate'));
    await waitForText(tab, say('translating'));
    expect(await tab.evaluate((bar) => bar?.isConnected, bar)).toBe(true);
  });

  test('are made on a page, save its article, and are there when the page is opened again', async () => {
    const tab = await at.session.openPage(PAGES.cn.address);
    await readHere(at, tab);
    await select(tab, '把营业时间延长到晚上十点');
    await press(tab, say('highlight_add_note'));
    await waitForText(tab, say('highlight_saved'));
    await tab.keyboard.type('pour Li');
    await tab.keyboard.press('Escape');
    await waitForColours(tab, { yellow: ['把营业时间延长到晚上十点'] });
    await waitForText(tab, 'pour Li');
    await tab.keyboard.press('Escape');
    await until(async () => expect(await tab.$('liseuse-reader')).toBeNull());
    await waitForColours(tab, {});

    const again = await at.session.openPage(PAGES.cn.address);
    await readHere(at, again);
    await waitForColours(again, { yellow: ['把营业时间延长到晚上十点'] });
    await waitForText(again, 'pour Li');
    await pressWords(again, 'yellow');
    await press(again, say('highlight_remove'));
    await waitForColours(again, {});
    await press(again, say('undo'));
    await waitForColours(again, { yellow: ['把营业时间延长到晚上十点'] });
    await select(again, '塞纳河');
    await again.keyboard.press('h');
    await until(async () => expect((await colouredIn(again))['yellow']).toHaveLength(2));

    const shown = await library();
    await until(async () => expect((await colouredIn(shown))['yellow']).toHaveLength(2));
    await waitForText(shown, 'pour Li');
  });
});
