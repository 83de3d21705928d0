/**
 * `npm run bench [-- --json]`: how long extraction and the popup take in Chromium, as ratios to others in the same run.
 * Exits with 1 only when it could not measure; a target that is missed is a result.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from '../../scripts/browser/find-browser.ts';
import { measureExtraction } from './extraction.ts';
import { measureLargePages } from './large-pages.ts';
import { measurePopup } from './popup.ts';

/** What both measurements are made on. */
export interface BenchSetting {
  address: string;
  html: string;
  executablePath: string;
  /** The folder of the unpacked extension. */
  extension: string;
}

/** On the real page. The project's own has a few kilobytes around its article, from which nobody could save time. */
const TARGETS = { readability: 0.15, defuddle: 0.08, empty: 1.5 };

const ROOT = resolve(import.meta.dirname, '../..');

/** The real page where the corpus is at hand, else the project's own page in the same markup. */
function choosePage(): { isReal: boolean; html: string } {
  const corpus = process.env['LISEUSE_CORPUS'];
  const file = corpus ? join(corpus, 'pages/cn-1.html') : join(ROOT, 'test/fixtures/article-cn/source.html');
  return { isReal: Boolean(corpus), html: readFileSync(file, 'utf8') };
}

function canonicalOf(html: string): string {
  const address = /<link rel="canonical" href="([^"]+)"/.exec(html)?.[1];
  if (!address) throw new Error('The page does not name its canonical address.');
  return address;
}

const round = (value: number, digits = 3): number => Number(value.toFixed(digits));

const line = (what: string, time: number, ratio?: number, target?: number): string => {
  const cells = [what.padEnd(34), `${time.toFixed(2)} ms`.padStart(11)];
  if (ratio !== undefined) cells.push(ratio.toFixed(3).padStart(8));
  if (ratio !== undefined && target !== undefined) {
    cells.push(`at most ${target.toFixed(2)}: ${ratio <= target ? 'reached' : 'MISSED'}`.padStart(24));
  }
  return cells.join('');
};

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const { isReal, html } = choosePage();
  if (!isReal) {
    console.log(
      "LISEUSE_CORPUS is not set, so these are figures for the project's own small page and not for the real one that the targets are for: set it to the folder that holds pages/cn-1.html.",
    );
  }
  const targets: Partial<typeof TARGETS> = isReal ? TARGETS : {};
  const [load = 0] = loadavg();
  if (load > availableParallelism() / 2) {
    console.log(
      `This machine is busy (load ${load.toFixed(1)}): whoever takes long is interrupted more often than whoever is quick, so Liseuse's ratios come out better than they are.`,
    );
  }
  const executablePath = await findBrowser('chromium');
  const setting = { address: canonicalOf(html), html, executablePath, extension: join(ROOT, 'dist/chromium') };

  const { medians, rounds, clockStep } = await measureExtraction(setting);
  const ratios = {
    readability_ratio: medians.liseuse / medians.readability,
    defuddle_ratio: medians.liseuse / medians.defuddle,
    floor_ratio: medians.liseuse / medians.floor,
  };
  console.log(`
Extraction: medians of ${rounds} interleaved rounds, clock of ${round(clockStep * 1000, 0)} µs, and Liseuse's time divided by each
${line('Liseuse', medians.liseuse)}
${line('Readability, clone included', medians.readability, ratios.readability_ratio, targets.readability)}
${line('Defuddle, on a clone not counted', medians.defuddle, ratios.defuddle_ratio, targets.defuddle)}
${line('floor: clone article, sanitize', medians.floor, ratios.floor_ratio)}`);

  const { article, empty, openings } = await measurePopup(setting);
  const emptyRatio = article / empty;
  console.log(`
Popup: medians of ${openings} interleaved openings, from navigation start to the first frame with the text in it
${line('the article', article)}
${line('empty popup', empty, emptyRatio, targets.empty)}
`);

  const large = await measureLargePages(executablePath, setting.extension);
  const slowest = large.toSorted((one, other) => other.liseuse - one.liseuse)[0];
  console.log(
    'Pages of 50,000 nodes: medians, and Liseuse’s time divided by Readability’s; no page may hang for a second',
  );
  for (const { name, liseuse, readability } of large) console.log(line(name, liseuse, liseuse / readability));
  console.log(`The slowest: ${slowest?.name}, ${(slowest?.liseuse ?? 0) <= 1000 ? 'reached' : 'MISSED'}\n`);

  if (values.json) {
    const figures = {
      page: isReal ? 'real' : 'fixture',
      extraction: {
        ...Object.fromEntries(Object.entries(ratios).map(([name, ratio]) => [name, round(ratio)])),
        ...Object.fromEntries(Object.entries(medians).map(([name, time]) => [`${name}_ms`, round(time)])),
      },
      popup: { empty_ratio: round(emptyRatio), article_ms: round(article), empty_ms: round(empty) },
      large: { slowest: slowest?.name, slowest_ms: round(slowest?.liseuse ?? 0, 0) },
    };
    console.log(JSON.stringify(figures));
  }
}

try {
  await main();
} catch (error) {
  console.error(`The bench could not measure: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
