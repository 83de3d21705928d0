/** Archive files: the forms that exist, and a reason for each file that is none. Real files are in the corpus ring. */
import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/article/article.ts';
import {
  MAX_ARCHIVE_BYTES,
  readArchiveFile,
  readArchiveText,
  parseArchiveText,
} from '../../src/exchange/archive-file.ts';
import { readSource } from '../fixtures/fixture.ts';

const fixture = readSource('archive-cn');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const ADDRESS = 'https://www.rfi.fr/cn/%E4%B8%AD%E5%9B%BD/20231010-x';

function articleOf(text: string): Article {
  const reading = readArchiveFile(bytes(text));
  if (!reading.ok) throw new Error(reading.reason);
  return reading.article;
}

const archive = (body: string, title = '标题'): string =>
  `<!--1696952702000-->\n[${title}](${ADDRESS})\n------\n\n${body}\n`;
const PARTS = '<div>10/10/2023 - 16:16</div><img src="https://s.rfi.fr/a.jpg"><p><strong>导语在此。 </strong></p>';

it('may have its title as HTML writes it', () => {
  const file = `<!--1577836800000-->\n[A &quot;B&quot; &amp; C&#39;s](${ADDRESS})\n------\n\n<div>Du texte.</div>\n`;
  expect(readArchiveText(file)).toMatchObject({ ok: true, article: { title: 'A "B" & C\'s' } });
});

it('turns and breaks no words with its title and its author', () => {
  const author = '<div>作者：<a rel="author" href="https://www.rfi.fr/cn/a">\u202eC</a></div>';
  const file = `<!--1577836800000-->\n[A\u202e\u0007B](${ADDRESS})\n------\n\n<div>Du texte.</div>${author}\n`;
  expect(readArchiveText(file)).toMatchObject({ ok: true, article: { title: 'AB', byline: 'C' } });
});

it('may say a time before 1970, which is none of a robot', () => {
  const file = `<!---305164800000-->\n[T](${ADDRESS})\n------\n\n<div>Du texte.</div>\n`;
  expect(readArchiveText(file)).toMatchObject({ ok: true, savedTime: null });
});

describe('what is in a file', () => {
  it('the Paris date line, not the number, is when it was published', () => {
    expect(articleOf(fixture).publishedTime).toBe('2023-10-10T14:16:00Z');
  });

  it('a title keeps its brackets, a photo its brackets too', () => {
    const article = articleOf(archive(`${PARTS}<div><p>正文。</p></div>`, '德国(续) [图集] <新> & 旧'));
    expect(article).toMatchObject({ title: '德国(续) [图集] <新> & 旧', url: ADDRESS });
  });

  it('a byte order mark, CR and LF, and a number that is none do not matter', () => {
    const other = `\ufeff${archive(`${PARTS}<div><p>正文。</p></div>`)}`
      .replace('1696952702000', 'NaN')
      .replaceAll('\n', '\r\n');
    expect(articleOf(other).textContent).toBe('导语在此。\n\n正文。');
  });

  it('front matter gives address and title where the header is missing', () => {
    const text = `---\nlayout: post\ntitle: "引号 \\" 里"\ndate: 2023-10-31 19:45:02.000000000 +08:00\nlink: ${ADDRESS}\ncategories: rfi\n---\n\n${PARTS}<div>\n  <p>正文。</p>\n</div>\n`;
    expect(articleOf(text)).toMatchObject({ title: '引号 " 里', url: ADDRESS, publishedTime: '2023-10-10T14:16:00Z' });
  });

  it('glued tags are parted, and what they held goes or stays as it should', () => {
    const glued = `${PARTS}<div class="t-content__body u-clearfix"><div class="m-interstitial"><divclass="m-block-ad "data-tms-ad-type="box"><span>广告</span></div></div><p>第一段。</p><divdata-selfpromo-app>下载</div><figure><imgfetchpriority="low"src="https://s.rfi.fr/b.jpg"alt="图"></figure><p>第二段。</p></div>`;
    const article = articleOf(archive(glued));
    expect(article.textContent).toBe('导语在此。\n\n第一段。\n\n第二段。');
    expect(article.photos).toEqual(['https://s.rfi.fr/a.jpg', 'https://s.rfi.fr/b.jpg']);
  });

  it('the word Array is no photo, adware no text, and an author’s block an author', () => {
    const body = `<div>10/10/2023 - 16:16</div>Array<p><strong>导语。</strong></p><div><script src="//adware.example/x.js"></script><p>正文。</p></div><div><div><span>作者：</span><a href="/cn/%E4%BD%9C%E8%80%85/%E5%91%A2/" title="呢">呢</a></div></div>`;
    const article = articleOf(archive(body));
    expect(article).toMatchObject({ textContent: '导语。\n正文。', byline: '呢', photo: null });
    expect(article.authors[0]?.url).toBe('https://www.rfi.fr/cn/%E4%BD%9C%E8%80%85/%E5%91%A2/');
  });

  it('a wrapper that the robot’s surplus closing tags end too early takes nothing with it', () => {
    const body =
      '<div>\n<div>10/10/2023 - 16:16</div><img src="https://s.rfi.fr/a.jpg"><div><div></div></div></div><button data-readmore-unlocker>继续浏览后续</button></div><p>正文。</p></div>\n</div>';
    expect(articleOf(archive(body))).toMatchObject({
      publishedTime: '2023-10-10T14:16:00Z',
      photos: ['https://s.rfi.fr/a.jpg'],
      textContent: '\n正文。',
    });
  });

  it('a rule in the text stays, the one above the feed’s advertisement goes', () => {
    const feed = '<br><hr><div>获取更多RSS：<br><a href="https://feedx.example">https://feedx.example</a></div>';
    expect(articleOf(archive(`${PARTS}<div><p>上。</p><hr><p>下。</p></div>${feed}`)).content).toMatch(
      /上。<\/p>\n<hr>\n<p>下。<\/p>$/,
    );
  });
});

describe('a file that is no archive file gets its reason', () => {
  it.each([
    ['empty', bytes('')],
    ['empty', bytes(' \n\n')],
    ['notUtf8', new Uint8Array([0x3c, 0x21, 0x2d, 0x2d, 0xb6, 0xed, 0xc2, 0xde])],
    ['notArchive', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d])],
    ['truncated', bytes(fixture).slice(0, 401)],
    ['notArchive', bytes('Une lettre, pas un article.')],
    ['notArchive', bytes('<html><body><p>Une page.</p></body></html>')],
    ['notArchive', bytes('<!-- un commentaire -->\n[x](https://www.rfi.fr/x)\n------\n')],
    ['noAddress', bytes(fixture.replace(/\]\(https[^)]*\)/, ']()'))],
    ['noAddress', bytes('---\ntitle: x\n---\n\n<p>y</p>')],
    ['tooLarge', new Uint8Array(MAX_ARCHIVE_BYTES + 1)],
    ['noText', bytes(archive('<div>10/10/2023 - 16:16</div><p><strong> </strong></p><div></div>'))],
  ] as const)('%s', (reason, file) => {
    expect(readArchiveFile(file)).toEqual({ ok: false, reason });
  });

  // As one pattern, the line of the address took hours.
  it('a line that begins to name an address half a million times', () => {
    const hostile = `<!--1577836800000-->\n[${'](\u0061'.repeat(500_000)}\n------\n\n<div>x</div>\n`;
    expect(parseArchiveText(hostile)).toEqual({ reason: 'truncated' });
  });

  it('wherever a file is cut, it is not taken for whole', () => {
    const whole = bytes(fixture);
    const header = bytes(fixture.slice(0, fixture.indexOf('------')));
    for (let length = header.length; length < whole.length - 400; length += 7) {
      const reading = readArchiveFile(whole.slice(0, length));
      expect(reading.ok, `cut at ${length}`).toBe(false);
    }
  });
});
