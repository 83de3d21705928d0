/** Times the overlay on real pages in Chromium: its opening beside another reader's, what it asks of the page, its changes, its scrolling. */
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Page } from 'puppeteer-core';
import { callText } from '../../scripts/browser/driver.ts';
import { startSite, type Site } from '../../scripts/browser/rfi-site.ts';
import { openSession, type Session } from '../../scripts/browser/session.ts';
import { localRfi } from '../../scripts/local-rfi.ts';
import { writeBareReader } from './bare-reader.ts';
import type { BenchSetting } from './bench.ts';
import { lastParagraph } from './last-paragraph.ts';
import { runInPage } from './library-page.ts';
import { median } from './median.ts';

const WARM_UPS = 2;
const OPENINGS = 12;
const TRACES = 5;
/** How long a page is left alone before the click, in milliseconds. */
const REST = 700;
const PATIENCE = 15_000;
/** Words of the article that is scrolled. */
const WORDS = 20_000;

export interface ReaderSetting extends BenchSetting {
  /** The folder of the other reader's unpacked extension, undefined where there is none. */
  other: string | undefined;
}

/** Medians in milliseconds. */
export interface ReaderFigures {
  /** From the click to the frame that shows the article. */
  opening: number;
  other: number | undefined;
  /** All tasks of the page's main thread from the click to that frame; and where the least is done that shows an article. */
  work: number;
  bareWork: number;
  /** Frames from a press on another theme, and on a larger size, to the first that shows it: 1 is the next. */
  themeFrames: number;
  sizeFrames: number;
  /** Tasks over 50 ms while 20,000 words are scrolled from their beginning to their end, and the longest time between two frames. */
  longTasks: number;
  longestFrame: number;
}

/**
 * What a click on the toolbar button does in the copy that is timed. The popup that it opens else is timed by `npm run bench`;
 * here it is the keys' command, as it is in the shipped extension.
 */
const CLICK = `;chrome.action.onClicked.addListener((tab) => chrome.commands.onCommand.dispatch('toggle-reader', tab));`;

/** @throws when Chromium does not start, or a reader does not show the whole article. */
export async function measureReader(setting: ReaderSetting): Promise<ReaderFigures> {
  const { address, html, executablePath, extension, other } = setting;
  const folder = mkdtempSync(join(tmpdir(), 'liseuse-bench-'));
  const long = new URL('/fr/bench-long', address).href;
  const pages = new Map([
    [address, html],
    [long, makeLong(long)],
  ]);
  const site = await startSite(localRfi(pages));
  const sessions: Session[] = [];
  const open = async (from: string, name: string): Promise<Session> => {
    cpSync(from, join(folder, name), { recursive: true });
    if (name === 'liseuse') openByClick(join(folder, name));
    const session = await startSession(executablePath, join(folder, name), site);
    sessions.push(session);
    return session;
  };
  try {
    const liseuse = await open(extension, 'liseuse');
    const contestant = other === undefined ? undefined : await open(other, 'other');
    const openings: number[] = [];
    const others: number[] = [];
    for (let opening = 0; opening < WARM_UPS + OPENINGS; opening++) {
      const ours = await timeOpening(liseuse, address);
      const theirs = contestant && (await timeOpening(contestant, address));
      if (opening < WARM_UPS) continue;
      openings.push(ours);
      if (theirs !== undefined) others.push(theirs);
    }
    writeBareReader(join(folder, 'bare-source'));
    const bare = await open(join(folder, 'bare-source'), 'bare');
    const works: number[] = [];
    const bareWorks: number[] = [];
    for (let opening = 0; opening < WARM_UPS + TRACES; opening++) {
      const ours = await traceWork(liseuse, address);
      const theirs = await traceWork(bare, address);
      if (opening < WARM_UPS) continue;
      works.push(ours);
      bareWorks.push(theirs);
    }
    return {
      opening: median(openings),
      other: others.length > 0 ? median(others) : undefined,
      work: median(works),
      bareWork: median(bareWorks),
      ...(await countFrames(liseuse, address)),
      ...(await scrollLong(liseuse, long)),
    };
  } finally {
    for (const session of sessions) await session.close();
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const startSession = (executablePath: string, extension: string, site: Site): Promise<Session> =>
  openSession({ browser: 'chromium', executablePath, extension, headless: true, site });

function openByClick(extension: string): void {
  const file = join(extension, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { action: { default_popup?: string } };
  delete manifest.action.default_popup;
  writeFileSync(file, JSON.stringify(manifest));
  appendFileSync(join(extension, 'background.js'), CLICK);
}

/** RFI's markup around the project's own sentences, again and again. */
function makeLong(address: string): string {
  const html = readFileSync(join(import.meta.dirname, '../fixtures/article-fr/source.html'), 'utf8');
  const paragraphs = [...html.matchAll(/<p>[^<]{80,}<\/p>/g)].map(([paragraph]) => paragraph).join('\n');
  const words = paragraphs.split(/\s+/).length;
  const body = Array.from({ length: Math.ceil(WORDS / words) }, () => paragraphs).join('\n');
  const canonical = /<link rel="canonical" href="([^"]+)"/.exec(html)?.[1] ?? '';
  return html.replaceAll(canonical, address).replace(paragraphs.split('\n')[0] ?? '', body);
}

/** When the last paragraph stood in a frame that was painted, in milliseconds since 1970; of whichever document shows it. */
declare global {
  var readerPainted: number | undefined;
}

/** Waits in every frame for the last paragraph outside the page itself. Runs in the page, and in the other reader's own. */
function watchArticle(wanted: string): void {
  const isShown = (): boolean => {
    const root =
      document.querySelector('liseuse-reader')?.shadowRoot ??
      (location.protocol.startsWith('http') ? null : document.documentElement);
    return root?.textContent?.replace(/\s+/g, '').includes(wanted) === true;
  };
  const look = (): void => {
    if (!isShown()) {
      requestAnimationFrame(look);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    // The frame is done when the next task runs.
    port1.onmessage = () => {
      globalThis.readerPainted = performance.timeOrigin + performance.now();
      performance.mark('reader-painted');
    };
    port2.postMessage(null);
  };
  requestAnimationFrame(look);
}

/** Opens the page as a reader who just came to it, clicks, and asks when the article was painted: milliseconds from the click. */
async function timeOpening(session: Session, address: string): Promise<number> {
  const page = await openWatched(session, address);
  const start = performance.timeOrigin + performance.now();
  await click(session, page);
  const painted = await untilPainted(page);
  await page.close();
  return painted - start;
}

async function openWatched(session: Session, address: string): Promise<Page> {
  const page = await session.openPage(address);
  const wanted = await page.evaluate(lastParagraph);
  if (wanted === '') throw new Error('The page has no article with a paragraph in it.');
  const watch = callText(watchArticle, [wanted]);
  // The other reader leaves the page for one of its own.
  page.on('framenavigated', (frame) => void askFrame(frame, watch));
  await page.evaluate(watch);
  await sleep(REST);
  return page;
}

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds. */
  ts: number;
  dur?: number;
}

/** What the main thread does: tasks, and what promises do behind them, which Chromium counts to no task. One may be in the other. */
const TASKS = /RunTask$|PerformMicrotaskCheckpoint$/;

/** The milliseconds that the page's main thread is busy from the click until the article is painted, by the browser's own trace. */
async function traceWork(session: Session, address: string): Promise<number> {
  const page = await openWatched(session, address);
  await page.tracing.start({ categories: ['toplevel', 'blink.user_timing'] });
  await page.evaluate(() => performance.mark('reader-clicked'));
  await click(session, page);
  await untilPainted(page);
  const trace = await page.tracing.stop();
  await page.close();
  const { traceEvents } = JSON.parse(new TextDecoder().decode(trace)) as { traceEvents: TraceEvent[] };
  const clicked = traceEvents.find(({ name }) => name === 'reader-clicked');
  const painted = traceEvents.find(({ name }) => name === 'reader-painted');
  if (!clicked || !painted) throw new Error('The trace does not have the click and the paint.');
  const busy = traceEvents
    .filter(
      ({ name, pid, tid, ts }) =>
        TASKS.test(name) && pid === clicked.pid && tid === clicked.tid && ts > clicked.ts && ts < painted.ts,
    )
    .toSorted((one, other) => one.ts - other.ts);
  let sum = 0;
  let until = 0;
  for (const { ts, dur = 0 } of busy) {
    sum += Math.max(0, ts + dur - Math.max(ts, until));
    until = Math.max(until, ts + dur);
  }
  return sum / 1000;
}

async function click(session: Session, page: Page): Promise<void> {
  await page.bringToFront();
  await (await session.browser.extensions()).get(session.extensionId)?.triggerAction(page);
}

/** The answer of a frame, undefined where it is gone or going. */
const askFrame = async <T>(frame: Frame, question: string | (() => T)): Promise<T | undefined> => {
  try {
    return (await frame.evaluate(question)) as T;
  } catch {
    return undefined;
  }
};

async function untilPainted(page: Page): Promise<number> {
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline) {
    // To ask all the time would take time from who is asked.
    await sleep(REST);
    for (const frame of page.frames()) {
      const painted = await askFrame(frame, () => globalThis.readerPainted);
      if (painted !== undefined) return painted;
    }
  }
  throw new Error('The reader does not show the whole article.');
}

/** Presses the choices of the settings and counts the frames until the article shows them. */
async function countFrames(
  session: Session,
  address: string,
): Promise<Pick<ReaderFigures, 'themeFrames' | 'sizeFrames'>> {
  const page = await session.openPage(address);
  await click(session, page);
  await page.waitForSelector('liseuse-reader >>> .settings:has(input[name=theme]) summary');
  await (await page.$('liseuse-reader >>> .settings:has(input[name=theme]) summary'))?.click();
  const count = async (selector: string, property: 'backgroundColor' | 'fontSize'): Promise<number> => {
    await sleep(REST);
    await runInPage(
      page,
      (name) => {
        const article = document.querySelector('liseuse-reader')?.shadowRoot?.querySelector('.article');
        const dialog = article?.closest('dialog');
        const read = (): string =>
          article && dialog ? getComputedStyle(name === 'fontSize' ? article : dialog)[name] : '';
        const before = read();
        globalThis.readerPainted = undefined;
        addEventListener(
          'pointerup',
          () => {
            let frames = 0;
            const look = (): void => {
              frames++;
              // At its beginning; what changes in it shows in it only if it changed before.
              if (read() !== before) globalThis.readerPainted = frames;
              else requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
          },
          { capture: true, once: true },
        );
      },
      property,
    );
    await (await page.$(`liseuse-reader >>> ${selector}`))?.click();
    await page.waitForFunction(() => globalThis.readerPainted !== undefined, { timeout: PATIENCE });
    return (await page.evaluate(() => globalThis.readerPainted)) ?? 0;
  };
  const themeFrames = await count('label:has(> input[name=theme][value=sepia])', 'backgroundColor');
  const sizeFrames = await count('fieldset button:last-of-type', 'fontSize');
  await page.close();
  return { themeFrames, sizeFrames };
}

/** Scrolls a long article from its beginning to its end, a window in a step. */
async function scrollLong(
  session: Session,
  address: string,
): Promise<Pick<ReaderFigures, 'longTasks' | 'longestFrame'>> {
  const page = await session.openPage(address);
  await click(session, page);
  await page.waitForSelector('liseuse-reader >>> .article');
  await sleep(REST);
  const figures = await runInPage(page, async () => {
    const scroller = document.querySelector('liseuse-reader')?.shadowRoot?.querySelector('.reader-page');
    if (!scroller) throw new Error('There is nothing to scroll.');
    let longTasks = 0;
    new PerformanceObserver((list) => (longTasks += list.getEntries().length)).observe({ type: 'longtask' });
    let longestFrame = 0;
    let last = await new Promise(requestAnimationFrame);
    while (scroller.scrollTop + scroller.clientHeight < scroller.scrollHeight - 1) {
      scroller.scrollBy({ top: scroller.clientHeight / 4, behavior: 'instant' });
      const now = await new Promise(requestAnimationFrame);
      longestFrame = Math.max(longestFrame, now - last);
      last = now;
    }
    return { longTasks, longestFrame };
  });
  await page.close();
  return figures;
}
