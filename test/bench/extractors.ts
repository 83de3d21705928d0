/** The three extractors on one Document in Node: each gives an answer of the same form, and the time that it took. */
import { Readability } from '@mozilla/readability';
import Defuddle from 'defuddle';
import { extractArticle } from '../../src/article/extract.ts';
import type { Answer } from './judge.ts';

export const EXTRACTORS = ['liseuse', 'readability', 'defuddle'] as const;
export type Extractor = (typeof EXTRACTORS)[number];

/** What was found, null for nothing, and the milliseconds. Reading the answer's HTML is not in them. */
export interface Timed {
  answer: Answer | null;
  time: number;
}

/** HTML as the body of a document of its own, where nothing loads. */
export const toContent = (html: string): Element => new DOMParser().parseFromString(html, 'text/html').body;

/** Who changes what it is given gets a clone: Readability says so and is charged for it, Defuddle does not and is not. */
const RUN: Record<Extractor, (page: Document, address: string) => () => { title: string; html: string } | null> = {
  liseuse: (page, address) => () => {
    const answer = extractArticle(page, address);
    return answer.ok ? { title: answer.article.title, html: answer.article.content } : null;
  },
  readability: (page) => () => {
    const answer = new Readability(page.cloneNode(true) as Document).parse();
    return answer && { title: answer.title ?? '', html: answer.content ?? '' };
  },
  defuddle: (page, address) => {
    const clone = page.cloneNode(true) as Document;
    return () => {
      const answer = new Defuddle(clone, { url: address }).parse();
      return { title: answer.title, html: answer.content };
    };
  },
};

/** Runs one extractor. The page is left as it was. */
export function extractWith(name: Extractor, page: Document, address: string): Timed {
  const run = RUN[name](page, address);
  const start = performance.now();
  const found = run();
  const time = performance.now() - start;
  return { answer: found && { title: found.title, content: toContent(found.html) }, time };
}
