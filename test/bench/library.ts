/**
 * `npm run bench:library [-- --browser firefox] [--large] [--json]`: what a library of 10,754 real articles costs beside one of
 * 10, in a real browser. Exits with 1 only when it could not measure; a target that is missed is a result.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from '../../scripts/browser/find-browser.ts';
import { toText, writeReport } from './library-report.ts';
import { judge } from './library-rows.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SIZES = [10, 1_000, 10_754];
const LARGE = 100_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      browser: { type: 'string', default: 'chromium' },
      large: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const { browser, large, json } = values;
  if (browser !== 'chromium' && browser !== 'firefox') throw new Error('--browser is chromium or firefox.');
  if (!process.env['LISEUSE_CORPUS']) {
    console.log(
      'LISEUSE_CORPUS is not set, so nothing can be measured: set it to the folder that holds archive-2020.tar.gz.',
    );
    return;
  }
  // The corpus is looked for when this is loaded.
  const { measureLibrary } = await import('./library-measure.ts');

  const figures = await measureLibrary({
    browser,
    executablePath: await findBrowser(browser),
    extension: resolve(ROOT, 'dist', browser),
    sizes: SIZES,
    large: large ? LARGE : undefined,
    say: (what) => console.error(`${new Date().toISOString().slice(11, 19)} ${what}`),
  });
  const rows = judge(figures);
  console.log(toText(rows));
  // One browser's figures stand in the report: what others have is printed.
  if (browser === 'chromium') await writeReport(rows, figures);
  if (json) console.log(JSON.stringify({ browser, rows, sizes: figures.sizes }));
}

try {
  await main();
} catch (error) {
  console.error(`The bench could not measure: ${error instanceof Error ? error.stack : String(error)}`);
  process.exitCode = 1;
}
