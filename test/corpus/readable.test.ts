/** An article that Readability is not asked about is the one that it would have given. */
import { expect, it } from 'vitest';
import { extractArticle } from '../../src/article/extract.ts';
import { isPlain, readabilityOrAll } from '../../src/article/readable.ts';
import { readArchiveFile } from '../../src/exchange/archive-file.ts';
import { readTar, readText } from './corpus.ts';

/** One block a line, as an Article's content is; Readability wraps its answer in elements that toArticle takes away. */
const blocksOf = (root: Element): string => {
  const [only, second] = root.children;
  if (only && !second && only.nodeName === 'DIV') return blocksOf(only);
  return [...root.children].map(({ outerHTML }) => outerHTML).join('\n');
};

function rootOf(content: string): Element {
  const inert = document.implementation.createHTMLDocument('');
  const root = inert.createElement('div');
  root.append(...new DOMParser().parseFromString(content.replaceAll('>\n<', '><'), 'text/html').body.childNodes);
  inert.body.append(root);
  return root;
}

it('a plain article is what Readability makes of it', () => {
  const page = new DOMParser().parseFromString(readText('pages', 'cn-1.html'), 'text/html');
  const readings = [
    extractArticle(page, 'https://www.rfi.fr/cn/x/20251130-y'),
    ...readTar('archive-2020.tar.gz', (_, index) => index % 40 === 0).map(({ bytes }) => readArchiveFile(bytes)),
    ...readTar('archive-2023-sample.tar.gz', () => true).map(({ bytes }) => readArchiveFile(bytes)),
  ];
  const plain = readings.flatMap((reading) =>
    reading.ok && isPlain(rootOf(reading.article.content)) ? [reading.article.content] : [],
  );
  expect(plain.length).toBeGreaterThan(readings.length * 0.9);
  for (const content of plain) {
    expect(blocksOf(readabilityOrAll(rootOf(content)))).toBe(blocksOf(rootOf(content)));
  }
});
