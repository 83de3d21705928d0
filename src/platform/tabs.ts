/** Tabs: opening the overlay on one, the library, and what the toolbar icon says. */
import browser from 'webextension-polyfill';
import { injectionReason, type ReadReason } from './read-tab.ts';

/** Pages of the site that the extension is for. */
export const RFI_PAGES = '*://*.rfi.fr/*';

/** Opens the overlay on a tab's page; `toggle` closes it if it is open, `offer` opens it on an article only. */
export async function showReader(
  tabId: number,
  method: 'show' | 'toggle' | 'offer' = 'show',
): Promise<{ ok: true } | { ok: false; reason: ReadReason }> {
  try {
    await browser.scripting.executeScript({ target: { tabId }, files: ['/extract.js', '/reader.js'] });
    const [answer] = await browser.scripting.executeScript({
      target: { tabId },
      func: (name: 'show' | 'toggle' | 'offer') => globalThis.liseuse?.[name]().catch(() => false),
      args: [method],
    });
    return answer?.result === true ? { ok: true } : { ok: false, reason: 'overlayRefused' };
  } catch (error) {
    return { ok: false, reason: injectionReason(error) };
  }
}

/** Whether the reader lets the extension read rfi.fr by itself. Firefox lets people refuse and withdraw that. */
export async function mayReadRfi(): Promise<boolean> {
  return browser.permissions.contains({ origins: [RFI_PAGES] });
}

/** Asks the reader for it. Call it straight from a click: browsers ask at no other time. Resolves to the answer. */
export function requestRfi(): Promise<boolean> {
  return browser.permissions.request({ origins: [RFI_PAGES] });
}

/** Opens the library in a tab, on an article if one is named, with a search if one is given. */
export async function openLibrary(articleId?: string, query = ''): Promise<void> {
  const search = query === '' ? '' : `?q=${encodeURIComponent(query)}`;
  const hash = articleId === undefined ? '' : `#${encodeURIComponent(articleId)}`;
  await browser.tabs.create({ url: browser.runtime.getURL(`library.html${search}${hash}`) });
}

/** How much larger than usual the reader has every page drawn, 2 for twice; 1 in Firefox, whose popups grow with it. */
export async function readPageZoom(): Promise<number> {
  try {
    const { defaultZoomFactor = 1 } = await browser.tabs.getZoomSettings();
    return defaultZoomFactor;
  } catch {
    // Firefox for Android has no such thing.
    return 1;
  }
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

/** Makes the toolbar icon of a tab say what became of the overlay, until the tab goes to another page. */
export async function showTaken(tabId: number, title: string): Promise<void> {
  await Promise.all([
    browser.action.setBadgeText({ tabId, text: '!' }),
    browser.action.setBadgeBackgroundColor({ tabId, color: '#8a5a00' }),
    browser.action.setTitle({ tabId, title }),
  ]).catch(() => undefined);
}

/** Calls `listener` with the tab when the reader presses the key of the command `toggle-reader`. */
export function onToggleCommand(listener: (tabId: number) => void): void {
  browser.commands.onCommand.addListener((command, tab) => {
    if (command === 'toggle-reader' && tab?.id !== undefined) listener(tab.id);
  });
}

/**
 * Calls `listener` with what the reader typed behind the keyword `rfi` in the address bar, where the browser has such keywords
 * (Firefox for Android has none).
 *
 * @param hint what the address bar says meanwhile; `%s` in it is what is typed
 */
export function onAddressBarSearch(hint: string, listener: (query: string) => void): void {
  const { omnibox } = browser as { omnibox?: browser.Omnibox.Static };
  void omnibox?.setDefaultSuggestion({ description: hint });
  omnibox?.onInputEntered.addListener(listener);
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
