/**
 * A chosen file as the files in it: itself, or one after the other what a zip, a tar or a gz holds. It is told by its content, read
 * as a stream, and hostile until it is looked at: names are words to show, never paths, and what unpacks to far too much stops.
 */
import { MAX_ARCHIVE_BYTES } from './archive-file.ts';
import { imageTypeOf } from './beside.ts';
import { HEAD, isNoText, packingOf, UNPACK_LIMITS, type OnRead, type Packing, type Unpacked } from './unpacked.ts';

/** A file that was chosen, by its name or by its path in the folder that was chosen. */
export interface Chosen {
  name: string;
  file: Blob;
  isInFolder: boolean;
}

/** The first bytes of a chosen file, all of one that may be an article; undefined where the disk does not give it. */
export async function readStart({ file }: Chosen): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const start = file.size > MAX_ARCHIVE_BYTES ? file.slice(0, HEAD) : file;
  // A folder, or a file that was taken away since it was chosen.
  return start.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => undefined,
  );
}

/**
 * The files in a chosen file, in an order that is the same each time. Never rejects: what cannot be read on says so, and ends.
 *
 * @param start what `readStart` gave of it
 */
export async function* unpack(
  { name: path, file, isInFolder }: Chosen,
  start: Uint8Array<ArrayBuffer> | undefined,
  onRead: OnRead = () => undefined,
): AsyncGenerator<Unpacked> {
  const name = toShownName(path);
  const packing = start && packingOf(start);
  if (!start) yield { name, reason: 'unreadable' };
  else if (packing === 'other') yield { name, reason: 'otherPacking' };
  else if (packing) yield* unpackContainer(packing, name, file, onRead);
  else if (isInFolder && (isNoText(start) || imageTypeOf(name))) yield { name, isOther: true };
  else yield file.size > MAX_ARCHIVE_BYTES ? { name, reason: 'tooLarge' } : { name, bytes: start };
}

/** The files of a zip, tar or gz; one that has none says so. */
async function* unpackContainer(packing: Packing, name: string, file: Blob, onRead: OnRead): AsyncGenerator<Unpacked> {
  let count = 0;
  try {
    // The libraries that unpack weigh more than the page: they come when they are needed.
    const files =
      packing === 'zip'
        ? (await import('./unpack-zip.ts')).unpackZip(name, file, onRead)
        : (await import('./unpack-tar.ts')).unpackTar(packing, name, file, onRead);
    for await (const unpacked of files) {
      if (++count > UNPACK_LIMITS.files) {
        yield { name, reason: 'bomb' };
        return;
      }
      yield { ...unpacked, name: toShownName(unpacked.name) };
    }
    if (count === 0) yield { name, reason: 'empty' };
  } catch (error) {
    // The browser's own errors are those of the disk; the others are what a library does not forgive.
    yield { name, reason: error instanceof DOMException ? 'unreadable' : 'stuck' };
  }
}

/** Whether a file is called as if it held others: a guess, for its content alone tells. */
export const looksPacked = ({ name }: Pick<Chosen, 'name'>): boolean => /\.(zip|tar|t?gz)$/i.test(name);

/** A name is only shown: nothing in it ends a line or turns its direction. */
const toShownName = (name: string): string =>
  name
    .replace(/^(\.\/)+/, '')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .slice(-300);

/** Whether a file that begins so is unpacked; another one is itself what comes out, and nothing else. */
export const isPacked = (start: Uint8Array | undefined): boolean =>
  start !== undefined && !['other', undefined].includes(packingOf(start));
