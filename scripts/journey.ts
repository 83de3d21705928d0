/**
 * The whole journey of a reader in one browser: popup, save, overlay, network off, library. It does what a hand would do
 * and reads what an eye would see. It knows surfaces by their classes, never by their words, which follow the browser's
 * language.
 */
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import type { Site } from './browser/rfi-site.ts';
import type { Session } from './browser/session.ts';

/** What one surface showed. */
export interface Seen {
  /** The article's title, null where there was no article. */
  title: string | null;
  /** All the visible text of the surface, its buttons too. */
  text: string;
  /** How many paragraphs the article has. */
  paragraphs: number;
  /** The article's photos that are really shown. */
  photos: { src: string; alt: string }[];
  photosShown: number;
  /** How many of the article's photos are not: they did not come, or only their caption is there. */
  photosMissing: number;
  /** Where the article's links lead, as absolute addresses. */
  links: string[];
}

/** A row of the saved list. */
export interface SavedRow {
  title: string;
  /** The address that the article is known by. */
  address: string;
  /** The line under the title: edition, date, minutes. */
  facts: string;
}

/** What the journey saw. */
export interface Summary {
  /** Name and version. */
  browser: string;
  address: string;
  popup: Seen & { saved: boolean; savedArticles: string[] };
  overlay: Seen & {
    opened: boolean;
    saved: boolean;
    /** After Escape: whether the same element has the focus as before. Null where no overlay was closed. */
    focusReturned: boolean | null;
    /** After Escape: whether the page is scrolled to the same place. Null where no overlay was closed. */
    scrollReturned: boolean | null;
  };
  library: Seen & {
    savedArticles: SavedRow[];
    /** Whether the network was really off while the library was read. */
    offline: boolean;
  };
  /** The files of the pictures. */
  pictures: string[];
  /** A sentence for everything that did not go as it should; empty after a good journey. */
  problems: string[];
}

/** Where the journey goes. */
export interface JourneyOptions {
  /** Name and version, for the summary. */
  browser: string;
  address: string;
  /** The folder of the pictures. */
  shots: string;
  /** The pretend network, to cut; the real one when absent. */
  site?: Site;
}

/** How long a surface may take to show what it has to show, its photos too, in milliseconds. */
const PATIENCE = 20_000;
/** How long the photos of an article may take to be kept, one after the other. */
const KEEPING_PATIENCE = 90_000;

const nothingSeen = (): Seen => ({
  title: null,
  text: '',
  paragraphs: 0,
  photos: [],
  photosShown: 0,
  photosMissing: 0,
  links: [],
});

/**
 * Makes the journey. What the page does not allow is left out: without an article nothing is saved and no overlay opened.
 *
 * @returns what was seen, also when something broke: then `problems` says what
 */
export async function makeJourney(session: Session, options: JourneyOptions): Promise<Summary> {
  const { browser, address, shots, site } = options;
  const summary: Summary = {
    browser,
    address,
    popup: { ...nothingSeen(), saved: false, savedArticles: [] },
    overlay: { ...nothingSeen(), opened: false, saved: false, focusReturned: null, scrollReturned: null },
    library: { ...nothingSeen(), savedArticles: [], offline: false },
    pictures: [],
    problems: [],
  };
  const picture = async (page: Page, name: string): Promise<void> => {
    const file = join(shots, name);
    await session.screenshot(page, file);
    summary.pictures.push(file);
  };
  /** One part of the journey; the parts after it are tried even if it fails. */
  const attempt = async <T>(part: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await part();
    } catch (error) {
      summary.problems.push(firstSentence(error));
      return undefined;
    }
  };

  const page = await attempt(() => openAndSettle(session, address));
  const popup = page && (await attempt(() => session.openPopup(page)));
  if (popup) await attempt(() => visitPopup(popup, summary, picture));
  if (popup && summary.popup.title !== null) await attempt(() => visitOverlay(page, popup, summary, picture));
  if (popup && !popup.isClosed()) await attempt(() => popup.close());
  await attempt(() => visitLibrary(session, site, summary, picture));
  return summary;
}

type Picture = (page: Page, name: string) => Promise<void>;

async function openAndSettle(session: Session, address: string): Promise<Page> {
  const page = await session.openPage(address).catch((error: unknown) => {
    // The browser's own name for what happened is all that is of use in its message.
    const reason = /(?:net::ERR|NS_ERROR)_\w+/.exec(String(error))?.[0] ?? firstSentence(error);
    throw new Error(`${address} could not be opened: ${reason}.`, { cause: error });
  });
  // What loads late moves the text, and the page would not be where it was left. A page that never ends to load is read all
  // the same.
  await page
    .waitForFunction(() => document.readyState === 'complete', { polling: 100, timeout: PATIENCE })
    .catch(() => undefined);
  // Somewhere in the middle, with the focus on something: what the overlay has to give back.
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('a[href]')?.focus({ preventScroll: true });
    window.scrollTo({ top: 300, behavior: 'instant' });
  });
  return page;
}

async function visitPopup(popup: Page, { popup: seen }: Summary, picture: Picture): Promise<void> {
  await until(popup, 'The popup showed neither an article nor a sentence', () =>
    document.querySelector('.popup-text .article h1, .popup-message'),
  );
  await until(popup, 'The popup showed no saved list', () =>
    document.querySelector('.popup-list :is(.saved-list, .notice)'),
  );
  const look = async (): Promise<void> => {
    Object.assign(seen, await readSurface(await find(popup, 'body')));
    seen.savedArticles = await popup.$$eval('.saved-article-title', (titles) =>
      titles.map((title) => (title as HTMLElement).innerText),
    );
  };
  await look();
  await picture(popup, 'popup.png');
  if (seen.title === null) return;

  await popup.click('.popup-bar .save button');
  await until(popup, 'After a click on Save the popup said neither that the article is saved nor why not', () =>
    document.querySelector('.save:is([data-state="photos-coming"], [data-state="saved"]), .popup-message'),
  );
  seen.saved = (await popup.$('.save:is([data-state="photos-coming"], [data-state="saved"])')) !== null;
  if (!seen.saved) {
    await look();
    throw new Error(`The popup did not save the article; it shows: ${await textOf(popup, '.popup-message')}`);
  }
  await until(
    popup,
    'The photos of the saved article were neither kept nor given up',
    () => document.querySelector('.save[data-state="saved"]'),
    KEEPING_PATIENCE,
  );
  await until(popup, 'The article that was saved did not appear in the list of the popup', () =>
    document.querySelector('.saved-article-title'),
  );
  await look();
  await picture(popup, 'popup-saved.png');
}

async function visitOverlay(page: Page, popup: Page, summary: Summary, picture: Picture): Promise<void> {
  const { overlay } = summary;
  const focused = await page.evaluateHandle(() => document.activeElement);
  const [left, top] = await page.evaluate(() => [window.scrollX, window.scrollY] as const);

  // The popup closes itself when the overlay is there, which may cut off the answer to the click.
  await popup.click('.popup-bar > button.primary').catch((error: unknown) => {
    if (!popup.isClosed()) throw error;
  });
  await until(page, 'The overlay showed neither an article nor a sentence', () =>
    document.querySelector('liseuse-reader')?.shadowRoot?.querySelector('.article h1, .reader-notice'),
  );
  overlay.opened = true;
  if (summary.popup.saved) {
    await until(page, 'The overlay did not say that the article is saved', () =>
      document.querySelector('liseuse-reader')?.shadowRoot?.querySelector('.save[data-state="saved"]'),
    ).then(
      () => (overlay.saved = true),
      (error: unknown) => summary.problems.push(firstSentence(error)),
    );
  }
  Object.assign(overlay, await readSurface(await find(page, 'liseuse-reader >>> dialog')));
  await picture(page, 'overlay.png');

  await page.bringToFront();
  await page.keyboard.press('Escape');
  await until(page, 'Escape did not close the overlay', () => !document.querySelector('liseuse-reader'));
  overlay.focusReturned = await page.evaluate((element) => document.activeElement === element, focused);
  overlay.scrollReturned = await page.evaluate(
    (x, y) => Math.abs(window.scrollX - x) < 1 && Math.abs(window.scrollY - y) < 1,
    left,
    top,
  );
  if (!overlay.focusReturned) summary.problems.push('The focus is elsewhere than before the overlay was opened.');
  if (!overlay.scrollReturned)
    summary.problems.push('The page is scrolled elsewhere than before the overlay was opened.');
}

async function visitLibrary(
  session: Session,
  site: Site | undefined,
  summary: Summary,
  picture: Picture,
): Promise<void> {
  const { library: seen, popup } = summary;
  await site?.cut();
  const library = await session.openExtensionPage('library.html');
  // The real network cannot be cut, but it can be kept from this page; Firefox may not know how.
  if (!site) await library.setOfflineMode(true).catch(() => undefined);
  await until(library, 'The library showed no saved list', () =>
    document.querySelector('main :is(.library-list > ul, .library-list > .empty, .notice)'),
  );
  seen.offline = await library.evaluate(() =>
    fetch('https://www.rfi.fr/', { mode: 'no-cors', cache: 'no-store' }).then(
      () => false,
      () => true,
    ),
  );
  if (site && !seen.offline) summary.problems.push('The network could not be cut for the library.');

  seen.savedArticles = await library.$$eval('.saved-article', (rows) =>
    rows.map((row) => ({
      title: row.querySelector<HTMLElement>('.saved-article-title')?.innerText ?? '',
      address: decodeURIComponent(row.querySelector('a')?.hash.slice(1) ?? ''),
      facts: row.querySelector<HTMLElement>('.saved-article-facts')?.innerText ?? '',
    })),
  );
  Object.assign(seen, await readSurface(await find(library, 'body')));
  await until(library, 'The photos in the list of the library were not shown', () =>
    [...document.querySelectorAll<HTMLImageElement>('.saved-article img')].every((photo) => photo.complete),
  );
  await picture(library, 'library.png');
  if (!popup.saved) return;

  const row = seen.savedArticles.findIndex(({ title }) => title === popup.title);
  const link = (await library.$$('.saved-article a'))[row];
  if (!link) throw new Error('The article that was saved is not in the list of the library.');
  await link.click();
  await until(library, 'The library did not open the saved article', () =>
    document.querySelector('.article h1, main > .notice'),
  );
  Object.assign(seen, await readSurface(await find(library, 'body')));
  await picture(library, 'library-article.png');
  if (seen.title === null) {
    throw new Error(`The library did not show the saved article, but: ${await textOf(library, 'main > .notice')}`);
  }
  if (seen.title !== popup.title)
    summary.problems.push('The library opened another article than the one that was saved.');
}

/** Reads a surface once its photos are there or have failed. */
async function readSurface(root: ElementHandle<HTMLElement>): Promise<Seen> {
  await root.evaluate(async (surface, patience) => {
    const end = Date.now() + patience;
    for (const photo of surface.querySelectorAll<HTMLImageElement>('.article img')) {
      // A photo further down is not even asked for until somebody comes near it.
      photo.scrollIntoView({ block: 'center', behavior: 'instant' });
      await Promise.race([
        new Promise((settled) => {
          photo.addEventListener('load', settled);
          photo.addEventListener('error', settled);
          if (photo.complete) settled(undefined);
        }),
        new Promise((tooLate) => setTimeout(tooLate, end - Date.now())),
      ]);
      // Loaded is not drawn yet, and a picture is taken next.
      if (photo.complete) await photo.decode().catch(() => undefined);
    }
    // Back to the top, for the picture.
    for (let part = surface.querySelector('.article'); part; part = part.parentElement) part.scrollTop = 0;
  }, PATIENCE);
  return root.evaluate((surface) => {
    const all = [...surface.querySelectorAll<HTMLImageElement>('.article img')];
    const shown = all.filter((photo) => photo.complete && photo.naturalWidth > 0);
    return {
      title: surface.querySelector<HTMLElement>('.article h1')?.innerText ?? null,
      text: surface.innerText,
      paragraphs: surface.querySelectorAll('.article-content p:not(.photo-missing)').length,
      photos: shown.map((photo) => ({ src: photo.currentSrc || photo.src, alt: photo.alt })),
      photosShown: shown.length,
      photosMissing: all.length - shown.length + surface.querySelectorAll('.photo-missing').length,
      links: [...surface.querySelectorAll<HTMLAnchorElement>('.article a[href]')].map((link) => link.href),
    };
  });
}

async function find(page: Page, selector: string): Promise<ElementHandle<HTMLElement>> {
  const found = await page.$(selector);
  if (!found) throw new Error(`There is no ${selector} on ${page.url()}.`);
  return found as ElementHandle<HTMLElement>;
}

const textOf = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => (element as HTMLElement).innerText);

/** Waits for a condition on a page. `failure` says what is the case when it does not come. */
async function until(page: Page, failure: string, condition: () => unknown, timeout = PATIENCE): Promise<void> {
  try {
    // By the clock: a page that is not drawn at the moment has no animation frames.
    await page.waitForFunction(condition, { polling: 100, timeout });
  } catch (error) {
    if (!(error instanceof Error && error.name === 'TimeoutError')) throw error;
    throw new Error(`${failure} within ${timeout / 1000} seconds.`, { cause: error });
  }
}

/** What an error says, without the details that may follow on more lines. */
export const firstSentence = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
