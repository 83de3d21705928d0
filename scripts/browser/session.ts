/**
 * A real browser with the extension in it, driven the same way in Chromium and in Firefox: open a
 * page, click the toolbar button, read the popup, stop the background, refuse the site, cut the line.
 */
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Page } from 'puppeteer-core';
import { openChromium } from './chromium.ts';
import type { BrowserDriver, SessionOptions } from './driver.ts';
import { openFirefox } from './firefox.ts';

export interface Session extends BrowserDriver {
  /**
   * Opens a tab on an ordinary page, once its DOM is ready (images may still be loading).
   * Throws when the page cannot be reached.
   */
  openPage(url: string): Promise<Page>;
  /** Writes a PNG of a tab, an extension page or a popup; makes the folder. */
  screenshot(target: Page, path: string, options?: { fullPage?: boolean }): Promise<void>;
  /** Closes the browser and, unless `userDataDir` was given, forgets its profile. */
  close(): Promise<void>;
  /** Kills the browser with all its processes as a power cut does, and returns once it is gone. */
  kill(): Promise<void>;
}

/**
 * Starts a browser with the extension installed.
 * @param options which browser, which extension, which network.
 * @returns the session, ready to open pages; the caller must `close` or `kill` it.
 * @throws when the browser does not start or refuses the extension.
 */
export async function openSession(given: SessionOptions): Promise<Session> {
  const options = { ...given, extension: resolve(given.extension) };
  const driver = await (options.browser === 'chromium' ? openChromium(options) : openFirefox(options));
  const { browser } = driver;
  return {
    ...driver,
    openPage: async (url) => {
      const page = await browser.newPage();
      // Not 'load': a photo that never comes must not hold the test.
      await page.goto(url, { waitUntil: 'domcontentloaded' });
      return page;
    },
    screenshot: async (target, path, { fullPage = false } = {}) => {
      await mkdir(dirname(path), { recursive: true });
      await target.screenshot({ path: path as `${string}.png`, fullPage });
    },
    close: () => browser.close(),
    kill: async () => {
      const main = browser.process();
      if (main?.pid === undefined || main.exitCode !== null || main.signalCode !== null) return;
      const gone = new Promise((resolve) => main.once('exit', resolve));
      // Puppeteer starts a browser as the first of a group of processes, where the system has such.
      if (process.platform === 'win32') main.kill('SIGKILL');
      else process.kill(-main.pid, 'SIGKILL');
      await gone;
    },
  };
}
