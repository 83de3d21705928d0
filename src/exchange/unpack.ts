/**
 * A chosen file as the files in it: itself, or one after the other what a zip, a tar or a gz holds. It is told by its content, read
 * as a stream, and hostile until it is looked at: names are words to show, never paths, and what unpacks to far too much stops.
 */
import { MAX_ARCHIVE_BYTES } from './archive-file.ts';
import { imageTypeOf, type ReadBeside } from './beside.ts';

/** Why a file, or the rest of what holds it, did not come out. Each reason has its sentence in _locales under `file_<name>`. */
export type UnpackReason =
  | 'empty'
  | 'tooLarge'
  | 'unreadable'
  | 'stuck'
  | 'cut'
  | 'damaged'
  | 'bomb'
  | 'backup'
  | 'nested'
  | 'encrypted'
  | 'otherPacking';

export type Unpacked =
  | { name: string; bytes: Uint8Array<ArrayBuffer>; readBeside?: ReadBeside }
  | { name: string; reason: UnpackReason }
  /** No text at all, beside the articles: a photo, say. */
  | { name: string; isOther: true };

/** A file that was chosen, by its name or by its path in the folder that was chosen. */
export interface Chosen {
  name: string;
  file: Blob;
  isInFolder: boolean;
}

/** What may come out of one file at most: an honest one is far below each. */
export const UNPACK_LIMITS = {
  files: 200_000,
  /** Unpacked to packed. Articles shrink to a fifth, and with what tar puts around them to a tenth. */
  ratio: 100,
  /** Of an image beside an article. */
  photoBytes: 25_000_000,
  /** Bytes unpacked before the ratio says anything. */
  harmless: 50_000_000,
};

/** Is told how many bytes of the chosen file have been read so far. */
export type OnRead = (bytes: number) => void;

/** As many bytes as tell what a file is. */
export const HEAD = 8192;

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

/** A file of a container, by its bytes or, where it is too large, by its first ones. */
export function toUnpacked(name: string, bytes: Uint8Array<ArrayBuffer>, isTooLarge = false): Unpacked {
  if (packingOf(bytes) !== undefined) return { name, reason: 'nested' };
  if (isNoText(bytes) || imageTypeOf(name)) return { name, isOther: true };
  return isTooLarge ? { name, reason: 'tooLarge' } : { name, bytes };
}

/** Whether a file is called as if it held others: a guess, for its content alone tells. */
export const looksPacked = ({ name }: Pick<Chosen, 'name'>): boolean => /\.(zip|tar|t?gz)$/i.test(name);

/** Whether a file of a folder or container is what a system or a program keeps there for itself: it is as if it were not there. */
export const isHidden = (path: string): boolean =>
  path.split(/[/\\]/).some((part) => /^\.(?!\.?$)|^(__MACOSX|Thumbs\.db|desktop\.ini)$/i.test(part));

/** A name is only shown: nothing in it ends a line or turns its direction. */
const toShownName = (name: string): string =>
  name
    .replace(/^(\.\/)+/, '')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .slice(-300);

/** Whether a file that begins so is unpacked; another one is itself what comes out, and nothing else. */
export const isPacked = (start: Uint8Array | undefined): boolean =>
  start !== undefined && !['other', undefined].includes(packingOf(start));

type Packing = 'zip' | 'tar' | 'gzip';

/** The first bytes, in hexadecimal. */
const SIGNATURES: readonly (readonly [Packing | 'other', RegExp])[] = [
  ['zip', /^504b(0304|0506)/],
  ['gzip', /^1f8b/],
  // 7z, rar, xz, bzip2, zstd.
  ['other', /^(377abcaf271c|526172211a07|fd377a585a00|425a683.314159|28b52ffd)/],
];

/** What packs a file that begins so; undefined for a file that is none, `other` for what cannot be unpacked here. */
export function packingOf(bytes: Uint8Array): Packing | 'other' | undefined {
  const start = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const known = SIGNATURES.find(([, signature]) => signature.test(start));
  if (known) return known[0];
  return isTarHeader(bytes) ? 'tar' : undefined;
}

/** A tar begins with a header of 512 bytes that holds their sum, its own eight bytes counted as spaces. */
function isTarHeader(bytes: Uint8Array): boolean {
  if (bytes.length < 512) return false;
  const written = /^ *([0-7]+)[ \0]/.exec(String.fromCharCode(...bytes.subarray(148, 156)))?.[1];
  if (written === undefined) return false;
  const sum = bytes.subarray(0, 512).reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 32 : byte), 0);
  return sum === parseInt(written, 8);
}

/** Whether bytes are no text in any encoding: they hold zeros, and not as text in UTF-16 does, beside each Latin letter. */
function isNoText(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16 || (first === 0) !== (second === 0)) return false;
  return bytes.subarray(0, HEAD).includes(0);
}
