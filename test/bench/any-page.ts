/** The second part of the extraction report: any other page, on Readability's own test pages and the answers expected there. */
import { readTar } from '../corpus/corpus.ts';
import { extractWith, toContent } from './extractors.ts';
import { compareText, type Comparison } from './lost-words.ts';
import { countPictures, type Counts } from './pictures.ts';

/** One page: Liseuse and the installed Readability beside the expected answer. */
export interface PageResult {
  name: string;
  liseuse: Comparison;
  readability: Comparison;
  counts: { expected: Counts; liseuse: Counts; readability: Counts };
  /** Milliseconds. */
  time: { liseuse: number; readability: number };
}

/** Where Readability's own tests put the pages. It is no address of RFI's. */
const ADDRESS = 'http://fakehost/test/page.html';

/** Runs both on every test page, in turn first. */
export function measureAnyPage(): PageResult[] {
  const files = readTar('readability-pages.tar.gz', (name) => /(source|expected)\.html$/.test(name));
  const texts = new Map(files.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)]));
  const sources = [...texts].filter(([name]) => name.endsWith('/source.html'));
  if (sources.length === 0) throw new Error('readability-pages.tar.gz holds no source.html.');
  return sources.map(([path, source], index) => {
    const expected = toContent(texts.get(path.replace('source.html', 'expected.html')) ?? '');
    const page = parse(source);
    const run = (name: 'liseuse' | 'readability'): { content: Element; time: number } => {
      const { answer, time } = extractWith(name, page, ADDRESS);
      return { content: answer?.content ?? toContent(''), time };
    };
    const early = index % 2 === 0 ? run('liseuse') : null;
    const readability = run('readability');
    const liseuse = early ?? run('liseuse');
    return {
      name: path.split('/').at(-2) ?? path,
      liseuse: compareText(expected, liseuse.content),
      readability: compareText(expected, readability.content),
      counts: {
        expected: countPictures(expected),
        liseuse: countPictures(liseuse.content),
        readability: countPictures(readability.content),
      },
      time: { liseuse: liseuse.time, readability: readability.time },
    };
  });
}

/** The page as a browser has it at that address: relative addresses start from there. */
function parse(source: string): Document {
  const page = new DOMParser().parseFromString(source, 'text/html');
  if (!page.querySelector('base[href]')) {
    const base = page.createElement('base');
    base.href = ADDRESS;
    page.head.prepend(base);
  }
  return page;
}
