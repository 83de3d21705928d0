/** What a gz holds, as a stream, also one that was put together of several: browsers' own streams end after the first of them. */
import { Inflate, Z_SYNC_FLUSH } from 'pako';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * The unpacked bytes as they come. Throws where what is packed is damaged, or ends too early.
 *
 * @param packed in small pieces: each is unpacked at once, and may become a thousand times as many bytes
 */
export async function* gunzip(packed: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  let chunks: Bytes[] = [];
  const begin = (): Inflate => Object.assign(new Inflate(), { onData: (chunk: Bytes) => chunks.push(chunk) });
  let inflate = begin();
  for await (const piece of packed) {
    if (inflate.ended) {
      // The tape on which a tar was once written is filled with zeros.
      if (piece[0] === 0) return;
      inflate = begin();
    }
    chunks = [];
    const isGood = inflate.push(piece, Z_SYNC_FLUSH);
    yield* chunks;
    if (!isGood) throw new Error(inflate.msg);
  }
  if (!inflate.ended) throw new Error('the file ends too early');
}
