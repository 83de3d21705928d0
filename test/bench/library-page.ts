/** Opens the library page as a reader does, and runs the bench's own modules in it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { callText } from '../../scripts/browser/driver.ts';
import type { Session } from '../../scripts/browser/session.ts';
import { bundleForPage } from './bundle.ts';
import type * as StoreBench from './library-store.ts';

/** How long a page is left alone before it is asked, in milliseconds. */
const REST = 700;

/** The milliseconds from navigation start to the first frame with a row of the list in it. */
export async function timeOpening(session: Session): Promise<number> {
  const page = await session.openExtensionPage('library.html');
  await sleep(REST);
  await page.waitForSelector('.saved-article');
  const painted = await page.evaluate(
    (patience) =>
      new Promise<number | null>((resolve) => {
        new PerformanceObserver((list) => {
          const entries = list.getEntries() as LargestContentfulPaint[];
          const entry = entries.find(({ element }) => element?.closest('.saved-article'));
          if (entry) resolve(entry.startTime);
        }).observe({ type: 'largest-contentful-paint', buffered: true });
        setTimeout(() => resolve(null), patience);
      }),
    5_000,
  );
  await page.close();
  if (painted === null) throw new Error('The browser did not say when it painted the first rows of the library.');
  return painted;
}

/** Opens the library and waits until it has the whole list. */
export async function openWhole(session: Session, size: number): Promise<Page> {
  const page = await session.openExtensionPage('library.html');
  await page.waitForFunction(
    (count) => document.querySelector('.saved-article')?.getAttribute('aria-setsize') === String(count),
    { timeout: 60_000 },
    size,
  );
  await sleep(REST);
  return page;
}

declare global {
  var storeBench: typeof StoreBench;
}

let bundle: Promise<string> | undefined;

/** Puts library-store.ts into a page of the extension, where it is `storeBench`. */
export async function addStoreBench(page: Page): Promise<void> {
  bundle ??= bundleForPage('library-store.ts', 'storeBench');
  await page.evaluate(`${await bundle}; globalThis.storeBench = storeBench; undefined`);
}

/** Runs a function in a page, whatever tsx made of its inner functions. */
export async function runInPage<A extends unknown[], T>(
  page: Page,
  run: (...args: A) => T | Promise<T>,
  ...args: A
): Promise<T> {
  return (await page.evaluate(callText(run, args))) as T;
}

/** Scrolls to the end of the list; the longest time between two frames on the way, in milliseconds. */
export function scrollToEnd(page: Page, steps: number): Promise<number> {
  return runInPage(
    page,
    async (count) => {
      let longest = 0;
      let last = 0;
      const isAtEnd = (): boolean => {
        const row = document.querySelector('.saved-article:last-child');
        return row !== null && row.getAttribute('aria-posinset') === row.getAttribute('aria-setsize');
      };
      for (let step = 1; step <= count || !isAtEnd(); step++) {
        if (step > 2 * count) throw new Error('The end of the list was not reached.');
        // Rows that are drawn for the first time make the page longer or shorter.
        scrollTo(0, Math.min(1, step / count) * (document.documentElement.scrollHeight - innerHeight));
        const now = await new Promise(requestAnimationFrame);
        if (last > 0) longest = Math.max(longest, now - last);
        last = now;
      }
      return longest;
    },
    steps,
  );
}

/** The bytes of JavaScript objects in a page of Chromium, once what nobody uses is gone. */
export async function measureHeap(page: Page): Promise<number> {
  const cdp = await page.createCDPSession();
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  await cdp.detach();
  return usedSize;
}
