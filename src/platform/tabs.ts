/** Tabs: reading the page of one, opening the overlay on it, the library, and what the toolbar icon says. */
import browser from 'webextension-polyfill';
import type { Article, Extraction, NoArticleReason } from '../article/article.ts';

/** Pages of the site that the extension is for. */
export const RFI_PAGES = '*://*.rfi.fr/*';

/** What reader/index.ts leaves in the page's isolated world for the functions below. */
export interface InjectedReader {
  extract(): Extraction;
  toggle(): void;
}
declare global {
  var liseuse: InjectedReader | undefined;
}

/** `restricted`: the browser lets no extension read this page. `navigated`: the page went away while it was read. */
export type ReadReason = NoArticleReason | 'restricted' | 'navigated';
export type Reading = { ok: true; article: Article } | { ok: false; reason: ReadReason };

/** The tab that the reader looks at, or the one that the address of an extension page names (`?tab=12`). */
export async function getReadTab(): Promise<number | undefined> {
  const named = new URLSearchParams(location.search).get('tab');
  if (named) return Number(named);
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab?.id;
}

/** What the injected script answered about a tab's page; its shape is for the caller to check. Expected failures come as reasons. */
export async function readTab(tabId: number): Promise<Reading> {
  const reading = new AbortController();
  const left = leaving(tabId, reading.signal);
  try {
    return await Promise.race([injectAndRead(tabId), left]);
  } finally {
    reading.abort();
  }
}

async function injectAndRead(tabId: number): Promise<Reading> {
  try {
    // One call, whose result is the last script's value: a second call costs the popup as much as the extraction.
    const files = ['/reader.js', '/answer.js'];
    const [answer] = await browser.scripting.executeScript({ target: { tabId }, files });
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
    browser.tabs.onUpdated.addListener(onUpdated);
    signal.addEventListener('abort', () => browser.tabs.onUpdated.removeListener(onUpdated), { once: true });
  });
}

/** Opens the overlay on a tab's page, or closes it if it is open. */
export async function toggleReader(tabId: number): Promise<{ ok: true } | { ok: false; reason: ReadReason }> {
  try {
    await browser.scripting.executeScript({ target: { tabId }, files: ['/reader.js'] });
    await browser.scripting.executeScript({ target: { tabId }, func: () => globalThis.liseuse?.toggle() });
    return { ok: true };
  } catch (error) {
    return { ok: false, reason: injectionReason(error) };
  }
}

/** Browsers tell apart only by their words a page that went away from one that no extension may touch. */
const injectionReason = (error: unknown): ReadReason =>
  /removed|navigat|no tab|closed|destroyed|invalid tab|discarded|unload/i.test(String(error))
    ? 'navigated'
    : 'restricted';

/** Whether the reader lets the extension read rfi.fr by itself. Firefox lets people refuse and withdraw that. */
export async function mayReadRfi(): Promise<boolean> {
  return browser.permissions.contains({ origins: [RFI_PAGES] });
}

/** Asks the reader for it. Call it straight from a click: browsers ask at no other time. Resolves to the answer. */
export function requestRfi(): Promise<boolean> {
  return browser.permissions.request({ origins: [RFI_PAGES] });
}

/** Opens the library in a tab, on an article if one is named. */
export async function openLibrary(articleId?: string): Promise<void> {
  const hash = articleId === undefined ? '' : `#${encodeURIComponent(articleId)}`;
  await browser.tabs.create({ url: browser.runtime.getURL(`library.html${hash}`) });
}

/** The open tabs of rfi.fr, with their addresses. */
export async function listRfiTabs(): Promise<{ id: number; url: string }[]> {
  const tabs = await browser.tabs.query({ url: RFI_PAGES });
  return tabs.flatMap(({ id, url }) => (id !== undefined && url ? [{ id, url }] : []));
}

/** Makes the toolbar icon of a tab say whether its article is saved, to eyes and to screen readers. */
export async function showSaved(tabId: number, isSaved: boolean, title: string): Promise<void> {
  // The tab may be gone by now.
  await Promise.all([
    browser.action.setBadgeText({ tabId, text: isSaved ? '✓' : '' }),
    browser.action.setBadgeBackgroundColor({ tabId, color: '#1f6f43' }),
    browser.action.setTitle({ tabId, title }),
  ]).catch(() => undefined);
}

/** Calls `listener` with the tab when the reader presses the key of the command `toggle-reader`. */
export function onToggleCommand(listener: (tabId: number) => void): void {
  browser.commands.onCommand.addListener((command, tab) => {
    if (command === 'toggle-reader' && tab?.id !== undefined) listener(tab.id);
  });
}

/** Opens the toolbar popup, where the browser lets an extension do so. */
export async function openPopup(): Promise<void> {
  await browser.action.openPopup().catch(() => undefined);
}

/** Calls `listener` when the browser starts, and when the extension is installed or updated. */
export function onStart(listener: () => void): void {
  browser.runtime.onStartup.addListener(listener);
  browser.runtime.onInstalled.addListener(listener);
}
