/**
 * Reads the page of a tab. It has no polyfill, so that the popup can begin before its own code has come: the methods used here
 * answer with promises in Chromium and in Firefox alike.
 */
import type { Browser } from 'webextension-polyfill';
import type { Extraction, NoArticleReason } from '../article/article.ts';
import type { readHtml } from '../article/read-html.ts';
import type { sanitizeToFragment } from '../article/sanitize.ts';

declare const browser: Browser | undefined;
declare const chrome: Browser;
const api = typeof browser === 'undefined' ? chrome : browser;

/** How a page that was read is read again. */
export interface ReadOptions {
  /** Numbers of removed blocks, as the receipt has them, that the reader wants back. */
  restored?: readonly number[];
  /** All of the page, although something in it is selected. */
  isWhole?: boolean;
}

/** What reader/extract.ts leaves in the page's isolated world. */
export interface InjectedExtractor {
  extract(options?: ReadOptions): Extraction;
  readHtml: typeof readHtml;
  sanitizeToFragment: typeof sanitizeToFragment;
}

/** What reader/index.ts leaves there, which shows what the other extracts. */
export interface InjectedReader {
  /** Opens the overlay where it is not open, or closes it. All three resolve to whether the page let them. */
  show(): Promise<boolean>;
  toggle(): Promise<boolean>;
  /** Opens it where the page has an article to show. */
  offer(): Promise<boolean>;
}
declare global {
  var liseuseExtractor: InjectedExtractor | undefined;
  var liseuse: InjectedReader | undefined;
}

/**
 * `restricted`: the browser lets no extension read this page. `navigated`: the page went away while it was read.
 * `overlayRefused`: the page lets no overlay stay on it.
 */
export type ReadReason = NoArticleReason | 'restricted' | 'navigated' | 'overlayRefused';
export type Reading = Extract<Extraction, { ok: true }> | { ok: false; reason: ReadReason };

/** The tab that the reader looks at, or the one that the address of an extension page names (`?tab=12`). */
export async function getReadTab(): Promise<number | undefined> {
  const named = new URLSearchParams(location.search).get('tab');
  if (named) return Number(named);
  const [tab] = await api.tabs.query({ active: true, currentWindow: true });
  return tab?.id;
}

/**
 * What the injected script answered about a tab's page; its shape is for the caller to check. Expected failures come as reasons.
 *
 * @param again how a page that was read before is to be read this time
 */
export async function readTab(tabId: number, again?: ReadOptions): Promise<Reading> {
  const reading = new AbortController();
  const left = leaving(tabId, reading.signal);
  try {
    return await Promise.race([askPage(tabId, again), left]);
  } finally {
    reading.abort();
  }
}

async function askPage(tabId: number, again: ReadOptions | undefined): Promise<Reading> {
  const target = { tabId };
  // One call, whose result is the last script's value: a second call costs the popup as much as the extraction.
  const first = { target, files: ['/extract.js', '/answer.js'] };
  try {
    const [answer] = await api.scripting.executeScript(
      again
        ? {
            target,
            func: (options: ReadOptions) => globalThis.liseuseExtractor?.extract(options) ?? null,
            args: [again],
          }
        : first,
    );
    const extraction = answer?.result as Extraction | null | undefined;
    return extraction ?? { ok: false, reason: 'navigated' };
  } catch (error) {
    return { ok: false, reason: injectionReason(error) };
  }
}

/** How long a script may still answer after its tab began to load, in milliseconds. */
const GRACE = 1000;

/**
 * Resolves when the tab went to another page: Firefox never answers a script whose page went away. A page that only rewrites
 * its address "loads" too, but answers.
 */
function leaving(tabId: number, signal: AbortSignal): Promise<Reading> {
  return new Promise((resolve) => {
    const onUpdated = (id: number, change: { status?: string }): void => {
      if (id !== tabId || change.status !== 'loading') return;
      setTimeout(() => resolve({ ok: false, reason: 'navigated' }), GRACE);
    };
    api.tabs.onUpdated.addListener(onUpdated);
    signal.addEventListener('abort', () => api.tabs.onUpdated.removeListener(onUpdated), { once: true });
  });
}

/** Browsers tell apart only by their words a page that went away from one that no extension may touch. */
export const injectionReason = (error: unknown): ReadReason =>
  /removed|navigat|no tab|closed|destroyed|invalid tab|discarded|unload/i.test(String(error))
    ? 'navigated'
    : 'restricted';

/** The article of the tab that the reader looks at. */
export async function readShownTab(): Promise<Reading> {
  const tabId = await getReadTab();
  return tabId === undefined ? { ok: false, reason: 'restricted' } : readTab(tabId);
}
