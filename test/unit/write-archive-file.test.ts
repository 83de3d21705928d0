/** Archive files that Liseuse writes: the seed's form, and the same article when they are read. Real files are in the corpus ring. */
import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/article/article.ts';
import { readArchiveFile } from '../../src/exchange/archive-file.ts';
import { writeArchiveFile } from '../../src/exchange/write-archive-file.ts';
import { extractFixture, fixtureNames } from '../fixtures/fixture.ts';

const SEEN = 1_696_952_702_000;
const read = (text: string): Article => {
  const reading = readArchiveFile(new TextEncoder().encode(text));
  if (!reading.ok) throw new Error(reading.reason);
  return reading.article;
};
const article = extractFixture('article-fr');
/** The fixture with another text. */
const withContent = (content: string, facts: Partial<Article> = {}): Article => ({ ...article, content, ...facts });

it('is written as the feed robots write it, and clean', () => {
  const [comment, title, dashes, empty, html, end, ...rest] = writeArchiveFile(
    extractFixture('archive-cn'),
    SEEN,
  ).split('\n');
  expect(comment).toBe('<!--1696952702000-->');
  expect(title).toMatch(/^\[夜读者的地图\[图集\] 从书店到河岸\]\(https:\/\/www\.rfi\.fr\/cn\/\S+\)$/);
  expect([dashes, empty, end, rest]).toEqual(['------', '', '', []]);
  expect(html).toMatch(
    /^<div>10\/10\/2023 - 16:16<\/div><img src="[^"]+" alt=""><p><strong>一张手绘[^<]+<\/strong><\/p><div><p>地图的作者.+<\/p><\/div>$/,
  );
  expect(html).not.toMatch(/class|data-|feedx|分享/);
});

describe.each(fixtureNames())('%s', (name) => {
  const before = extractFixture(name);
  const text = writeArchiveFile(before, SEEN);
  const after = read(text);

  it('is the same article when it is read', () => {
    const seen = ({
      title,
      url,
      byline,
      authors,
      lang,
      dir,
      content,
      photo,
      photos,
      sounds,
      videos,
      chapters,
    }: Article) => ({
      ...{ title, url, byline, authors, lang, dir, content, photo, photos, sounds, videos, chapters },
    });
    expect(seen(after)).toEqual(seen(before));
    expect(after.publishedTime?.slice(0, 16)).toBe(before.publishedTime?.slice(0, 16));
  });

  it('is the same file when it is written again', () => expect(writeArchiveFile(after, SEEN)).toBe(text));
});

describe('what the robots’ own files never hold comes back too', () => {
  it.each<[string, Article]>([
    [
      'an article of another site',
      withContent('<div><p>Un.</p></div>\n<ul><li>a</li></ul>', {
        url: 'https://example.org/a',
        edition: null,
        lang: 'und',
      }),
    ],
    [
      'right to left, on another site',
      withContent('<p class="lead">سلام</p>\n<p>متن</p>', {
        url: 'https://example.org/a',
        edition: null,
        lang: 'ar',
        dir: 'rtl',
      }),
    ],
    ['an edition in another language than its own', withContent('<p>Texte.</p>', { lang: 'en' })],
    [
      'words that look like a promotion',
      withContent('<p>Texte.</p>\n<p><strong>分享 :</strong></p>\n<p>获取更多RSS：</p>'),
    ],
    ['neither date nor author', withContent('<p>Texte.</p>', { publishedTime: null, authors: [], byline: null })],
    [
      'the lead below the photo',
      withContent('<figure><img src="https://s.rfi.fr/a.jpg" alt=""></figure>\n<p class="lead">b</p>\n<p>c</p>'),
    ],
    ['lines of preformatted text', withContent('<p>a</p>\n<pre>un\n  deux\n\ntrois</pre>', { lang: 'en' })],
    ['an address with brackets', withContent('<p>a</p>', { url: 'https://example.org/wiki/A_(b)', edition: null })],
    ['a title about HTML', withContent('<p>a</p>', { title: 'Que veut dire &quot; et &amp;#39; ?' })],
    ['a full-width space in the title', withContent('<p>a</p>', { title: '期待新政府　日股收红' })],
  ])('%s', (_, before) => {
    const text = writeArchiveFile(before, SEEN);
    const after = read(text);
    const { title, url, byline, content, lang, dir, publishedTime } = before;
    expect(after).toMatchObject({ title, url, byline, content, lang, dir, publishedTime });
    expect(writeArchiveFile(after, SEEN)).toBe(text);
  });
});

describe('the date is the clock of Paris', () => {
  it.each([
    ['2023-07-01T22:30:59Z', '02/07/2023 - 00:30', '2023-07-01T22:30:00Z'],
    ['2023-12-31T23:30:00Z', '01/01/2024 - 00:30', '2023-12-31T23:30:00Z'],
    ['2023-10-29T00:30:00Z', '29/10/2023 - 02:30', '2023-10-29T00:30:00Z'],
    // The clock shows this hour a second time, and nothing says which of the two is meant.
    ['2023-10-29T01:30:00Z', '29/10/2023 - 02:30', '2023-10-29T00:30:00Z'],
  ])('%s', (publishedTime, printed, readAs) => {
    const text = writeArchiveFile({ ...article, publishedTime }, SEEN);
    expect(text).toContain(`<div>${printed}</div>`);
    expect(read(text).publishedTime).toBe(readAs);
  });
});

it('what a page’s frame left empty is gone, and stays gone', () => {
  const text = writeArchiveFile(withContent('<p>a</p>\n<p></p>\n<p>b</p>'), SEEN);
  expect(read(text).content).toBe('<p>a</p>\n<p>b</p>');
  expect(writeArchiveFile(read(text), SEEN)).toBe(text);
});
