/**
 * The backup: a whole library as one zip (docs/backup.md). Written and read as a stream, an article or a photo at a time. What is
 * in a file that somebody chose is hostile until it is checked, and it is checked to the last byte before anything of it is used.
 */
import { beginsAsImage, imageType } from '../article/image-type.ts';
import {
  BlobReader,
  ERR_AMBIGUOUS_ARCHIVE,
  ERR_BAD_FORMAT,
  ERR_CENTRAL_DIRECTORY_NOT_FOUND,
  ERR_ENTRY_DATA_OUT_OF_BOUNDS,
  ERR_EOCDR_NOT_FOUND,
  ERR_UNSAFE_FILENAME,
  ZipReader,
  type FileEntry,
} from '@zip.js/zip.js/lib/zip-core-custom.js';
import type { ArticleRecord, PhotoState } from '../saved/merge.ts';
import type { Deletion } from '../saved/saved-article.ts';
import type { WholeArticle, WholeLibrary } from '../saved/whole-library.ts';
import {
  FORMAT,
  isBackupManifest,
  isManifest,
  toArticleFile,
  toDeletions,
  VERSION,
  type ArticleFile,
  type ReadArticleFile,
  type Manifest,
  type PhotoLine,
} from './backup-shape.ts';
import { BlockReader } from './block-reader.ts';
import { join } from './unpacked.ts';
import { addPhotos, articlePath, numberOf, startZip } from './zip-out.ts';

/** Why a file is not read. Each reason has its sentence in _locales under `backup_<name>`. */
export type BackupReason =
  | 'notZip'
  | 'truncated'
  | 'tampered'
  | 'tooLarge'
  | 'unsafeNames'
  | 'otherFormat'
  | 'newerVersion'
  | 'wrongShape'
  | 'unreadable';

export type BackupReading =
  ({ ok: true; time: string; backup: WholeLibrary; settings: unknown } & Mended) | { ok: false; reason: BackupReason };

/** What does not come in as it stands in the file, and does not keep the rest of it out. */
export interface Mended {
  /** Notes that are longer than notes are, and are cut. */
  cutNotes: number;
  /** Photos that are no pictures, and are wanted instead. */
  falsePhotos: number;
}

/** What a backup may be at most: an honest one is far below each. Bytes are those of a file in the zip, unpacked. */
export const LIMITS = {
  entries: 1_000_000,
  /** An article with all its HTML, notes and highlights: Chromium hands over no page of more than 64 MB (seen with 156). */
  jsonBytes: 200_000_000,
  photoBytes: 50_000_000,
  /** Unpacked to packed, of the whole zip: JSON shrinks to a fifth, photos hardly. */
  ratio: 100,
  /** Bytes unpacked before the ratio says anything: a note may say the same a thousand times. */
  harmless: 100_000_000,
};

type OnProgress = (done: number, total: number) => void;

/**
 * Writes a library, and the reader's settings where they are given, as a backup and closes `file`. Resolves to its manifest; rejects
 * where the library cannot be read or the file not be written, and with the signal's reason where it was stopped; the file is then of
 * no use.
 */
export async function writeBackup(
  library: WholeLibrary,
  file: WritableStream<Uint8Array>,
  time: Date,
  onProgress: OnProgress = () => undefined,
  settings?: unknown,
  signal?: AbortSignal,
): Promise<Manifest> {
  const zip = startZip(file, time);
  /** Bytes of JSON so far, in the zip and out of it. */
  let [packed, unpacked] = [0, 0];
  const addJson = async (name: string, value: unknown): Promise<void> => {
    const json = new Blob([JSON.stringify(value)]);
    // Better no backup, and the reader knows, than one that is refused on the bad day.
    if (json.size > LIMITS.jsonBytes) throw new RangeError(`${name} is too large for a backup.`);
    unpacked += json.size;
    // What shrinks to nearly nothing would be taken for a bomb: of such, the rest is stored as it is.
    const isBomb = unpacked > Math.max(LIMITS.harmless, packed * LIMITS.ratio) / 2;
    const { compressedSize } = await zip.add(name, new BlobReader(json), isBomb ? { level: 0 } : {});
    packed += compressedSize;
  };
  const manifest: Manifest = {
    format: FORMAT,
    version: VERSION,
    time: time.toISOString(),
    articles: 0,
    photos: 0,
    deletions: 0,
  };
  for await (const whole of library.articles()) {
    signal?.throwIfAborted();
    const number = numberOf(++manifest.articles);
    const photos = await addPhotos(zip, number, whole);
    manifest.photos += photos.filter(({ state }) => state === 'kept').length;
    const { id, savedTime, marks, stamps, article } = whole.record;
    const content: ArticleFile = { id, savedTime, marks, stamps, article, photos };
    await addJson(articlePath(number, article.title, 'json'), content);
    onProgress(manifest.articles, library.count);
  }
  // After the articles: what was destroyed while they were read has its mark.
  const deletions = await library.deletions();
  manifest.deletions = deletions.length;
  await addJson('deleted.json', deletions);
  if (settings !== undefined) await addJson('settings.json', settings);
  await addJson('manifest.json', manifest);
  signal?.throwIfAborted();
  await zip.close();
  return manifest;
}

type ToTime = (said: number) => number;

/** The clock that made a backup, or this one, may be years behind or ahead: its battery was empty. */
const YEARS = 10 * 365 * 24 * 60 * 60 * 1000;

/** Times in milliseconds since 1970, as they are said. What no clock says would stand on top of every list for ever: it was when the backup was made. */
const believedAt =
  (now: number, made: number): ToTime =>
  (said) =>
    said > now + YEARS ? Math.min(now, made) : said;

/** Reads a backup and checks all of it, every photo too. Never rejects for what is in the file. */
export async function readBackup(file: Blob, onProgress: OnProgress = () => undefined): Promise<BackupReading> {
  try {
    const entries = await readDirectory(file);
    const manifest = await readManifest(entries);
    const toTime = believedAt(Date.now(), Date.parse(manifest.time));
    const names = [...entries.keys()].filter((name) => /^articles\/.+\.json$/.test(name));
    const deletions = toDeletions(await readJson(entries.get('deleted.json')));
    if (!deletions) throw new Refusal('wrongShape');
    const ids = new Set<string>();
    let photos = 0;
    let cutNotes = 0;
    const falsePhotos = new Set<string>();
    for (const [index, name] of names.entries()) {
      const { file: article, cutNotes: cut } = await readArticleFile(entries, name, toTime);
      const { id, photos: lines } = article;
      cutNotes += cut;
      // Of two files of one article, nothing says which is the article.
      if (ids.has(id)) throw new Refusal('wrongShape');
      ids.add(id);
      for (const line of lines) {
        if (line.state !== 'kept') continue;
        const [start = new Uint8Array()] = await readBytes(entries.get(line.file), LIMITS.photoBytes);
        if (!beginsAsImage(start)) falsePhotos.add(line.file);
        photos++;
      }
      onProgress(index + 1, names.length);
    }
    // Files were taken out of it, or put in.
    if (manifest.articles !== ids.size || manifest.photos !== photos || manifest.deletions !== deletions.length)
      throw new Refusal('tampered');
    const settings = entries.has('settings.json') ? await readJson(entries.get('settings.json')) : undefined;
    const backup = toLibrary(entries, names, deletions, falsePhotos, toTime);
    return { ok: true, time: manifest.time, backup, settings, cutNotes, falsePhotos: falsePhotos.size };
  } catch (error) {
    return { ok: false, reason: await reasonOf(error, file) };
  }
}

/** What stops the reading. */
class Refusal extends Error {
  readonly reason: BackupReason;
  constructor(reason: BackupReason) {
    super(reason);
    this.reason = reason;
  }
}

type Entries = ReadonlyMap<string, FileEntry>;

async function readDirectory(file: Blob): Promise<Entries> {
  // Names are checked although none is ever used as a path; what two programs could read in two ways is refused.
  const reader = new ZipReader(new BlockReader(file), {
    strictness: 'strict',
    checkCrc32: true,
    checkOverlappingEntry: true,
  });
  const entries = new Map<string, FileEntry>();
  let unpacked = 0;
  for await (const entry of reader.getEntriesGenerator()) {
    if (entries.size >= LIMITS.entries) throw new Refusal('tooLarge');
    if (entry.directory) continue;
    if (entry.encrypted) throw new Refusal('otherFormat');
    entries.set(entry.filename, entry);
    unpacked += entry.uncompressedSize;
    if (unpacked > Math.max(LIMITS.harmless, file.size * LIMITS.ratio)) throw new Refusal('tooLarge');
  }
  return entries;
}

async function readManifest(entries: Entries): Promise<Manifest> {
  const entry = entries.get('manifest.json');
  if (!entry) throw new Refusal('otherFormat');
  const manifest = await readJson(entry);
  if (!isBackupManifest(manifest)) throw new Refusal('otherFormat');
  if (typeof manifest.version === 'number' && manifest.version > VERSION) throw new Refusal('newerVersion');
  if (!isManifest(manifest)) throw new Refusal('wrongShape');
  return manifest;
}

async function readArticleFile(entries: Entries, name: string, toTime: ToTime): Promise<ReadArticleFile> {
  const file = toArticleFile(await readJson(entries.get(name)), toTime);
  if (!file) throw new Refusal('wrongShape');
  return file;
}

async function readJson(entry: FileEntry | undefined): Promise<unknown> {
  const text = new TextDecoder().decode(join(await readBytes(entry, LIMITS.jsonBytes)));
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('wrongShape');
  }
}

/** The content of a file in the zip; the library stops where there is more of it than its size says. */
async function readBytes(entry: FileEntry | undefined, maxBytes: number): Promise<Uint8Array<ArrayBuffer>[]> {
  if (!entry) throw new Refusal('wrongShape');
  if (entry.uncompressedSize > maxBytes) throw new Refusal('tooLarge');
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  await entry.getData(new WritableStream<Uint8Array<ArrayBuffer>>({ write: (chunk) => void chunks.push(chunk) }));
  return chunks;
}

/**
 * @param falsePhotos the files of photos that are none
 * @param toTime makes of a time that a file says the one that counts
 */
function toLibrary(
  entries: Entries,
  names: string[],
  deletions: Deletion[],
  falsePhotos: ReadonlySet<string>,
  toTime: ToTime,
): WholeLibrary {
  async function* articles(): AsyncGenerator<WholeArticle> {
    for (const name of names) {
      const { photos: written, ...file } = (await readArticleFile(entries, name, toTime)).file;
      const photos = written.map((line): PhotoLine =>
        line.state === 'kept' && falsePhotos.has(line.file) ? { src: line.src, state: 'wanted' } : line,
      );
      const lines = new Map(photos.map((line) => [line.src, line]));
      const readPhoto: WholeArticle['readPhoto'] = async (src) => {
        const line = lines.get(src);
        if (line?.state !== 'kept') return undefined;
        return new Blob(await readBytes(entries.get(line.file), LIMITS.photoBytes), { type: imageType(line.type) });
      };
      const record: ArticleRecord = { ...file, photos: photos.map((line) => toPhotoState(line, entries)) };
      yield { record, readPhoto };
    }
  }
  return { count: names.length, articles, deletions: async () => deletions };
}

const toPhotoState = (line: PhotoLine, entries: Entries): PhotoState =>
  line.state === 'kept'
    ? { src: line.src, state: 'kept', size: entries.get(line.file)?.uncompressedSize ?? 0, type: imageType(line.type) }
    : { src: line.src, state: line.state, size: 0, type: '' };

/** What an error of the zip library says of the file. */
const REASONS: Readonly<Record<string, BackupReason>> = {
  [ERR_UNSAFE_FILENAME]: 'unsafeNames',
  [ERR_EOCDR_NOT_FOUND]: 'notZip',
  [ERR_BAD_FORMAT]: 'notZip',
  [ERR_CENTRAL_DIRECTORY_NOT_FOUND]: 'truncated',
  [ERR_ENTRY_DATA_OUT_OF_BOUNDS]: 'truncated',
  [ERR_AMBIGUOUS_ARCHIVE]: 'tampered',
};

async function reasonOf(error: unknown, file: Blob): Promise<BackupReason> {
  if (error instanceof Refusal) return error.reason;
  // The browser's own errors: the file is gone from the disk, or may not be read.
  if (error instanceof DOMException) return 'unreadable';
  const reason = (error instanceof Error && REASONS[error.message]) || 'tampered';
  if (reason !== 'notZip') return reason;
  // The end of a zip says what is in it: one without an end begins like one all the same.
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return String(start) === '80,75,3,4' ? 'truncated' : 'notZip';
}
