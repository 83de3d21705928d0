/** The facts about an article: from JSON-LD first, then the page's meta elements, then RFI's own markup. */
import { canonicalAddress, isRfiAddress, shortAddress } from './address.ts';
import type { Author, Twin } from './article.ts';
import { directionOf } from './language.ts';
import { cleanLink, isShareLink } from './links.ts';
import { toIsoTime } from './paris-time.ts';
import { FACTS, SITE_IN_TITLE } from './rfi-page.ts';
import { collapse } from './white-space.ts';

export interface Metadata {
  url: string;
  /** Where relative links start from. */
  base: string;
  shortUrl: string | null;
  title: string;
  description: string;
  lang: string;
  dir: 'ltr' | 'rtl';
  siteName: string | null;
  publishedTime: string | null;
  modifiedTime: string | null;
  section: string | null;
  kicker: string | null;
  authors: Author[];
  tags: string[];
  twin: Twin | null;
  contentId: string | null;
  /** The page's sound, where JSON-LD names one. */
  sound: { src: string; duration: string } | null;
}

type Json = Record<string, unknown>;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === 'string' ? collapse(value) : '');
/** JSON-LD allows one value or an array of them everywhere. */
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value == null ? [] : [value]);
const textOf = (element: Element | null | undefined): string => text(element?.textContent);

const parseJson = (element: Element): unknown => {
  try {
    return JSON.parse(element.textContent ?? '');
  } catch {
    // RFI's JSON-LD is invalid now and then: https://github.com/DIYgod/RSSHub/issues/20797
    return null;
  }
};

const ARTICLE_TYPE = /(Article|Posting|AudioObject|PodcastEpisode|VideoObject)$/;

/** The JSON-LD object that describes the article: RFI writes an array of NewsArticle and BreadcrumbList, others a `@graph`. */
function findJsonLd(document: Document): Json {
  const scripts = [...document.getElementsByTagName('script')].filter(
    (script) => script.type === 'application/ld+json',
  );
  const objects = scripts
    .flatMap((script) => list(parseJson(script)))
    .flatMap((value) => (isRecord(value) && Array.isArray(value['@graph']) ? value['@graph'] : [value]))
    .filter(isRecord);
  return objects.find((value) => list(value['@type']).some((type) => ARTICLE_TYPE.test(text(type)))) ?? {};
}

/** The page's meta elements by name, in one pass: a query each over a whole page takes longer than the extraction. */
type Metas = ReadonlyMap<string, readonly string[]>;

const READ_METAS = /^(og:|article:|description$)/;

function readMetas(document: Document): Metas {
  const metas = new Map<string, string[]>();
  for (const meta of document.getElementsByTagName('meta')) {
    const name = meta.getAttribute('property') ?? meta.getAttribute('name');
    if (name === null || !READ_METAS.test(name)) continue;
    const content = text(meta.getAttribute('content'));
    if (!content) continue;
    const contents = metas.get(name);
    if (contents) contents.push(content);
    else metas.set(name, [content]);
  }
  return metas;
}

const unique = (values: string[]): string[] => [...new Set(values.filter(Boolean))];

/** As the page itself says it: https://html.spec.whatwg.org/#the-base-element */
const findBase = (document: Document, address: string): string => {
  const [base] = document.getElementsByTagName('base');
  const href = base?.getAttribute('href') ?? '';
  return URL.canParse(href, address) ? new URL(href, address).href : address;
};

/** RFI's articles have their date in their address, its sections have none. */
const isArticleAddress = (href: string): boolean => /\/\d{8}-[^/]*$/.test(new URL(href).pathname);

/**
 * The canonical address of a page: the one that the page itself names, if it is on the same site, else the address that
 * it was opened at. A page may not name itself after another site, nor an article after its site's home.
 */
function findAddress(links: Element[], metas: Metas, address: string, jsonLd: Json): string {
  const opened = canonicalAddress(address);
  const named = [
    links.find((link) => link.getAttribute('rel') === 'canonical')?.getAttribute('href'),
    metas.get('og:url')?.[0],
    text(jsonLd['url']),
  ];
  const isShort = shortAddress(address) !== null;
  for (const candidate of named) {
    if (candidate === opened) return opened;
    const cleaned = candidate ? cleanLink(candidate, address) : null;
    if (!cleaned || !/^https?:/.test(cleaned)) continue;
    const url = new URL(canonicalAddress(cleaned));
    // A page that names its section's address would be one article with all others there.
    if (isArticleAddress(opened) && isRfiAddress(url.href) && !isArticleAddress(url.href)) continue;
    const isSameSite = isShort ? isRfiAddress(url.href) : url.hostname === new URL(opened).hostname;
    if (isSameSite && url.pathname.split('/').filter(Boolean).length > 1) return url.href;
  }
  return opened;
}

const findAuthors = (article: Element | null, jsonLd: Json, base: string): Author[] => {
  const printed = [...(article?.querySelectorAll(FACTS.authors) ?? [])].map((author) => ({
    name: textOf(author),
    url: author.getAttribute('href'),
  }));
  const declared = list(jsonLd['author']).map((author) =>
    isRecord(author)
      ? { name: text(author['name']), url: text(author['url']) || null }
      : { name: text(author), url: null },
  );
  const authors = (printed.length > 0 ? printed : declared).filter(({ name }) => name !== '');
  const names = unique(authors.map(({ name }) => name));
  return names.map((name) => {
    const href = [...authors, ...declared].find((author) => author.name === name && author.url)?.url;
    return { name, url: href ? cleanLink(href, base) : null };
  });
};

const findTwin = (links: Element[], lang: string, base: string): Twin | null => {
  if (!/^zh\b/i.test(lang)) return null;
  // Edition homes name all seventeen editions; only the other script of the same language is a twin.
  const twin = links
    .filter((link) => link.hasAttribute('hreflang'))
    .map((link) => ({ lang: link.getAttribute('hreflang') ?? '', url: link.getAttribute('href') ?? '' }))
    .filter((link) => /^zh\b/i.test(link.lang) && link.lang !== lang)
    .map((link) => ({ lang: link.lang, url: cleanLink(link.url, base) ?? '' }))
    .find(({ url }) => isRfiAddress(url) && new URL(url).pathname.split('/').filter(Boolean).length > 1);
  return twin ? { lang: twin.lang, url: canonicalAddress(twin.url) } : null;
};

/** "P0DT00H10M00S" as "10:00"; empty where it is none or zero. */
const clockOf = (duration: string): string => {
  const [, days, hours, minutes, seconds] = /^P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(duration) ?? [];
  const total = [days, hours, minutes, seconds].map((part) => Number(part ?? 0));
  const allHours = (total[0] ?? 0) * 24 + (total[1] ?? 0);
  const padded = [total[2] ?? 0, total[3] ?? 0].map((part) => String(part).padStart(2, '0')).join(':');
  if (allHours === 0) return padded === '00:00' ? '' : padded;
  return `${allHours}:${padded}`;
};

const findSound = (jsonLd: Json): Metadata['sound'] => {
  const audio = list(jsonLd['audio']).find(isRecord);
  const src = text(audio?.['contentUrl']);
  return /^https?:\/\//.test(src) ? { src, duration: clockOf(text(audio?.['duration'])) } : null;
};

/**
 * RFI's short address of this article: the one that its share links carry, percent-encoded. A link in the text that goes to a
 * short address leads to another article.
 */
const findShortUrl = (article: Element): string | null => {
  for (const link of article.querySelectorAll('a[href*="rfi.my"]')) {
    const href = link.getAttribute('href') ?? '';
    const code = /rfi\.my%2F(\w+)/i.exec(href)?.[1];
    if (code && isShareLink(href)) return shortAddress(`https://rfi.my/${code}`);
  }
  return null;
};

/**
 * Reads the facts of a page without changing it.
 *
 * @param address the absolute http(s) address that the page was opened at; throws a TypeError if it is another kind
 * @param article RFI's article element, null on a page without RFI's markup
 */
export function readMetadata(document: Document, address: string, article: Element | null): Metadata {
  const jsonLd = findJsonLd(document);
  const metas = readMetas(document);
  const meta = (name: string): string => metas.get(name)?.[0] ?? '';
  const links = [...document.getElementsByTagName('link')];
  const url = findAddress(links, metas, address, jsonLd);
  const base = findBase(document, address);
  const times = [...(article?.querySelectorAll(FACTS.dates) ?? [])].map((time) => time.getAttribute('datetime') ?? '');
  const firstTime = (...candidates: string[]): string | null => {
    for (const candidate of candidates) {
      const time = candidate ? toIsoTime(candidate) : null;
      if (time) return time;
    }
    return null;
  };
  const root = document.documentElement;
  const lang = root.getAttribute('lang')?.trim() || text(jsonLd['inLanguage']) || meta('og:locale').replace('_', '-');
  const printedKicker = textOf(article?.querySelector(FACTS.kicker));
  const section = text(list(jsonLd['articleSection'])[0]) || meta('article:section') || printedKicker || null;
  const publisher = isRecord(jsonLd['publisher']) ? text(jsonLd['publisher']['name']) : '';
  const dataLayer = document.getElementById('datalayer');
  const facts = dataLayer ? parseJson(dataLayer) : null;
  const shownTags = (): string[] => [...document.querySelectorAll(FACTS.tags)].map(textOf);
  // `keywords` is a string, an array or an array of objects: https://github.com/DIYgod/RSSHub/issues/19046
  const keywords = (): string[] =>
    list(jsonLd['keywords'])
      .flatMap((word) => (isRecord(word) ? [text(word['name'])] : text(word).split(/[,،、]/)))
      .map((word) => word.trim());
  const tags =
    metas.get('article:tag') ?? [shownTags, keywords].map((find) => find()).find((names) => names.some(Boolean));

  const title =
    textOf(article?.querySelector(FACTS.title)) || text(jsonLd['headline']) || meta('og:title') || text(document.title);

  return {
    url,
    base,
    shortUrl: shortAddress(address) ?? (article ? findShortUrl(article) : null),
    title: isRfiAddress(url) ? title.replace(SITE_IN_TITLE, '') : title,
    description: text(jsonLd['description']) || meta('og:description') || meta('description'),
    lang,
    dir: root.dir === 'rtl' || root.dir === 'ltr' ? root.dir : directionOf(lang),
    siteName: meta('og:site_name') || publisher || null,
    publishedTime: firstTime(text(jsonLd['datePublished']), meta('article:published_time'), times[0] ?? ''),
    modifiedTime: firstTime(text(jsonLd['dateModified']), meta('article:modified_time'), times[1] ?? ''),
    section,
    kicker: printedKicker && printedKicker !== section ? printedKicker : null,
    authors: findAuthors(article, jsonLd, base),
    tags: unique([...(tags ?? [])]),
    twin: findTwin(links, lang, base),
    contentId: isRecord(facts) ? text(facts['content_id']) || null : null,
    sound: findSound(jsonLd),
  };
}
