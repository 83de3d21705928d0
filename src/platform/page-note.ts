/**
 * The one message of the content script that runs on every page of rfi.fr. It has no polyfill, which alone is larger than
 * all that this script may weigh: Chromium's and Firefox's own objects send a message alike when nobody waits for an answer.
 */
import type { Envelope } from './protocol.ts';

interface Runtime {
  sendMessage(envelope: Envelope): Promise<unknown>;
}
declare const browser: { runtime: Runtime } | undefined;
declare const chrome: { runtime: Runtime };

/** Notes that this tab shows an article at an address. */
export function notePage(address: string): void {
  const { runtime } = typeof browser === 'undefined' ? chrome : browser;
  // An extension that was updated under the page has nobody to tell.
  void runtime.sendMessage({ to: 'background', method: 'notePage', argument: address }).catch(() => undefined);
}
