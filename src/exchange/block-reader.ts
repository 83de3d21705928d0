/** A file read in large blocks: a zip of many small files is asked for many small pieces, and each way to the disk takes its time. */
import { Reader } from '@zip.js/zip.js/lib/zip-core-custom.js';

const BLOCK = 2_000_000;
/** The block that is read, and the one before it, where the photos of an article may begin. */
const KEPT = 2;

export class BlockReader extends Reader<Blob> {
  readonly #file: Blob;
  readonly #blocks = new Map<number, Uint8Array>();

  constructor(file: Blob) {
    super(file);
    this.#file = file;
    this.size = file.size;
  }

  /** Some bytes of the file. Rejects with the browser's DOMException where the file cannot be read. */
  override async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.size - offset)));
    for (let done = 0; done < bytes.length;) {
      const index = Math.floor((offset + done) / BLOCK);
      const start = offset + done - index * BLOCK;
      const part = (await this.#block(index)).subarray(start, start + bytes.length - done);
      bytes.set(part, done);
      done += part.length;
      // A file that became shorter than it said.
      if (part.length === 0) throw new DOMException('the file ends too early', 'NotReadableError');
    }
    return bytes;
  }

  async #block(index: number): Promise<Uint8Array> {
    const known = this.#blocks.get(index);
    if (known) return known;
    const block = new Uint8Array(await this.#file.slice(index * BLOCK, (index + 1) * BLOCK).arrayBuffer());
    this.#blocks.set(index, block);
    for (const old of this.#blocks.keys()) if (this.#blocks.size > KEPT) this.#blocks.delete(old);
    return block;
  }
}
