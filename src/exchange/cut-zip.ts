/** What a zip holds whose end is missing: its end would list its files, so they are found one behind the other. */
import { MAX_ARCHIVE_BYTES } from './archive-file.ts';
import { isHidden, join, toUnpacked, UNPACK_LIMITS, type Bytes, type OnRead, type Unpacked } from './unpacked.ts';

const FILE = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
/** Bytes before the name of a file. */
const HEADER = 30;
/** Bit flags of a header: protected by a password, sizes behind the file, name in UTF-8. */
const ENCRYPTED = 1;
const SIZES_BEHIND = 8;

/** The whole files before the cut. What cannot be understood ends them; rejects with a DOMException where the disk fails. */
export async function* entriesOfCutZip(file: Blob, onRead: OnRead): AsyncGenerator<Unpacked> {
  let unpacked = 0;
  for (let offset = 0; ;) {
    const header = await view(file, offset, HEADER);
    if (!header || header.getUint32(0, true) !== FILE) return;
    const flags = header.getUint16(6, true);
    const method = header.getUint16(8, true);
    const nameLength = header.getUint16(26, true);
    const start = offset + HEADER + nameLength + header.getUint16(28, true);
    const packedSize = flags & SIZES_BEHIND ? await sizeBefore(file, start) : header.getUint32(18, true);
    // Larger than 4 GB, or cut.
    if (packedSize === undefined || packedSize === 0xffffffff || start + packedSize > file.size) return;
    const name = new TextDecoder().decode(
      await file.slice(offset + HEADER, offset + HEADER + nameLength).arrayBuffer(),
    );
    offset = start + packedSize + (flags & SIZES_BEHIND ? 16 : 0);
    onRead(offset);
    if (name.endsWith('/') || isHidden(name)) continue;
    const entry: Unpacked =
      flags & ENCRYPTED
        ? { name, reason: 'encrypted' }
        : await readPacked(name, file.slice(start, start + packedSize), method);
    yield entry;
    unpacked += 'bytes' in entry ? entry.bytes.length : 'isOther' in entry ? 0 : MAX_ARCHIVE_BYTES;
    if (unpacked > Math.max(UNPACK_LIMITS.harmless, offset * UNPACK_LIMITS.ratio)) {
      yield { name, reason: 'bomb' };
      return;
    }
  }
}

async function view(file: Blob, offset: number, length: number): Promise<DataView | undefined> {
  const bytes = await file.slice(offset, offset + length).arrayBuffer();
  return bytes.byteLength === length ? new DataView(bytes) : undefined;
}

/** How many bytes lie before the sizes that stand behind a file, which name that number; undefined where none are near. */
async function sizeBefore(file: Blob, start: number): Promise<number | undefined> {
  const bytes = await file.slice(start, start + MAX_ARCHIVE_BYTES).arrayBuffer();
  const looked = new DataView(bytes);
  for (let size = 0; size + 16 <= bytes.byteLength; size++) {
    if (looked.getUint32(size, true) === DESCRIPTOR && looked.getUint32(size + 8, true) === size) return size;
  }
  return undefined;
}

async function readPacked(name: string, packed: Blob, method: number): Promise<Unpacked> {
  if (method !== 0 && method !== 8) return { name, reason: 'damaged' };
  const stream = method === 8 ? packed.stream().pipeThrough(new DecompressionStream('deflate-raw')) : packed.stream();
  const reader = stream.getReader();
  const chunks: Bytes[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      size += value.length;
      if (size > MAX_ARCHIVE_BYTES) break;
    }
  } catch (error) {
    if (error instanceof DOMException) throw error;
    return { name, reason: 'damaged' };
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  return toUnpacked(name, join(chunks), size > MAX_ARCHIVE_BYTES);
}
