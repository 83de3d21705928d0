/** What was chosen to be imported, kept until it is: a browser that dies in the middle goes on where it was. */
import { looksPacked, type Chosen } from '../../exchange/unpack.ts';
import { needRoom } from '../../saved/room.ts';
import type { FileResult, ImportSet, KeptSet, Reached } from './import-set.ts';
import { takeTurns } from './take-turns.ts';
import { openOnce, type UnfinishedSchema } from './unfinished-database.ts';

/** Fewer files and bytes than this are imported before they would be copied. */
const FEW_FILES = 10;
const FEW_BYTES = 100_000;
/** Files that are made one blob at once. */
const PIECE = 20;

/** Whether the files take long enough to import that something may happen meanwhile. */
export const isWorthKeeping = (files: readonly Chosen[]): boolean =>
  files.length > FEW_FILES ||
  files.some(looksPacked) ||
  files.reduce((sum, { file }) => sum + file.size, 0) > FEW_BYTES;

/** More than this is not copied: what is copied goes through the memory. */
const MOST_BYTES = 500_000_000;

/**
 * The bytes of a file, the file itself where it is one of a few. Of hundreds of files, Chromium 156 can crash as a whole when a
 * blob of them is put into a database (seen in every third run with 600 files).
 */
const contentOf = async (file: Blob, isOneOfMany: boolean): Promise<Blob | ArrayBuffer> =>
  // A file that is gone is not imported either.
  isOneOfMany ? file.arrayBuffer().catch(() => new ArrayBuffer()) : file;

const sizeOf = (content: Blob | ArrayBuffer): number => (content instanceof Blob ? content.size : content.byteLength);

/**
 * Notes that files were chosen, and copies them for a window; undefined where nothing can be written.
 *
 * @param signal stops the copying
 */
export async function keepFiles(
  owner: string,
  files: readonly Chosen[],
  signal?: AbortSignal,
): Promise<KeptSet | undefined> {
  try {
    await needRoom();
    const [first] = files;
    const named = first ? [{ name: first.name, size: 0, isInFolder: first.isInFolder }] : [];
    const placeholder = { owner, blob: new Blob(), files: named, uncopied: files.length };
    const number = await (await openOnce()).add('sets', placeholder);
    const isCopied = await copyFiles(owner, files, number, signal).catch(() => false);
    return { number, isCopied };
  } catch {
    return undefined;
  }
}

/** Resolves to whether they are copied. */
async function copyFiles(
  owner: string,
  files: readonly Chosen[],
  number: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const turn = takeTurns();
  const named: { name: string; size: number; isInFolder: boolean }[] = [];
  const pieces: Blob[] = [];
  let bytes = 0;
  // Chromium asks the disk about each file while the page waits: a few at a time.
  for (let start = 0; start < files.length; start += PIECE) {
    const piece = files.slice(start, start + PIECE);
    for (const { file } of piece) bytes += file.size;
    if (bytes > MOST_BYTES || signal?.aborted) return false;
    const isOneOfMany = files.length > PIECE;
    const contents = await Promise.all(
      piece.map(async ({ file, name, isInFolder }) => ({
        name,
        isInFolder,
        content: await contentOf(file, isOneOfMany),
      })),
    );
    named.push(...contents.map(({ content, ...rest }) => ({ ...rest, size: sizeOf(content) })));
    pieces.push(new Blob(contents.map(({ content }) => content)));
    await turn();
  }
  await needRoom(bytes);
  // It may be over, or stopped, before it is copied.
  const { store } = (await openOnce()).transaction('sets', 'readwrite');
  if ((await store.getKey(number)) === undefined) return false;
  await store.put({ owner, blob: new Blob(pieces), files: named }, number);
  return true;
}

/** Notes what has become of some files of a set. What cannot be noted is done again after a crash, which changes nothing. */
export const noteDone = (set: number, results: readonly FileResult[], reached: Reached): Promise<void> =>
  addStep({ set, results, reached });

const addStep = (step: UnfinishedSchema['done']['value']): Promise<void> =>
  openOnce()
    .then((database) => database.add('done', step))
    .then(
      () => undefined,
      () => undefined,
    );

/** The place of a file that was begun twice and never done: there may be one that no browser survives. */
function fatalPlace(steps: readonly UnfinishedSchema['done']['value'][]): Reached | undefined {
  const tries = steps.slice(steps.findLastIndex(({ isTry }) => !isTry) + 1).map(({ reached }) => reached);
  const last = tries.at(-1);
  const same = tries.filter(({ file, within }) => file === last?.file && within === last.within);
  return same.length > 1 ? last : undefined;
}

/**
 * The sets that imports left behind, oldest first, now those of `owner`, and who has the others. A file at which the browser ended
 * twice is passed over, and so is what holds files where it ended twice on the way to the next of them.
 *
 * @param owners the windows that are there
 * @param closed the window that was closed last, as windows are: no file was fatal to it
 */
export async function readUnfinished(
  owner: string,
  owners: ReadonlySet<string | undefined>,
  closed?: string,
): Promise<{ left: ImportSet[]; others: Set<string> }> {
  const transaction = (await openOnce()).transaction(['sets', 'done'], 'readwrite');
  const left: ImportSet[] = [];
  const others = new Set<string>();
  for (let cursor = await transaction.objectStore('sets').openCursor(); cursor; cursor = await cursor.continue()) {
    const { key, value } = cursor;
    if (value.owner !== undefined && owners.has(value.owner)) {
      if (value.owner !== owner) others.add(value.owner);
      continue;
    }
    const steps = await transaction.objectStore('done').index('bySet').getAll(key);
    const done = steps.filter(({ isTry }) => !isTry);
    let reached = done.at(-1)?.reached ?? { file: 0, within: 0 };
    if (value.uncopied !== undefined) {
      const first = value.files[0]?.name ?? '';
      const file = value.uncopied > 1 ? `${first} + ${value.uncopied - 1}` : first;
      const lost = { file, outcome: 'failed', reason: 'lost' } as const;
      const results = [...done.flatMap((step) => step.results), lost];
      const kept = Promise.resolve({ number: key, isCopied: false });
      left.push({ files: [], bytes: 0, results, reached: { file: 0, within: 0 }, kept });
      await cursor.update({ ...value, owner });
      continue;
    }
    const fatal = fatalPlace(steps);
    if (value.owner !== undefined && value.owner === closed) {
      // Nothing is done, but what was tried so far does not count.
      await transaction.objectStore('done').add({ set: key, results: [], reached });
    } else if (fatal) {
      const name = value.files[fatal.file]?.name ?? '';
      const isWithin = fatal.within > 0 || looksPacked({ name });
      // Whatever holds the files ends the browser before it comes to where it was: the rest of it is never reached.
      const isOnTheWay = fatal.file === reached.file && fatal.within < reached.within;
      reached =
        isWithin && !isOnTheWay ? { file: fatal.file, within: fatal.within + 1 } : { file: fatal.file + 1, within: 0 };
      const passed = { set: key, results: [{ file: name, outcome: 'failed', reason: 'fatal' }], reached } as const;
      await transaction.objectStore('done').add(passed);
      done.push(passed);
    }
    await cursor.update({ ...value, owner });
    let offset = 0;
    const files = value.files.map(({ name, size, isInFolder }) => ({
      name,
      isInFolder,
      file: value.blob.slice(offset, (offset += size)),
    }));
    left.push({
      files,
      bytes: offset,
      results: done.flatMap(({ results }) => results),
      reached,
      noteTry: (place) => addStep({ set: key, results: [], reached: place, isTry: true }),
      kept: Promise.resolve({ number: key, isCopied: true }),
    });
  }
  return { left, others };
}

/** Forgets sets that are imported, or not wanted any more. */
export async function forgetSets(numbers: readonly number[]): Promise<void> {
  const transaction = (await openOnce()).transaction(['sets', 'done'], 'readwrite');
  const done = transaction.objectStore('done');
  for (const number of numbers) {
    await transaction.objectStore('sets').delete(number);
    for (const key of await done.index('bySet').getAllKeys(number)) await done.delete(key);
  }
  await transaction.done;
}
