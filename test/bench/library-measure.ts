/** Fills libraries of several sizes in a real browser and measures what a reader does with them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserName } from '../../scripts/browser/find-browser.ts';
import { startSite, type Site } from '../../scripts/browser/rfi-site.ts';
import { openSession, type Session } from '../../scripts/browser/session.ts';
import { localRfi } from '../../scripts/local-rfi.ts';
import { importFiles, writeArchive, type ImportFigures } from './library-import.ts';
import { addStoreBench, openWhole, runInPage, timeOpening } from './library-page.ts';
import type { SearchTime } from './library-store.ts';
import { measurePopup, measureUse, type Library, type PopupTimes, type UseFigures } from './library-use.ts';
import { median } from './median.ts';

const OPENINGS = 15;
const SAVES = 40;
const SEARCH_ROUNDS = 15;
/** Articles that are copied at once. */
const COPIES = 100;
/** Words that many, some, few and none of the articles have, folded as they stand. */
const WORDS = ['法国', '总统', '2020', 'covid', '气候变化', 'nihil'];

export interface LibrarySetting {
  browser: BrowserName;
  executablePath: string;
  /** The folder of the unpacked extension. */
  extension: string;
  sizes: number[];
  /** A size that the largest library is multiplied to at last; undefined for none. */
  large: number | undefined;
  say: (what: string) => void;
}

/** Of one size: medians in milliseconds, and bytes. */
export interface SizeFigures extends UseFigures {
  size: number;
  firstRows: number;
  search: number;
  loop: number;
  /** The ratio of the word for which the search is slowest beside the loop. */
  worstWord: { word: string; ratio: number };
  save: number;
  /** Of the largest only. */
  popup: PopupTimes | undefined;
}

export interface LibraryFigures {
  sizes: SizeFigures[];
  import: ImportFigures;
  /** Milliseconds that the largest size took to be made. */
  multiplied: number | undefined;
}

/** @throws when the browser does not start or a page does not show what it has to. */
export async function measureLibrary(setting: LibrarySetting): Promise<LibraryFigures> {
  const { sizes, large, say } = setting;
  const folder = mkdtempSync(join(tmpdir(), 'liseuse-library-'));
  const html = readFileSync(join(import.meta.dirname, '../fixtures/article-cn/source.html'), 'utf8');
  const address = /<link rel="canonical" href="([^"]+)"/.exec(html)?.[1] ?? '';
  const answer = localRfi(new Map([[address, html]]));
  // Photos are waited for and never come: the background has its thousands of fetches before it and leaves the machine alone.
  const site = await startSite((url) => (url.pathname.startsWith('/media/display/') ? { never: true } : answer(url)));
  const libraries: Library[] = [];
  try {
    const files = writeArchive(join(folder, 'files'));
    let imported: ImportFigures | undefined;
    for (const size of sizes) {
      say(`importing ${size} files`);
      const profile = join(folder, `profile-${size}`);
      const session = await openLibrarySession(setting, site, profile);
      try {
        // The last ones are the last saved, so every library begins with the same rows.
        imported = await importFiles(session, files.slice(-size));
      } finally {
        await session.close();
      }
      // What is compared is an ordinary day: a browser that was opened with the library in it, not one that has just imported it.
      libraries.push({ session: await openLibrarySession(setting, site, profile), size });
    }
    if (!imported) throw new Error('There is no size to measure.');
    const figures = await measureAll(libraries, address, say);
    const last = libraries.at(-1);
    if (!large || !last) return { sizes: figures, import: imported, multiplied: undefined };
    say(`making ${large} articles`);
    try {
      const multiplied = await multiply(last, large);
      const [largest] = await measureAll([{ ...last, size: large }], address, say);
      return { sizes: [...figures, ...(largest ? [largest] : [])], import: imported, multiplied };
    } catch (error) {
      // What was measured before is not lost with it.
      say(`${large} articles could not be measured: ${String(error)}`);
      return { sizes: figures, import: imported, multiplied: undefined };
    }
  } finally {
    for (const { session } of libraries) await session.close();
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const openLibrarySession = (
  { browser, executablePath, extension }: LibrarySetting,
  site: Site,
  userDataDir: string,
): Promise<Session> => openSession({ browser, executablePath, extension, headless: true, site, userDataDir });

/** Milliseconds that it takes to fill a library with copies, batch by batch: no single question to a page may take minutes. */
async function multiply({ session, size }: Library, total: number): Promise<number> {
  const page = await session.openExtensionPage('library.html');
  await addStoreBench(page);
  const start = Date.now();
  for (let count = size; count < total; count += COPIES) {
    const end = Math.min(count + COPIES, total);
    await runInPage(page, (...args) => globalThis.storeBench.addCopies(...args), count, end);
  }
  await page.close();
  return Date.now() - start;
}

/** Everything of which the sizes are compared is done in turn, so that what else the machine does is done to all. */
export async function measureAll(
  libraries: Library[],
  address: string,
  say: (what: string) => void,
): Promise<SizeFigures[]> {
  say('opening');
  const openings = libraries.map((): number[] => []);
  for (let opening = -1; opening < OPENINGS; opening++) {
    for (const [index, { session }] of libraries.entries()) {
      const time = await timeOpening(session);
      // The first is a warm-up.
      if (opening >= 0) openings[index]?.push(time);
    }
  }
  say('saving');
  const saves = await timeSaves(libraries);
  const figures: SizeFigures[] = [];
  for (const [index, library] of libraries.entries()) {
    say(`searching and scrolling ${library.size}`);
    figures.push({
      size: library.size,
      firstRows: median(openings[index] ?? []),
      save: median(saves[index] ?? []),
      ...(await measureSearch(library)),
      ...(await measureUse(library)),
      popup: index === libraries.length - 1 ? await measurePopup(library, address) : undefined,
    });
  }
  return figures;
}

async function timeSaves(libraries: Library[]): Promise<number[][]> {
  const pages = await Promise.all(libraries.map(({ session, size }) => openWhole(session, size)));
  for (const page of pages) await addStoreBench(page);
  const [first] = pages;
  if (!first) return [];
  const sample = await runInPage(first, () => globalThis.storeBench.getSample());
  const times = pages.map((): number[] => []);
  for (let number = -2; number < SAVES; number++) {
    for (const [index, page] of pages.entries()) {
      await page.bringToFront();
      const time = await runInPage(page, (...args) => globalThis.storeBench.timeSave(...args), sample, number);
      if (number >= 0) times[index]?.push(time);
      // The window shows what was changed before the next article is saved.
      await sleep(400);
    }
  }
  for (const page of pages) await page.close();
  return times;
}

async function measureSearch({ session, size }: Library): Promise<Pick<SizeFigures, 'search' | 'loop' | 'worstWord'>> {
  const page = await openWhole(session, size);
  await addStoreBench(page);
  const rounds = size > 50_000 ? 5 : SEARCH_ROUNDS;
  const times: SearchTime[] = await runInPage(
    page,
    (...args) => globalThis.storeBench.timeSearch(...args),
    WORDS,
    rounds,
  );
  await page.close();
  const words = times.map((time) => ({ ...time, search: median(time.search), loop: median(time.loop) }));
  const [worst] = words
    .map(({ word, search, loop }) => ({ word, ratio: search / loop }))
    .toSorted((one, other) => other.ratio - one.ratio);
  return {
    search: words.reduce((sum, { search }) => sum + search, 0) / words.length,
    loop: words.reduce((sum, { loop }) => sum + loop, 0) / words.length,
    worstWord: worst ?? { word: '', ratio: 0 },
  };
}
