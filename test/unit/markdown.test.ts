/** Markdown files: what Liseuse writes is the same article when it is read, what others write is read, what is hostile is not. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { makeAnchor } from '../../src/article/anchor.ts';
import type { Article } from '../../src/article/article.ts';
import { makeHighlight } from '../../src/article/highlight.ts';
import { readFrontMatter, writeFrontMatter } from '../../src/exchange/front-matter.ts';
import { isMarkdownArticle } from '../../src/exchange/markdown-file.ts';
import { readMarkdown, type MarkdownReading } from '../../src/exchange/read-markdown.ts';
import { writeMarkdown } from '../../src/exchange/write-markdown.ts';
import type { ArticleRecord } from '../../src/saved/merge.ts';
import { NO_MARKS, type Marks } from '../../src/saved/saved-article.ts';
import { sameStamps } from '../../src/saved/stamps.ts';
import { extractFixture, fixtureNames, readSource } from '../fixtures/fixture.ts';

const MARKS = {
  ...NO_MARKS,
  isFavourite: true,
  archivedTime: 1_700_000_000_000,
  position: { paragraph: 3, offset: 0.25, share: 0.5 },
  tags: ['à lire', '#2024', '2024', 'true', 'a, b'],
  note: 'Une note : avec\n---\n# un titre',
  highlights: [
    {
      ...makeHighlight(makeAnchor('x\n# 1. un *titre* <!-- fin -->\nsuite', { start: 2, end: 34 }), 'green', 7),
      note: '> a\n\n---\nb',
    },
    makeHighlight(makeAnchor('a'.repeat(2000), { start: 20, end: 1900 }), 'pink', 8),
  ],
};
const recordOf = (article: Article, marks: Marks = MARKS): ArticleRecord => ({
  id: article.url,
  savedTime: 1_690_000_000_123,
  marks,
  stamps: sameStamps(''),
  article,
  photos: [],
});
const filesOf = ({ photos }: Article): Map<string, string> =>
  new Map(photos.map((src, index) => [src, `../photos/00001-${index + 1}.jpeg`]));
const write = (article: Article): string => writeMarkdown(recordOf(article), filesOf(article));
/** The article, and below it the highlights. */
const partsOf = (text: string): string[] =>
  text.slice(text.indexOf('\n---\n\n') + 6).split('\n<!-- Liseuse: highlights -->\n');
const bodyOf = (text: string): string => partsOf(text)[0] ?? '';

function read(text: string): Extract<MarkdownReading, { ok: true }> {
  const reading = readMarkdown(text);
  if (!reading.ok) throw new Error(reading.reason);
  return reading;
}

it.each([
  ['a list of a thousand links', `<ul>${'<li><a href="https://www.rfi.fr/cn/a">第</a></li>'.repeat(1100)}</ul>`],
  ['a paragraph with a thousand notes', `<p>${'注[1]。'.repeat(1100)}</p>`],
  [
    'a table of a thousand signs',
    `<table><thead><tr><th>a</th></tr></thead><tbody>${'<tr><td>*a_b*</td></tr>'.repeat(1100)}</tbody></table>`,
  ],
  ['quotes within quotes', `${'<blockquote>'.repeat(260)}<p>x</p>${'</blockquote>'.repeat(260)}`],
  [
    'quotes and lists in turn',
    '<blockquote>\n<p>une phrase</p>\n</blockquote>\n<ul>\n<li>un point</li>\n</ul>'.repeat(600),
  ],
])('an article is written so that it can be read: %s', (_, html) => {
  const article = { ...extractFixture('article-fr'), content: `<p>Un début.</p>\n${html}`, photos: [], photo: null };
  expect(read(write(article)).article.content.replace(/\n/g, '')).toBe(article.content.replace(/\n/g, ''));
});

describe.each(fixtureNames())('%s', (name) => {
  const article = extractFixture(name);
  const text = write(article);

  it('is the same article with the same marks when it is read', () => {
    const files = [...filesOf(article)].map(([src, file]) => ({ src, file }));
    expect(read(text)).toEqual({ ok: true, article, marks: MARKS, savedTime: 1_690_000_000_123, photos: files });
  });

  it('is the same file when it is written again', () => expect(write(read(text).article)).toBe(text));

  it('is told from an archive file', () => {
    expect(isMarkdownArticle(text)).toBe(true);
    expect(isMarkdownArticle(readSource(name))).toBe(false);
  });
});

const article = extractFixture('article-fr');
const withContent = (content: string): Article => {
  // What reading it makes of the facts that follow from a text is what every extraction makes.
  const before = read(
    `---\nurl: ${article.url}\ntitle: t\n---\n\n<div>${content.replaceAll('>\n<', '><').replaceAll('\n', '&#10;')}</div>\n`,
  ).article;
  return { ...before, content };
};

describe('what a program for Markdown shows', () => {
  const text = write(article);

  it('has the reader’s properties in front, as plain YAML', () => {
    expect(parse(text.slice(4, text.indexOf('\n---\n')))).toMatchObject({
      title: article.title,
      url: article.url,
      author: ['Awa Sanou', 'Paul Lemoine'],
      published: '2026-11-03T21:14:00Z',
      saved: '2023-07-22T04:26:40.123Z',
      lang: 'fr',
      section: 'Afrique',
      keywords: ['Burkina Faso', 'Culture'],
      tags: MARKS.tags,
      favourite: true,
      note: MARKS.note,
    });
  });

  it('has the lead strong, the photo with its caption below, headings, lists and links', () => {
    expect(bodyOf(text)).toContain('**Dans le quartier de Gounghin, des bénévoles');
    expect(bodyOf(text)).toContain(
      '![La salle de lecture](../photos/00001-1.jpeg)\nLa salle de lecture de Gounghin, le 2 novembre. <span class="credit">© RFI / Exemple</span>\n',
    );
    expect(bodyOf(text)).toContain('\n## Une idée née d’une coupure\n');
    expect(bodyOf(text)).toContain('-   deux mille livres\u00a0;\n');
    expect(bodyOf(text)).toContain('[▶ Une nuit à la bibliothèque](https://www.youtube.com/watch?v=AbCdEfGhIjK)');
  });

  it('has a photo that is not kept at its address', () => {
    expect(writeMarkdown(recordOf(article), new Map())).toContain(`![La salle de lecture](${article.photos[0]})`);
  });

  it('has the highlights at its end, as quotes with their notes', () => {
    const highlight = makeHighlight(makeAnchor('1. Un *mot*\net un autre', { start: 0, end: 20 }), 'blue');
    const marks = { ...NO_MARKS, highlights: [{ ...highlight, note: '- deux\nlignes' }] };
    const text = writeMarkdown(recordOf(article, marks), new Map());
    expect(partsOf(text)[1]).toBe('\n> \\1. Un \\*mot\\* et un au\n\n\\- deux\nlignes\n');
    expect(partsOf(writeMarkdown(recordOf(article, NO_MARKS), new Map()))).toHaveLength(1);
  });

  it('has a table with a head as a table, and quotes as quotes', () => {
    const content =
      '<blockquote><p>Une parole.</p></blockquote>\n<table><thead><tr><th>Date</th><th>Livre</th></tr></thead><tbody><tr><td>8</td><td>Un carnet</td></tr></tbody></table>';
    expect(bodyOf(write(withContent(content)))).toBe(
      '> Une parole.\n\n| Date | Livre |\n| --- | --- |\n| 8   | Un carnet |\n',
    );
  });
});

describe('what Markdown would read as something else', () => {
  it.each([
    '<p><strong>Tout est gras,</strong></p>\n<p>et ce n’est pas un chapeau.</p>',
    '<p>a</p>\n<p><strong>b</strong></p>',
    '<p>1. ceci n’est pas une liste</p>\n<p># ni un titre</p>\n<p>- ni une liste</p>',
    '<p>&lt;b&gt; &amp;nbsp; *a* _b_ `c` [d](e) ![f](g) | h \\</p>',
    '<p>他说：<strong>“好。”</strong>然后走了。</p>',
    '<p>中\u3000间，&nbsp;不间断。</p>',
    '<ul><li>a</li></ul>\n<ul><li>b</li></ul>\n<ol><li>c</li></ol>',
    '<ol start="3"><li>a</li><li><p>b</p><p>c</p></li></ol>',
    '<p>a<br>b</p>\n<hr>\n<pre>x\n\n  y</pre>',
    '<p><img src="https://s.rfi.fr/a.jpg" alt="x ] y"> texte</p>\n<p>b</p>',
    '<figure><img src="https://s.rfi.fr/a(1).jpg" alt="x [y] *z*"><figcaption>L <em>m</em> <a href="https://a.example/b">n</a></figcaption></figure>\n<p>b</p>',
    '<table><tbody><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></tbody></table>',
    '<p>a <b>b</b> <i>c</i> H<sub>2</sub>O <time datetime="2020-01-01">d</time></p>',
    '<section><h2>a</h2><p>b</p></section>\n<dl><dt>c</dt><dd>d</dd></dl>',
  ])('%s', (content) => {
    const before = withContent(content);
    expect(read(write(before)).article).toEqual(before);
  });

  it('any words', () => {
    const escape = (words: string): string => new Option(words).innerHTML;
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom(...'ab .*_#-+>|`[]()<&!~\\1:。“”é中') }), { minLength: 1 }),
        (lines) => {
          const paragraphs = lines.map((line) => line.trim()).filter(Boolean);
          fc.pre(paragraphs.length > 0);
          const before = withContent(paragraphs.map((line) => `<p>${escape(line.replace(/ +/g, ' '))}</p>`).join('\n'));
          expect(read(write(before)).article.content).toBe(before.content);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('any note and title', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'grapheme' }), (title, note) => {
        const marks = { ...NO_MARKS, note };
        const plain = title.replace(/[ \t\r\n\f]+/g, ' ').trim();
        const front = readFrontMatter(writeFrontMatter(recordOf({ ...article, title: plain }, marks), []));
        expect(front).toMatchObject({ metadata: { title: plain }, marks: { note } });
      }),
    );
  });
});

describe('what others write', () => {
  const clipping = `---
title: "Une note"
source: "https://example.org/a/b?utm_source=x"
author:
  - "[[Jeanne Moulin]]"
published: 2024-05-01
created: 2024-05-02
tags:
  - "clippings"
---
# Une note

Un *texte* avec une image ![x](Pièces/x.png) et une autre :

![Vue](https://example.org/v.png)

# Suite

| a | b |
| --- | --- |
| 1 | 2 |
`;

  it('is read with its facts, without what lies nowhere', () => {
    expect(isMarkdownArticle(clipping)).toBe(true);
    const { article, marks, savedTime, photos } = read(clipping);
    expect(article).toMatchObject({
      title: 'Une note',
      url: 'https://example.org/a/b',
      byline: 'Jeanne Moulin',
      publishedTime: '2024-05-01T00:00:00Z',
    });
    expect(article.content).toBe(
      '<p>Un <em>texte</em> avec une image  et une autre :</p>\n<figure><img src="https://example.org/v.png" alt="Vue"></figure>\n<h2>Suite</h2>\n<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
    );
    expect(marks.tags).toEqual(['clippings']);
    expect(savedTime).toBe(Date.UTC(2024, 4, 2));
    expect(photos).toEqual([]);
  });

  it('takes its title from its first heading where nothing else has one', () => {
    expect(read('---\nurl: https://example.org/a\n---\n# Titre\n\nTexte.').article).toMatchObject({
      title: 'Titre',
      textContent: 'Texte.',
    });
  });

  it.each([
    ['noAddress', '---\ntitle: a\n---\nTexte.'],
    ['noAddress', '---\nurl: javascript:alert(1)\n---\nTexte.'],
    ['noAddress', '---\nurl: /relative\n---\nTexte.'],
    ['noText', '---\nurl: https://example.org/a\n---\n\n'],
    ['frontMatter', '---\nurl: https://example.org/a\na: [\n---\nTexte.'],
    ['longNote', `---\nurl: https://example.org/a\nnote: ${'x'.repeat(1_000_001)}\n---\nTexte.`],
    ['frontMatter', '---\n- url: https://example.org/a\n---\nTexte.'],
    ['frontMatter', '---\na: &a [x]\nb: [*a, *a]\nurl: https://example.org/a\n---\nTexte.'],
    ['notArchive', '# Une note\n\nsans adresse'],
  ])('is refused with a reason: %s', (reason, text) => {
    expect(readMarkdown(text)).toEqual({ ok: false, reason });
  });

  it('is refused where it grows without end', () => {
    const bomb = 'abcdefghij'.split('').map((name, index, names) => {
      const before = names[index - 1];
      return `${name}: &${name} [${Array(10)
        .fill(before ? `*${before}` : 'x')
        .join(', ')}]`;
    });
    expect(readMarkdown(`---\nurl: https://example.org/a\n${bomb.join('\n')}\n---\nTexte.`)).toEqual({
      ok: false,
      reason: 'frontMatter',
    });
  });

  it('has as many keys as somebody likes, and is read at once', () => {
    const keys = Array.from({ length: 50_000 }, (_, number) => `key${number}: x`).join('\n');
    expect(read(`---\nurl: https://example.org/a\ntitle: A\n${keys}\n---\n\nTexte.\n`).article.title).toBe('A');
  });

  it.each([
    '|'.repeat(500) + '\n' + '|-'.repeat(500) + '\n' + '|\n'.repeat(500),
    '* '.repeat(30_000),
    '>'.repeat(30_000),
    '*a_ '.repeat(30_000),
    `- ${'- '.repeat(5000)}x`,
    `a ${'<?'.repeat(5000)}`,
    '> a\n\n'.repeat(3000),
    'a\n=\n'.repeat(3000),
    '- a\n# a\n'.repeat(3000),
    '- a\n\nb\n\n'.repeat(3000),
  ])('is refused where it would take the parser hours', (tangle) => {
    expect(readMarkdown(`---\nurl: https://example.org/a\ntitle: A\n---\n\n${tangle}\n`)).toEqual({
      ok: false,
      reason: 'tangled',
    });
  });

  it('may have many quotes and points of a list, as long as they stand together', () => {
    const text = `${'> Vers.\n'.repeat(3000)}\n${'- Nom.\n\n'.repeat(1500)}${'1. Nom.\n'.repeat(1500)}`;
    const { article } = read(`---\nurl: https://example.org/a\ntitle: A\n---\n\n${text}`);
    expect(article.content.match(/<li>/g)).toHaveLength(3000);
  });

  it('is sanitized', () => {
    const { article } = read(
      '---\nurl: https://example.org/a\ntitle: "<img src=x onerror=alert(1)>"\n---\n\n<script>alert(1)</script><p onclick="alert(1)">a</p>\n\n[b](javascript:alert(1)) <img src="https://example.org/x.png" onerror="alert(1)"> <iframe src="https://example.org"></iframe>\n',
    );
    expect(article.content).not.toMatch(/script|onclick|onerror|iframe/);
    expect(article.textContent).toMatch(/^a\n+b\s*$/);
  });

  it('turns and breaks no words with its title, its names and its tags, and was saved by now', () => {
    const sign = String.raw`\u202E\0\uD800\u2067`;
    const { article, marks, savedTime } = read(
      `---\nurl: https://example.org/a\ntitle: "A${sign}B"\nauthor: ["C${sign}D"]\nkeywords: ["${sign}E"]\ntags: ["F${sign}", F]\nsaved: 9999-01-01\narchived: 9999-01-01\n---\n\nTexte.\n`,
    );
    expect(article).toMatchObject({ title: 'AB', byline: 'CD', tags: ['E'] });
    expect(marks.tags).toEqual(['F']);
    for (const time of [savedTime, marks.archivedTime]) expect(time).toBeLessThanOrEqual(Date.now());
  });

  it('is no Markdown article where it is an archive file with front matter', () => {
    expect(isMarkdownArticle('---\nlayout: post\nfrom: https://www.rfi.fr/cn/x\n---\n\n<p>a</p>')).toBe(false);
    expect(
      isMarkdownArticle(
        '---\nurl: https://a.example/b\n---\n\n<!--123-->\n[t](https://a.example/b)\n------\n\n<p>a</p>',
      ),
    ).toBe(false);
  });
});
