/** What the saved list keeps: the article, a summary of it for lists, what the reader made of it, and the state of its photos. */
import { versionOf, type Article } from '../article/article.ts';
import type { Highlight } from '../article/highlight.ts';
import type { Position } from '../article/position.ts';

/** What a list shows of an article, as the article has it. */
const LISTED = [
  ...(['url', 'shortUrl', 'title', 'byline', 'dir', 'lang', 'excerpt', 'section'] as const),
  ...(['edition', 'siteName', 'publishedTime', 'readingMinutes'] as const),
];

/** What the reader makes of a saved article, and may take back. Times are milliseconds since 1970. */
export interface Marks {
  /** When it was put into the bin; null while it is in the list. */
  removedTime: number | null;
  /** When it was put away as read; null while it is to be read. */
  archivedTime: number | null;
  isFavourite: boolean;
  /** Null as long as nothing was read. */
  position: Position | null;
  /** The reader's own; the newsroom's are `keywords`. */
  tags: string[];
  note: string;
  /** In the order of the text; not there where there is none. */
  highlights?: Highlight[];
}

/** What an article has that the reader did nothing with. */
export const NO_MARKS: Marks = {
  removedTime: null,
  archivedTime: null,
  isFavourite: false,
  position: null,
  tags: [],
  note: '',
};

/** The marks alone, of whatever has them. */
export const marksOf = (marks: Marks): Marks => {
  const { removedTime, archivedTime, isFavourite, position, tags, note, highlights } = marks;
  const { length = 0 } = highlights ?? [];
  return { removedTime, archivedTime, isFavourite, position, tags, note, ...(length > 0 && { highlights }) };
};

/** When a value was written and where, as a string that sorts: see stamps.ts. */
export type Stamp = string;

/** What has one stamp: the text with the time it was saved, and each mark but the highlights. */
export type Field = 'text' | Exclude<keyof Marks, 'highlights'>;

/** The stamps of an article; those of its highlights, also of removed ones, by their ids: see highlights.ts. */
export interface Stamps extends Record<Field, Stamp> {
  highlights?: Record<string, Stamp>;
}

/** What stays of an article that was destroyed: another library that still has it knows that it went, and when. */
export interface Deletion {
  id: string;
  stamp: Stamp;
}

/** Lists read summaries, never the articles themselves. */
export interface Summary extends Pick<Article, (typeof LISTED)[number]>, Marks {
  /** The canonical address (article/address.ts): the identity of an article. */
  id: string;
  /** Milliseconds since 1970, when the reader saved it. */
  savedTime: number;
  stamps: Stamps;
  /** The address of the photo to show in lists, null where the article has none. */
  thumbnail: string | null;
  /** What the kept text says (article/article.ts), and whether it is only a passage; undefined in a list of Liseuse 0.1. */
  version?: string;
  isPassage?: boolean;
  /** The newsroom's tags. */
  keywords: string[];
  hasSound: boolean;
  /** How many photos the article has, and how many of them are in the store. */
  photos: PhotoCount;
  /** The bytes of those that are kept; undefined where none was written since Liseuse 0.1. */
  photoBytes?: number;
  /** 1 as long as the text that is searched (texts.ts) is not that of the article; else there is no such field, nor an entry in its index. */
  isTextOld?: 1;
}

export interface PhotoCount {
  total: number;
  kept: number;
  /** Photos that could not be fetched. */
  failed: number;
  /** Photos that the reader gave up for their room; not there where there are none. What is none of the three is still to come. */
  dropped?: number;
}

export interface SavedArticle {
  id: string;
  article: Article;
}

export interface SavedPhoto {
  articleId: string;
  src: string;
  /** `dropped`: it was kept, or was to be, until the reader wanted the room. */
  state: 'wanted' | 'kept' | 'failed' | 'dropped';
  /** The image, once kept. */
  blob: Blob | null;
  /** When it last failed, in milliseconds since 1970, and how often it was refused: what says when it is tried again (photos.ts). */
  failedTime?: number;
  refusals?: number;
}

/** What the summary of an article says of its photos, all of which are given. */
export function summarizePhotos(photos: readonly SavedPhoto[]): Required<Pick<Summary, 'photos' | 'photoBytes'>> {
  const count = (state: SavedPhoto['state']): number => photos.filter((photo) => photo.state === state).length;
  const dropped = count('dropped');
  return {
    photos: { total: photos.length, kept: count('kept'), failed: count('failed'), ...(dropped > 0 && { dropped }) },
    photoBytes: photos.reduce((sum, { blob }) => sum + (blob?.size ?? 0), 0),
  };
}

/** What is searched of an article, folded (fold.ts): a record apart, for a search reads all of them and nothing else. */
export interface SavedText {
  savedTime: number;
  id: string;
  text: string;
}

/** What an article of the first Liseuse lacks. */
export const NEW_FIELDS: Partial<Article> = {
  isPassage: false,
  sounds: [],
  videos: [],
  chapters: [],
  transcript: null,
};

/** The summary of an article that is saved now, with all its photos still to come; its stamps are its writer's. */
export function summarize(article: Article, id: string, savedTime: number): Omit<Summary, 'stamps'> {
  const { isPassage, photo, photos, tags, sounds } = article;
  const listed = Object.fromEntries(LISTED.map((field) => [field, article[field]])) as Pick<
    Article,
    (typeof LISTED)[number]
  >;
  return {
    ...listed,
    ...NO_MARKS,
    id,
    savedTime,
    thumbnail: photo?.src ?? photos[0] ?? null,
    version: versionOf(article),
    isPassage,
    keywords: tags,
    hasSound: sounds.length > 0,
    photos: { total: photos.length, kept: 0, failed: 0 },
    isTextOld: 1,
  };
}
