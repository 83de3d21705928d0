/** The overlay, which "Read here" lays over the page: what it shows, what it leaves of the page, and how it goes. */
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { isOverlayThere, openOverlay, readHere, waitUntilClosed } from './in-overlay.ts';
import {
  BROWSERS,
  find,
  PAGES,
  page,
  press,
  readArticle,
  saveByPopup,
  say,
  seePhotos,
  setUp,
  textOf,
  TITLES,
  until,
  waitForText,
  waitForTitles,
} from './support.ts';

/** How the surface that an article is read on looks: the overlay's dialog, or the body of an extension page. */
function lookOf(shown: Page): Promise<{
  background: string;
  ink: string;
  font: string;
  size: string;
  lineWidth: number;
}> {
  return shown.evaluate(() => {
    const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
    const surface = root.querySelector('.surface');
    const article = root.querySelector('article.article');
    if (!surface || !article) throw new Error('No article is shown.');
    const { backgroundColor, color } = getComputedStyle(surface);
    const { fontFamily, fontSize, maxInlineSize } = getComputedStyle(article);
    return {
      background: backgroundColor,
      ink: color,
      font: fontFamily,
      size: fontSize,
      lineWidth: Number.parseFloat(maxInlineSize) / Number.parseFloat(fontSize),
    };
  });
}

const LIGHT = 'rgb(255, 254, 251)';
const DARK = 'rgb(25, 24, 23)';

/** The page as it stands, without the overlay's own element. */
const pageWithoutOverlay = (tab: Page): Promise<string> =>
  tab.evaluate(() => {
    const copy = document.documentElement.cloneNode(true) as HTMLElement;
    copy.querySelector('liseuse-reader')?.remove();
    return copy.outerHTML;
  });

describe.each(BROWSERS)('the overlay in %s', (browser) => {
  const at = setUp(browser);

  test('says what was removed, and brings a removed block back', async () => {
    const tab = await openOverlay(at, PAGES.cn.address);
    await press(tab, '7 paragraphs, 2 photos, 2 captions; removed 1 ad, 2 promotions, 6 share links, 2 trackers');
    await waitForText(tab, '电邮新闻 订阅');
    const before = (await readArticle(tab)).blocks;
    expect(before.join('')).not.toContain('电邮新闻');

    const buttons = await tab.$$('liseuse-reader >>> .receipt button');
    await buttons[1]?.click();

    await until(async () => expect((await readArticle(tab)).blocks.join('')).toContain('电邮新闻'));
    expect((await readArticle(tab)).blocks.slice(0, 3)).toEqual(before.slice(0, 3));
  });

  test('shows the article over the whole window, in a modal dialog of its own', async () => {
    const tab = await openOverlay(at, PAGES.cn.address);
    const article = await readArticle(tab);
    const cover = await tab.evaluate(() => {
      const dialog = document.querySelector('liseuse-reader')?.shadowRoot?.querySelector('dialog');
      const { width, height } = dialog?.getBoundingClientRect() ?? {};
      return {
        isModal: dialog?.matches(':modal'),
        name: dialog?.getAttribute('aria-label'),
        isWhole: width === document.documentElement.clientWidth && height === innerHeight,
        onTop: document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.localName,
      };
    });

    expect(cover).toEqual({ isModal: true, name: say('app_name'), isWhole: true, onTop: 'liseuse-reader' });
    expect(article).toMatchObject({ section: '文化 · 巴黎生活', title: '塞纳河畔的旧书摊 重新点亮夜读的灯' });
    expect(article.blocks).toHaveLength(11);
    expect(article.blocks.at(-1)).toBe(
      '摊主们的协会因此提出，把营业时间延长到晚上十点，并且统一更换为不伤眼睛的暖光灯。',
    );
    expect(await seePhotos(tab)).toHaveLength(2);
    expect(await textOf(tab)).not.toContain('广告');
  });

  test('lays out the whole article once its beginning is painted: nothing grows or shrinks while it is scrolled', async () => {
    const tab = await openOverlay(at, PAGES.fr.address);
    const visibilities = (): Promise<string[]> =>
      tab.evaluate(() =>
        [...(document.querySelector('liseuse-reader')?.shadowRoot?.querySelectorAll('.article-content > *') ?? [])].map(
          (block) => `${getComputedStyle(block).contentVisibility} ${block.tagName}`,
        ),
      );
    await until(async () => expect((await visibilities()).filter((block) => !block.startsWith('visible'))).toEqual([]));
  });

  test('leaves the page as it was: before, during and after', async () => {
    const tab = await at.session.openPage(PAGES.cn.address);
    const before = await pageWithoutOverlay(tab);
    expect(before).toContain('继续浏览后续');
    await readHere(at, tab);
    expect(await isOverlayThere(tab)).toBe(true);
    expect(await pageWithoutOverlay(tab)).toBe(before);

    await press(tab, say('close'));

    await waitUntilClosed(tab);
    expect(await tab.evaluate(() => document.documentElement.outerHTML)).toBe(before);
  });

  test('gives back the focus and the place that the page was scrolled to', async () => {
    const tab = await at.session.openPage(PAGES.cn.address);
    await tab.evaluate(() => {
      document.querySelector<HTMLElement>('.t-content__authors a')?.focus({ preventScroll: true });
      scrollTo(0, 300);
    });
    await readHere(at, tab);
    await tab.keyboard.press('End');

    await tab.keyboard.press('Escape');

    await waitUntilClosed(tab);
    const after = await tab.evaluate(() => ({
      scrolled: scrollY,
      focused: document.activeElement?.textContent?.trim(),
    }));
    expect(after).toEqual({ scrolled: 300, focused: '林小舟' });
  });

  test('keeps focus and mouse away from the page while it is open', async () => {
    const tab = await at.session.openPage(PAGES.cn.address);
    const link = await tab.evaluate(() => {
      const { x, y } = document.querySelector('header.site a')?.getBoundingClientRect() ?? {};
      return { x: (x ?? 0) + 5, y: (y ?? 0) + 5 };
    });
    await readHere(at, tab);

    await tab.mouse.click(link.x, link.y);
    await tab.evaluate(() => document.querySelector<HTMLElement>('header.site a')?.focus());

    expect(await tab.evaluate(() => document.activeElement?.localName)).not.toBe('a');
    expect(tab.url()).toBe(PAGES.cn.address);
    await press(tab, say('close'));
    await waitUntilClosed(tab);
    // The same two do reach the page once the overlay is gone.
    await tab.evaluate(() => document.querySelector<HTMLElement>('header.site a')?.focus());
    expect(await tab.evaluate(() => document.activeElement?.localName)).toBe('a');
  });

  test('goes with Escape although the page takes every key’s effect away', async () => {
    const greedy = `<script>addEventListener('keydown', (event) => event.preventDefault(), true);</script></body>`;
    at.serve((url) => (url.href === PAGES.fr.address ? page(PAGES.fr.html.replace('</body>', greedy)) : undefined));
    const tab = await openOverlay(at, PAGES.fr.address);
    await tab.keyboard.press('Escape');
    await waitUntilClosed(tab);
  });

  test('stays when the popup asks for it again', async () => {
    const tab = await openOverlay(at, PAGES.fr.address);
    await readHere(at, tab);
    expect(await isOverlayThere(tab)).toBe(true);
  });

  test('that a page takes away is not silently gone: the popup stays and says so', async () => {
    const refusing = `<script>
      new MutationObserver(() => document.querySelector('liseuse-reader')?.remove()).observe(document.documentElement, { childList: true });
    </script></body>`;
    at.serve((url) => (url.href === PAGES.fr.address ? page(PAGES.fr.html.replace('</body>', refusing)) : undefined));
    const popup = await at.session.openPopup(await at.session.openPage(PAGES.fr.address));
    await press(popup, say('read_here'));
    await waitForText(popup, say('reason_overlayRefused'));
  });

  test('does only what the reader does: the page cannot press, choose or type in it', async () => {
    const tab = await openOverlay(at, PAGES.fr.address);
    const theme = (): Promise<string | undefined> =>
      tab.evaluate(
        () => document.querySelector('liseuse-reader')?.shadowRoot?.querySelector('dialog')?.dataset['theme'],
      );
    const before = await theme();
    await tab.evaluate(() => {
      const dark = document
        .querySelector('liseuse-reader')
        ?.shadowRoot?.querySelector<HTMLInputElement>('input[value="dark"]');
      if (!dark) throw new Error('There is no choice of themes.');
      dark.checked = true;
      dark.dispatchEvent(new Event('change', { bubbles: true }));
      dark.click();
      // Taken out of the overlay, it is pressed as the browser does it.
      document.body.append(dark);
      dark.checked = false;
      dark.click();
    });
    await press(tab, say('reading_settings'));
    expect(await theme()).toBe(before);
  });

  test('reads an article whose form has controls named like its own properties', async () => {
    const form = `<input form="f" name="nextSibling"><form id="f"><input name="nodeType"><input name="hasAttributes">
      <input name="childNodes"><p>Une phrase dans un formulaire.</p></form></body>`;
    const html = PAGES.fr.html.replace(/(<div class="t-content__body[^>]*>)/, `$1${form.replace('</body>', '')}`);
    at.serve((url) => (url.href === PAGES.fr.address ? page(html) : undefined));
    const tab = await openOverlay(at, PAGES.fr.address);
    expect(await textOf(tab)).toContain('Une phrase dans un formulaire.');
  });

  test('scrolls the article by keys at once, and tells the page of no key', async () => {
    const listening = `<script>
      window.heard = [];
      for (const type of ['keydown', 'keypress', 'keyup']) {
        document.addEventListener(type, ({ key }) => heard.push(type + ' ' + key));
      }
    </script></body>`;
    at.serve((url) => (url.href === PAGES.cn.address ? page(PAGES.cn.html.replace('</body>', listening)) : undefined));
    const heard = (): Promise<string[]> => tab.evaluate(() => (window as unknown as { heard: string[] }).heard);
    const tab = await openOverlay(at, PAGES.cn.address);

    await tab.keyboard.press('PageDown');
    await tab.keyboard.type('jk');

    await until(async () =>
      expect(
        await tab.evaluate(
          () => document.querySelector('liseuse-reader')?.shadowRoot?.querySelector('.reader-page')?.scrollTop,
        ),
      ).toBeGreaterThan(0),
    );
    expect(await heard()).toEqual([]);
    await press(tab, say('close'));
    await waitUntilClosed(tab);
    await tab.keyboard.press('x');
    expect(await heard()).toContain('keydown x');
  });

  test('is read as the reader likes it, here, on the next page and in the library', async () => {
    const tab = await openOverlay(at, PAGES.fr.address);
    const first = await lookOf(tab);
    expect(first).toMatchObject({ background: LIGHT, size: '19px', font: expect.stringMatching(/serif$/) });
    expect(first.font).not.toMatch(/sans-serif$/);

    await press(tab, say('reading_settings'));
    for (const choice of ['theme_dark', 'font_sans', 'size_larger', 'width_wide'] as const) {
      await press(tab, say(choice));
    }

    const chosen = await until(async () => {
      const look = await lookOf(tab);
      expect(look).toMatchObject({ background: DARK, size: '20px', font: expect.stringMatching(/sans-serif$/) });
      expect(look.lineWidth).toBeGreaterThan(first.lineWidth);
      return look;
    });
    await press(tab, say('save'));
    await find(tab, say('saved'));
    await press(tab, say('close'));
    await waitUntilClosed(tab);

    expect(await lookOf(await openOverlay(at, PAGES.audio.address))).toEqual(chosen);
    const library = await at.session.openExtensionPage('library.html');
    await (await library.waitForSelector('.saved-article a'))?.click();
    await readArticle(library);
    expect(await lookOf(library)).toEqual(chosen);
  });

  test('saves the article and says so, and the library has it', async () => {
    const tab = await openOverlay(at, PAGES.cn.address);

    await press(tab, say('save'));

    await find(tab, say('saved'));
    await waitForText(tab, say('photos_kept', 2, 2));
    await press(tab, say('open_library'));
    const library = await at.session.waitForExtensionPage('library.html');
    await waitForText(library, '塞纳河畔的旧书摊 重新点亮夜读的灯');
  });

  test('is readable on a page whose security policy allows nothing', async () => {
    const policy = [
      "default-src 'none'; style-src 'none'; script-src 'none'; require-trusted-types-for 'script'",
      // The photos of an article are photos of its page, which the page has to allow for its own readers.
      'img-src https://s.rfi.fr',
    ].join('; ');
    at.serve((url) =>
      url.href === PAGES.cn.address ? page(PAGES.cn.html, { 'content-security-policy': policy }) : undefined,
    );
    const tab = await openOverlay(at, PAGES.cn.address);
    // The policy holds: the page's own script did not run.
    expect(await tab.evaluate(() => document.documentElement.dataset['pageScript'])).toBeUndefined();

    expect((await readArticle(tab)).blocks).toHaveLength(11);
    expect(await lookOf(tab)).toMatchObject({ background: LIGHT, size: '19px' });
    await seePhotos(tab);
  });

  test('is readable on a page whose style sheet hides and distorts whatever it can', async () => {
    const hostile = `<style>
      html > :not(head, body), liseuse-reader, dialog { display: none !important; }
      * { all: unset !important; color: red !important; font: 3px/0 cursive !important; opacity: 0 !important; }
      html > * { position: fixed !important; inset: 100vh auto auto 100vw !important; visibility: hidden !important; }
    </style></head>`;
    at.serve((url) => (url.href === PAGES.fr.address ? page(PAGES.fr.html.replace('</head>', hostile)) : undefined));
    const ordinary = await openOverlay(at, PAGES.audio.address);
    const usual = await lookOf(ordinary);
    const tab = await openOverlay(at, PAGES.fr.address);

    expect(await lookOf(tab)).toEqual(usual);
    const seen = await tab.evaluate(() => {
      const host = document.querySelector('liseuse-reader');
      const { x, y, width, height } = host?.shadowRoot?.querySelector('h1')?.getBoundingClientRect() ?? new DOMRect();
      const { display, visibility, opacity } = getComputedStyle(host as Element);
      return {
        onTop: host?.shadowRoot?.elementFromPoint(x + width / 2, y + height / 2)?.localName,
        ...{ display, visibility, opacity },
      };
    });
    expect(seen).toEqual({ onTop: 'h1', display: 'block', visibility: 'visible', opacity: '1' });
  });
});

describe.each(BROWSERS)('the overlay in a %s that likes the dark', (browser) => {
  const at = setUp(browser, { colorScheme: 'dark' });

  test('is dark until the reader wants it light', async () => {
    const tab = await openOverlay(at, PAGES.cn.address);
    expect((await lookOf(tab)).background).toBe(DARK);

    await press(tab, say('reading_settings'));
    await press(tab, say('theme_light'));

    await until(async () => expect((await lookOf(tab)).background).toBe(LIGHT));
  });

  test('brings the reader back to the paragraph, in the overlay and in the library', async () => {
    await (await saveByPopup(at, PAGES.cn.address)).close();
    const tab = await at.session.openPage(PAGES.cn.address);
    await tab.setViewport({ width: 700, height: 420 });
    await readHere(at, tab);
    /** The first block that the bar leaves to be seen. */
    const topBlock = (shown: Page): Promise<number> =>
      shown.evaluate(() => {
        const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
        const edge = root.querySelector('.reader-bar, .library-bar')?.getBoundingClientRect().bottom ?? 0;
        const blocks = [...root.querySelectorAll('.article-content > *')];
        return blocks.findIndex((block) => block.getBoundingClientRect().bottom > edge + 1);
      });
    await tab.evaluate(() => {
      const root = document.querySelector('liseuse-reader')?.shadowRoot;
      root?.querySelectorAll('.article-content > *')[5]?.scrollIntoView({ behavior: 'instant' });
    });
    const place = await topBlock(tab);
    expect(place).toBeGreaterThan(2);
    // A tab in the background is told of no scrolling.
    await tab.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    const library = await at.session.openExtensionPage('library.html?q=is:reading');
    await waitForTitles(library, TITLES.cn);

    await tab.bringToFront();
    await tab.keyboard.press('Escape');
    await waitUntilClosed(tab);
    await readHere(at, tab);
    await until(async () => expect(await topBlock(tab)).toBe(place));

    await library.bringToFront();
    await library.setViewport({ width: 700, height: 420 });
    await library.$eval('.saved-article a', (link) => (link as HTMLElement).click());
    await readArticle(library);
    await until(async () => expect(await topBlock(library)).toBe(place));
  });
});
