/** What an article is: the plain JSON that extraction makes, that messages carry and that the saved list keeps. */
import type { Receipt } from './receipt.ts';

/**
 * The first ten fields have the names and meanings of Readability's own answer
 * (https://github.com/mozilla/readability#parse); the others are ours.
 */
export interface Article {
  title: string;
  /** The authors as one line, as Readability has it; null where nobody signed. */
  byline: string | null;
  dir: 'ltr' | 'rtl';
  /** BCP 47 language of the text, as the page declares it: "zh-Hans", "fr", "fa". */
  lang: string;
  /** The whole article as sanitized HTML, in reading order: lead, lead photo, body. The title is not in it. */
  content: string;
  /** The text of `content`, each of its lines (paragraph, entry, cell) in a line. */
  textContent: string;
  /** Characters in `textContent`. */
  length: number;
  /** The lead where there is one, else the page's description. */
  excerpt: string;
  siteName: string | null;
  /** First publication, ISO 8601 in UTC: "2025-11-30T09:13:47Z". */
  publishedTime: string | null;

  /** Absolute, canonical and free of tracking: see address.ts. */
  url: string;
  /** RFI's short address without its channel ("https://rfi.my/CEAH"), a second name of the same article. */
  shortUrl: string | null;
  modifiedTime: string | null;
  /** The section that the newsroom files the article under: "政治". */
  section: string | null;
  /** The label printed above the title, where it says something else than the section: "台海局势". */
  kicker: string | null;
  authors: Author[];
  tags: string[];
  /** The path of RFI's edition ("cn", "fr", "fa"), null outside rfi.fr. */
  edition: string | null;
  /** The lead photo; it is also the first figure of `content`. */
  photo: Photo | null;
  /** Every photo of `content`, in order, each address once. */
  photos: string[];
  /** The sounds of `content`, in order. */
  sounds: Sound[];
  /** The videos of `content`, in order; each is a link there, never a player. */
  videos: Video[];
  /** The chapters of a programme's sound, in order. */
  chapters: Chapter[];
  /** What is said in a programme, a paragraph a line; null where the page does not write it down. */
  transcript: string | null;
  /** The same article in the twin edition (Simplified and Traditional Chinese), by RFI's own editors. */
  twin: Twin | null;
  /** RFI's own identifier: "WBMZ146377-RFI-CN-20251130". */
  contentId: string | null;
  /** Only the passage of the page that the reader had selected. */
  isPassage: boolean;
  /** Minutes at the average reading speed of the article's language: see language.ts. */
  readingMinutes: number;
}

export interface Author {
  name: string;
  url: string | null;
}

export interface Photo {
  src: string;
  alt: string;
  caption: string;
  credit: string;
}

export interface Sound {
  src: string;
  title: string;
  /** As it is printed, "05:48"; empty where the page does not say. */
  duration: string;
}

export interface Video {
  /** Where it can be watched. */
  url: string;
  title: string;
  /** The photo that stands for it, null where there is none. */
  still: string | null;
}

export interface Chapter {
  /** Seconds from the beginning of the sound. */
  start: number;
  title: string;
}

export interface Twin {
  lang: string;
  url: string;
}

/** Why a page gave no article. Each reason has its sentence in _locales under `reason_<name>`. */
export type NoArticleReason = 'noArticle' | 'emptyArticle' | 'unreadable';

/** Expected failures are values; only a bug throws. */
export type Extraction = { ok: true; article: Article; receipt: Receipt } | { ok: false; reason: NoArticleReason };

/** The only class names that live in `content`, where HTML has no element that says the same. */
export const CONTENT_CLASSES: readonly string[] = ['lead', 'credit', 'chapters', 'transcript'];

/** What is known of a version that is kept; a list of Liseuse 0.1 does not say it. */
export interface KeptVersion {
  /** What `versionOf` says of it. */
  version?: string;
  isPassage?: boolean;
}

/** A short name for what an article says: the same words and photos have the same, whatever white space is between them. */
export function versionOf({ title, textContent, photos }: Article): string {
  const said = [title, textContent, ...photos].join('').replace(/\s+/g, '');
  let hash = 0;
  for (let index = 0; index < said.length; index++) hash = (Math.imul(hash, 31) + said.charCodeAt(index)) | 0;
  return `${said.length}-${hash >>> 0}`;
}

/**
 * Whether what is kept of an article says something else than what the reader sees of it. A passage is no version of the whole:
 * it never takes its place.
 */
export function isOtherVersion(kept: KeptVersion, seen: Article): boolean {
  if (kept.version === undefined || (seen.isPassage && !kept.isPassage)) return false;
  return kept.version !== versionOf(seen);
}

const isString = (value: unknown): value is string => typeof value === 'string';
const isNullableString = (value: unknown): value is string | null => value === null || isString(value);
const isNullableTime = (value: unknown): value is string | null =>
  value === null || (isString(value) && !Number.isNaN(Date.parse(value)));
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isListOf = <T>(value: unknown, isEntry: (entry: unknown) => entry is T): value is T[] =>
  Array.isArray(value) && value.every(isEntry);
const isWebAddress = (value: unknown): value is string => isString(value) && /^https?:\/\/[^/]/.test(value);
const isAuthor = (value: unknown): value is Author =>
  isRecord(value) && isString(value['name']) && isNullableString(value['url']);
const isPhoto = (value: unknown): value is Photo =>
  isRecord(value) && ['src', 'alt', 'caption', 'credit'].every((field) => isString(value[field]));
const isSound = (value: unknown): value is Sound =>
  isRecord(value) && isWebAddress(value['src']) && isString(value['title']) && isString(value['duration']);
const isVideo = (value: unknown): value is Video =>
  isRecord(value) && isWebAddress(value['url']) && isString(value['title']) && isNullableString(value['still']);
const isChapter = (value: unknown): value is Chapter =>
  isRecord(value) && Number.isFinite(value['start']) && isString(value['title']);
const isTwin = (value: unknown): value is Twin =>
  isRecord(value) && isString(value['lang']) && isWebAddress(value['url']);

/** Whether a value from a message, a file or a script's answer has the shape of an `Article`, field by field. */
export function isArticle(value: unknown): value is Article {
  if (!isRecord(value)) return false;
  const strings = ['title', 'lang', 'content', 'textContent', 'excerpt'];
  const nullables = ['byline', 'siteName', 'section', 'kicker', 'edition', 'shortUrl', 'contentId', 'transcript'];
  return (
    strings.every((field) => isString(value[field])) &&
    nullables.every((field) => isNullableString(value[field])) &&
    ['publishedTime', 'modifiedTime'].every((field) => isNullableTime(value[field])) &&
    isWebAddress(value['url']) &&
    (value['dir'] === 'ltr' || value['dir'] === 'rtl') &&
    typeof value['isPassage'] === 'boolean' &&
    Number.isFinite(value['length']) &&
    Number.isFinite(value['readingMinutes']) &&
    isListOf(value['authors'], isAuthor) &&
    isListOf(value['tags'], isString) &&
    isListOf(value['photos'], isWebAddress) &&
    isListOf(value['sounds'], isSound) &&
    isListOf(value['videos'], isVideo) &&
    isListOf(value['chapters'], isChapter) &&
    (value['photo'] === null || isPhoto(value['photo'])) &&
    (value['twin'] === null || isTwin(value['twin']))
  );
}
