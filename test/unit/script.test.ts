/** The two scripts of Chinese: which one a text is in, what is converted, and the same paragraph in the other edition. */
import { Converter } from 'opencc-js';
import { describe, expect, it } from 'vitest';
import { convertArticle, scriptOf } from '../../src/article/script.ts';
import { findSame } from '../../src/ui/same-paragraph.ts';
import { extractFixture } from '../fixtures/fixture.ts';

describe('the script of a language', () => {
  it.each([
    ['zh-Hans', 'Hans'],
    ['zh-Hant', 'Hant'],
    ['zh-TW', 'Hant'],
    ['zh-HK', 'Hant'],
    ['zh', 'Hans'],
    ['zh-CN', 'Hans'],
    ['ja', null],
    ['fr', null],
    ['und', null],
    ['', null],
    ['no language', null],
  ])('of “%s” is %s', (lang, script) => expect(scriptOf(lang)).toBe(script));
});

describe('a converted article', () => {
  const article = extractFixture('article-cn');
  const toTraditional = Converter({ from: 'cn', to: 'tw' });

  it('has every text in the other script, and its addresses as they were', () => {
    const address = 'https://www.rfi.fr/cn/专题?页=后';
    const given = { ...article, content: `${article.content}<p><a href="${address}">后来</a>头发 &lt;发展&gt;</p>` };
    const converted = convertArticle(given, 'Hant', toTraditional);

    expect(converted).toMatchObject({
      lang: 'zh-Hant',
      title: '塞納河畔的舊書攤 重新點亮夜讀的燈',
      section: '文化',
      kicker: '巴黎生活',
      tags: ['法國', '閱讀'],
      url: article.url,
      photos: article.photos,
    });
    expect(converted.content).toContain('alt="傍晚的塞納河書攤"');
    expect(converted.content).toContain(`<a href="${address}">後來</a>頭髮 &lt;發展&gt;`);
    expect(converted.content).not.toMatch(/[书读灯摊]/);
  });

  it('converts nothing else: the tags of the two are the same', () => {
    const tagsOf = (html: string): string[] => html.replace(/alt="[^"]*"/g, '').match(/<[^>]+>/g) ?? [];
    expect(tagsOf(convertArticle(article, 'Hant', toTraditional).content)).toEqual(tagsOf(article.content));
  });
});

describe('the same paragraph', () => {
  const outline = (...lengths: number[]): { kind: string; length: number }[] =>
    lengths.map((length) => ({ kind: length === 0 ? 'FIGURE' : 'P', length }));

  it('is at the same place where the editions agree', () => {
    const one = outline(50, 0, 120, 80, 120);
    for (const index of one.keys()) expect(findSame(one, one, index)).toBe(index);
  });

  it('is found although one edition has a paragraph or a photo more', () => {
    expect(findSame(outline(50, 0, 120, 80, 200), outline(50, 0, 33, 121, 80, 198), 3)).toBe(4);
    expect(findSame(outline(50, 0, 120, 80, 200), outline(50, 120, 80, 200), 4)).toBe(3);
  });

  it('is the one at the same place where none is alike, the last where there is none', () => {
    expect(findSame(outline(50, 120, 80), outline(50, 300, 80), 1)).toBe(1);
    expect(findSame(outline(50, 120, 80), outline(50), 2)).toBe(0);
  });
});
