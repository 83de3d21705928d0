/** What comes out of a chosen file: what it may be, how much of it there may be, and what its first bytes tell. */
import { imageTypeOf, type ReadBeside } from './beside.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

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
  | { name: string; bytes: Bytes; readBeside?: ReadBeside }
  | { name: string; reason: UnpackReason }
  /** No text at all, beside the articles: a photo, say. */
  | { name: string; isOther: true };

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

/** A file of a container, by its bytes or, where it is too large, by its first ones. */
export function toUnpacked(name: string, bytes: Bytes, isTooLarge = false): Unpacked {
  if (packingOf(bytes) !== undefined) return { name, reason: 'nested' };
  if (isNoText(bytes) || imageTypeOf(name)) return { name, isOther: true };
  return isTooLarge ? { name, reason: 'tooLarge' } : { name, bytes };
}

/** Whether a file of a folder or container is what a system or a program keeps there for itself: it is as if it were not there. */
export const isHidden = (path: string): boolean =>
  path.split(/[/\\]/).some((part) => /^\.(?!\.?$)|^(__MACOSX|Thumbs\.db|desktop\.ini)$/i.test(part));

export type Packing = 'zip' | 'tar' | 'gzip';

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
export function isNoText(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16 || (first === 0) !== (second === 0)) return false;
  return bytes.subarray(0, HEAD).includes(0);
}

/** Chunks as they were read, in one piece: a blob, which would do the same, goes by way of another process in Chromium. */
export const join = (chunks: readonly Bytes[]): Bytes => {
  const [first] = chunks;
  if (first && chunks.length === 1) return first;
  const joined = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.length;
  }
  return joined;
};
