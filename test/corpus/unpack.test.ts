/** The real archives, packed as people have them: every file comes out, byte for byte. */
import { Blob as NodeBlob } from 'node:buffer';
import { createHash } from 'node:crypto';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { expect, it, vi } from 'vitest';
import { readStart, unpack } from '../../src/exchange/unpack.ts';
import { readBytes, readTar } from './corpus.ts';

// jsdom's has no streams.
vi.stubGlobal('Blob', NodeBlob);

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');

/** The digests of all files in a file, by their names without the first folder. */
async function open(bytes: Uint8Array<ArrayBuffer>): Promise<Map<string, string>> {
  const chosen = { name: 'packed', file: new Blob([bytes]), isInFolder: false };
  const files = new Map<string, string>();
  for await (const unpacked of unpack(chosen, await readStart(chosen))) {
    if (!('bytes' in unpacked)) throw new Error(`${unpacked.name} did not come out.`);
    files.set(unpacked.name.replace(/^[^/]*\//, ''), digest(unpacked.bytes));
  }
  return files;
}

const expected = (archive: string): Map<string, string> =>
  new Map(readTar(archive, () => true).map(({ name, bytes }) => [name.replace(/^[^/]*\//, ''), digest(bytes)]));

it('all 10,754 files of the tar.gz of 2020', async () => {
  const files = await open(new Uint8Array(readBytes('archive-2020.tar.gz')));
  expect(files.size).toBe(10_754);
  expect(files).toEqual(expected('archive-2020.tar.gz'));
});

it('all files of the sample of 2023, also when they are packed as a zip', async () => {
  const all = expected('archive-2023-sample.tar.gz');
  expect(await open(new Uint8Array(readBytes('archive-2023-sample.tar.gz')))).toEqual(all);
  const zip = new ZipWriter(new Uint8ArrayWriter());
  for (const { name, bytes } of readTar('archive-2023-sample.tar.gz', () => true))
    await zip.add(name, new Uint8ArrayReader(bytes));
  expect(await open(new Uint8Array(await zip.close()))).toEqual(all);
});
