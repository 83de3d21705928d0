/** Real archive files, in every form that was met, against a count of what the raw files hold. */
import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/article/article.ts';
import { readArchiveFile } from '../../src/exchange/archive-file.ts';
import { list, readBytes, readTar } from './corpus.ts';

const JUNK_TEXT = /获取更多RSS|feedx\.|继续浏览后续|举报广告|分享\s*[:：]|电邮新闻|\{\{|v-on:|function\s*\(/;
const JUNK_LINK = /rfi\.my|dialog\/share|intent\/|whatsapp|feedx|utm_|fbclid|redir\.aspx|javascript:/;

const words = (text: string): string => text.replace(/[\s\u00a0\u200b-\u200d\ufeff]+/g, '');
const decode = (html: string): string => new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '';

/** The paragraphs and headings of a raw file, counted by its tags alone, without anything of the product. */
function rawBlocks(raw: string): string[] {
  const body = raw.slice(raw.search(/<div>\s*\d\d\/\d\d\/\d{4}/));
  return [...body.matchAll(/<(p|h[1-6]|li)(?:\s[^>]*)?>([\s\S]*?)<\/\1>/g)]
    .map((match) => words(decode((match[2] ?? '').replace(/<(script|style|svg|template)[\s\S]*?<\/\1>/g, ''))))
    .filter((text) => text !== '' && !/^(广告|继续浏览后续|\{\{.*\}\})$/.test(text));
}

function check(name: string, bytes: Uint8Array): void {
  const reading = readArchiveFile(bytes);
  if (!reading.ok) throw new Error(`${name}: ${reading.reason}`);
  const { article } = reading;
  const raw = new TextDecoder().decode(bytes);
  const kept = words(article.textContent);
  const lost = rawBlocks(raw).filter((block) => !kept.includes(block));
  expect(lost, `${name} lost`).toEqual([]);
  expect(article.textContent, name).not.toMatch(JUNK_TEXT);
  const links = [...article.content.matchAll(/(?:href|src)="([^"]*)"/g)].map((match) => match[1] ?? '');
  expect(
    links.filter((link) => JUNK_LINK.test(link)),
    name,
  ).toEqual([]);
  expect(article.content, name).not.toMatch(
    /<(script|style|iframe|svg|template|button|noscript)|<(p|div|span|a|li|strong)>\s*<\/\2>/,
  );
  const printed = /<div>\s*(\d\d)\/(\d\d)\/(\d{4}) - (\d\d):(\d\d)/.exec(raw);
  expect(
    Math.abs(
      Date.parse(article.publishedTime ?? '') -
        Date.parse(`${printed?.[3]}-${printed?.[2]}-${printed?.[1]}T${printed?.[4]}:${printed?.[5]}Z`),
    ),
    name,
  ).toBeLessThanOrEqual(2 * 3_600_000);
  const photo = /<img[^>]*?src="(https:\/\/s\.rfi\.fr[^"]+)"/.exec(raw)?.[1];
  if (photo) expect(article.photos.map(decodeURI), name).toContain(decodeURI(decode(photo)));
}

describe('the seed', () => {
  const [name = ''] = list('..', 'seed');
  const reading = readArchiveFile(readBytes('..', 'seed', name));
  const article = (reading.ok ? reading.article : {}) as Article;

  it('comes out with title, address, instant, photo, lead and eight paragraphs', () => {
    expect(reading.ok).toBe(true);
    const raw = new TextDecoder().decode(readBytes('..', 'seed', name));
    const [, title, address] = /\[(.*)\]\((.*)\)\n/.exec(raw) ?? [];
    expect(article).toMatchObject({
      title,
      url: address,
      publishedTime: '2023-10-10T14:16:00Z',
      edition: 'cn',
      lang: 'zh-Hans',
    });
    expect(article.photos).toHaveLength(1);
    expect(article.content.match(/<p class="lead">/g)).toHaveLength(1);
    expect(article.content.match(/<p>/g)).toHaveLength(8);
    expect(article.content.match(/<(?!\/)(\w+)/g)?.toSorted()).toEqual(
      [...Array(9).fill('<p'), '<figure', '<img'].toSorted(),
    );
    expect(article.content).not.toMatch(/<a |分享|RSS|selfpromo/);
  });

  it('is complete', () => check(name, readBytes('..', 'seed', name)));
});

describe('every variation of RFI’s files', () => {
  const withoutAddress = ['rfi-2020-40-newlines-kept-lead.md', 'rfi-2020-41-newlines-kept-wire.md'];

  it.each(list('archive').filter((name) => name.startsWith('rfi-') && !withoutAddress.includes(name)))('%s', (name) =>
    check(name, readBytes('archive', name)),
  );

  it.each(withoutAddress)('%s says no address, and is told so', (name) => {
    expect(readArchiveFile(readBytes('archive', name))).toEqual({ ok: false, reason: 'noAddress' });
  });
});

it.each(list('archive').filter((name) => name.startsWith('other-')))(
  '%s, of another outlet, is kept or refused with a reason',
  (name) => {
    const reading = readArchiveFile(readBytes('archive', name));
    if (reading.ok) expect(reading.article.textContent.trim() + reading.article.content).not.toBe('');
    else expect(reading.reason).toMatch(/noText|noAddress/);
  },
);

it('a hundredth of the files of 2020, and all of October 2023, lose nothing', () => {
  const files = [
    ...readTar('archive-2020.tar.gz', (_, index) => index % 100 === 0),
    ...readTar('archive-2023-sample.tar.gz', () => true),
  ];
  expect(files.length).toBeGreaterThan(200);
  for (const { name, bytes } of files) check(name, bytes);
});
