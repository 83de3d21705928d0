/** Times extraction on pages of 50,000 nodes in Chromium: made-up shapes, in RFI's markup and in any other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSite } from '../../scripts/browser/rfi-site.ts';
import { openSession } from '../../scripts/browser/session.ts';
import { localRfi } from '../../scripts/local-rfi.ts';
import { bundleForPage } from './bundle.ts';
import { median } from './median.ts';

const NODES = 50_000;
const ROUNDS = 5;

const sentence = (index: number): string => `Une phrase, la ${index}e, avec des mots, des virgules et un sens.`;

/** What a page may be made of. Each makes about so many elements and texts. */
const SHAPES: Readonly<Record<string, (nodes: number) => string>> = {
  paragraphs: (nodes) => repeat(nodes / 2, (index) => `<p>${sentence(index)}</p>`),
  links: (nodes) => repeat(nodes / 8, (index) => `<p>Un <b>mot</b>, <i>deux</i> : <a href="/fr/${index}">lien</a></p>`),
  boxes: (nodes) => repeat(nodes / 3, (index) => `<div class="c${index % 7}"><div>${sentence(index)}</div></div>`),
  spans: (nodes) => `<p>${repeat(nodes / 2, (index) => `<span>${sentence(index)}</span> `)}</p>`,
  list: (nodes) => `<ul>${repeat(nodes / 3, (index) => `<li><a href="/fr/${index}">${sentence(index)}</a></li>`)}</ul>`,
  table: (nodes) => `<table>${repeat(nodes / 9, () => `<tr>${'<td>mot</td>'.repeat(4)}</tr>`)}</table>`,
  nested: (nodes) =>
    repeat(nodes / 21, (index) => `${'<div>'.repeat(19)}<p>${sentence(index)}</p>${'</div>'.repeat(19)}`),
  breaks: (nodes) => `<div>${repeat(nodes / 3, (index) => `${sentence(index)}<br><br>`)}</div>`,
};
const repeat = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('');

export interface LargePage {
  name: string;
  /** Medians in milliseconds. */
  liseuse: number;
  readability: number;
}

/** @throws when Chromium does not start, or a page has no article. */
export async function measureLargePages(executablePath: string, extension: string): Promise<LargePage[]> {
  const bundle = await bundleForPage('contestants.ts', 'contestants');
  const fixture = readFileSync(join(import.meta.dirname, '../fixtures/article-fr/source.html'), 'utf8');
  const address = /^<!-- address: (\S+) -->/.exec(fixture)?.[1] ?? '';
  const pages = Object.entries(SHAPES).flatMap(([shape, make]) => {
    const body = make(NODES);
    const rfi = fixture.replace(/<div class="t-content__body[^>]*>/, (tag) => tag + body);
    const other = `<!doctype html><title>Un titre</title><main><article><h1>Un titre</h1>${body}</article></main>`;
    return [
      { name: `${shape}, RFI`, address, html: rfi },
      { name: shape, address: 'https://example.org/page', html: other },
    ];
  });
  let shown = pages[0];
  const site = await startSite((url) => shown && localRfi(new Map([[shown.address, shown.html]]))(url));
  const session = await openSession({ browser: 'chromium', executablePath, extension, headless: true, site });
  try {
    const measured: LargePage[] = [];
    for (const each of pages) {
      shown = each;
      const page = await session.openPage(each.address);
      await page.evaluate(`${bundle}; globalThis.contestants = contestants; undefined`);
      const times: Record<'liseuse' | 'readability', number[]> = { liseuse: [], readability: [] };
      for (let round = 0; round < ROUNDS; round++) {
        for (const name of ['liseuse', 'readability'] as const) {
          const time = await page.evaluate(`contestants.timeOnce(${JSON.stringify([name, each.address])})`);
          times[name].push(Number(time));
        }
      }
      measured.push({ name: each.name, liseuse: median(times.liseuse), readability: median(times.readability) });
      await page.close();
    }
    return measured;
  } finally {
    await session.close();
    await site.close();
  }
}
