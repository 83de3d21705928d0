/** The files of a tar, of a tar in a gz, or the one of a gz, as a stream; what came before a cut is whole. */
import { createTarDecoder } from 'modern-tar';
import { MAX_ARCHIVE_BYTES } from './archive-file.ts';
import { gunzip } from './gunzip.ts';
import {
  HEAD,
  isHidden,
  join,
  packingOf,
  toUnpacked,
  UNPACK_LIMITS,
  type Bytes,
  type OnRead,
  type Unpacked,
  type UnpackReason,
} from './unpacked.ts';

/** Bytes of the chosen file that are read at once. */
const PIECE = 16_384;

/** What is read of a stream, which ends where it cannot go on; `failure` then says why. */
interface Flow {
  chunks: AsyncGenerator<Bytes>;
  /** Bytes that were read of the chosen file, and what they became. */
  packed: number;
  unpacked: number;
  failure: UnpackReason | undefined;
  /** Whether what was read last are zeros, as a tar ends. */
  endsInZeros: boolean;
}

/** The files in it, and at last why it stops where it should not. */
export async function* unpackTar(
  packing: 'tar' | 'gzip',
  name: string,
  file: Blob,
  onRead: OnRead,
): AsyncGenerator<Unpacked> {
  const flow = startFlow(packing, file);
  const head = await readHead(flow.chunks);
  if (packing === 'gzip' && packingOf(head) !== 'tar') {
    const bytes = await collect(chunksOf(toStream(head, flow.chunks)), MAX_ARCHIVE_BYTES + 1);
    if (!flow.failure) yield toUnpacked(name.replace(/\.gz$/i, ''), bytes, bytes.length > MAX_ARCHIVE_BYTES);
  } else {
    let told = 0;
    const isCut = yield* readEntries(toStream(head, flow.chunks), (bytes) => {
      // The stream is ahead of the file that is given.
      told = Math.max(told, Math.floor(flow.packed * Math.min(1, bytes / flow.unpacked)));
      onRead(told);
    });
    if (isCut || !flow.endsInZeros) flow.failure ??= 'cut';
  }
  if (flow.failure) yield { name, reason: flow.failure };
}

/** What a tar is made of, in bytes: a header, and as many as a file needs. */
const BLOCK = 512;

/** The files of a tar, `onRead` told where in it they end; returns whether it stops in the middle of one. */
async function* readEntries(tar: ReadableStream<Bytes>, onRead: OnRead): AsyncGenerator<Unpacked, boolean> {
  let place = 0;
  // Strict, the library would drop what it has read but not yet given when it meets a cut.
  const entries = chunksOf(tar.pipeThrough(createTarDecoder()));
  for await (const { header, body } of entries) {
    const { name, type, size } = header;
    place += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    if (type !== 'file' || isHidden(name)) {
      await body.cancel();
      continue;
    }
    const isTooLarge = size > MAX_ARCHIVE_BYTES;
    const wanted = isTooLarge ? HEAD : size;
    const bytes = await collect(chunksOf(body as ReadableStream<Bytes>), wanted);
    if (bytes.length < wanted) return true;
    onRead(place);
    yield toUnpacked(name, bytes, isTooLarge);
  }
  return false;
}

/** The bytes of a file as they come, unpacked if they are packed. */
function startFlow(packing: 'tar' | 'gzip', file: Blob): Flow {
  async function* count(): AsyncGenerator<Bytes> {
    for await (const chunk of chunksOf(file.stream() as ReadableStream<Bytes>)) {
      for (let start = 0; start < chunk.length; start += PIECE) {
        const piece = chunk.subarray(start, start + PIECE);
        flow.packed += piece.length;
        yield piece;
      }
    }
  }
  const flow: Flow = { chunks: read(), packed: 0, unpacked: 0, failure: undefined, endsInZeros: true };

  async function* read(): AsyncGenerator<Bytes> {
    try {
      for await (const chunk of packing === 'gzip' ? gunzip(count()) : count()) {
        flow.unpacked += chunk.length;
        if (flow.unpacked > Math.max(UNPACK_LIMITS.harmless, flow.packed * UNPACK_LIMITS.ratio)) {
          flow.failure = 'bomb';
          return;
        }
        flow.endsInZeros = chunk.subarray(-512).every((byte) => byte === 0);
        yield chunk;
      }
    } catch (error) {
      // The browser's own errors are those of the disk.
      flow.failure = error instanceof DOMException ? 'unreadable' : 'cut';
    }
  }
  return flow;
}

/** The first chunks of a stream, together at least `length` bytes unless it ends before. */
async function readHead(chunks: AsyncGenerator<Bytes>, length = 512): Promise<Bytes> {
  const read: Bytes[] = [];
  for (let size = 0; size < length;) {
    const { done, value } = await chunks.next();
    if (done) break;
    read.push(value);
    size += value.length;
  }
  return join(read);
}

/** What comes, up to `most` bytes; the rest is not read. */
async function collect(chunks: AsyncIterable<Bytes>, most: number): Promise<Bytes> {
  const read: Bytes[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    read.push(chunk);
    size += chunk.length;
    if (size >= most) break;
  }
  return join(read).subarray(0, most);
}

/** `ReadableStream` is not iterable in Chromium 123. Who stops early cancels it. */
async function* chunksOf<Chunk>(stream: ReadableStream<Chunk>): AsyncGenerator<Chunk> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

const toStream = (head: Bytes, rest: AsyncGenerator<Bytes>): ReadableStream<Bytes> =>
  new ReadableStream<Bytes>({
    start: (controller) => controller.enqueue(head),
    pull: async (controller) => {
      const { done, value } = await rest.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => void (await rest.return(undefined)),
  });
