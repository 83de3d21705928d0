/** Real articles, out of Liseuse and back in: an archive file and a Markdown file of each are the same article. */
import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/article/article.ts';
import { extractArticle } from '../../src/article/extract.ts';
import { readArchiveFile } from '../../src/exchange/archive-file.ts';
import { isMarkdownArticle } from '../../src/exchange/markdown-file.ts';
import { readMarkdown } from '../../src/exchange/read-markdown.ts';
import { writeArchiveFile } from '../../src/exchange/write-archive-file.ts';
import { writeMarkdown } from '../../src/exchange/write-markdown.ts';
import { NO_MARKS } from '../../src/saved/saved-article.ts';
import { list, readBytes, readTar, readText } from './corpus.ts';

const SEEN = 1_696_952_702_000;

/** An empty paragraph, which a page's frame may leave, is nothing to read. */
const withoutEmpty = (html: string): string => html.replaceAll(/\n?<p><\/p>/g, '');
const seen = ({ title, url, byline, authors, lang, dir, photo, photos, sounds, videos, content }: Article) => ({
  ...{ title, url, byline, authors, lang, dir, photo, photos, sounds, videos },
  content: withoutEmpty(content),
});

function readFile(text: string): Article {
  const reading = readArchiveFile(new TextEncoder().encode(text));
  if (!reading.ok) throw new Error(reading.reason);
  return reading.article;
}

function checkArchiveFile(name: string, article: Article): void {
  const text = writeArchiveFile(article, SEEN);
  const after = readFile(text);
  expect(seen(after), name).toEqual(seen(article));
  expect(after.publishedTime?.slice(0, 16), name).toBe(article.publishedTime?.slice(0, 16));
  expect(writeArchiveFile(after, SEEN), name).toBe(text);
}

function checkMarkdown(name: string, article: Article): void {
  const files = new Map(article.photos.map((src, index) => [src, `../photos/00001-${index + 1}.jpeg`]));
  const write = (written: Article): string =>
    writeMarkdown({ article: written, savedTime: SEEN, marks: NO_MARKS }, files);
  const text = write(article);
  expect(isMarkdownArticle(text), name).toBe(true);
  const reading = readMarkdown(text);
  if (!reading.ok) throw new Error(`${name}: ${reading.reason}`);
  const plain = (read: Article) => ({ ...read, ...seen(read), textContent: '', length: 0 });
  expect(plain(reading.article), name).toEqual(plain(article));
  expect(write(reading.article), name).toBe(text);
}

function check(name: string, bytes: Uint8Array): void {
  expect(isMarkdownArticle(new TextDecoder().decode(bytes)), name).toBe(false);
  const reading = readArchiveFile(bytes);
  if (!reading.ok) return;
  checkArchiveFile(name, reading.article);
  checkMarkdown(name, reading.article);
}

it('the seed comes out as it was, without what the feed and the site had added', () => {
  const [name = ''] = list('..', 'seed');
  const seed = new TextDecoder().decode(readBytes('..', 'seed', name));
  const clean = seed
    .replace(/<div data-selfpromo-newsletter><\/div><div data-selfpromo-app><\/div>/, '')
    .replace(/<div><div>分享 :.*$/m, '')
    .replace(/\s+<\/strong>/, '</strong>')
    .replaceAll(/<p>\s+/g, '<p>')
    .replace(/(<img src="[^"]+")>/, '$1 alt="">');
  expect(writeArchiveFile(readFile(seed), SEEN)).toBe(clean);
});

it.each(list('archive').filter((name) => name.endsWith('.md')))('%s', (name) =>
  check(name, readBytes('archive', name)),
);

describe('a sample of what the robots kept', () => {
  it.each([
    ['archive-2020.tar.gz', 700],
    ['archive-2023-sample.tar.gz', 70],
  ])('%s', (archive, step) => {
    for (const { name, bytes } of readTar(archive, (_, index) => index % step === 0)) check(name, bytes);
  });
});

it('a real page of rfi.fr', () => {
  const page = new DOMParser().parseFromString(readText('pages', 'cn-1.html'), 'text/html');
  const extraction = extractArticle(page, page.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? '');
  if (!extraction.ok) throw new Error(extraction.reason);
  checkArchiveFile('cn-1', extraction.article);
  checkMarkdown('cn-1', extraction.article);
});
