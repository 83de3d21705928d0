/** What stands in the JSON files of a backup (docs/backup.md), and whether a value that was read is one: nothing of it is trusted. */
import { canonicalAddress, shortAddress } from '../article/address.ts';
import { isArticle, type Article } from '../article/article.ts';
import type { Deletion, Marks, SavedPhoto, Stamps } from '../saved/saved-article.ts';

/** manifest.json */
export interface Manifest {
  format: typeof FORMAT;
  version: number;
  /** When the backup was made, ISO 8601. */
  time: string;
  articles: number;
  photos: number;
  deletions: number;
}

export const FORMAT = 'liseuse-backup';
export const VERSION = 1;

/** A photo of an article; what is kept has a file and the type of its image. */
export type PhotoLine =
  | { src: string; state: 'kept'; file: string; type: string }
  | { src: string; state: Exclude<SavedPhoto['state'], 'kept'> };

/** A file of `articles/`. */
export interface ArticleFile {
  id: string;
  savedTime: number;
  marks: Marks;
  stamps: Stamps;
  article: Article;
  photos: PhotoLine[];
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isListOf = <T>(value: unknown, isEntry: (entry: unknown) => entry is T): value is T[] =>
  Array.isArray(value) && value.every(isEntry);
const isString = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
/** Milliseconds that `Date` can hold. */
const isTime = (value: unknown): value is number => Number.isFinite(value) && Math.abs(Number(value)) <= 8.64e15;
const isTimeOrNull = (value: unknown): value is number | null => value === null || isTime(value);

/** Nine digits of base 36, a dash, an installation. None begins with z: whoever changes the value needs a greater one. */
const isStamp = (value: unknown): value is string =>
  isString(value) && /^[0-9a-y][0-9a-z]{8}-[0-9a-z]{1,32}$/.test(value);

const isShare = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1;

/** Whether a value is the place that was read to, null for none. */
export const isPosition = (value: unknown): value is Marks['position'] =>
  value === null ||
  (isObject(value) && isCount(value['paragraph']) && isShare(value['offset']) && isShare(value['share']));

const isMarks = (value: unknown): value is Marks =>
  isObject(value) &&
  isTimeOrNull(value['removedTime']) &&
  isTimeOrNull(value['archivedTime']) &&
  typeof value['isFavourite'] === 'boolean' &&
  isPosition(value['position']) &&
  isListOf(value['tags'], isString) &&
  isString(value['note']);

const STAMPED = ['text', 'removedTime', 'archivedTime', 'isFavourite', 'position', 'tags', 'note'];

const isStamps = (value: unknown): value is Stamps =>
  isObject(value) && STAMPED.every((field) => isStamp(value[field]));

const isPhotoLine = (value: unknown): value is PhotoLine =>
  isObject(value) &&
  isString(value['src']) &&
  (value['state'] === 'kept'
    ? isString(value['file']) && isString(value['type']) && /^image\/[\w.+-]+$/.test(value['type'])
    : value['state'] === 'wanted' || value['state'] === 'failed');

/** Whether the id is one that this article has in a library: its address, or its short address where that was known first. */
const isIdOf = (id: string, { url, shortUrl }: Article): boolean => {
  try {
    return id === canonicalAddress(url) || (id === shortUrl && id === shortAddress(shortUrl));
  } catch {
    // No web address at all.
    return false;
  }
};

/** The article file that a value is, with nothing besides; undefined where it is none. */
export function toArticleFile(value: unknown): ArticleFile | undefined {
  if (!isObject(value)) return undefined;
  const { id, savedTime, marks, stamps, article, photos } = value;
  if (!isArticle(article) || !isString(id) || !isIdOf(id, article)) return undefined;
  if (!isTime(savedTime) || !isMarks(marks) || !isStamps(stamps) || !isListOf(photos, isPhotoLine)) return undefined;
  const { removedTime, archivedTime, isFavourite, position, tags, note } = marks;
  return {
    id,
    savedTime,
    marks: { removedTime, archivedTime, isFavourite, position, tags, note },
    stamps: {
      text: stamps.text,
      removedTime: stamps.removedTime,
      archivedTime: stamps.archivedTime,
      isFavourite: stamps.isFavourite,
      position: stamps.position,
      tags: stamps.tags,
      note: stamps.note,
    },
    article,
    photos,
  };
}

/** Whether a value is what deleted.json holds. */
export const isDeletions = (value: unknown): value is Deletion[] =>
  isListOf(value, (entry): entry is Deletion => isObject(entry) && isString(entry['id']) && isStamp(entry['stamp']));

/** Whether a value is a manifest of this format, of whatever version. */
export const isBackupManifest = (value: unknown): value is { format: typeof FORMAT; version: unknown } =>
  isObject(value) && value['format'] === FORMAT;

/** Whether a value is a manifest that this version reads. */
export const isManifest = (value: unknown): value is Manifest =>
  isBackupManifest(value) &&
  value.version === VERSION &&
  'time' in value &&
  isString(value.time) &&
  ['articles', 'photos', 'deletions'].every((field) => isCount((value as Json)[field]));
