/** Simplified and Traditional: an article of RFI's Chinese editions in the other script, in the overlay and in the library. */
import { Converter } from 'opencc-js';
import type { Page } from 'puppeteer-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openOverlay } from './in-overlay.ts';
import {
  BROWSERS,
  find,
  PAGES,
  page,
  press,
  readArticle,
  readExpected,
  readStore,
  saveByPopup,
  say,
  setUp,
  textOf,
  TITLES,
  until,
  waitForText,
  type Setting,
} from './support.ts';

const TWIN = readExpected('article-cn').twin?.url ?? '';
/** As only RFI's editors write it. */
const EDITED = '塞納河畔的舊書攤：夜讀的燈又亮了';
const ADDED = '編者按：此文在繁體版多了這一段。';
const CONVERTED = '塞納河畔的舊書攤 重新點亮夜讀的燈';

/** The Traditional edition of the article, with a title and a first paragraph of its own. */
const twinHtml = Converter({ from: 'cn', to: 'tw' })(PAGES.cn.html)
  .replaceAll(PAGES.cn.address, '#simplified')
  .replaceAll(TWIN, PAGES.cn.address)
  .replaceAll('#simplified', TWIN)
  .replaceAll('zh-Hans', '#hant')
  .replaceAll('zh-Hant', 'zh-Hans')
  .replaceAll('#hant', 'zh-Hant')
  .replaceAll(CONVERTED, EDITED)
  .replace(/(<div class="t-content__body[^>]*>)/, `$1<p>${ADDED}</p>`);

const inTraditional = (origin: 'script_twin' | 'script_converted'): string => say(origin, 'Traditional Chinese');

async function openSmall(at: Setting, address: string): Promise<Page> {
  const tab = await openOverlay(at, address);
  await tab.setViewport({ width: 700, height: 420 });
  return tab;
}

async function openSaved(at: Setting): Promise<Page> {
  await (await saveByPopup(at, PAGES.cn.address)).close();
  const library = await at.session.openExtensionPage('library.html');
  await library.setViewport({ width: 700, height: 420 });
  await library.waitForSelector('.saved-article a');
  await library.$eval('.saved-article a', (link) => (link as HTMLElement).click());
  await readArticle(library);
  return library;
}

/** The blocks of the article, and where the lower edge of the bar is in them. */
const lookAtPlace = (shown: Page): Promise<{ top: string; below: number }> =>
  shown.evaluate(() => {
    const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
    const edge = root.querySelector('.reader-bar, .library-bar')?.getBoundingClientRect().bottom ?? 0;
    const blocks = [...root.querySelectorAll('.article-content > *')];
    const top = blocks.find((block) => block.getBoundingClientRect().bottom > edge + 1);
    return { top: top?.textContent ?? '', below: edge - (top?.getBoundingClientRect().top ?? 0) };
  });

/** Scrolls, as the photos come, until a paragraph begins above the bar. */
const scrollInto = (shown: Page, words: string): Promise<void> =>
  until(async () => {
    await shown.evaluate((words) => {
      const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
      const edge = root.querySelector('.reader-bar, .library-bar')?.getBoundingClientRect().bottom ?? 0;
      const blocks = [...root.querySelectorAll('.article-content > *')];
      const top = blocks.find((each) => each.textContent?.includes(words))?.getBoundingClientRect().top ?? 0;
      const scroller = root.querySelector('.reader-page') ?? document.documentElement;
      scroller.scrollBy({ top: top - edge + 10, behavior: 'instant' });
    }, words);
    const { top, below } = await lookAtPlace(shown);
    expect(top).toContain(words);
    expect(below).toBeCloseTo(10, -1);
  });

/** A paragraph in the middle, in both scripts. */
const MIDDLE = { Hans: '社会学者认为', Hant: '社會學者認為' };

describe.each(BROWSERS)('the other script in %s', (browser) => {
  const at = setUp(browser);
  const serveTwin = (html = twinHtml): void => at.serve((url) => (url.href === TWIN ? page(html) : undefined));

  test('in the overlay is RFI’s own edition, at the same paragraph, with the way back', async () => {
    serveTwin();
    const tab = await openSmall(at, PAGES.cn.address);
    await scrollInto(tab, MIDDLE.Hans);

    await press(tab, '繁體中文');

    await waitForText(tab, inTraditional('script_twin'));
    const twin = await readArticle(tab);
    expect(twin).toMatchObject({ lang: 'zh-Hant', title: EDITED });
    expect(twin.blocks).toContain(ADDED);
    await until(async () => expect((await lookAtPlace(tab)).top).toContain(MIDDLE.Hant));

    // What is kept is what the page says, whatever is shown.
    await press(tab, say('save'));
    await find(tab, say('saved'));
    expect((await readStore(at.session)).map(({ id }) => id)).toEqual([PAGES.cn.address]);
    await press(tab, '简体中文');
    await until(async () => expect(await readArticle(tab)).toMatchObject({ lang: 'zh-Hans', title: TITLES.cn }));
    await until(async () => expect((await lookAtPlace(tab)).top).toContain(MIDDLE.Hans));
    expect(await textOf(tab)).not.toContain(inTraditional('script_twin'));
  });

  test('brings a removed block of RFI’s edition back', async () => {
    serveTwin();
    const tab = await openSmall(at, PAGES.cn.address);
    await press(tab, '繁體中文');
    await waitForText(tab, inTraditional('script_twin'));
    await (await tab.waitForSelector('liseuse-reader >>> .receipt summary'))?.click();
    const buttons = await tab.$$('liseuse-reader >>> .receipt button');
    await buttons[1]?.click();
    await until(async () => expect((await readArticle(tab)).blocks.join('')).toContain('電郵新聞'));
    expect((await readArticle(tab)).title).toBe(EDITED);
  });

  test.each([
    ['does not come', (): void => at.serve((url) => (url.href === TWIN ? { status: 403, body: 'no' } : undefined))],
    ['is no article', (): void => serveTwin('<html lang="zh-Hant"><title>RFI</title><p>請先同意。</p></html>')],
    ['is in the same script after all', (): void => serveTwin(PAGES.cn.html)],
  ])('is converted where RFI’s edition %s', async (_, serve) => {
    serve();
    const tab = await openSmall(at, PAGES.cn.address);
    await press(tab, '繁體中文');
    await waitForText(tab, inTraditional('script_converted'));
    expect(await readArticle(tab)).toMatchObject({ lang: 'zh-Hant', title: CONVERTED, byline: '林小舟' });
    expect((await readArticle(tab)).blocks.join('')).toContain(MIDDLE.Hant);
    await press(tab, '简体中文');
    await until(async () => expect((await readArticle(tab)).title).toBe(TITLES.cn));
  });

  test('is converted with the network cut, on a page whose policy allows nothing, and never changes what is saved', async () => {
    const policy = "default-src 'none'; require-trusted-types-for 'script'";
    at.serve((url) =>
      url.href === PAGES.cn.address ? page(PAGES.cn.html, { 'content-security-policy': policy }) : undefined,
    );
    await (await saveByPopup(at, PAGES.cn.address)).close();
    const tab = await openSmall(at, PAGES.cn.address);
    await find(tab, say('saved'));
    const before = await readStore(at.session);
    await at.site.cut();
    await scrollInto(tab, MIDDLE.Hans);

    await press(tab, '繁體中文');

    await waitForText(tab, inTraditional('script_converted'));
    await until(async () => expect((await lookAtPlace(tab)).top).toContain(MIDDLE.Hant));
    await find(tab, say('saved'));
    expect(await readStore(at.session)).toEqual(before);
    await tab.keyboard.press('Escape');
    const library = await at.session.openExtensionPage('library.html');
    await waitForText(library, TITLES.cn);
  });

  test('is there although the reader refused rfi.fr as a whole', async () => {
    serveTwin();
    await at.session.setSiteAccess(false);
    onTestFinished(() => at.session.setSiteAccess(true));
    const tab = await openSmall(at, PAGES.cn.address);
    await press(tab, '繁體中文');
    // In Chromium a click gives the site of its page for a while; in Firefox that page only.
    const hasTwin = browser === 'chromium';
    await waitForText(tab, inTraditional(hasTwin ? 'script_twin' : 'script_converted'));
    expect((await readArticle(tab)).title).toBe(hasTwin ? EDITED : CONVERTED);
  });

  test('of a Traditional article is Simplified', async () => {
    serveTwin();
    at.serve((url) => (url.href === PAGES.cn.address ? { status: 500, body: '' } : undefined));
    const tab = await openSmall(at, TWIN);
    expect((await readArticle(tab)).title).toBe(EDITED);
    await press(tab, '简体中文');
    await waitForText(tab, say('script_converted', 'Simplified Chinese'));
    expect((await readArticle(tab)).title).toBe('塞纳河畔的旧书摊：夜读的灯又亮了');
  });

  test('is offered of Chinese articles only', async () => {
    const tab = await openSmall(at, PAGES.fr.address);
    expect(await tab.$('liseuse-reader >>> .script-switch')).toBeNull();
  });

  test('in the library is RFI’s own edition where it comes, at the same paragraph', async () => {
    serveTwin();
    const library = await openSaved(at);
    await scrollInto(library, MIDDLE.Hans);
    const before = at.site.requests.length;

    await press(library, '繁體中文');

    await waitForText(library, inTraditional('script_twin'));
    expect(await readArticle(library)).toMatchObject({ lang: 'zh-Hant', title: EDITED });
    await until(async () => expect((await lookAtPlace(library)).top).toContain(MIDDLE.Hant));
    expect(at.site.requests.slice(before)).toContain(TWIN);
  });

  test('in the library is converted with the network cut, and has the photos that are kept', async () => {
    const library = await openSaved(at);
    const before = await readStore(at.session);
    await at.site.cut();
    await scrollInto(library, MIDDLE.Hans);
    await press(library, '繁體中文');
    await waitForText(library, inTraditional('script_converted'));
    await until(async () => expect((await lookAtPlace(library)).top).toContain(MIDDLE.Hant));
    const shown = await readArticle(library);
    expect(shown).toMatchObject({ lang: 'zh-Hant', title: CONVERTED });
    expect(shown.photos.map(({ src }) => src.split(':')[0])).toEqual(['blob', 'blob']);
    expect(shown.photos[0]?.alt).toBe('傍晚的塞納河書攤');
    expect(await readStore(at.session)).toEqual(before);
    await press(library, '简体中文');
    await until(async () => expect((await readArticle(library)).title).toBe(TITLES.cn));
    await press(library, say('back_to_list'));
    await until(async () => expect(await library.$('.library-bar .script-switch')).toBeNull());
  });
});
