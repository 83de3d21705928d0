/** What the saved list keeps: the article, a summary of it for lists, and the state of each of its photos. */
import { versionOf, type Article } from '../article/article.ts';

/** What a list shows of an article, as the article has it. */
const LISTED = [
  ...(['url', 'shortUrl', 'title', 'byline', 'dir', 'lang', 'excerpt', 'section'] as const),
  ...(['edition', 'siteName', 'publishedTime', 'readingMinutes'] as const),
];

/** Lists read summaries, never the articles themselves. */
export interface Summary extends Pick<Article, (typeof LISTED)[number]> {
  /** The canonical address (article/address.ts): the identity of an article. */
  id: string;
  /** Milliseconds since 1970, when the reader saved it. */
  savedTime: number;
  /** Milliseconds since 1970, when the reader removed it; null while it is in the list. What is removed can be undone. */
  removedTime: number | null;
  /** The address of the photo to show in lists, null where the article has none. */
  thumbnail: string | null;
  /** What the kept text says (article/article.ts), and whether it is only a passage; undefined in a list of Liseuse 0.1. */
  version?: string;
  isPassage?: boolean;
  /** How many photos the article has, and how many of them are in the store. */
  photos: PhotoCount;
}

export interface PhotoCount {
  total: number;
  kept: number;
  /** Photos that could not be fetched; what is neither kept nor failed is still to come. */
  failed: number;
}

export interface SavedArticle {
  id: string;
  article: Article;
}

export interface SavedPhoto {
  articleId: string;
  src: string;
  state: 'wanted' | 'kept' | 'failed';
  /** The image, once kept. */
  blob: Blob | null;
}

/** The summary of an article that is saved now, with all its photos still to come. */
export function summarize(article: Article, id: string, savedTime: number): Summary {
  const { isPassage, photo, photos } = article;
  const listed = Object.fromEntries(LISTED.map((field) => [field, article[field]])) as Pick<
    Article,
    (typeof LISTED)[number]
  >;
  return {
    ...listed,
    id,
    savedTime,
    removedTime: null,
    thumbnail: photo?.src ?? photos[0] ?? null,
    version: versionOf(article),
    isPassage,
    photos: { total: photos.length, kept: 0, failed: 0 },
  };
}
