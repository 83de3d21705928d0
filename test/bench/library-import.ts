/** Real archive files, and what it takes to import them through the library page's own file box. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ElementHandle } from 'puppeteer-core';
import type { Session } from '../../scripts/browser/session.ts';
import { readTar } from '../corpus/corpus.ts';
import { runInPage } from './library-page.ts';

/** A task that keeps the page from answering, in milliseconds. */
const LONG_TASK = 100;
/** How long an import may take, in milliseconds. */
const PATIENCE = 1_800_000;

export interface ImportFigures {
  files: number;
  /** Milliseconds from the choice of the files to the finished report. */
  time: number;
  /** The sentence of the report: how many were kept. */
  report: string;
  /**
   * Tasks over 100 ms on the page, and the longest of all in milliseconds; null in a browser that does not tell. Apart from them
   * that in which the browser itself makes the list of the chosen files, before the page is told: `choice`.
   */
  tasks: { long: number; longest: number; choice: number } | null;
}

/** Unpacks the archive of 2020 into a folder; the paths of its files. */
export function writeArchive(folder: string): string[] {
  mkdirSync(folder);
  return readTar('archive-2020.tar.gz', () => true).map(({ name, bytes }) => {
    const path = join(folder, name.replaceAll('/', '-'));
    writeFileSync(path, bytes);
    return path;
  });
}

interface ImportWatch {
  start: number;
  time: number | null;
  tasks: { isChoice: boolean; duration: number }[];
}

declare global {
  var importWatch: ImportWatch;
}

/** Notes when files are chosen and when their report is finished. Runs in the page. */
function watchImport(): void {
  const watch: ImportWatch = { start: 0, time: null, tasks: [] };
  globalThis.importWatch = watch;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      if (watch.start > 0 && watch.time === null) watch.tasks.push({ isChoice: startTime < watch.start, duration });
  }).observe({ type: 'longtask' });
  addEventListener('change', () => (watch.start = performance.now()), true);
  const look = (): void => {
    if (document.querySelectorAll('.import-report .button-row button').length === 2)
      watch.time = performance.now() - watch.start;
    else setTimeout(look, 20);
  };
  look();
}

/**
 * Imports files by the file box of the library page.
 * @throws when the import has no end.
 */
export async function importFiles(session: Session, paths: string[]): Promise<ImportFigures> {
  const page = await session.openExtensionPage('library.html');
  const box = (await page.waitForSelector('input[type=file]')) as ElementHandle<HTMLInputElement>;
  await runInPage(page, watchImport);
  await box.uploadFile(...paths);
  // No single question to a page may take longer than three minutes.
  await until(() => runInPage(page, () => globalThis.importWatch.time !== null), 'The import has no end.');
  const { time, tasks, report, isTold } = await runInPage(page, () => ({
    ...globalThis.importWatch,
    report: document.querySelector('.import-report [role=status]')?.textContent ?? '',
    isTold: PerformanceObserver.supportedEntryTypes.includes('longtask'),
  }));
  if (time === null) throw new Error('The import has no end.');
  await page.close();
  const longest = (isChoice: boolean): number =>
    Math.max(0, ...tasks.filter((task) => task.isChoice === isChoice).map(({ duration }) => duration));
  const long = tasks.filter(({ isChoice, duration }) => !isChoice && duration > LONG_TASK).length;
  return {
    files: paths.length,
    time,
    report,
    tasks: isTold ? { long, longest: longest(false), choice: longest(true) } : null,
  };
}

async function until(isDone: () => Promise<boolean>, failure: string): Promise<void> {
  const start = Date.now();
  while (!(await isDone())) {
    if (Date.now() - start > PATIENCE) throw new Error(failure);
    await sleep(500);
  }
}
