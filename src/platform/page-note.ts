/**
 * The messages of the content script that runs on every page of rfi.fr. It has no polyfill, which alone is larger than
 * all that this script may weigh: Chromium's and Firefox's own objects do this alike when nobody waits for an answer.
 */
import type { Envelope } from './protocol.ts';

interface Runtime {
  sendMessage(envelope: Envelope): Promise<unknown>;
  onMessage: { addListener(listener: (message: Envelope) => void): void };
}
declare const browser: { runtime: Runtime } | undefined;
declare const chrome: { runtime: Runtime };
const { runtime } = typeof browser === 'undefined' ? chrome : browser;

/** Notes that this tab shows an article, with every address that it has. */
export function notePage(addresses: string[]): void {
  // An extension that was updated under the page has nobody to tell.
  void runtime.sendMessage({ to: 'background', method: 'notePage', argument: addresses }).catch(() => undefined);
}

/** Offers the page to be opened in the overlay by itself; the background knows whether the reader wants that. */
export function offerPage(): void {
  void runtime.sendMessage({ to: 'background', method: 'offerPage', argument: undefined }).catch(() => undefined);
}

/** Calls `listener` after each change of the saved list. */
export function onSavedListChanged(listener: () => void): void {
  runtime.onMessage.addListener(({ to, method }) => {
    if (to === 'page' && method === 'savedListChanged') listener();
  });
}
