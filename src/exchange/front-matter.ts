/** The front matter of a Markdown file: YAML that Obsidian shows as properties, with all of an article that is not its text. */
import { parse, stringify } from 'yaml';
import { EDITIONS, canonicalAddress, editionOf, shortAddress } from '../article/address.ts';
import type { Article, Author, Twin } from '../article/article.ts';
import { withoutControls } from '../article/controls.ts';
import { inTextOrder, isHighlight, type Highlight } from '../article/highlight.ts';
import { MAX_NOTE } from '../article/note.ts';
import { directionOf } from '../article/language.ts';
import type { Metadata } from '../article/metadata.ts';
import { toIsoTime } from '../article/paris-time.ts';
import { collapse } from '../article/white-space.ts';
import type { Marks } from '../saved/saved-article.ts';
import { isPosition } from '../article/position.ts';
import type { PhotoEntry } from './markdown-blocks.ts';

/** An article as it is written: one that is not saved has no date of that, and no marks. */
export interface WrittenArticle {
  article: Article;
  savedTime: number | null;
  marks: Omit<Marks, 'removedTime'>;
}

/** The YAML of an article's facts and marks; what says nothing is left out. */
export function writeFrontMatter({ article, savedTime, marks }: WrittenArticle, photos: PhotoEntry[]): string {
  const { title, url, authors, publishedTime, lang, dir, edition, section, tags, siteName, kicker } = article;
  const hasLead = /^<p class="lead">|\n<p class="lead">/.test(article.content);
  const fields = {
    title,
    url,
    author: authors.map(({ name }) => name),
    published: publishedTime,
    saved: savedTime === null ? null : new Date(savedTime).toISOString(),
    lang,
    dir: dir === directionOf(lang) ? null : dir,
    edition,
    section,
    keywords: tags,
    tags: marks.tags,
    favourite: marks.isFavourite,
    archived: marks.archivedTime === null ? null : new Date(marks.archivedTime).toISOString(),
    note: marks.note,
    highlights: marks.highlights ?? [],
    position: marks.position,
    description: hasLead ? '' : article.excerpt,
    site: siteName,
    kicker,
    modified: article.modifiedTime,
    authorPages: authors.some((author) => author.url) ? authors.map((author) => author.url ?? '') : [],
    shortUrl: article.shortUrl,
    twin: article.twin,
    contentId: article.contentId,
    passage: article.isPassage,
    photos,
  };
  const said = Object.entries(fields).filter(
    ([name, value]) =>
      name === 'title' ||
      !(value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0)),
  );
  return stringify(Object.fromEntries(said), { lineWidth: 0, aliasDuplicateObjects: false });
}

export interface FrontMatter {
  metadata: Metadata;
  isPassage: boolean;
  marks: Marks;
  /** When it was saved, in milliseconds since 1970; null where the file does not say. */
  savedTime: number | null;
  photos: PhotoEntry[];
}

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
/** One value, several, or several in one line. */
const list = (value: unknown): string[] =>
  (Array.isArray(value) ? value : text(value).split(',')).map((entry) => collapse(text(entry))).filter(Boolean);
/** What says that it happened later happened now. */
const instant = (value: unknown): number | null => {
  const time = Date.parse(text(value));
  return Number.isNaN(time) ? null : Math.min(time, Date.now());
};
const isWebAddress = (value: unknown): value is string => typeof value === 'string' && /^https?:\/\/[^/]/.test(value);
/** Obsidian links people: [[Name]]. */
const withoutBrackets = (name: string): string => name.replace(/^\[\[(?:.*\|)?(.*)\]\]$/, '$1');

/** What the YAML of a file says. Its fields may be somebody else's: `source` and `created` are what others call `url` and `saved`. */
export function readFrontMatter(yaml: string): FrontMatter | 'frontMatter' | 'noAddress' | 'longNote' {
  let fields: unknown;
  try {
    // An alias may stand for a thousand others: none is taken. To look for a key among all before it takes minutes.
    fields = parse(yaml, { maxAliasCount: 0, uniqueKeys: false });
  } catch {
    return 'frontMatter';
  }
  if (!isFields(fields)) return 'frontMatter';
  const address = [fields['url'], fields['source']].find(isWebAddress);
  if (!address || !URL.canParse(address)) return 'noAddress';
  const url = canonicalAddress(address);
  const lang = text(fields['lang']) || EDITIONS[editionOf(url) ?? ''] || 'und';
  const { dir, position, favourite, passage } = fields;
  const highlights = readHighlights(fields['highlights']);
  const note = text(fields['note']);
  if ([note, ...highlights.map((each) => each.note)].some(({ length }) => length > MAX_NOTE)) return 'longNote';
  const archivedTime = instant(fields['archived']);
  return {
    metadata: {
      url,
      base: url,
      shortUrl: shortAddress(text(fields['shortUrl'])),
      title: collapse(text(fields['title'])),
      description: text(fields['description']),
      lang,
      dir: dir === 'ltr' || dir === 'rtl' ? dir : directionOf(lang),
      siteName: text(fields['site']) || null,
      publishedTime: toIsoTime(text(fields['published']) || text(fields['date'])),
      modifiedTime: toIsoTime(text(fields['modified'])),
      section: text(fields['section']) || null,
      kicker: text(fields['kicker']) || null,
      authors: readAuthors(fields),
      tags: list(fields['keywords']),
      twin: readTwin(fields['twin']),
      contentId: text(fields['contentId']) || null,
      sound: null,
    },
    isPassage: passage === true,
    marks: {
      removedTime: null,
      archivedTime,
      isFavourite: favourite === true,
      position: isPosition(position) ? position : null,
      tags: [...new Set(withoutControls(list(fields['tags'])))],
      note,
      ...(highlights.length > 0 && { highlights }),
    },
    savedTime: instant(fields['saved']) ?? instant(fields['created']),
    photos: Array.isArray(fields['photos']) ? fields['photos'].flatMap(readPhoto) : [],
  };
}

/** Those that are whole, each id once. */
function readHighlights(value: unknown): Highlight[] {
  const read = Array.isArray(value) ? value.filter(isHighlight) : [];
  return inTextOrder(new Map(read.map((highlight) => [highlight.id, highlight])).values());
}

function readAuthors({ author, authorPages }: Fields): Author[] {
  const pages: unknown[] = Array.isArray(authorPages) ? authorPages : [];
  return list(author).map((name, index) => {
    const page = pages[index];
    return { name: withoutBrackets(name), url: isWebAddress(page) ? page : null };
  });
}

const readTwin = (value: unknown): Twin | null =>
  isFields(value) && isWebAddress(value['url']) ? { lang: text(value['lang']), url: value['url'] } : null;

function readPhoto(value: unknown): PhotoEntry[] {
  if (!isFields(value) || !isWebAddress(value['src'])) return [];
  const { src, file } = value;
  const [width, height] = [Number(value['width']), Number(value['height'])];
  return [
    { src, ...(typeof file === 'string' ? { file } : {}), ...(width > 0 && height > 0 ? { width, height } : {}) },
  ];
}
