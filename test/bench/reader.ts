/**
 * `npm run bench:reader [-- --reader-view FOLDER] [--json]`: how long the overlay takes in Chromium from the click to the article,
 * beside the extension Reader View (https://github.com/rNeomy/reader-view, its folder v3) in the same run, and what it asks of
 * the page, beside the least that shows an article. Exits with 1 only when it could not measure; a target that is missed is a result.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from '../../scripts/browser/find-browser.ts';
import { measureReader } from './reader-measure.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** With a target and whether it is reached, where there is one. */
type Row = [what: string, figure: string, target?: string, isReached?: boolean];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { 'reader-view': { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const corpus = process.env['LISEUSE_CORPUS'];
  if (!corpus) {
    console.log(
      'LISEUSE_CORPUS is not set: these are figures for the project’s own small page, and the targets are for a real one.',
    );
  }
  const file = corpus ? join(corpus, 'pages/cn-1.html') : join(ROOT, 'test/fixtures/article-cn/source.html');
  const html = readFileSync(file, 'utf8');
  const address = /<link rel="canonical" href="([^"]+)"/.exec(html)?.[1];
  if (!address) throw new Error('The page does not name its canonical address.');
  const figures = await measureReader({
    address,
    html,
    executablePath: await findBrowser('chromium'),
    extension: join(ROOT, 'dist/chromium'),
    other: values['reader-view'],
  });
  const { opening, other, work, bareWork, themeFrames, sizeFrames, longTasks, longestFrame } = figures;
  const rows: Row[] = [['click to the article painted', `${opening.toFixed(0)} ms`]];
  if (other !== undefined) {
    rows.push(['the same in Reader View', `${other.toFixed(0)} ms`]);
    rows.push(['Liseuse’s time by its', (opening / other).toFixed(2), 'at most 0.35', opening / other <= 0.35]);
  }
  rows.push(
    ['main-thread work of the page until then', `${work.toFixed(0)} ms`, 'at most 50 ms', work <= 50],
    ['the same of bare Readability and DOMPurify', `${bareWork.toFixed(0)} ms`],
    ['frames to another theme', `${themeFrames}`, '1', themeFrames <= 1],
    ['frames to another size', `${sizeFrames}`, '1', sizeFrames <= 1],
    ['long tasks while 20,000 words are scrolled', `${longTasks}`, '0', longTasks === 0],
    ['longest time between two frames of it', `${longestFrame.toFixed(0)} ms`],
  );
  for (const [what, figure, target, isReached] of rows) {
    const verdict = target === undefined ? '' : `${target}: ${isReached ? 'reached' : 'MISSED'}`;
    console.log(`${what.padEnd(44)}${figure.padStart(10)}  ${verdict}`);
  }
  if (other === undefined) console.log('Reader View was not measured: give its unpacked folder with --reader-view.');
  if (values.json) console.log(JSON.stringify(figures));
}

try {
  await main();
} catch (error) {
  console.error(`The bench could not measure: ${error instanceof Error ? error.stack : String(error)}`);
  process.exitCode = 1;
}
