/** What helps on the way through an article, in the overlay and in the library: progress, outline, large photos, the menu. */
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import {
  BROWSERS,
  CN_PHOTOS,
  find,
  PAGES,
  page,
  press,
  readArticle,
  saveByPopup,
  say,
  seePhotos,
  setUp,
  until,
  waitForText,
  type Setting,
} from './support.ts';

/** Opens the overlay on a tab by the popup's button. */
async function readHere(at: Setting, address: string): Promise<Page> {
  const tab = await at.session.openPage(address);
  const popup = await at.session.openPopup(tab);
  await press(popup, say('read_here'));
  await until(() => expect(popup.isClosed()).toBe(true));
  await readArticle(tab);
  return tab;
}

/** The French article, made long: five parts of twelve paragraphs under the headings "Partie 1" to "Partie 5". */
const LONG = PAGES.fr.html.replace(
  /(<div class="t-content__body[^>]*>)/,
  `$1${[1, 2, 3, 4, 5]
    .map(
      (part) =>
        `<h2>Partie ${part}</h2>` +
        Array.from(
          { length: 12 },
          (_, line) =>
            `<p>Au chapitre ${part}, la ligne ${line} dit que la lampe brûle tard, que la salle est pleine et que personne ne rentre avant minuit.</p>`,
        ).join(''),
    )
    .join('')}`,
);

async function readLong(at: Setting): Promise<Page> {
  at.serve((url) => (url.href === PAGES.fr.address ? page(LONG) : undefined));
  return readHere(at, PAGES.fr.address);
}

/** What a reader sees of the place in the article. */
function placeIn(tab: Page): Promise<{ line: number; left: string; scrolled: number; focused: string | undefined }> {
  return tab.evaluate(() => {
    const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
    const line = root.querySelector('.reading-progress > div')?.getBoundingClientRect().width ?? -1;
    const whole = root.querySelector('.reading-progress')?.getBoundingClientRect().width ?? 1;
    const scroller = root.querySelector('.reader-page') ?? document.documentElement;
    return {
      line: line / whole,
      left: root.querySelector<HTMLElement>('.minutes-left')?.innerText ?? '',
      scrolled: scroller.scrollTop,
      focused: (root.activeElement as HTMLElement | null)?.innerText.trim(),
    };
  });
}

function scrollTo(tab: Page, share: number): Promise<void> {
  return tab.evaluate((share) => {
    const root = document.querySelector('liseuse-reader')?.shadowRoot;
    const scroller = root?.querySelector('.reader-page') ?? document.documentElement;
    scroller.scrollTo({ top: share * (scroller.scrollHeight - scroller.clientHeight), behavior: 'instant' });
  }, share);
}

const isThere = (tab: Page, selector: string): Promise<boolean> =>
  tab.evaluate((selector) => {
    const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
    return root.querySelector(selector)?.checkVisibility() ?? false;
  }, selector);

/** What is shown large: where its box is, and what is said of it. */
function largePhoto(tab: Page): Promise<{
  isModal: boolean;
  isWhole: boolean;
  isDrawn: boolean;
  src: string;
  width: number;
  text: string;
} | null> {
  return tab.evaluate(() => {
    const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
    const dialog = root.querySelector<HTMLDialogElement>('.photo-zoom');
    const img = dialog?.querySelector('img');
    if (!dialog || !img) return null;
    const { width, height } = dialog.getBoundingClientRect();
    return {
      isModal: dialog.matches(':modal'),
      // The library keeps room for a scrollbar.
      isWhole: width > innerWidth - 20 && height === innerHeight,
      isDrawn: img.complete && img.naturalWidth > 0,
      src: img.src,
      width: img.getBoundingClientRect().width,
      text: dialog.innerText,
    };
  });
}

const focusPhoto = (tab: Page): Promise<void> =>
  tab.evaluate(() => {
    const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
    root.querySelector<HTMLElement>('.photo-button')?.focus();
  });

const isPhotoFocused = (tab: Page): Promise<boolean> =>
  tab.evaluate(() => {
    const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
    return root.activeElement?.matches('.photo-button') ?? false;
  });

/** Puts what was copied into a box, as a reader does by the key. */
async function pasted(at: Setting): Promise<string> {
  const address = 'https://www.rfi.fr/box';
  at.serve((url) => (url.href === address ? page('<!doctype html><textarea></textarea>') : undefined));
  const tab = await at.session.openPage(address);
  await tab.focus('textarea');
  await tab.keyboard.down('Control');
  await tab.keyboard.press('v', { commands: ['Paste'] });
  await tab.keyboard.up('Control');
  const text = await tab.$eval('textarea', (box) => box.value);
  await tab.close();
  return text;
}

describe.each(BROWSERS)('on the way through an article, in %s,', (browser) => {
  const at = setUp(browser);

  test('a line and the minutes left say how far it is, and a button leads back', async () => {
    const tab = await readLong(at);
    const minutes = Number(/\d+/.exec((await readArticle(tab)).facts.split('min read')[0]?.slice(-3) ?? '')?.[0]);
    expect(await placeIn(tab)).toMatchObject({ line: 0, left: say('minutes_left', minutes) });
    expect(await isThere(tab, '.to-top')).toBe(false);

    await scrollTo(tab, 0.5);
    await until(async () => {
      const { line, left } = await placeIn(tab);
      expect(line).toBeGreaterThan(0.4);
      expect(line).toBeLessThan(0.65);
      expect(Number(/\d+/.exec(left)?.[0])).toBeLessThan(minutes);
    });
    await scrollTo(tab, 1);
    await until(async () => expect(await placeIn(tab)).toMatchObject({ line: 1, left: '' }));

    await press(tab, say('to_top'));
    await until(async () => expect(await placeIn(tab)).toMatchObject({ line: 0, scrolled: 0 }));
    expect(await isThere(tab, '.to-top')).toBe(false);
    await tab.keyboard.press('PageDown');
    await until(async () => expect((await placeIn(tab)).scrolled).toBeGreaterThan(0));
  });

  test('an outline names its parts, and a choice goes there with the focus', async () => {
    const tab = await readLong(at);
    await (await find(tab, say('outline'))).focus();
    await tab.keyboard.press('Enter');
    await find(tab, 'Partie 4');
    await tab.keyboard.press('Escape');
    await until(async () => expect(await isThere(tab, '.outline button')).toBe(false));
    expect((await placeIn(tab)).focused).toContain(say('outline'));

    await tab.keyboard.press('Enter');
    await (await find(tab, 'Partie 4')).focus();
    await tab.keyboard.press('Enter');

    await until(async () => expect((await placeIn(tab)).focused).toBe('Partie 4'));
    const top = await tab.evaluate(() => {
      const root = document.querySelector('liseuse-reader')?.shadowRoot;
      const bar = root?.querySelector('.reader-bar')?.getBoundingClientRect().bottom ?? 0;
      return (root?.activeElement?.getBoundingClientRect().top ?? -1) - bar;
    });
    expect(Math.abs(top)).toBeLessThan(2);
    expect(await isThere(tab, '.outline button')).toBe(false);
  });

  test('an article of few parts has no outline', async () => {
    const tab = await readHere(at, PAGES.cn.address);
    await find(tab, say('article_menu'));
    expect(await isThere(tab, '.outline')).toBe(false);
  });

  test('a photo is shown as large as the window with its caption, nearer at a key, and goes with Escape', async () => {
    const tab = await readHere(at, PAGES.cn.address);
    await seePhotos(tab);
    await focusPhoto(tab);
    await tab.keyboard.press('Enter');
    const first = await until(async () => {
      const shown = await largePhoto(tab);
      expect(shown).toMatchObject({ isModal: true, isWhole: true, isDrawn: true, src: CN_PHOTOS[0] });
      return shown;
    });
    const [caption = ''] = (await readArticle(tab)).captions;
    expect(first?.text.replace(/\s+/g, ' ')).toContain(caption.replace(/\s+/g, ' '));

    await tab.keyboard.press('+');
    await until(async () => expect((await largePhoto(tab))?.width).toBeCloseTo(1.5 * (first?.width ?? 0), 0));
    await tab.keyboard.press('-');
    await until(async () => expect((await largePhoto(tab))?.width).toBeCloseTo(first?.width ?? 0, 0));
    await tab.mouse.move(600, 300);
    await tab.mouse.wheel({ deltaY: -120 });
    await until(async () => expect((await largePhoto(tab))?.width).toBeGreaterThan((first?.width ?? 0) + 10));

    await tab.keyboard.press('Escape');
    await until(async () => expect(await largePhoto(tab)).toBeNull());
    expect(await isThere(tab, 'article.article')).toBe(true);
    expect(await isPhotoFocused(tab)).toBe(true);
  });

  test('a photo is pressed to be large, moved without closing it, and pressed again to go', async () => {
    const tab = await readHere(at, PAGES.cn.address);
    await seePhotos(tab);
    await (await tab.$('liseuse-reader >>> .photo-button'))?.click();
    await until(async () => expect(await largePhoto(tab)).toMatchObject({ isModal: true }));
    await tab.mouse.move(600, 300);
    await tab.mouse.down();
    await tab.mouse.move(500, 250, { steps: 4 });
    await tab.mouse.up();
    expect(await largePhoto(tab)).not.toBeNull();
    await tab.mouse.click(600, 300);
    await until(async () => expect(await largePhoto(tab)).toBeNull());
    expect(await isThere(tab, 'article.article')).toBe(true);
  });

  test('two fingers bring a photo nearer', async () => {
    const tab = await readHere(at, PAGES.cn.address);
    await seePhotos(tab);
    await focusPhoto(tab);
    await tab.keyboard.press('Enter');
    const first = await until(async () => {
      const shown = await largePhoto(tab);
      expect(shown).toMatchObject({ isDrawn: true });
      return shown;
    });
    const left = await tab.touchscreen.touchStart(600, 300);
    const right = await tab.touchscreen.touchStart(700, 300);
    await right.move(800, 300);
    await right.end();
    await left.end();
    await until(async () => expect((await largePhoto(tab))?.width).toBeCloseTo(2 * (first?.width ?? 0), 0));
  });

  test('a kept photo is large in the library with the network cut', async () => {
    await (await saveByPopup(at, PAGES.cn.address)).close();
    const library = await at.session.openExtensionPage('library.html');
    await (await library.waitForSelector('.saved-article a'))?.click();
    await waitForText(library, say('photos_kept', 2, 2));
    await at.site.cut();
    await focusPhoto(library);
    await library.keyboard.press('Enter');
    await until(async () =>
      expect(await largePhoto(library)).toMatchObject({
        isModal: true,
        isWhole: true,
        isDrawn: true,
        src: expect.stringMatching(/^blob:/),
      }),
    );
    await library.keyboard.press('Escape');
    await until(async () => expect(await largePhoto(library)).toBeNull());
    expect(await isPhotoFocused(library)).toBe(true);
  });

  test('a photo that does not come leaves what is on it', async () => {
    at.serve((url) => (url.href === CN_PHOTOS[0] ? { status: 404, body: '' } : undefined));
    const tab = await readHere(at, PAGES.cn.address);
    await waitForText(tab, say('photo_failed'));
    const { photos, captions } = await readArticle(tab);
    expect(photos).toHaveLength(1);
    expect(captions).toHaveLength(2);
  });

  test('what is selected is copied with its source; with nothing selected, the whole', async () => {
    const tab = await readHere(at, PAGES.cn.address);
    await press(tab, say('article_menu'));
    await press(tab, say('copy_quotation'));
    await waitForText(tab, say('copied'));
    const article = await readArticle(tab);
    const whole = await pasted(at);
    expect(whole).toContain(article.blocks.at(-1));
    expect(whole.split('\n').slice(-2)).toEqual([
      expect.stringMatching(new RegExp(`^— ${article.title}, .*林小舟, RFI.*, .*2026$`)),
      PAGES.cn.address,
    ]);

    await tab.bringToFront();
    await press(tab, say('article_menu'));
    // Three presses select a paragraph.
    const paragraph = (await tab.$$('liseuse-reader >>> .article-content > p')).at(-1);
    await paragraph?.click({ count: 3 });
    await press(tab, say('article_menu'));
    await press(tab, say('copy_quotation'));
    await waitForText(tab, say('copied'));
    const quotation = await pasted(at);
    expect(quotation.split('\n')[0]).toBe(article.blocks.at(-1));
    expect(quotation.split('\n').at(-1)).toBe(PAGES.cn.address);

    await tab.bringToFront();
    await press(tab, say('copy_link'));
    await until(async () => expect(await pasted(at)).toBe(PAGES.cn.address));
  });

  test('an article is copied as Markdown, saved or not, with its marks where it is saved', async () => {
    const tab = await readHere(at, PAGES.fr.address);
    await press(tab, say('article_menu'));
    await press(tab, say('copy_markdown'));
    await waitForText(tab, say('copied'));
    const unsaved = await pasted(at);
    expect(unsaved).toMatch(/^---\ntitle: /);
    expect(unsaved).toContain('## Une idée née d’une coupure');
    expect(unsaved).not.toMatch(/^saved: /m);
    await tab.close();

    await (await saveByPopup(at, PAGES.fr.address)).close();
    const library = await at.session.openExtensionPage('library.html');
    await (await library.waitForSelector('.saved-article a'))?.click();
    await readArticle(library);
    await press(library, say('article_menu'));
    await press(library, say('copy_markdown'));
    await waitForText(library, say('copied'));
    const text = await pasted(at);
    expect(text).toMatch(/^saved: /m);
    expect(text.replace(/^saved: .*\n/m, '')).toBe(unsaved);
  });

  test('articles of an edition open by themselves where the reader wants it, each once, and others do not', async () => {
    const tab = await readHere(at, PAGES.fr.address);
    await press(tab, say('article_menu'));
    await press(tab, say('auto_open'));
    await tab.close();

    const next = await at.session.openPage(PAGES.audio.address);
    await readArticle(next);
    await press(next, say('save'));
    await find(next, say('saved'));
    await next.keyboard.press('Escape');
    await until(async () => expect(await isThere(next, 'article.article')).toBe(false));
    await next.reload();
    const other = await at.session.openPage(PAGES.cn.address);
    // By the time this one has opened, those would have.
    const last = await at.session.openPage(PAGES.fr.address);
    await readArticle(last);
    expect(await isThere(next, 'article.article')).toBe(false);
    expect(await isThere(other, 'article.article')).toBe(false);

    await press(last, say('article_menu'));
    await press(last, say('auto_open'));
    await last.keyboard.press('Escape');
    const after = await at.session.openPage(PAGES.audio.address);
    const popup = await at.session.openPopup(after);
    await readArticle(popup);
    expect(await isThere(after, 'article.article')).toBe(false);
  });
});

// The driver of Firefox has no paper.
describe('on paper, in chromium,', () => {
  const at = setUp('chromium');

  test('the article stands whole and alone', async () => {
    const tab = await readLong(at);
    await tab.emulateMediaType('print');
    const seen = await tab.evaluate(() => {
      const root = document.querySelector('liseuse-reader')?.shadowRoot;
      const height = (selector: string): number => root?.querySelector(selector)?.getBoundingClientRect().height ?? 0;
      return {
        isPageThere: document.body.checkVisibility(),
        isBarThere: root?.querySelector('.reader-bar')?.checkVisibility(),
        isWhole: height('dialog.surface') >= height('article.article') && height('article.article') > innerHeight,
        paper: document.documentElement.scrollHeight >= height('article.article'),
      };
    });
    expect(seen).toEqual({ isPageThere: false, isBarThere: false, isWhole: true, paper: true });
    const pages =
      Buffer.from(await tab.pdf())
        .toString('latin1')
        .match(/\/Type \/Page\b/g) ?? [];
    expect(pages.length).toBeGreaterThan(1);
  });
});
