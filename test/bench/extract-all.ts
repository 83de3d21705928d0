/**
 * `npm run bench:extract [-- --json] [-- --limit N]`: what extraction keeps, loses and leaves behind, and how long it takes, beside
 * Readability and Defuddle, in Node; written to extraction.md. `--limit N` reads every Nth file of the archive of 2020.
 * With LISEUSE_BENCHMARK set to a folder, on the public benchmark there too. Exits with 1 only when it could not measure.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { installDom } from '../../scripts/node-dom.ts';
import { toJson, toMarkdown } from './report.ts';

const FILE = join(import.meta.dirname, 'extraction.md');
const EVERY = 50;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, limit: { type: 'string', default: String(EVERY) } },
  });
  const limit = Number(values.limit);
  if (!Number.isInteger(limit) || limit < 1) throw new Error('--limit takes a whole number from 1.');
  if (!process.env['LISEUSE_CORPUS']) {
    throw new Error('LISEUSE_CORPUS must name the folder that holds the real pages and archive files.');
  }
  installDom();
  // They read the corpus as soon as they are imported.
  const { measureArchives, measureRealPage } = await import('./rfi.ts');
  const { measureAnyPage } = await import('./any-page.ts');
  const { measurePublicBenchmark } = await import('./public-benchmark.ts');
  const folder = process.env['LISEUSE_BENCHMARK'];
  const report = {
    rfi: [measureRealPage(), ...measureArchives(limit)],
    pages: measureAnyPage(),
    benchmark: folder ? measurePublicBenchmark(folder) : undefined,
  };
  const markdown = await format(toMarkdown(report), { ...(await resolveConfig(FILE)), parser: 'markdown' });
  writeFileSync(FILE, markdown);
  console.log(markdown);
  if (values.json) console.log(JSON.stringify(toJson(report)));
}

// What the libraries say of pages that they do not understand would stand between the figures.
console.warn = () => undefined;
const { error } = console;
console.error = () => undefined;
try {
  await main();
} catch (failure) {
  error(`The bench could not measure: ${failure instanceof Error ? failure.message : String(failure)}`);
  process.exitCode = 1;
}
