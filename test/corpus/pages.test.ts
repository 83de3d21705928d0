/** Real pages of rfi.fr: everything that the newsroom made is there, in order, and nothing else. */
import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/article/extract.ts';
import { readText } from './corpus.ts';

const toPage = (html: string): Document => new DOMParser().parseFromString(html, 'text/html');
const html = readText('pages', 'cn-1.html');
const page = toPage(html);
const canonical = page.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? '';
const extraction = extractArticle(page, `${canonical}?utm_source=x#y`);
if (!extraction.ok) throw new Error(extraction.reason);
const { article } = extraction;
const content = toPage(article.content).body;
const words = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, '');
const wordsAt = (selector: string): string => words(page.querySelector(selector)?.textContent);

describe('a real article of the Chinese edition', () => {
  it('has its facts', () => {
    expect(article).toMatchObject({
      url: canonical,
      lang: 'zh-Hans',
      dir: 'ltr',
      edition: 'cn',
      publishedTime: '2025-11-30T09:13:47Z',
      modifiedTime: '2025-11-30T09:14:02Z',
      contentId: 'WBMZ146377-RFI-CN-20251130',
      shortUrl: 'https://rfi.my/CEAH',
    });
    expect(article.twin?.lang).toBe('zh-Hant');
    expect(article.twin?.url).toBe(page.querySelector('link[hreflang="zh-Hant"]')?.getAttribute('href'));
    expect(words(article.title)).toBe(wordsAt('h1'));
    expect(words(article.byline)).toBe(wordsAt('.m-from-author__name'));
    expect(words(article.kicker)).toBe(wordsAt('.t-content__section'));
    expect(article.section).toBe(page.querySelector('meta[property="article:section"]')?.getAttribute('content'));
    expect(article.tags).toEqual(
      [...page.querySelectorAll('meta[property="article:tag"]')].map((tag) => tag.getAttribute('content')),
    );
    expect(article.readingMinutes).toBe(5);
  });

  it('has lead, photo, caption and credit, three headings and every paragraph, in the page’s order, and not a word more', () => {
    const body = toPage(html).querySelector('.t-content__body');
    for (const junk of body?.querySelectorAll('.m-interstitial, .o-self-promo') ?? []) junk.remove();
    expect(body?.querySelectorAll('h2')).toHaveLength(3);
    const [caption, credit] = [...page.querySelectorAll('.t-content__main-media figcaption span')];
    expect(words(article.textContent)).toBe(
      wordsAt('.t-content__chapo') +
        words(caption?.textContent) +
        words(credit?.textContent) +
        words(body?.textContent),
    );
    expect(content.querySelectorAll('h2')).toHaveLength(3);
    expect([...content.querySelectorAll('p')].map((p) => words(p.textContent))).toEqual([
      wordsAt('.t-content__chapo'),
      ...[...(body?.querySelectorAll('p') ?? [])].map((p) => words(p.textContent)),
    ]);
    expect(article.photo).toMatchObject({ caption: caption?.textContent, credit: credit?.textContent });
    expect(article.photos).toEqual([page.querySelector('.t-content__main-media img')?.getAttribute('src')]);
  });

  it('has no advertisement, button, promotion, share bar, related article or list of tags', () => {
    expect(content.querySelectorAll('a, button, svg, ul, aside, form, script, iframe')).toHaveLength(0);
    for (const junk of ['广告', '继续浏览后续', '电邮新闻', '下载法广', '分享', '其他新闻', '继续阅读相同主题']) {
      expect(article.textContent).not.toContain(junk);
    }
  });

  it('leaves the page as it was', () => {
    expect(page.documentElement.outerHTML).toBe(toPage(html).documentElement.outerHTML);
  });
});

it('a real edition home is no article', () => {
  expect(extractArticle(toPage(readText('pages', 'cn-2-listing.html')), 'https://www.rfi.fr/cn/')).toEqual({
    ok: false,
    reason: 'noArticle',
  });
});
