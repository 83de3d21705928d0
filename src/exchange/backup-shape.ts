/** What stands in the JSON files of a backup (docs/backup.md), and whether a value that was read is one: nothing of it is trusted. */
import { canonicalAddress, shortAddress } from '../article/address.ts';
import { imageType } from '../article/image-type.ts';
import { isArticle, type Article } from '../article/article.ts';
import { withoutControls } from '../article/controls.ts';
import { inTextOrder, isHighlight, isHighlightId, type Highlight } from '../article/highlight.ts';
import { cutNote, MAX_NOTE } from '../article/note.ts';
import { isPosition } from '../article/position.ts';
import type { Deletion, Field, Marks, SavedPhoto, Stamp, Stamps } from '../saved/saved-article.ts';

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

/** Nine digits of base 36, a dash, an installation. */
const isStamp = (value: unknown): value is Stamp => isString(value) && /^[0-9a-z]{9}-[0-9a-z]{1,32}$/.test(value);

/**
 * A stamp as it counts. A clock may be wrong, but by no three centuries: such a stamp counts as the oldest, for the reader's next
 * change has to be later (saved/stamps.ts), and to fit into the same digits.
 */
const toStamp = (stamp: Stamp): Stamp => (stamp < '4' ? stamp : stamp.replace(/^.{9}/, '000000000'));

const isMarks = (value: unknown): value is Marks =>
  isObject(value) &&
  isTimeOrNull(value['removedTime']) &&
  isTimeOrNull(value['archivedTime']) &&
  typeof value['isFavourite'] === 'boolean' &&
  (value['position'] === null || isPosition(value['position'])) &&
  isListOf(value['tags'], isString) &&
  isString(value['note']) &&
  (value['highlights'] === undefined || isListOf(value['highlights'], isHighlight));

const STAMPED: readonly Field[] = ['text', 'removedTime', 'archivedTime', 'isFavourite', 'position', 'tags', 'note'];

const isStamps = (value: unknown): value is Stamps =>
  isObject(value) &&
  STAMPED.every((field) => isStamp(value[field])) &&
  (value['highlights'] === undefined ||
    (isObject(value['highlights']) &&
      Object.entries(value['highlights']).every(([id, stamp]) => isHighlightId(id) && isStamp(stamp))));

/** Whether every highlight has a stamp, and an id of its own. */
const areStamped = ({ highlights = [] }: Marks, { highlights: stamps = {} }: Stamps): boolean =>
  new Set(highlights.map(({ id }) => id)).size === highlights.length &&
  highlights.every(({ id }) => Object.hasOwn(stamps, id));

/** The highlights in the order of the text, and their stamps in the order of their ids, as a library has them. */
function toHighlights(
  { highlights = [] }: Marks,
  { highlights: stamps = {} }: Stamps,
): Record<'marks', { highlights?: Highlight[] }> & Record<'stamps', Pick<Stamps, 'highlights'>> {
  const ids = Object.keys(stamps).sort();
  return {
    marks:
      highlights.length > 0
        ? { highlights: inTextOrder(highlights.map((each) => ({ ...each, note: cutNote(each.note) }))) }
        : {},
    stamps: ids.length > 0 ? { highlights: Object.fromEntries(ids.map((id) => [id, toStamp(stamps[id] ?? '')])) } : {},
  };
}

const isPhotoLine = (value: unknown): value is PhotoLine =>
  isObject(value) &&
  isString(value['src']) &&
  (value['state'] === 'kept'
    ? isString(value['file']) && isString(value['type']) && imageType(value['type']) !== ''
    : ['wanted', 'failed', 'dropped'].some((state) => state === value['state']));

/** Whether the id is one that this article has in a library: its address, or its short address where that was known first. */
const isIdOf = (id: string, { url, shortUrl }: Article): boolean => {
  try {
    return id === canonicalAddress(url) || (id === shortUrl && id === shortAddress(shortUrl));
  } catch {
    // No web address at all.
    return false;
  }
};

/** An article file as it was read. */
export interface ReadArticleFile {
  file: ArticleFile;
  /** How many of its notes, those of highlights too, were longer than notes are, and are cut. */
  cutNotes: number;
}

/** The article with nothing in what lists and sentences show of it that hides or turns the words beside it. */
function toPlain(article: Article): Article {
  const { title, byline, excerpt, siteName, section, kicker, authors, tags } = article;
  return { ...article, ...withoutControls({ title, byline, excerpt, siteName, section, kicker, authors, tags }) };
}

/**
 * The article file that a value is, with nothing besides; undefined where it is none.
 *
 * @param toTime makes of a time that the file says, in milliseconds since 1970, the one that counts
 */
export function toArticleFile(value: unknown, toTime: (said: number) => number): ReadArticleFile | undefined {
  if (!isObject(value)) return undefined;
  const { id, savedTime, marks, stamps, article, photos } = value;
  if (!isArticle(article) || !isString(id) || !isIdOf(id, article)) return undefined;
  if (!isTime(savedTime) || !isMarks(marks) || !isStamps(stamps) || !isListOf(photos, isPhotoLine)) return undefined;
  if (!areStamped(marks, stamps)) return undefined;
  const highlights = toHighlights(marks, stamps);
  const { isFavourite, position, note } = marks;
  const removedTime = marks.removedTime === null ? null : toTime(marks.removedTime);
  const archivedTime = marks.archivedTime === null ? null : toTime(marks.archivedTime);
  const tags = [...new Set(withoutControls(marks.tags))].filter(Boolean);
  const notes = [note, ...(marks.highlights ?? []).map((highlight) => highlight.note)];
  const file: ArticleFile = {
    id,
    savedTime: toTime(savedTime),
    marks: { removedTime, archivedTime, isFavourite, position, tags, note: cutNote(note), ...highlights.marks },
    stamps: {
      text: toStamp(stamps.text),
      removedTime: toStamp(stamps.removedTime),
      archivedTime: toStamp(stamps.archivedTime),
      isFavourite: toStamp(stamps.isFavourite),
      position: toStamp(stamps.position),
      tags: toStamp(stamps.tags),
      note: toStamp(stamps.note),
      ...highlights.stamps,
    },
    article: toPlain(article),
    photos,
  };
  return { file, cutNotes: notes.filter((each) => each.length > MAX_NOTE).length };
}

/** What deleted.json holds; undefined where a value is no such thing. */
export function toDeletions(value: unknown): Deletion[] | undefined {
  const isDeletion = (entry: unknown): entry is Deletion =>
    isObject(entry) && isString(entry['id']) && isStamp(entry['stamp']);
  return isListOf(value, isDeletion) ? value.map(({ id, stamp }) => ({ id, stamp: toStamp(stamp) })) : undefined;
}

/** Whether a value is a manifest of this format, of whatever version. */
export const isBackupManifest = (value: unknown): value is { format: typeof FORMAT; version: unknown } =>
  isObject(value) && value['format'] === FORMAT;

/** Whether a value is a manifest that this version reads. */
export const isManifest = (value: unknown): value is Manifest =>
  isBackupManifest(value) &&
  value.version === VERSION &&
  'time' in value &&
  isString(value.time) &&
  !Number.isNaN(Date.parse(value.time)) &&
  ['articles', 'photos', 'deletions'].every((field) => isCount((value as Json)[field]));
