/**
 * Times the real toolbar popup on a page in Chromium beside an empty popup, opening by opening.
 *
 * Both are timed by the popup's own clock, from its navigation start to the frame that first shows its text: the browser's
 * entry for the largest text painted so far, the first within the article here, the one letter there. Neither popup has a
 * script or a mark for the bench in it, and nothing speaks to either before it is done.
 * https://developer.mozilla.org/en-US/docs/Web/API/LargestContentfulPaint
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { startSite } from '../../scripts/browser/rfi-site.ts';
import { openSession, type Session } from '../../scripts/browser/session.ts';
import { localRfi } from '../../scripts/local-rfi.ts';
import type { BenchSetting } from './bench.ts';
import { lastParagraph } from './last-paragraph.ts';
import { median } from './median.ts';

const WARM_UPS = 3;
const OPENINGS = 20;

/** How long a popup is left alone before it is asked, and a page before its popup is opened, in milliseconds. */
const REST = 700;

const EMPTY_POPUP = '<!doctype html><title>x</title><body>x';

export interface PopupFigures {
  /** Milliseconds from navigation start to the frame that shows the article, a median. */
  article: number;
  /** The same of the empty popup. */
  empty: number;
  openings: number;
}

/**
 * Opens the two popups in turn, each in a browser of its own, on a page that was just loaded.
 * @throws when Chromium does not start, or the popup does not show the whole article.
 */
export async function measurePopup({ address, html, executablePath, extension }: BenchSetting): Promise<PopupFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'liseuse-bench-'));
  const site = await startSite(localRfi(new Map([[address, html]])));
  const sessions: Session[] = [];
  const open = async (name: string): Promise<{ session: Session; page: Page }> => {
    // The other contestant is a copy, so this is one too; a build in the meantime changes neither.
    cpSync(extension, join(folder, name), { recursive: true });
    if (name === 'empty') writeFileSync(join(folder, name, 'popup.html'), EMPTY_POPUP);
    const options = {
      browser: 'chromium',
      executablePath,
      extension: join(folder, name),
      headless: true,
      site,
    } as const;
    const session = await openSession(options);
    sessions.push(session);
    return { session, page: await session.openPage(address) };
  };
  try {
    const real = await open('real');
    const empty = await open('empty');
    const wanted = await real.page.evaluate(lastParagraph);
    if (wanted === '') throw new Error('The page has no article with a paragraph in it.');
    const times = { article: [] as number[], empty: [] as number[] };
    for (let opening = 0; opening < WARM_UPS + OPENINGS; opening++) {
      const article = await timeOpening(real.session, real.page, '.article', wanted);
      const nothing = await timeOpening(empty.session, empty.page, 'body', 'x');
      if (opening < WARM_UPS) continue;
      times.article.push(article);
      times.empty.push(nothing);
    }
    return { article: median(times.article), empty: median(times.empty), openings: OPENINGS };
  } finally {
    for (const session of sessions) await session.close();
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Loads the page again, as a reader who just came to it, opens the popup and asks it when its text was painted. */
async function timeOpening(session: Session, page: Page, within: string, wanted: string): Promise<number> {
  await page.bringToFront();
  await page.reload({ waitUntil: 'load' });
  await sleep(REST);
  const popup = await openUndisturbed(session, page);
  await popup.waitForFunction(
    (selector, text) => document.querySelector(selector)?.textContent?.replace(/\s+/g, '').includes(text),
    { timeout: 10_000 },
    within,
    wanted,
  );
  const painted = await popup.evaluate(
    (selector, patience) =>
      new Promise<number | undefined>((resolve) => {
        new PerformanceObserver((list) => {
          const entries = list.getEntries() as LargestContentfulPaint[];
          const entry = entries.find(({ element }) => element?.closest(selector));
          if (entry) resolve(entry.startTime);
        }).observe({ type: 'largest-contentful-paint', buffered: true });
        setTimeout(resolve, patience);
      }),
    within,
    5_000,
  );
  await popup.close();
  if (painted === undefined) throw new Error('The browser did not say when it painted the text of the popup.');
  return painted;
}

/** `session.openPopup` speaks to the popup as soon as it is there, which takes time from it; this lets it finish first. */
async function openUndisturbed({ browser, extensionId, extensionOrigin }: Session, page: Page): Promise<Page> {
  const before = new Set(browser.targets());
  await (await browser.extensions()).get(extensionId)?.triggerAction(page);
  const target = await browser.waitForTarget(
    (candidate) => !before.has(candidate) && candidate.url() === `${extensionOrigin}/popup.html`,
    { timeout: 10_000 },
  );
  await sleep(REST);
  return target.asPage();
}
