/** What chromium.ts and firefox.ts must each be able to do, and what they are told. */
import type { Browser, Page } from 'puppeteer-core';
import type { BrowserName } from './find-browser.ts';
import type { Site } from './rfi-site.ts';

export interface SessionOptions {
  browser: BrowserName;
  /** From `findBrowser`. */
  executablePath: string;
  /** The folder of the unpacked extension. */
  extension: string;
  /** Every request goes to this site; the live network when absent. */
  site?: Site;
  headless: boolean;
  /** A profile folder to keep, so that a later session finds the extension's data again; a throw-away one when absent. */
  userDataDir?: string;
  /**
   * The language asked of the browser, such as `fr`: `navigator.language` and the extension's messages
   * follow it. In Chromium `i18n.getUILanguage` does so only where that language is installed (on Debian,
   * with the package chromium-l10n).
   */
  locale?: string;
  /** What `prefers-color-scheme` answers everywhere; the machine's choice when absent, and in Chromium for `light`. */
  colorScheme?: 'light' | 'dark';
  /** What a reader of Firefox may have chosen in about:config, such as the smallest font size; Chromium has no such thing. */
  preferences?: Record<string, unknown>;
}

/**
 * What one browser must be able to do; `openSession` adds what is the same in both.
 *
 * On a page of the extension in Firefox, `evaluate`, `click`, `type`, `$`, `waitForSelector`,
 * `waitForFunction` and `screenshot` work, also after the page goes elsewhere by itself; but
 * Puppeteer hears nothing from such a page, so `goto`, `reload`, `waitForNavigation` time out,
 * `url()` stays at the address it was opened with, and there are no `console` or `pageerror` events.
 * https://bugzilla.mozilla.org/show_bug.cgi?id=1755014
 */
export interface BrowserDriver {
  readonly browser: Browser;
  readonly extensionId: string;
  /** `chrome-extension://<id>` or `moz-extension://<uuid>`, without a final slash. */
  readonly extensionOrigin: string;
  /**
   * Clicks the extension's toolbar button on that tab and returns the popup, which grants `activeTab`
   * as a reader's click does. Throws when no popup appears within 10 seconds.
   * The popup stays open while it is driven, until it closes itself or `close()` is called on it.
   */
  openPopup(page: Page): Promise<Page>;
  /** Opens a page of the extension (`library.html?x=1`) in a tab, once its DOM is ready. */
  openExtensionPage(path: string): Promise<Page>;
  /**
   * Waits up to 10 seconds for a tab on a page of the extension, which the extension may have opened
   * itself, and returns it once its DOM is ready. `path` is the beginning of the address after the
   * origin; among several such tabs, the newest is returned.
   */
  waitForExtensionPage(path: string): Promise<Page>;
  /**
   * Runs a function in the extension's background (service worker or event page), starting it if it
   * is stopped. The function is sent as text: it sees its arguments and globals, not its closure.
   * Arguments and result travel as JSON. Throws what the function throws.
   */
  inBackground<A extends unknown[], T>(run: (...args: A) => T | Promise<T>, ...args: A): Promise<T>;
  /** Stops the background as the browser does when it is idle; the next event starts it again. Harmless when stopped. */
  stopBackground(): Promise<void>;
  /** Gives or withdraws the sites of the manifest's `host_permissions`, as the browser's own settings do. */
  setSiteAccess(granted: boolean): Promise<void>;
}

/** The size of a tab. A popup keeps the size that the extension gives it. */
export const VIEWPORT = { width: 1280, height: 900 };

/** The text of an expression that calls a function of this program elsewhere, with arguments that go as JSON. */
export function callText<A extends unknown[]>(run: (...args: A) => unknown, args: A): string {
  // tsx marks the names of inner functions with a helper that only exists in this program.
  // https://github.com/privatenumber/tsx/issues/113
  return `((__name) => (${run.toString()})(...${JSON.stringify(args)}))((named) => named)`;
}
