/** What the journeys share: a browser with the built extension, RFI on this machine, and how a reader finds things. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, vi } from 'vitest';
import type { SessionOptions } from '../../scripts/browser/driver.ts';
import { findBrowser, type BrowserName } from '../../scripts/browser/find-browser.ts';
import { startSite, type Answer, type Site } from '../../scripts/browser/rfi-site.ts';
import { openSession, type Session } from '../../scripts/browser/session.ts';
import { localRfi } from '../../scripts/local-rfi.ts';
import type { Article } from '../../src/article/article.ts';
import { say } from '../fixtures/english.ts';
import { writeFirstVersion } from '../fixtures/first-version.ts';

export const BROWSERS = ['chromium', 'firefox'] as const satisfies BrowserName[];

/** Where `vite build` put both extensions. */
export const DIST = process.env['LISEUSE_DIST'] ?? 'dist';

export { say };

const readFixture = (path: string): string => readFileSync(new URL(`../fixtures/${path}`, import.meta.url), 'utf8');

export interface FixturePage {
  address: string;
  html: string;
}

function fixturePage(name: string): FixturePage {
  const html = readFixture(`${name}/source.html`);
  const address = /^<!-- address: (\S+) -->/.exec(html)?.[1];
  if (!address) throw new Error(`${name} names no address in its first line.`);
  return { address, html };
}

/** The pages of RFI that every session is served. */
export const PAGES = {
  cn: fixturePage('article-cn'),
  fr: fixturePage('article-fr'),
  fa: fixturePage('article-fa'),
  audio: fixturePage('audio-and-quote-fr'),
};

export const TITLES = {
  cn: '塞纳河畔的旧书摊 重新点亮夜读的灯',
  fr: 'À Ouagadougou, une bibliothèque ouvre jusqu’à minuit',
  fa: 'چراغ مطالعه‌ای که یک محله را بیدار نگه داشت',
  archive: '夜读者的地图[图集] 从书店到河岸',
};

/** The archive file, and the addresses of its article and of its photo. */
export const ARCHIVE = {
  text: readFixture('archive-cn/source.txt'),
  address: 'https://www.rfi.fr/cn/%E6%96%87%E5%8C%96/20231010-%E5%A4%9C%E8%AF%BB%E8%80%85%E7%9A%84%E5%9C%B0%E5%9B%BE',
  photo: 'https://s.rfi.fr/media/display/66666666-6666-11ee-9713-005056bfb2b6/w:1280/p:16x9/carte%20%281%29.jpg',
};

/** The addresses of the photos of the Chinese article, in their order. */
export const CN_PHOTOS = [
  'https://s.rfi.fr/media/display/11111111-1111-11f0-9b38-005056bfb2b6/w:1024/p:16x9/photo.jpg',
  'https://s.rfi.fr/media/display/22222222-2222-11f0-9b38-005056bfb2b6/w:1024/p:16x9/boite.jpg',
] as const;

/** RFI's home of an edition: a page of the site that is no article. */
export const HOME: FixturePage = {
  address: 'https://www.rfi.fr/cn/',
  html: `<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>RFI</title>
    <meta property="og:type" content="website"></head>
    <body><h1>RFI</h1><nav><a href="/cn/a">今日要闻</a> <a href="/cn/b">文化</a></nav></body></html>`,
};

type Reply = (url: URL) => Answer | undefined;

export const page = (html: string, headers: Record<string, string> = {}): Answer => ({
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body: html,
});

export interface Setting {
  readonly session: Session;
  readonly site: Site;
  /** Answers these addresses otherwise than RFI on this machine does, until the end of the test. */
  serve(reply: Reply): void;
}

/**
 * One browser for the tests of a `describe`: started before them, with nothing saved and one empty tab before each.
 */
export function setUp(browser: BrowserName, options: Partial<SessionOptions> = {}): Setting {
  let session: Session | undefined;
  let site: Site | undefined;
  let replies: Reply[] = [];

  beforeAll(async () => {
    ({ session, site } = await startReader(browser, (url) => firstOf(replies, url), options));
  });
  afterEach(async () => {
    if (!session || !site) return;
    replies = [];
    const [first, ...others] = await session.browser.pages();
    for (const tab of others) await tab.close();
    await first?.goto('about:blank');
    // With nothing left to keep, the background does not go on when what it waits for ends.
    await forgetEverything(session);
    await site.cut();
    await site.restore();
  });
  afterAll(async () => {
    await session?.close();
    await site?.close();
  });

  const started = <Value>(value: Value | undefined): Value => {
    if (!value) throw new Error('The browser is started by beforeAll.');
    return value;
  };
  return {
    get session() {
      return started(session);
    },
    get site() {
      return started(site);
    },
    serve: (reply) => void replies.unshift(reply),
  };
}

const firstOf = (replies: readonly Reply[], url: URL): Answer | undefined => {
  for (const reply of replies) {
    const answer = reply(url);
    if (answer) return answer;
  }
  return undefined;
};

/** Starts RFI on this machine and a browser that sees it; the caller closes both. */
export async function startReader(
  browser: BrowserName,
  reply: Reply = () => undefined,
  options: Partial<SessionOptions> = {},
): Promise<{ session: Session; site: Site }> {
  const rfi = localRfi(new Map([...Object.values(PAGES), HOME].map(({ address, html }) => [address, html])));
  const site = await startSite((url) => {
    const answer = reply(url) ?? rfi(url);
    // Whatever is shown again has to be asked for again, so that the log of requests tells all.
    return answer && { ...answer, headers: { ...answer.headers, 'cache-control': 'no-store' } };
  });
  const session = await openSession({
    browser,
    executablePath: await findBrowser(browser),
    extension: `${DIST}/${browser}`,
    site,
    headless: true,
    locale: 'en-US',
    ...options,
  });
  return { session, site };
}

/** What the extension's own pages and its background have; both browsers answer with promises. */
declare const chrome: {
  runtime: { sendMessage(message: object): Promise<unknown> };
  action: { getBadgeText(of: { tabId: number }): Promise<string> };
  storage: { local: { clear(): Promise<void> } };
  tabs: { query(what: object): Promise<{ id: number; url?: string }[]> };
};

/** Settings and articles, as in a browser that has just got the extension. */
export async function forgetEverything(session: Session): Promise<void> {
  await session.inBackground(async () => {
    await chrome.storage.local.clear();
    // An import that a test left behind would go on in the next one.
    await new Promise((resolve) => {
      const deletion = indexedDB.deleteDatabase('liseuse-import');
      deletion.onsuccess = deletion.onerror = deletion.onblocked = resolve;
    });
    if (!(await indexedDB.databases()).some(({ name }) => name === 'liseuse')) return;
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open('liseuse');
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const database = opening.result;
        const clearing = database.transaction([...database.objectStoreNames], 'readwrite');
        for (const name of database.objectStoreNames) {
          const store = clearing.objectStore(name);
          // Every installation has its own name from the start.
          const kept = name === 'installation' ? store.get('id') : undefined;
          store.clear();
          if (kept) kept.onsuccess = () => kept.result !== undefined && store.put(kept.result, 'id');
        }
        clearing.oncomplete = () => {
          database.close();
          resolve();
        };
      };
    });
  });
}

/** What is kept of each article, read behind the back of the extension's own code. */
export interface Kept {
  id: string;
  isRemoved: boolean;
  hasText: boolean;
  /** The bytes of each photo, null for one that is not there (yet). */
  photos: (number | null)[];
}

/** What stands in the extension's database, oldest article first. */
export function readStore(session: Session): Promise<Kept[]> {
  return session.inBackground(
    () =>
      new Promise<Kept[]>((resolve, reject) => {
        const opening = indexedDB.open('liseuse');
        // To look must not make a database.
        opening.onupgradeneeded = () => opening.transaction?.abort();
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const reading = database.transaction(['summaries', 'articles', 'photos']);
          const summaries = reading.objectStore('summaries').index('bySavedTime').getAll();
          const articles = reading.objectStore('articles').getAll();
          const photos = reading.objectStore('photos').getAll();
          reading.oncomplete = () => {
            database.close();
            const kept = summaries.result.map(({ id, removedTime }: { id: string; removedTime: number | null }) => ({
              id,
              isRemoved: removedTime !== null,
              hasText: articles.result.some((article) => article.id === id && article.article.content !== ''),
              photos: photos.result
                .filter(({ articleId }) => articleId === id)
                .map(({ blob }: { blob: Blob | null }) => blob?.size ?? null),
            }));
            resolve(kept);
          };
        };
      }),
  );
}

/** What the toolbar button says about the tab that shows an address: the badge. */
export function badgeOf(session: Session, address: string): Promise<string | undefined> {
  return session.inBackground(async (shown) => {
    const tab = (await chrome.tabs.query({})).find(({ url }) => url === shown);
    return tab && chrome.action.getBadgeText({ tabId: tab.id });
  }, address);
}

/** Asks until `check` no longer throws, for as long as a slow machine may need. */
export function until<Value>(check: () => Value | Promise<Value>, patience = 10_000): Promise<Value> {
  return vi.waitFor(check, { timeout: patience, interval: 40 });
}

/** What a reader presses, by the name that is read out: a button, a link, a summary or a labelled choice. */
export async function find(shown: Page, name: string): Promise<ElementHandle<HTMLElement>> {
  return until(async () => {
    const handle = await shown.evaluateHandle((name) => {
      const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
      const candidates = root.querySelectorAll<HTMLElement>('button, a, summary, label, .button');
      return (
        [...candidates].find((candidate) => {
          const spoken = candidate.cloneNode(true) as HTMLElement;
          for (const silent of spoken.querySelectorAll('[aria-hidden="true"]')) silent.remove();
          const text = candidate.getAttribute('aria-label') ?? spoken.textContent ?? '';
          return text.trim() === name && candidate.checkVisibility();
        }) ?? null
      );
    }, name);
    const element = handle.asElement();
    if (!element) throw new Error(`There is nothing to press that is called “${name}”.`);
    return element as ElementHandle<HTMLElement>;
  });
}

/** Presses it with the mouse. */
export async function press(shown: Page, name: string): Promise<void> {
  await (await find(shown, name)).click();
}

/** Opens a page, saves its article by the popup, and closes the popup once every photo is kept. */
export async function saveByPopup({ session }: Setting, address: string): Promise<Page> {
  const tab = await session.openPage(address);
  const popup = await session.openPopup(tab);
  await press(popup, say('save'));
  await popup.waitForSelector('[data-state=saved]');
  await popup.close();
  return tab;
}

/**
 * Saves the articles of fixtures by the background, as the overlay has it done, one after the other, each with all its photos:
 * for tests that begin with saved articles and are not about saving them.
 *
 * @param shown a page of the extension
 */
export async function saveFixtures(session: Session, shown: Page, ...names: string[]): Promise<void> {
  for (const name of names) {
    const saved = await shown.evaluate(
      (argument) => chrome.runtime.sendMessage({ to: 'background', method: 'saveArticle', argument }),
      readExpected(name),
    );
    expect(saved).toMatchObject({ ok: true });
  }
  // Which is when it fetches the photos.
  await shown.evaluate(() => chrome.runtime.sendMessage({ to: 'background', method: 'savedListChanged' }));
  await until(async () => {
    const photos = (await readStore(session)).flatMap((kept) => kept.photos);
    expect(photos.filter((bytes) => bytes === null)).toEqual([]);
  });
}

export interface GivenFile {
  name: string;
  bytes: string | Uint8Array;
}

/** Chooses files in the library's file box for imports, or another one, as a reader does in the browser's file dialog. */
export async function chooseFiles(library: Page, files: GivenFile[], selector = 'input[type=file]'): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'liseuse-files-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const paths = files.map(({ name }) => join(folder, name));
  for (const [index, { bytes }] of files.entries()) await writeFile(paths[index] ?? '', bytes);
  const box = await library.waitForSelector(selector);
  await (box as ElementHandle<HTMLInputElement>).uploadFile(...paths);
}

/** The rows of the list of saved articles. */
export function listRows(shown: Page): Promise<{ title: string; facts: string }[]> {
  return shown.evaluate(() =>
    [...document.querySelectorAll('.saved-article')].map((row) => ({
      title: row.querySelector<HTMLElement>('.saved-article-title')?.innerText ?? '',
      facts: row.querySelector<HTMLElement>('.saved-article-facts')?.innerText.replace(/\s+/g, ' ') ?? '',
    })),
  );
}

/** Waits until the list has these titles, in this order. */
export async function waitForTitles(shown: Page, ...titles: string[]): Promise<void> {
  await until(async () => expect((await listRows(shown)).map(({ title }) => title)).toEqual(titles));
}

/** All text that a reader sees on an extension page or in the overlay. */
export function textOf(shown: Page): Promise<string> {
  return shown.evaluate(() => {
    const dialog = document.querySelector('liseuse-reader')?.shadowRoot?.querySelector('dialog');
    return (dialog ?? document.body).innerText;
  });
}

/** Waits until a reader sees this text. */
export async function waitForText(shown: Page, text: string): Promise<void> {
  await until(async () => {
    const seen = await textOf(shown);
    if (!seen.includes(text)) throw new Error(`“${text}” does not appear in: ${seen}`);
  });
}

/** What the view of an article shows, in popup, overlay or library. */
export interface Shown {
  lang: string;
  dir: string;
  section: string | null;
  title: string;
  byline: string | null;
  times: { datetime: string; text: string }[];
  /** The line of times and minutes. */
  facts: string;
  /** Headings, paragraphs and items of the body in their order. */
  blocks: string[];
  photos: { src: string; alt: string; isDrawn: boolean }[];
  captions: string[];
  credits: string[];
  links: string[];
  text: string;
}

/** The article that is shown, once one is. */
export async function readArticle(shown: Page): Promise<Shown> {
  return until(async () => {
    const seen = await shown.evaluate((): Shown | null => {
      const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
      const article = root.querySelector<HTMLElement>('article.article');
      if (!article?.checkVisibility()) return null;
      const all = (selector: string): HTMLElement[] => [...article.querySelectorAll<HTMLElement>(selector)];
      const texts = (selector: string): string[] => all(selector).map((element) => element.innerText.trim());
      return {
        lang: article.lang,
        dir: getComputedStyle(article).direction,
        section: texts('.article-section')[0] ?? null,
        title: texts('h1').join('|'),
        byline: texts('.article-byline')[0] ?? null,
        times: [...article.querySelectorAll('time')].map((time) => ({
          datetime: time.dateTime,
          text: time.innerText.trim(),
        })),
        facts: texts('.article-times').join('|'),
        blocks: texts('.article-content :is(h2, h3, p, li, td, th, figcaption)'),
        photos: [...article.querySelectorAll('img')].map((img) => ({
          src: img.src,
          alt: img.alt,
          isDrawn: img.complete && img.naturalWidth > 0 && img.checkVisibility(),
        })),
        captions: texts('figcaption'),
        credits: texts('.credit'),
        links: [...article.querySelectorAll('a')].map(({ href }) => href),
        text: article.innerText,
      };
    });
    if (!seen) throw new Error('No article is shown.');
    return seen;
  });
}

/** Scrolls to each photo, as a reader does, until it is drawn; `decoding` and `loading` wait for that. */
export async function seePhotos(shown: Page): Promise<Shown['photos']> {
  return until(async () => {
    await shown.evaluate(() => {
      const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
      const waiting = [...root.querySelectorAll<HTMLImageElement>('article.article img')].find(
        (img) => !(img.complete && img.naturalWidth > 0),
      );
      waiting?.scrollIntoView();
    });
    const { photos } = await readArticle(shown);
    if (photos.some(({ isDrawn }) => !isDrawn)) throw new Error(`Not every photo is drawn: ${JSON.stringify(photos)}`);
    return photos;
  });
}

/** The article that extraction makes of a fixture. */
export function readExpected(name: string): Article {
  const article = JSON.parse(readFixture(`${name}/expected.json`)) as Article;
  const content = readFixture(`${name}/expected.html`);
  return { ...article, content, textContent: content.replace(/<[^>]*>/g, '') };
}

/**
 * Puts the database of Liseuse 0.1 in the place of the extension's own, behind its back: the page is the next to open it.
 *
 * @param shown a page of the extension
 */
export async function putFirstVersion(session: Session, shown: Page, articles: readonly Article[]): Promise<void> {
  // What the page sent it when it opened has come once this is answered; a background that still works on it would upgrade first.
  await shown.evaluate(() => chrome.runtime.sendMessage({ to: 'background', method: 'goOn' }));
  await session.stopBackground();
  const image = `new Blob(['octets'], { type: 'image/jpeg' })`;
  const write = `(${writeFirstVersion.toString()})(${JSON.stringify(articles)}, ${image})`;
  await shown.evaluate(`indexedDB.deleteDatabase('liseuse'), ${write}`);
}

/** Tells every window that any article may have changed, so that it reads the list again. */
export function announce(shown: Page): Promise<void> {
  return shown.evaluate(() => new BroadcastChannel('liseuse-saved-list').postMessage(undefined));
}

/** What the page hands to the browser as downloads, the last one: headless browsers have different places for them. */
export async function catchDownloads(library: Page): Promise<() => Promise<Uint8Array<ArrayBuffer>>> {
  await library.evaluate(() => {
    const made: Blob[] = [];
    Object.assign(globalThis, { made });
    const create = URL.createObjectURL;
    URL.createObjectURL = (blob: Blob) => {
      if (blob.type === 'application/zip') made.unshift(blob);
      return create.call(URL, blob);
    };
  });
  return async () => {
    const text = await library.evaluate(async () => {
      const [file] = (globalThis as unknown as { made: Blob[] }).made;
      const bytes = new Uint8Array((await file?.arrayBuffer()) ?? []);
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    });
    return new Uint8Array(Buffer.from(text, 'base64'));
  };
}
