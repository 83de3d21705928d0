/** Unpacking: what is in a chosen file, in whatever it is packed, and a reason for each that is damaged, hostile or something else. */
import { Blob as NodeBlob } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { TextReader, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { packTar } from 'modern-tar';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { MAX_ARCHIVE_BYTES } from '../../src/exchange/archive-file.ts';
import { writeBackup } from '../../src/exchange/backup.ts';
import { readStart, unpack, type Chosen } from '../../src/exchange/unpack.ts';
import { UNPACK_LIMITS, type Unpacked } from '../../src/exchange/unpacked.ts';

// jsdom's has no streams.
vi.stubGlobal('Blob', NodeBlob);

type Bytes = Uint8Array<ArrayBuffer>;
type Content = string | Bytes;

const encode = (content: Content): Bytes => (typeof content === 'string' ? new TextEncoder().encode(content) : content);

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
const TWO = { 'one.md': 'ein', 'folder/two.md': 'zwei' };
/** So different that no packing makes it much smaller. */
const long = (start: string): string =>
  start + Array.from({ length: 9000 }, (_, index) => (index * index) % 9973).join();

async function zipOf(files: Record<string, Content>, options: object = {}): Promise<Bytes> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { keepOrder: true, ...options });
  for (const [name, content] of Object.entries(files)) {
    const directory = name.endsWith('/');
    await zip.add(name, directory ? undefined : new Uint8ArrayReader(encode(content)), { directory });
  }
  return new Uint8Array(await zip.close());
}

const tarOf = (files: Record<string, Content>): Promise<Bytes> =>
  packTar(
    Object.entries(files).map(([name, content]) => {
      const body = encode(content);
      return name.endsWith('/')
        ? { header: { name, type: 'directory' as const, size: 0 } }
        : { header: { name, size: body.length }, body: new Blob([body]) };
    }),
  );

const gzip = (bytes: Content): Bytes => new Uint8Array(gzipSync(bytes));

/** What comes out, each file as its text or as the word for what it is. */
async function open(content: Content, name = 'chosen', isInFolder = false): Promise<(readonly [string, string])[]> {
  return openFile({ name, file: new Blob([encode(content)]), isInFolder });
}

async function openFile(chosen: Chosen): Promise<(readonly [string, string])[]> {
  const told = (unpacked: Unpacked): string => {
    if ('bytes' in unpacked) return new TextDecoder().decode(unpacked.bytes);
    return 'reason' in unpacked ? `(${unpacked.reason})` : '(other)';
  };
  const files: (readonly [string, string])[] = [];
  for await (const unpacked of unpack(chosen, await readStart(chosen))) files.push([unpacked.name, told(unpacked)]);
  return files;
}

/** As a browser answers for a file that is not on the disk any more. */
const gone = (): Promise<never> => Promise.reject(new DOMException('gone', 'NotFoundError'));

const limits = { ...UNPACK_LIMITS };
afterEach(() => void Object.assign(UNPACK_LIMITS, limits));

const TWO_FILES = [
  ['one.md', 'ein'],
  ['folder/two.md', 'zwei'],
];

describe('what holds files', () => {
  it.each([
    ['tar', (tar: Bytes) => tar],
    ['tar.gz', gzip],
  ])('a %s tells where in it the file is that it gives', async (_, pack) => {
    const COUNT = 40;
    // What does not shrink to nothing.
    const files = Array.from({ length: COUNT }, (__, number) => [`${number}.md`, randomBytes(10_000).toString('hex')]);
    const file = new Blob([pack(await tarOf(Object.fromEntries(files) as Record<string, string>))]);
    const chosen = { name: 'chosen', file, isInFolder: false };
    let read = 0;
    let given = 0;
    for await (const unpacked of unpack(chosen, await readStart(chosen), (bytes) => (read = bytes))) {
      given += 1;
      expect([unpacked.name, Math.abs(read / file.size - given / COUNT) < 0.03]).toEqual([`${given - 1}.md`, true]);
    }
    expect(given).toBe(COUNT);
  });

  it.each([
    ['zip', zipOf(TWO)],
    ['zip whose sizes stand behind the files', zipOf(TWO, { dataDescriptor: true })],
    ['tar', tarOf(TWO)],
    ['tar.gz', tarOf(TWO).then(gzip)],
  ])('a %s gives them in their order, whatever it is called', async (_, packed) => {
    expect(await open(await packed, 'letter.txt')).toEqual(TWO_FILES);
  });

  it('a gz of one file gives that one', async () => {
    expect(await open(gzip('ein'), 'one.md.gz')).toEqual([['one.md', 'ein']]);
  });

  it('a tar.gz that was put together of several gives all, wherever they meet, and zeros behind it do no harm', async () => {
    // Browsers' own streams, and not Node's, end after the first one.
    const { DecompressionStream: own } = globalThis;
    vi.stubGlobal('DecompressionStream', undefined);
    onTestFinished(() => void vi.stubGlobal('DecompressionStream', own));
    const tar = await tarOf(TWO);
    for (const place of [1, 600, 1024]) {
      const parts = [tar.slice(0, place), tar.slice(place)].map(gzip);
      const [first] = parts as [Bytes, Bytes];
      // So that the first one ends where a piece does that is read at once.
      const comment = Buffer.alloc(16_384 - first.length - 1, 'x');
      const padded = Buffer.concat(
        [first.slice(0, 3), [0x10], first.slice(4, 10), comment, [0], first.slice(10)].map((part) => Buffer.from(part)),
      );
      for (const start of [first, padded, Buffer.concat([first, gzip('')])]) {
        const whole = new Uint8Array(Buffer.concat([start, ...parts.slice(1), Buffer.alloc(512)]));
        expect(await open(whole)).toEqual(TWO_FILES);
      }
    }
  });

  it('a file that holds none is itself, of whatever bytes', async () => {
    expect(await open('ein', 'one.zip')).toEqual([['one.zip', 'ein']]);
    expect(await open('', 'one.md')).toEqual([['one.md', '']]);
  });

  it.each([['zip', zipOf] as const, ['tar', tarOf] as const])(
    'in a %s, what a system keeps for itself is not there, and no text is said to be none',
    async (_, pack) => {
      const packed = await pack({
        'folder/': '',
        'folder/one.md': 'ein',
        'folder/photo.png': PNG,
        '__MACOSX/folder/._one.md': 'x',
        'folder/.DS_Store': 'x',
        '.git/config': 'x',
        'folder/Thumbs.db': 'x',
      });
      expect(await open(packed)).toEqual([
        ['folder/one.md', 'ein'],
        ['folder/photo.png', '(other)'],
      ]);
    },
  );

  it('a photo in a folder is no text, one that was chosen by itself is what it is', async () => {
    expect(await open(PNG, 'folder/photo.png', true)).toEqual([['folder/photo.png', '(other)']]);
    expect(await open(PNG, 'photo.png')).toHaveLength(1);
    // Text, in an encoding that its own sentence asks to change.
    const utf16 = Uint8Array.from([0xff, 0xfe, 0x3c, 0, 0x21, 0]);
    expect(await open(utf16, 'folder/old.md', true)).not.toContainEqual(['folder/old.md', '(other)']);
  });

  it.each([
    ['zip', zipOf({ '.DS_Store': 'x' })],
    ['tar', tarOf({ 'folder/': '' })],
  ])('a %s with nothing in it says so', async (_, packed) => {
    expect(await open(await packed, 'none')).toEqual([['none', '(empty)']]);
  });
});

describe('what is wrong', () => {
  const files = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`${name}.md`, long(name)]));
  const whole = Object.entries(files);

  it.each([
    ['zip', zipOf(files)],
    ['zip whose sizes stand behind the files', zipOf(files, { dataDescriptor: true })],
    ['zip that is not packed', zipOf(files, { level: 0 })],
    ['tar', tarOf(files)],
    ['tar.gz', tarOf(files).then(gzip)],
  ])('a %s that is cut gives what came before, and says that it is cut', async (_, packing) => {
    const packed = await packing;
    for (const share of [0.55, 0.7]) {
      const opened = await open(packed.slice(0, packed.length * share), 'cut');
      expect(opened.at(-1)).toEqual(['cut', '(cut)']);
      expect(opened.slice(0, -1)).toEqual(whole.slice(0, 2));
    }
  });

  it('a tar that is cut between two files says so too', async () => {
    const tar = await tarOf({ 'one.md': 'ein' });
    expect(await open(tar.slice(0, 1024), 'cut')).toEqual([
      ['one.md', 'ein'],
      ['cut', '(cut)'],
    ]);
  });

  it('a gz of one file that is cut gives nothing of it', async () => {
    expect(await open(gzip(long('x')).slice(0, -100), 'one.md.gz')).toEqual([['one.md.gz', '(cut)']]);
  });

  it('a file that was changed inside a zip is left out, the others are not', async () => {
    const packed = await zipOf(files, { level: 0 });
    const place = Buffer.from(packed).indexOf('b0,1,4,9');
    packed[place + 20] = 0x37;
    const opened = await open(packed);
    expect(opened.map(([name, text]) => [name, text.length > 20 ? 'whole' : text])).toEqual([
      ['a.md', 'whole'],
      ['b.md', '(damaged)'],
      ['c.md', 'whole'],
      ['d.md', 'whole'],
    ]);
  });

  it('a file that was changed inside a gz is found out', async () => {
    const packed = await tarOf({ 'one.md': 'ein' }).then(gzip);
    packed[packed.length - 6] = (packed[packed.length - 6] ?? 0) ^ 1;
    expect((await open(packed, 'changed')).at(-1)).toEqual(['changed', '(cut)']);
  });

  it.each([['zip', zipOf] as const, ['tar.gz', (given: Record<string, Content>) => tarOf(given).then(gzip)] as const])(
    'a %s that unpacks to far too much is stopped',
    async (_, pack) => {
      UNPACK_LIMITS.harmless = 100_000;
      const zeros = new Uint8Array(4_000_000).fill(32);
      const opened = await open(await pack({ 'one.md': zeros, 'two.md': zeros }), 'bomb');
      expect(opened.at(-1)).toEqual(['bomb', '(bomb)']);
      expect(opened.length).toBeLessThan(3);
    },
  );

  it('files without end are stopped', async () => {
    UNPACK_LIMITS.files = 2;
    expect(await open(await tarOf({ ...TWO, 'three.md': 'drei' }), 'many')).toEqual([...TWO_FILES, ['many', '(bomb)']]);
  });

  it.each([['zip', zipOf] as const, ['tar', tarOf] as const])(
    'a file of a %s that is too large is not read, and those behind it are',
    async (_, pack) => {
      const film = new Uint8Array(MAX_ARCHIVE_BYTES + 1);
      const packed = await pack({ 'large.md': encode('x'.repeat(film.length)), 'film.mp4': film, ...TWO });
      expect(await open(packed)).toEqual([['large.md', '(tooLarge)'], ['film.mp4', '(other)'], ...TWO_FILES]);
    },
  );

  it.each([['zip', zipOf] as const, ['tar', tarOf] as const])(
    'names of a %s that lead out of it are names and nothing else',
    async (_, pack) => {
      const opened = await open(await pack({ '../../evil.md': 'ein', '/etc/passwd': 'zwei', 'a\u202ecod.md': 'drei' }));
      expect(opened.map(([, text]) => text)).toEqual(['ein', 'zwei', 'drei']);
      expect(opened[0]?.[0]).toContain('evil.md');
      expect(opened[2]?.[0]).toBe('a cod.md');
    },
  );

  it('a backup of Liseuse is not taken for articles', async () => {
    const chunks: Uint8Array[] = [];
    await writeBackup(
      { count: 0, articles: async function* () {}, deletions: async () => [] },
      new WritableStream<Uint8Array>({ write: (chunk) => void chunks.push(new Uint8Array(chunk)) }),
      new Date(),
    );
    const backup = new Uint8Array(Buffer.concat(chunks));
    expect(await open(backup, 'liseuse-2026-11-23.zip')).toEqual([['liseuse-2026-11-23.zip', '(backup)']]);
  });

  it('what is packed twice, protected, or packed in another way says so', async () => {
    expect(await open(await zipOf({ 'inner.zip': await zipOf(TWO), ...TWO }))).toEqual([
      ['inner.zip', '(nested)'],
      ...TWO_FILES,
    ]);
    const zip = new ZipWriter(new Uint8ArrayWriter(), { password: 'x', zipCrypto: true });
    await zip.add('secret.md', new TextReader('ein'));
    expect(await open(new Uint8Array(await zip.close()))).toEqual([['secret.md', '(encrypted)']]);
    const sevenZip = Uint8Array.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]);
    expect(await open(sevenZip, 'a.7z')).toEqual([['a.7z', '(otherPacking)']]);
  });

  it('a tar with a header that says too much gives what came before, and says that it cannot be read on', async () => {
    // The header of a long name, which says that the name has 8 GB.
    const named = await tarOf({ [`${'long/'.repeat(60)}two.md`]: 'zwei' });
    named.set(encode('77777777777'), 124);
    const sum = named.subarray(0, 512).reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
    named.set(encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    const before = (await tarOf({ 'one.md': 'ein' })).slice(0, 1024);
    const tar = new Uint8Array(Buffer.concat([before, named]));
    expect(await open(tar, 'named.tar')).toEqual([
      ['one.md', 'ein'],
      ['named.tar', '(stuck)'],
    ]);
  });

  it('a file that the disk does not give says so', async () => {
    const file = Object.assign(new Blob(['ein']), { arrayBuffer: gone });
    expect(await openFile({ name: 'gone.md', file, isInFolder: false })).toEqual([['gone.md', '(unreadable)']]);
  });

  it.each([
    ['zip', zipOf(TWO)],
    ['zip that is cut', zipOf(TWO).then((zip) => zip.slice(0, -30))],
  ])('a %s that is taken away after its first bytes were read says so, and nothing else', async (_, packed) => {
    const file = new Blob([await packed]);
    const chosen = { name: 'gone.zip', file, isInFolder: false };
    const start = await readStart(chosen);
    file.slice = () => Object.assign(new Blob(), { arrayBuffer: gone });
    const opened: Unpacked[] = [];
    for await (const unpacked of unpack(chosen, start)) opened.push(unpacked);
    expect(opened).toEqual([{ name: 'gone.zip', reason: 'unreadable' }]);
  });

  it('a zip that is cut and is taken away in the middle gives what came before, and says so', async () => {
    const file = new Blob([(await zipOf(files)).slice(0, -30)]);
    const slice = file.slice.bind(file);
    let isGone = false;
    file.slice = (...place) => (isGone ? Object.assign(new Blob(), { arrayBuffer: gone }) : slice(...place));
    const chosen = { name: 'gone.zip', file, isInFolder: false };
    const opened: string[] = [];
    for await (const unpacked of unpack(chosen, await readStart(chosen))) {
      isGone = true;
      opened.push('reason' in unpacked ? unpacked.reason : unpacked.name);
    }
    expect(opened).toEqual(['a.md', 'unreadable']);
  });
});
