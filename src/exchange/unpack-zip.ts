/** The files of a zip, whoever made it; of one that was cut, those that came before the cut. */
import { configure, ZipReader, type FileEntry } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { MAX_ARCHIVE_BYTES } from './archive-file.ts';
import { isBackupManifest } from './backup-shape.ts';
import { imageTypeOf, resolvePath, type ReadBeside } from './beside.ts';
import { BlockReader } from './block-reader.ts';
import { entriesOfCutZip } from './cut-zip.ts';
import { HEAD, isHidden, join, toUnpacked, UNPACK_LIMITS, type Bytes, type OnRead, type Unpacked } from './unpacked.ts';

// The browser's own streams do the work; a page of an extension loads no worker of a library's.
configure({ useWebWorkers: false });

/** The files in it, and at last why it stops where it should not. */
export async function* unpackZip(name: string, file: Blob, onRead: OnRead): AsyncGenerator<Unpacked> {
  const entries = await readDirectory(file);
  if (!entries) {
    yield* entriesOfCutZip(file, onRead);
    yield { name, reason: 'cut' };
    return;
  }
  const unpacked = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (unpacked > Math.max(UNPACK_LIMITS.harmless, file.size * UNPACK_LIMITS.ratio)) yield { name, reason: 'bomb' };
  else if (await isBackup(entries)) yield { name, reason: 'backup' };
  else {
    const byName = new Map(entries.map((entry) => [entry.filename, entry]));
    for (const entry of entries) {
      if (isHidden(entry.filename)) continue;
      const unpacked = await readEntry(entry);
      yield 'bytes' in unpacked ? { ...unpacked, readBeside: besideIn(byName, entry.filename) } : unpacked;
      onRead(Math.min(file.size, entry.offset + entry.compressedSize));
    }
  }
}

/** Its files as its end lists them; undefined where there is no such list. Rejects with a DOMException where the disk fails. */
async function readDirectory(file: Blob): Promise<FileEntry[] | undefined> {
  // Names are not looked at: none is ever used as a path. What is in two places at once is read from none.
  const reader = new ZipReader(new BlockReader(file), {
    strictness: 'tolerant',
    checkCrc32: true,
    checkOverlappingEntry: true,
  });
  const entries: FileEntry[] = [];
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (!entry.directory) entries.push(entry);
      // One more than may be says enough.
      if (entries.length > UNPACK_LIMITS.files) break;
    }
    return entries;
  } catch (error) {
    if (error instanceof DOMException) throw error;
    return undefined;
  }
}

async function readEntry(entry: FileEntry): Promise<Unpacked> {
  const name = entry.filename;
  if (entry.encrypted) return { name, reason: 'encrypted' };
  try {
    const isTooLarge = entry.uncompressedSize > MAX_ARCHIVE_BYTES;
    return toUnpacked(name, await readBytes(entry, isTooLarge ? HEAD : MAX_ARCHIVE_BYTES), isTooLarge);
  } catch (error) {
    // The browser's own errors are those of the disk.
    return { name, reason: error instanceof DOMException && error.name !== 'AbortError' ? 'unreadable' : 'damaged' };
  }
}

const besideIn =
  (entries: ReadonlyMap<string, FileEntry>, name: string): ReadBeside =>
  async (path) => {
    const entry = entries.get(resolvePath(name, path));
    const type = imageTypeOf(path);
    if (!entry || !type || entry.encrypted || entry.uncompressedSize > UNPACK_LIMITS.photoBytes) return undefined;
    return new Blob([await readBytes(entry, UNPACK_LIMITS.photoBytes)], { type });
  };

/** The first bytes of an entry; the library checks those of a whole one, and stops where there are more than its size says. */
async function readBytes(entry: FileEntry, most: number): Promise<Bytes> {
  const chunks: Bytes[] = [];
  let size = 0;
  const enough = new AbortController();
  const reading = entry.getData(
    new WritableStream<Bytes>({
      write: (chunk) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size >= most && entry.uncompressedSize > most) enough.abort();
      },
    }),
    { signal: enough.signal },
  );
  await reading.catch((error: unknown) => {
    if (!enough.signal.aborted) throw error;
  });
  return join(chunks);
}

async function isBackup(entries: readonly FileEntry[]): Promise<boolean> {
  const manifest = entries.find(({ filename }) => filename === 'manifest.json');
  if (!manifest) return false;
  const unpacked = await readEntry(manifest);
  if (!('bytes' in unpacked)) return false;
  try {
    return isBackupManifest(JSON.parse(new TextDecoder().decode(unpacked.bytes)));
  } catch {
    return false;
  }
}
