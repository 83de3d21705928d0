/** What runs inside the page: the contestants of the extraction bench, and the loop that times them in turn. */
import { Readability } from '@mozilla/readability';
import Defuddle from 'defuddle';
import { extractArticle } from '../../src/article/extract.ts';
import { findRfiArticle } from '../../src/article/rfi-page.ts';
import { sanitizeToFragment } from '../../src/article/sanitize.ts';
import { lastParagraph } from './last-paragraph.ts';

/** `floor` extracts nothing: it clones the article element and sanitizes the clone once. */
export const NAMES = ['liseuse', 'readability', 'defuddle', 'floor'] as const;
export type Contestant = (typeof NAMES)[number];

export interface Race {
  /** Milliseconds of every measured run, in the order of the rounds. */
  times: Record<Contestant, number[]>;
  /** The smallest step that the clock of the page makes, in milliseconds. */
  clockStep: number;
}

/** One run: what it does is timed, what it found is read afterwards. */
interface Run {
  extract(): void;
  text(): string;
}

/** Makes a run ready. What stands before the `return` is not timed. */
const PREPARE: Record<Contestant, (address: string) => Run> = {
  liseuse: (address) => {
    let answer: ReturnType<typeof extractArticle>;
    return {
      extract: () => (answer = extractArticle(document, address)),
      text: () => (answer.ok ? textOf(answer.article.content) : ''),
    };
  },
  readability: () => {
    let answer: ReturnType<Readability['parse']>;
    return {
      // It changes what it is given: whoever reads a page with it has to clone the page.
      extract: () => (answer = new Readability(document.cloneNode(true) as Document).parse()),
      text: () => textOf(answer?.content ?? ''),
    };
  },
  defuddle: (address) => {
    // Its README gives it the page itself, and it then rewrites the page's lazy photos (0.19.4 also rewrites every `srcset`
    // of the article): the next contestant would get another page. So it gets a clone, which it is not charged for.
    const clone = document.cloneNode(true) as Document;
    let answer: ReturnType<Defuddle['parse']>;
    return {
      extract: () => (answer = new Defuddle(clone, { url: address }).parse()),
      text: () => textOf(answer.content),
    };
  },
  floor: () => {
    // Cloned into a document where no photo is asked for.
    const box = document.implementation.createHTMLDocument('').createElement('div');
    return {
      extract: () => {
        const article = findRfiArticle(document);
        const clone = article && box.ownerDocument.importNode(article, true);
        if (clone) box.replaceChildren(sanitizeToFragment(clone.outerHTML));
      },
      text: () => box.textContent ?? '',
    };
  },
};

const textOf = (html: string): string => new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '';

/** Each must give the article's last paragraph and leave the page as it was: otherwise its time means nothing. */
function check(address: string): void {
  const wanted = lastParagraph();
  if (wanted === '') throw new Error('The page has no article with a paragraph in it.');
  for (const name of NAMES) {
    const before = document.documentElement.outerHTML;
    const run = PREPARE[name](address);
    run.extract();
    if (!run.text().replace(/\s+/g, '').includes(wanted)) throw new Error(`${name} lost the article's last paragraph.`);
    if (document.documentElement.outerHTML !== before) throw new Error(`${name} changed the page.`);
  }
}

function findClockStep(): number {
  const steps = Array.from({ length: 20 }, () => {
    const start = performance.now();
    let now = start;
    while (now === start) now = performance.now();
    return now - start;
  });
  return Math.min(...steps);
}

/**
 * Times the contestants on this page, each once a round. Every round starts with the next of them, so that nobody always
 * runs after the same one and pays for its garbage.
 *
 * @param warmUps rounds that are run first and not counted
 * @throws when a contestant loses the article or changes the page
 */
export async function race(address: string, warmUps: number, rounds: number): Promise<Race> {
  check(address);
  const times: Race['times'] = { liseuse: [], readability: [], defuddle: [], floor: [] };
  for (let round = 0; round < warmUps + rounds; round++) {
    const first = round % NAMES.length;
    for (const name of [...NAMES.slice(first), ...NAMES.slice(0, first)]) {
      const run = PREPARE[name](address);
      const start = performance.now();
      run.extract();
      const end = performance.now();
      if (round >= warmUps) times[name].push(end - start);
    }
    // The page breathes between rounds, so that what one leaves to be done later is not done in the next.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return { times, clockStep: findClockStep() };
}

/**
 * Times one contestant once on this page, in milliseconds.
 *
 * @throws when it finds no article
 */
export function timeOnce([name, address]: [Contestant, string]): number {
  const run = PREPARE[name](address);
  const start = performance.now();
  run.extract();
  const end = performance.now();
  if (run.text() === '') throw new Error(`${name} found no article at ${address}.`);
  return end - start;
}
