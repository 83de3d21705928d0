/**
 * The archive file: one article as a feed robot wrote it. A line `<!--milliseconds-->`, a line `[title](address)`, a line of
 * dashes, then the feed's HTML with its class names stripped; older robots put front matter before it and glued tags.
 *
 * The file is turned back into a page in RFI's markup and goes through the same pipeline as a page.
 */
import { EDITIONS, editionOf, isRfiAddress } from '../article/address.ts';
import type { Extraction } from '../article/article.ts';
import { extractArticle } from '../article/extract.ts';
import { directionOf } from '../article/language.ts';
import { readMetadata } from '../article/metadata.ts';
import { parseParisTime, toIsoTime } from '../article/paris-time.ts';
import { toArticle } from '../article/to-article.ts';

/** Why a file gave no article. Each reason has its sentence in _locales under `file_<name>`. */
export type FileReason =
  | 'tangled'
  | 'empty'
  | 'tooLarge'
  | 'notUtf8'
  | 'notArchive'
  | 'noAddress'
  | 'truncated'
  | 'noText'
  | 'frontMatter'
  | 'longNote';

export type ArchiveReading =
  /** `savedTime`: when the robot kept it, in milliseconds since 1970; null where the file does not say. */
  (Extract<Extraction, { ok: true }> & { savedTime: number | null }) | { ok: false; reason: FileReason };

/** The longest real archive file has 39 KB; a file over this is something else. */
export const MAX_ARCHIVE_BYTES = 5_000_000;

export interface ArchiveText {
  title: string;
  address: string;
  /** When the feed saw the article, in any form that `Date` reads; not when it was published. */
  seen: string | number;
  /** Who wrote or published it, where front matter says so. */
  outlet: string;
  html: string;
}

const failure = (reason: FileReason): ArchiveReading => ({ ok: false, reason });

/** The text of a file, or why it is none: for every form of article that is text. */
export function decodeFile(bytes: Uint8Array): { text: string } | { reason: FileReason } {
  if (bytes.length > MAX_ARCHIVE_BYTES) return { reason: 'tooLarge' };
  // Text in UTF-16 has a zero beside every Latin letter, or says what it is.
  if (bytes[0] === 0 || bytes[1] === 0 || bytes[0] === 0xff || bytes[0] === 0xfe) return { reason: 'notUtf8' };
  if (bytes.includes(0)) return { reason: 'notArchive' };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.trim() === '' ? { reason: 'empty' } : { text };
  } catch {
    return { reason: isCutInLetter(bytes) ? 'truncated' : 'notUtf8' };
  }
}

/** Reads one archive file. Never throws for what is in the file. */
export function readArchiveFile(bytes: Uint8Array): ArchiveReading {
  const file = decodeFile(bytes);
  return 'reason' in file ? failure(file.reason) : readArchiveText(file.text);
}

/** The same for a file that is decoded already. */
export function readArchiveText(text: string): ArchiveReading {
  const archive = parseArchiveText(text);
  if ('reason' in archive) return failure(archive.reason);
  const page = toPage(archive);
  const extraction = readExport(page, archive.address) ?? extractArticle(page, archive.address);
  return extraction.ok ? { ...extraction, savedTime: toSavedTime(archive.seen) } : failure('noText');
}

/** A time that may be one: robots wrote NaN too, and nothing was kept before there was a web or after now. */
function toSavedTime(seen: ArchiveText['seen']): number | null {
  const time = new Date(seen).getTime();
  return time > Date.UTC(1991) && time <= Date.now() ? time : null;
}

/** The body of a file that says its language: no feed does, Liseuse does (write-archive-file.ts). */
const EXPORTED_BODY = 'div[lang]';
const AUTHORS = '.t-content__authors';

/** What Liseuse wrote, as it is: in a text that is clean, nothing is to be looked for. Undefined where a feed wrote it. */
function readExport(page: Document, address: string): Extraction | undefined {
  const article = page.querySelector('article');
  const body = article?.querySelector(`:scope > .t-content__body > ${EXPORTED_BODY}:first-child`);
  const isAlone =
    body && [...(body.parentElement?.children ?? [])].every((part) => part === body || part.matches(AUTHORS));
  if (!article || !isAlone) return undefined;
  const root = page.createElement('div');
  const lead = article.querySelector(':scope > .t-content__chapo');
  if (lead) lead.className = 'lead';
  root.append(
    ...article.querySelectorAll(':scope > .lead, :scope > .t-content__main-media > figure'),
    ...body.childNodes,
  );
  return toArticle(root, readMetadata(page, address, article), []);
}

/** Whether the bytes are UTF-8 but for a last letter that is not whole. */
const isCutInLetter = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
};

/** Whether a text begins like an archive file, to tell it from a saved page. */
export function isArchiveText(text: string): boolean {
  return /^\ufeff?\s*(<!--(-?\d+|NaN)-->\s*\[|---\r?\n)/.test(text);
}

/** The parts of an archive file, or why it has none. */
export function parseArchiveText(text: string): ArchiveText | { reason: FileReason } {
  const withoutMark = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const frontMatter = /^\s*---\n([\s\S]*?)\n---\n/.exec(withoutMark);
  const fields = readFrontMatter(frontMatter?.[1] ?? '');
  const rest = withoutMark.slice(frontMatter?.[0].length ?? 0);
  const start = /^\s*<!--(-?\d+|NaN)-->[ \t]*\n/.exec(rest);
  if (!start && !frontMatter) return { reason: 'notArchive' };

  // The title is raw and may hold brackets and line breaks: the address begins at the last "](" before the dashes.
  const header = start ? readHeader(rest.slice(start[0].length)) : null;
  if (start && !header) return { reason: rest.slice(start[0].length).startsWith('[') ? 'truncated' : 'notArchive' };

  const html = rest.slice((start?.[0].length ?? 0) + (header?.length ?? 0)).trim();
  const address = header?.address || fields['from'] || fields['link'] || '';
  if (!/^https?:\/\/[^/\s]+\./.test(address) || !URL.canParse(address)) return { reason: 'noAddress' };
  if (isCutOff(html, address)) return { reason: 'truncated' };
  const seen = start && start[1] !== 'NaN' ? Number(start[1]) : (fields['date'] ?? '');
  const title = decodeTitle(header?.title ?? fields['title'] ?? '');
  return { title, address, seen, outlet: fields['author'] ?? '', html };
}

const SIGNS: Readonly<Record<string, string>> = { quot: '"', apos: "'", amp: '&', lt: '<', gt: '>', nbsp: '\u00a0' };

/** Some robots wrote the title as HTML has it: a hundredth of those of 2020 say `&quot;`. */
const decodeTitle = (title: string): string =>
  title.replace(ESCAPED, (_, name: string | undefined, code: string) =>
    name === undefined ? String.fromCodePoint(Number(code)) : (SIGNS[name] ?? ''),
  );

/** A character as such a title writes it. */
export const ESCAPED = /&(?:(quot|apos|amp|lt|gt|nbsp)|#(\d{1,6}));/g;

/** The line of title and address, with the dashes below it; not as one pattern, for which a hostile file takes hours. */
function readHeader(text: string): { title: string; address: string; length: number } | null {
  const dashes = /\n-{3,}[ \t]*\n/.exec(text);
  if (!dashes) return null;
  const line = text.slice(0, dashes.index).trimEnd();
  const middle = line.lastIndexOf('](');
  const address = line.slice(middle + 2, -1);
  if (!line.startsWith('[') || !line.endsWith(')') || middle < 0 || /\s/.test(address)) return null;
  return { title: line.slice(1, middle), address, length: dashes.index + dashes[0].length };
}

/** Jekyll's front matter as the robots write it: `key: value`, the value sometimes in double quotes. */
const readFrontMatter = (block: string): Record<string, string> => {
  const pairs = [...block.matchAll(/^(\w+):[ \t]*(.*)$/gm)].map((match) => {
    const value = (match[2] ?? '').trim();
    return [match[1] ?? '', /^".*"$/.test(value) ? value.slice(1, -1).replace(/\\(["\\])/g, '$1') : value];
  });
  return Object.fromEntries(pairs);
};

/**
 * Whether the feed's HTML stops in the middle. All 10,913 complete files of RFI's that were looked at end in ">", close every
 * `div`, `p` and `strong` (some close three `div` more than they open), and have a `div` of text behind the one of the date.
 */
const isCutOff = (html: string, address: string): boolean => {
  if (!html.endsWith('>')) return true;
  if (!isRfiAddress(address)) return false;
  const count = (pattern: RegExp): number => html.match(pattern)?.length ?? 0;
  const isOpen = (name: string): boolean =>
    count(new RegExp(`<${name}[\\s>]`, 'g')) > count(new RegExp(`</${name}>`, 'g'));
  return (
    count(/<div/g) > count(/<\/div/g) ||
    isOpen('p') ||
    isOpen('strong') ||
    count(/<div/g) < (DATE_FIRST.test(html) ? 2 : 1)
  );
};

const DATE_FIRST = /^<div>\s*\d\d\/\d\d\/\d{4}/;

/**
 * The robots of 2020 joined the lines of an element without a space (`<divclass=`, `<video-playermedia-id=`,
 * `<imgfetchpriority=`), so that the parser saw elements of unknown names and the nesting broke.
 */
const GLUED_TAG =
  /<(youtube-player|video-player|play-media|diaporama-fullscreen|diaporama-container|diaporama|picture|source|iframe|figure|script|button|span|div|img|a|p)(?=[a-z@:][\w:-]*=|data-)/g;

/** The archived article as a page: RFI's class names are put back on the parts that the feed's order tells apart. */
export function toPage(archive: ArchiveText): Document {
  // One document for both: to clear ten thousand away takes a browser longer than a frame.
  const html = `<!doctype html>${archive.html.replace(GLUED_TAG, '<$1 ')}`;
  const page = new DOMParser().parseFromString(html, 'text/html');
  const feed = page.body;
  const root = page.documentElement;
  for (const { name } of [...root.attributes]) root.removeAttribute(name);
  root.replaceChildren(page.createElement('head'), page.createElement('body'));
  const make = (name: string, className: string, ...children: (Node | string)[]): HTMLElement => {
    const made = page.createElement(name);
    made.className = className;
    made.append(...children);
    return made;
  };
  const setMeta = (property: string, content: string): void => {
    const meta = page.createElement('meta');
    meta.setAttribute('property', property);
    meta.content = content;
    page.head.append(meta);
  };
  const isRfi = isRfiAddress(archive.address);
  const exported = feed.querySelector<HTMLElement>(`:scope > ${EXPORTED_BODY}`);
  const lang =
    exported?.lang ||
    (EDITIONS[editionOf(archive.address) ?? ''] ?? (/\p{Script=Han}/u.test(archive.title) ? 'zh' : 'und'));
  page.documentElement.lang = lang;
  page.documentElement.dir = exported?.dir || directionOf(lang);
  page.title = archive.title;
  setMeta('og:title', archive.title);
  const siteName = isRfi ? 'RFI' : archive.outlet;
  if (siteName) setMeta('og:site_name', siteName);

  removeFeedAdvertisement(feed);
  const printedDate = [...feed.querySelectorAll('div')].find(
    (div) => div.childElementCount === 0 && parseParisTime(div.textContent ?? '') !== null,
  );
  const published =
    parseParisTime(printedDate?.textContent ?? '') ?? (isRfi || exported ? null : toIsoTime(archive.seen));
  if (published) setMeta('article:published_time', published);

  const head: Node[] = [make('h1', 'a-page-title', archive.title)];
  // Some robots wrapped the whole in a `div`, which RFI's surplus closing tags close too early.
  const wrapper = printedDate?.parentElement;
  if (wrapper && wrapper !== feed) wrapper.replaceWith(...wrapper.childNodes);
  printedDate?.remove();
  if (isRfi || exported) {
    const { photo, lead } = takeHead(feed);
    if (lead) head.push(make('p', 't-content__chapo', ...lead.childNodes));
    if (photo)
      head.push(make('div', 't-content__main-media', photo.matches('figure') ? photo : make('figure', '', photo)));
    markAuthors(feed);
  }
  // A radio programme may be a title and a photo: without a body element the photo is enough for the pipeline.
  for (const inner of feed.querySelectorAll('.t-content__body')) inner.classList.remove('t-content__body');
  const hasText =
    (feed.textContent ?? '').trim() !== '' || feed.querySelector('img, audio, video, iframe, [data-media-id]') !== null;
  const body = make('div', hasText ? 't-content__body' : '', ...feed.childNodes);
  page.body.append(make('article', 't-content__article-wrapper', ...head, body));
  return page;
}

/** Takes the lead photo and the bold lead, which stand before the body in the feed's order, out of their place. */
function takeHead(feed: Element): { photo: Element | null; lead: Element | null } {
  let photo: Element | null = null;
  for (const node of [...feed.childNodes]) {
    if (node.nodeType === Node.TEXT_NODE) {
      // The robot wrote a list of photos as the word "Array".
      if (node.textContent?.trim() === 'Array') node.remove();
    } else if (node instanceof Element) {
      if (node.matches('img, figure:has(> img)') && !photo) {
        photo = node;
        photo.remove();
      } else {
        const lead = node.matches('p:has(> strong:only-child)') ? node.querySelector('strong') : null;
        const isOnlyStrong = lead !== null && lead.textContent?.trim() === node.textContent?.trim();
        if (isOnlyStrong) node.remove();
        return { photo, lead: isOnlyStrong ? lead : null };
      }
    }
  }
  return { photo, lead: null };
}

/** "作者：" and a link to the author's page, after the body: RFI's author block without its class names. */
function markAuthors(feed: Element): void {
  for (const block of feed.querySelectorAll(':scope > div')) {
    const named = [...block.querySelectorAll(':scope > a[rel="author"]')];
    const links =
      named.length > 0 ? named : [...block.querySelectorAll('a[href*="/%E4%BD%9C%E8%80%85/" i], a[href*="/作者/"]')];
    const isAuthorBlock = named.length > 0 || (/^\s*作者\s*[:：]/.test(block.textContent ?? '') && links.length > 0);
    if (!isAuthorBlock || (block.textContent ?? '').replace(/\s+/g, '').length > 80) continue;
    block.className = 't-content__authors';
    for (const link of links) link.className = 'm-from-author__name';
  }
}

/** "获取更多RSS：" and the feed's own addresses, with the rule above them. The label is the mark: the hosts change. */
function removeFeedAdvertisement(feed: Element): void {
  for (const block of feed.querySelectorAll('div')) {
    if (!/^\s*获取更多RSS\s*[:：]/.test(block.textContent ?? '')) continue;
    while (block.previousElementSibling?.matches('br, hr')) block.previousElementSibling.remove();
    block.remove();
  }
}
