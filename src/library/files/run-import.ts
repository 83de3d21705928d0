/** The import of chosen files: read one by one, saved together, a result for each; a bad one is never in the way of a good one. */
import { beginsAsImage } from '../../article/image-type.ts';
import { imageTypeOf, resolvePath, type ReadBeside } from '../../exchange/beside.ts';
import { readArticle, type HowKept } from '../../exchange/read-article.ts';
import { isPacked, readStart, unpack, type Chosen } from '../../exchange/unpack.ts';
import { UNPACK_LIMITS, type Unpacked } from '../../exchange/unpacked.ts';
import { importArticles, type ImportedArticle } from '../../saved/import-articles.ts';
import { isPicture } from '../../saved/photos.ts';
import type { Snapshot } from '../../saved/snapshot.ts';
import { newSnapshot } from '../../saved/snapshots.ts';
import { storageReason } from '../../saved/store.ts';
import type { FileResult, ImportSet, Reached } from './import-set.ts';
import { takeTurns } from './take-turns.ts';

/** A file that was read, with its article or what it came to. */
type ReadFile = { file: string; kept: ImportedArticle } | Exclude<FileResult, { title: string }>;

async function readFile(unpacked: Unpacked, readBeside: ReadBeside): Promise<ReadFile> {
  const { name: file } = unpacked;
  if ('isOther' in unpacked) return { file, outcome: imageTypeOf(file) ? 'photo' : 'other' };
  if ('reason' in unpacked) return { file, outcome: 'failed', reason: unpacked.reason };
  const reading = await readArticle(unpacked.bytes);
  if (!reading.ok) return { file, outcome: 'failed', reason: reading.reason };
  const { marks, savedTime, photos } = reading.kept;
  const images = unpacked.readBeside
    ? await readImages(photos, unpacked.readBeside, beginsAsPicture)
    : await readImages(photos, readBeside, isPicture);
  return { file, kept: { article: reading.article, marks, savedTime, photos: images } };
}

/** In a zip, whose sums were right, the beginning tells enough: to decode a photo takes Firefox longer than to read its article. */
const beginsAsPicture = async (image: Blob): Promise<boolean> =>
  beginsAsImage(new Uint8Array(await image.slice(0, 2000).arrayBuffer()));

/** The images of an article that lie beside its file; one that is damaged or missing is fetched later, as that of any article. */
async function readImages(
  photos: HowKept['photos'],
  readBeside: ReadBeside,
  isWhole: (image: Blob) => Promise<boolean>,
): Promise<Map<string, Blob>> {
  const images = new Map<string, Blob>();
  for (const { src, file } of photos) {
    const image = await readBeside(file).catch(() => undefined);
    if (image && (await isWhole(image).catch(() => false))) images.set(src, image);
  }
  return images;
}

/** What lies beside a file of a chosen folder. */
const besideIn =
  (files: readonly Chosen[], { name, isInFolder }: Chosen): ReadBeside =>
  async (path) => {
    const type = imageTypeOf(path);
    const wanted = resolvePath(name, path);
    const image = isInFolder && type ? files.find((file) => file.isInFolder && file.name === wanted) : undefined;
    return image && image.file.size <= UNPACK_LIMITS.photoBytes
      ? image.file.slice(0, image.file.size, type)
      : undefined;
  };

/** Saves what was read, all at once or, where that is refused, one by one: what still fits is kept. */
async function save(files: readonly ReadFile[], snapshot: Snapshot): Promise<FileResult[]> {
  const articles = files.flatMap((file) => ('kept' in file ? [file.kept] : []));
  try {
    const savings = articles.length > 0 ? await importArticles(articles, snapshot.time, snapshot) : [];
    return files.map((file) => {
      if (!('kept' in file)) return file;
      const saving = savings[articles.indexOf(file.kept)];
      const outcome = !saving?.isNew ? 'known' : saving.before ? 'returned' : 'kept';
      return { file: file.file, outcome, title: file.kept.article.title };
    });
  } catch (error) {
    if (files.length > 1) {
      const results: FileResult[] = [];
      // Each asks whether there is room when the one before it has taken its own.
      for (const file of files) results.push(...(await save([file], snapshot)));
      return results;
    }
    return files.map((file) =>
      'kept' in file ? { file: file.file, outcome: 'failed', reason: storageReason(error) } : file,
    );
  }
}

/** Files in one transaction: the disk is waited for once for all of them. */
const BATCH = 50;
/** As many as may have been read when the browser died: two batches. */
const CAREFUL = 2 * BATCH;
/** Files whose bytes are asked for before it is their turn. */
const AHEAD = 16;

/** Some files that were imported. */
export interface ImportStep {
  /** What has become of the files since the last step. */
  results: readonly FileResult[];
  reached: Reached;
}

/**
 * Imports a set from where it is, step by step: what a step tells is on the disk.
 *
 * @param onRead is told, in bytes, how much of the set has been read
 * @param signal stops the import after the files that are being read
 */
export async function* runImport(
  set: ImportSet,
  signal: AbortSignal,
  onRead: (bytes: number) => void,
): AsyncGenerator<ImportStep> {
  const { files, reached: start } = set;
  const starts = new Map<number, ReturnType<typeof readStart>>();
  let batch: ReadFile[] = [];
  /** While the disk takes one batch, the next one is read. */
  let saving: Promise<ImportStep> | undefined;
  let reached = start;
  let bytesBefore = files.slice(0, start.file).reduce((sum, { file }) => sum + file.size, 0);
  const snapshot = newSnapshot('import', Date.now());
  let tries = 0;
  const turn = takeTurns();

  for (let index = start.file; index < files.length && !signal.aborted; index++) {
    const chosen = files[index];
    if (!chosen) break;
    for (let next = index; next < Math.min(index + AHEAD, files.length); next++) {
      const ahead = files[next];
      if (ahead && !starts.has(next)) starts.set(next, readStart(ahead));
    }
    const toSkip = index === start.file ? start.within : 0;
    let within = 0;
    let isWhole = true;
    let isCareful = false;
    // What is unpacked again only to come to its place is not tried again.
    const beginNext = async (): Promise<void> => {
      isCareful = set.noteTry !== undefined && within >= toSkip && tries++ < CAREFUL;
      if (isCareful) await set.noteTry?.({ file: index, within });
    };
    try {
      const first = await starts.get(index);
      // On the way to its place, the browser may end too.
      if (within < toSkip) await set.noteTry?.({ file: index, within });
      await beginNext();
      for await (const unpacked of unpack(chosen, first, (bytes) => onRead(bytesBefore + bytes))) {
        isWhole = !signal.aborted;
        if (!isWhole) break;
        await turn();
        if (++within > toSkip) {
          batch.push(await readFile(unpacked, besideIn(files, chosen)));
          reached = isPacked(first) ? { file: index, within } : { file: index + 1, within: 0 };
          if (isCareful || batch.length >= BATCH) {
            if (saving) yield await saving;
            saving = saveStep(batch, reached, snapshot);
            batch = [];
          }
          // What is tried next is behind all that is noted.
          if (isCareful && saving) {
            yield await saving;
            saving = undefined;
          }
        }
        if (isPacked(first)) await beginNext();
      }
    } catch {
      batch.push({ file: chosen.name, outcome: 'failed', reason: 'stuck' });
    }
    starts.delete(index);
    if (isWhole) reached = { file: index + 1, within: 0 };
    bytesBefore += chosen.file.size;
    onRead(bytesBefore);
  }
  if (saving) yield await saving;
  if (batch.length > 0) yield await saveStep(batch, reached, snapshot);
}

const saveStep = async (batch: readonly ReadFile[], reached: Reached, snapshot: Snapshot): Promise<ImportStep> => ({
  results: await save(batch, snapshot),
  reached,
});
