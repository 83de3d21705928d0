/**
 * The facts that answers on the real page are held against: `npx tsx test/bench/page-facts.ts` reads them off the page's own
 * markup and writes expectations/cn-1.json. They are lengths and hashes in the page's order; the page's text is not in them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installDom } from '../../scripts/node-dom.ts';
import { hashOf, piecesOf, toMark, type Block, type Kind, type Mark } from './judge.ts';

export interface PageFacts {
  /** The start of the SHA-256 of the page that the facts are of. */
  page: string;
  blocks: Block[];
  /** What is not the newsroom's work, by the part of the page that it stands in. */
  junk: Record<string, Mark[]>;
}

/** Where each kind of block stands, each list in the page's order. Nothing of src/ is asked. */
const BLOCKS: readonly [kind: Kind, selector: string][] = [
  ['title', 'article h1'],
  ['lead', 'article > p.t-content__chapo'],
  ['photo', 'article > .t-content__main-media img'],
  ['caption', 'article > .t-content__main-media figcaption > span:first-child'],
  ['credit', 'article > .t-content__main-media figcaption > span:last-child'],
  ['paragraph', 'article > .t-content__body > p'],
  ['heading', 'article > .t-content__body > h2'],
  ['sound', 'article audio, article script[data-media-id]'],
  ['video', 'article video, article iframe, article [video-id]'],
];

const JUNK = {
  advertisement: '.m-interstitial',
  promotion: '.o-self-promo',
  share: '.t-content__shares',
  related: '.t-content__list-content',
  tags: '.t-content__tags',
  site: 'body > header, body > footer, .m-breadcrumb, .a-a11y-skip-main',
};

/** Facts of the article and of the site: no junk where an answer repeats them, wherever else the page has them. */
const NEUTRAL =
  'article > .t-content__section, article > .t-content__dates, article > .t-content__authors, article > h1';

/** A photo is known by the number in its address: each width and form of it has another. */
const photoNumber = (img: Element): string =>
  /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(img.getAttribute('src') ?? '')?.[0] ?? '';

/** Reads the facts of a page in the markup of the real one. */
export function readPageFacts(html: string): PageFacts {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const machinery of page.querySelectorAll('style, svg, noscript')) machinery.remove();
  const found = BLOCKS.flatMap(([kind, selector]) =>
    [...page.querySelectorAll(selector)].map((element) => ({ kind, element })),
  ).toSorted((a, b) => (a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  const blocks = found.map(({ kind, element }) => ({
    kind,
    ...toMark(kind === 'photo' ? photoNumber(element) : (element.textContent ?? '')),
  }));
  for (const script of page.querySelectorAll('script')) script.remove();
  const piecesAt = (selector: string): string[] => [...page.querySelectorAll(selector)].flatMap(piecesOf);
  const neutral = new Set(piecesAt(NEUTRAL));
  const junk = Object.fromEntries(
    Object.entries(JUNK).map(([part, selector]) => [
      part,
      [...new Set(piecesAt(selector))].filter((piece) => piece.length > 1 && !neutral.has(piece)).map(toMark),
    ]),
  );
  return { page: hashOf(html), blocks, junk };
}

export const FACTS_FILE = join(import.meta.dirname, 'expectations/cn-1.json');

if (process.argv[1] === import.meta.filename) {
  const corpus = process.env['LISEUSE_CORPUS'];
  if (!corpus) throw new Error('LISEUSE_CORPUS does not name the folder that holds pages/cn-1.html.');
  installDom();
  const facts = readPageFacts(readFileSync(join(corpus, 'pages/cn-1.html'), 'utf8'));
  writeFileSync(FACTS_FILE, `${JSON.stringify(facts, null, 2)}\n`);
}
