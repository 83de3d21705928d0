/** How articles of every language are set, and how the reader changes that, in overlay and library. */
import type { ElementHandle, Page, Viewport } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { languagePage, type Language } from '../fixtures/languages.ts';
import {
  BROWSERS,
  page,
  press,
  readArticle,
  saveByPopup,
  say,
  setUp,
  until,
  waitForText,
  type Setting,
} from './support.ts';

function serveLanguages(at: Setting): void {
  at.serve((url) => {
    const found = LANGUAGES.map((language) => languagePage(language)).find(({ address }) => address === url.href);
    return found && page(found.html);
  });
}
const LANGUAGES: readonly Language[] = ['fr', 'zh-Hans', 'zh-Hant', 'fa', 'vi', 'km', 'ru'];

async function openOverlay(at: Setting, language: Language, viewport?: Viewport): Promise<Page> {
  serveLanguages(at);
  const tab = await at.session.openPage(languagePage(language).address);
  // A page is loaded again where fingers come or go.
  if (viewport) await tab.setViewport(viewport);
  const popup = await at.session.openPopup(tab);
  await press(popup, say('read_here'));
  await until(() => expect(popup.isClosed()).toBe(true));
  await readArticle(tab);
  return tab;
}

async function openInLibrary(at: Setting, language: Language): Promise<Page> {
  serveLanguages(at);
  await saveByPopup(at, languagePage(language).address);
  const library = await at.session.openExtensionPage('library.html');
  await (await library.waitForSelector('.saved-article a'))?.click();
  await readArticle(library);
  return library;
}

/** Presses a choice of the open sheet. */
async function choose(shown: Page, name: string, value: string): Promise<void> {
  const found = await shown.evaluateHandle(
    (name, value) =>
      (document.querySelector('liseuse-reader')?.shadowRoot ?? document).querySelector(
        `.settings input[name="${name}"][value="${value}"]`,
      ),
    name,
    value,
  );
  await (found.asElement() as ElementHandle<HTMLElement>).click();
}

/** How the text of the article looks. */
function lookOf(shown: Page): Promise<{
  paper: string;
  font: string;
  size: string;
  lineHeight: number;
  align: string;
  indent: number;
}> {
  return shown.evaluate(() => {
    const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
    const surface = root.querySelector('.surface');
    const paragraph = root.querySelector('.article-content > p:not(.lead)');
    if (!surface || !paragraph) throw new Error('No article is shown.');
    const { fontFamily, fontSize, lineHeight, textAlign, textIndent } = getComputedStyle(paragraph);
    const size = Number.parseFloat(fontSize);
    return {
      paper: getComputedStyle(surface).backgroundColor,
      font: fontFamily.split(',')[0]?.replaceAll('"', '') ?? '',
      size: fontSize,
      lineHeight: Math.round((Number.parseFloat(lineHeight) / size) * 100) / 100,
      align: textAlign,
      indent: Number.parseFloat(textIndent) / size,
    };
  });
}

/** Where pieces of the article's text are drawn, the first time that each occurs. */
function placesOf(
  shown: Page,
  ...pieces: string[]
): Promise<{ left: number; right: number; top: number; size: number }[]> {
  return shown.evaluate((pieces) => {
    const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
    const content = root.querySelector('.article-content');
    if (!content) throw new Error('No article is shown.');
    return pieces.map((piece) => {
      const texts = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const node = texts.currentNode as Text;
        const at = node.data.indexOf(piece);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + piece.length);
        const { left, right, top } = range.getBoundingClientRect();
        return { left, right, top, size: Number.parseFloat(getComputedStyle(node.parentElement ?? content).fontSize) };
      }
      throw new Error(`“${piece}” is not in the text.`);
    });
  }, pieces);
}

/** The first letter of every line of the article's paragraphs. */
function lineStarts(shown: Page): Promise<string[]> {
  return shown.evaluate(() => {
    const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
    const starts: string[] = [];
    for (const paragraph of root.querySelectorAll('.article-content p')) {
      const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      let last = -Infinity;
      while (texts.nextNode()) {
        const node = texts.currentNode as Text;
        for (let at = 0; at < node.length; at++) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const { bottom, width } = range.getBoundingClientRect();
          if (width === 0) continue;
          // Code has its own blanks, and breaks where it wants.
          if (bottom > last + 5 && !node.parentElement?.closest('code')) starts.push(node.data.charAt(at));
          last = Math.max(last, bottom);
        }
      }
    }
    return starts;
  });
}

/** What sticks out of the window, by its class or name. */
function overflow(shown: Page): Promise<string[]> {
  return shown.evaluate(() => {
    const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
    const width = document.documentElement.clientWidth;
    return [...root.querySelectorAll('.surface *')]
      .filter((element) => element.checkVisibility())
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return right - left > 1 && (left < -1 || right > width + 1);
      })
      .map((element) => `${element.localName}.${element.className}`);
  });
}

const drawn = (shown: Page): Promise<unknown> =>
  shown.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

describe.each(BROWSERS)('type in %s', (browser) => {
  /** Firefox's WebDriver emulates neither paper nor fingers. */
  const inChromium = (name: string, run: () => Promise<void>): void => {
    if (browser === 'chromium') test(name, run);
  };
  const at = setUp(browser);

  test('Chinese has the glyphs of its region, full quotes and dashes, and lines that begin with no stop', async () => {
    for (const [language, region] of [
      ['zh-Hans', 'SC'],
      ['zh-Hant', 'TC'],
    ] as const) {
      const tab = await openOverlay(at, language);
      await tab.setViewport({ width: 360, height: 740 });
      expect(await lookOf(tab)).toMatchObject({ font: `Noto Serif CJK ${region}`, lineHeight: 1.8 });
      expect((await lineStarts(tab)).join('')).not.toMatch(/[，。；：、！？”」》…]/);
      const [dash] = await placesOf(tab, '——');
      expect((dash?.right ?? 0) - (dash?.left ?? 0)).toBeCloseTo(2 * (dash?.size ?? 0), 0);
      await tab.close();
    }
  });

  test('Persian runs from the right, and a number stays behind the Latin word that it follows', async () => {
    const tab = await openOverlay(at, 'fa');
    expect((await readArticle(tab)).dir).toBe('rtl');
    expect(await lookOf(tab)).toMatchObject({ font: 'Noto Naskh Arabic', lineHeight: 1.95 });
    const [agency, number] = await placesOf(tab, 'AFP', '2026');
    expect(number?.top).toBeCloseTo(agency?.top ?? 0, -1);
    expect(number?.right).toBeLessThanOrEqual(agency?.left ?? 0);
  });

  test('no French or Khmer line begins with a sign, at any width', async () => {
    for (const [language, signs] of [
      ['fr', /[;:!?»%]/],
      ['km', /[។៕]/],
    ] as const) {
      const tab = await openOverlay(at, language);
      for (const width of [320, 340, 360, 380, 400, 420, 460]) {
        await tab.setViewport({ width, height: 740 });
        await drawn(tab);
        const starts = await lineStarts(tab);
        expect(starts.length).toBeGreaterThan(6);
        expect(starts.join(''), `${language} at ${width}`).not.toMatch(signs);
        expect(await overflow(tab), `${language} at ${width}`).toEqual([]);
      }
      await tab.close();
    }
  });

  test('lines of Vietnamese and Khmer leave room for signs over signs', async () => {
    const vietnamese = await openOverlay(at, 'vi');
    expect((await lookOf(vietnamese)).lineHeight).toBe(1.7);
    const khmer = await openOverlay(at, 'km');
    expect(await lookOf(khmer)).toMatchObject({ font: 'Noto Serif Khmer', lineHeight: 2 });
  });

  test('changes at once behind the sheet, for its language only; colours for all', async () => {
    const chinese = await openOverlay(at, 'zh-Hans');
    const usual = await lookOf(chinese);
    await press(chinese, say('reading_settings'));
    await waitForText(chinese, say('text_of', 'Chinese'));
    await choose(chinese, 'theme', 'sepia');
    await choose(chinese, 'font', 'kai');
    await choose(chinese, 'lineHeight', 'loose');
    await press(chinese, say('size_larger'));
    await press(chinese, say('justify'));
    await press(chinese, say('indent'));
    const chosen = { ...usual, paper: 'rgb(246, 236, 216)', size: '20px', align: 'justify', indent: 2 };
    await until(async () => expect(await lookOf(chinese)).toEqual({ ...chosen, font: 'Kaiti SC', lineHeight: 2.16 }));

    const french = await openOverlay(at, 'fr');
    expect(await lookOf(french)).toMatchObject({ paper: chosen.paper, size: '19px', align: 'start', indent: 0 });
    const library = await openInLibrary(at, 'zh-Hant');
    expect(await lookOf(library)).toEqual({ ...chosen, font: 'Kaiti TC', lineHeight: 2.16 });

    await press(library, say('reading_settings'));
    await press(library, say('reset'));
    await until(async () =>
      expect(await lookOf(library)).toEqual({ ...usual, font: 'Noto Serif CJK TC', paper: chosen.paper }),
    );
    // And in the overlay that is still open.
    await until(async () => expect(await lookOf(chinese)).toEqual({ ...usual, paper: chosen.paper }));
  });

  test('every theme has colours of its own', async () => {
    const tab = await openOverlay(at, 'ru');
    await press(tab, say('reading_settings'));
    const papers = new Set<string>();
    for (const theme of ['light', 'sepia', 'dark', 'black', 'contrast']) {
      await choose(tab, 'theme', theme);
      papers.add((await lookOf(tab)).paper);
    }
    expect([...papers]).toEqual([
      'rgb(255, 254, 251)',
      'rgb(246, 236, 216)',
      'rgb(25, 24, 23)',
      'rgb(0, 0, 0)',
      'rgb(255, 255, 255)',
    ]);
  });

  test('nothing sticks out of any window, with the largest text and the sheet open', async () => {
    await at.session.inBackground(async () => {
      const storage = (
        globalThis as unknown as { chrome: { storage: { local: { set(items: object): Promise<void> } } } }
      ).chrome.storage;
      await storage.local.set({ settings: { theme: 'light', all: { size: 32, width: 'wide' }, languages: {} } });
    });
    const overlay = await openOverlay(at, 'fr');
    const library = await openInLibrary(at, 'ru');
    for (const shown of [overlay, library]) {
      await shown.bringToFront();
      await press(shown, say('reading_settings'));
      for (const width of [320, 360, 640, 1280, 2560]) {
        await shown.setViewport({ width, height: 740 });
        await drawn(shown);
        expect(await overflow(shown), `at ${width}`).toEqual([]);
      }
    }
  });

  inChromium('prints no colours, and where links lead', async () => {
    const library = await openInLibrary(at, 'fr');
    await press(library, say('reading_settings'));
    await choose(library, 'theme', 'dark');
    await library.emulateMediaType('print');
    await until(async () => expect((await lookOf(library)).paper).toBe('rgba(0, 0, 0, 0)'));
    const seen = await library.evaluate(() => {
      const link = document.querySelector('.article-content a');
      return {
        ink: getComputedStyle(document.querySelector('.article') ?? document.body).color,
        address: link && getComputedStyle(link, '::after').content.replaceAll('"', ''),
        controls: [...document.querySelectorAll('button, input, summary, textarea')].filter((each) =>
          each.checkVisibility(),
        ).length,
      };
    });
    expect(seen.ink).toBe('rgb(0, 0, 0)');
    expect(seen.address).toContain('https://www.rfi.fr/fr/culture/');
    expect(seen.controls).toBe(0);
  });

  inChromium('a finger has 44 pixels for everything in the sheets', async () => {
    const tab = await openOverlay(at, 'zh-Hans', { width: 360, height: 740, hasTouch: true, isMobile: true });
    await press(tab, say('reading_settings'));
    const small = await tab.evaluate(() => {
      const root = document.querySelector('liseuse-reader')?.shadowRoot;
      const targets = root?.querySelectorAll('.settings summary, .settings-sheet :is(label, button, a)') ?? [];
      return [...targets]
        .map((target) => ({ name: target.textContent, ...target.getBoundingClientRect().toJSON() }))
        .filter(({ width, height }) => width < 44 || height < 43.9)
        .map(({ name, width, height }) => `${name} ${width}×${height}`);
    });
    expect(small).toEqual([]);
    expect(await overflow(tab)).toEqual([]);
  });
});
