/** The backup file: what is in it, and a reason for each file that is none, every one of them made for real. */
import { Blob as NodeBlob } from 'node:buffer';
import { BlobReader, TextReader, Uint8ArrayReader, ZipReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { canonicalAddress } from '../../src/article/address.ts';
import { makeAnchor } from '../../src/article/anchor.ts';
import { makeHighlight, type Highlight } from '../../src/article/highlight.ts';
import { LIMITS, readBackup, writeBackup, type BackupReading } from '../../src/exchange/backup.ts';
import { toFileName } from '../../src/exchange/file-name.ts';
import type { ArticleRecord } from '../../src/saved/merge.ts';
import { NO_MARKS } from '../../src/saved/saved-article.ts';
import { makeStamp, sameStamps } from '../../src/saved/stamps.ts';
import type { WholeLibrary } from '../../src/saved/whole-library.ts';
import { extractFixture } from '../fixtures/fixture.ts';

// jsdom's has no streams.
vi.stubGlobal('Blob', NodeBlob);

const article = extractFixture('article-cn');
const [kept = '', failed = ''] = article.photos;
/** Bytes that begin as a WebP does. */
const imageOf = (length: number): Uint8Array<ArrayBuffer> => {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) % 251);
  bytes.set(Buffer.from('RIFF\0\0\0\0WEBP'));
  return bytes;
};
const PHOTO = imageOf(2000);

const highlight: Highlight = {
  ...makeHighlight(makeAnchor(article.textContent, { start: 10, end: 20 }), 'pink', 7),
  ...{ id: '10000000-0000-4000-8000-000000000000', note: '重要' },
};
/** The id of a highlight that was removed. */
const REMOVED = '20000000-0000-4000-8000-000000000000';

const record: ArticleRecord = {
  id: canonicalAddress(article.url),
  savedTime: 1000,
  marks: {
    ...NO_MARKS,
    note: '“注”',
    tags: ['标签'],
    position: { paragraph: 2, offset: 0, share: 0.25 },
    archivedTime: 5,
    highlights: [highlight],
  },
  stamps: {
    ...sameStamps(makeStamp('abc', 1000)),
    highlights: { [highlight.id]: makeStamp('abc', 1001), [REMOVED]: makeStamp('abc', 1002) },
  },
  article,
  photos: [
    { src: kept, state: 'kept', size: PHOTO.length, type: 'image/webp' },
    { src: failed, state: 'failed', size: 0, type: '' },
  ],
};
const DELETION = { id: 'https://www.rfi.fr/fr/x', stamp: makeStamp('abc', 2000) };

const library = (records: ArticleRecord[] = [record]): WholeLibrary => ({
  count: records.length,
  articles: async function* () {
    for (const each of records)
      yield { record: each, readPhoto: async () => new Blob([PHOTO], { type: each.photos[0]?.type ?? '' }) };
  },
  deletions: async () => [DELETION],
});

type Bytes = Uint8Array<ArrayBuffer>;

async function backupOf(whole: WholeLibrary, settings?: unknown): Promise<Bytes> {
  const chunks: Bytes[] = [];
  const file = new WritableStream<Uint8Array>({ write: (chunk) => void chunks.push(new Uint8Array(chunk)) });
  await writeBackup(whole, file, new Date('2026-11-23T10:00:00Z'), undefined, settings);
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

const read = (bytes: Bytes): Promise<BackupReading> => readBackup(new Blob([bytes]));
const refusal = async (bytes: Bytes): Promise<string> => {
  const reading = await read(bytes);
  return reading.ok ? 'read' : reading.reason;
};

/** The files of a zip, by their names. */
async function unzip(bytes: Bytes): Promise<Map<string, Bytes>> {
  const files = new Map<string, Bytes>();
  for (const entry of await new ZipReader(new BlobReader(new Blob([bytes]))).getEntries()) {
    if (!entry.directory) files.set(entry.filename, new Uint8Array(await entry.arrayBuffer()));
  }
  return files;
}

async function zip(files: Iterable<[string, Bytes | string]>): Promise<Bytes> {
  const chunks: Bytes[] = [];
  const writer = new ZipWriter(new WritableStream<Bytes>({ write: (chunk) => void chunks.push(chunk.slice()) }));
  for (const [name, content] of files)
    await writer.add(name, typeof content === 'string' ? new TextReader(content) : new Uint8ArrayReader(content));
  await writer.close();
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

type Json = Record<string, unknown>;
const good = await backupOf(library());
const files = await unzip(good);
const ARTICLE = [...files.keys()].find((name) => name.startsWith('articles/')) ?? '';
const json = (name: string): Json => JSON.parse(new TextDecoder().decode(files.get(name))) as Json;

/** The good backup with other files in it; undefined takes one out. */
async function changed(change: Record<string, Bytes | string | undefined>): Promise<Bytes> {
  const all = new Map<string, Bytes | string>(files);
  for (const [name, content] of Object.entries(change)) {
    if (content === undefined) all.delete(name);
    else all.set(name, content);
  }
  return zip(all);
}
const changedArticle = (change: Json): Promise<Bytes> =>
  changed({ [ARTICLE]: JSON.stringify({ ...json(ARTICLE), ...change }) });
const changedManifest = (change: Json): Promise<Bytes> =>
  changed({ 'manifest.json': JSON.stringify({ ...json('manifest.json'), ...change }) });

/** Where some bytes stand in others. */
function find(bytes: Bytes, wanted: Bytes | number[], from = 0): number {
  const list = [...wanted];
  for (let at = from; at < bytes.length; at++) if (list.every((byte, index) => bytes[at + index] === byte)) return at;
  throw new Error('not found');
}
const CENTRAL = [0x50, 0x4b, 1, 2];

describe('a backup', () => {
  it('has what docs/backup.md says', () => {
    expect([...files.keys()]).toEqual([
      'photos/00001-1.webp',
      `articles/00001 ${article.title}.json`,
      'deleted.json',
      'manifest.json',
    ]);
    expect(json('manifest.json')).toEqual({
      format: 'liseuse-backup',
      version: 1,
      time: '2026-11-23T10:00:00.000Z',
      articles: 1,
      photos: 1,
      deletions: 1,
    });
    expect(json('deleted.json')).toEqual([DELETION]);
    expect(json(ARTICLE)).toEqual({
      ...record,
      photos: [
        { src: kept, state: 'kept', file: 'photos/00001-1.webp', type: 'image/webp' },
        { src: failed, state: 'failed' },
      ],
    });
    expect(files.get('photos/00001-1.webp')).toEqual(PHOTO);
  });

  it('has the settings, and is read without them too', async () => {
    const settings = { theme: 'dark', all: { size: 22 }, languages: { zh: { font: 'kai' } } };
    expect(await read(await backupOf(library(), settings))).toMatchObject({ ok: true, settings });
    expect(await read(good)).toMatchObject({ ok: true, settings: undefined });
    expect(await refusal(await changed({ 'settings.json': '{' }))).toBe('wrongShape');
  });

  it('reads as it was written', async () => {
    const reading = await read(good);
    if (!reading.ok) throw new Error(reading.reason);
    expect(reading.time).toBe('2026-11-23T10:00:00.000Z');
    expect(await reading.backup.deletions()).toEqual([DELETION]);
    const articles = [];
    for await (const { record: each, readPhoto } of reading.backup.articles()) {
      articles.push(each);
      const photo = await readPhoto(kept);
      expect(photo?.type).toBe('image/webp');
      expect(new Uint8Array((await photo?.arrayBuffer()) ?? [])).toEqual(PHOTO);
      expect(await readPhoto(failed)).toBeUndefined();
    }
    expect(articles).toEqual([record]);
  });

  it('reads without highlights, as it was written before there were any', async () => {
    const { highlights: _list, ...marks } = record.marks;
    const { highlights: _stamps, ...stamps } = record.stamps;
    const reading = await readBackup(new Blob([await changedArticle({ marks, stamps })]));
    if (!reading.ok) throw new Error(reading.reason);
    for await (const { record: read } of reading.backup.articles()) expect(read.marks).toEqual(marks);
  });

  it('reads a note that says the same a million times', async () => {
    const note = 'a'.repeat(1_000_000);
    const bytes = await changedArticle({ marks: { ...record.marks, note } });
    const reading = await readBackup(new Blob([bytes]));
    if (!reading.ok) throw new Error(reading.reason);
    for await (const { record: read } of reading.backup.articles()) {
      if (read.id !== record.id) continue;
      expect(read.marks.note).toBe(note);
    }
  });

  it('reads a note that is longer than notes are, cut, and says so', async () => {
    const note = `${'a'.repeat(999_999)}😀 et la suite`;
    const highlights = [{ ...highlight, note }];
    const bytes = await changedArticle({ marks: { ...record.marks, note, highlights } });
    const reading = await readBackup(new Blob([bytes]));
    if (!reading.ok) throw new Error(reading.reason);
    expect(reading.cutNotes).toBe(2);
    for await (const { record: read } of reading.backup.articles()) {
      const notes = [read.marks.note, read.marks.highlights?.[0]?.note];
      expect(notes.map((each) => each === 'a'.repeat(999_999))).toEqual([true, true]);
    }
  });

  it('an article of more than 50 MB, as large as one that was saved may be', async () => {
    const content = `<p>${'Une longue phrase. '.repeat(3_000_000)}</p>`;
    const reading = await read(await backupOf(library([{ ...record, article: { ...article, content } }])));
    if (!reading.ok) throw new Error(reading.reason);
    for await (const { record: each } of reading.backup.articles())
      expect(each.article.content === content, 'the same content').toBe(true);
  });

  it('articles that say the same again and again are no bomb', async () => {
    const before = { ...LIMITS };
    try {
      LIMITS.harmless = 1_000_000;
      const note = 'a'.repeat(1_000_000);
      const records = Array.from({ length: 5 }, (_, number) => ({
        ...record,
        ...{ id: `${record.id}-${number}`, article: { ...article, url: `${article.url}-${number}`, content: note } },
        marks: { ...record.marks, note },
        photos: [],
      }));
      expect(await refusal(await backupOf(library(records)))).toBe('read');
    } finally {
      Object.assign(LIMITS, before);
    }
  });

  const made = Date.parse('2026-11-23T10:00:00Z');
  it.each([
    ['of a year that no clock says', Date.UTC(9999, 0), '2026-11-23T10:00:00Z', made + 1000, made],
    ['of such a year in such a backup', Date.UTC(9999, 0), '9999-01-01T00:00:00Z', made + 1000, made + 1000],
    ['of today, where the clock is behind', made, '2026-11-23T10:00:00Z', Date.UTC(2020, 0), made],
    ['where the clock was ahead', Date.UTC(2030, 0), '2026-11-23T10:00:00Z', made + 1000, Date.UTC(2030, 0)],
  ])('times %s', async (_, said, time, now, wanted) => {
    const clock = vi.spyOn(Date, 'now').mockReturnValue(now);
    onTestFinished(() => clock.mockRestore());
    const marks = { ...record.marks, removedTime: said, archivedTime: said };
    const reading = await read(
      await changed({
        [ARTICLE]: JSON.stringify({ ...json(ARTICLE), savedTime: said, marks }),
        'manifest.json': JSON.stringify({ ...json('manifest.json'), time }),
      }),
    );
    if (!reading.ok) throw new Error(reading.reason);
    for await (const { record: each } of reading.backup.articles())
      expect([each.savedTime, each.marks.removedTime, each.marks.archivedTime]).toEqual([wanted, wanted, wanted]);
  });

  it('stamps that leave no room for a later one count as the oldest', async () => {
    const bytes = await changed({
      [ARTICLE]: JSON.stringify({ ...json(ARTICLE), stamps: { ...record.stamps, note: 'yzzzzzzzz-a' } }),
      'deleted.json': JSON.stringify([{ ...DELETION, stamp: 'zzzzzzzzz-a' }]),
    });
    const reading = await read(bytes);
    if (!reading.ok) throw new Error(reading.reason);
    for await (const { record: each } of reading.backup.articles()) expect(each.stamps.note).toBe('000000000-a');
    expect(await reading.backup.deletions()).toEqual([{ ...DELETION, stamp: '000000000-a' }]);
  });

  it('no sign that turns or breaks the words beside a title, a name or a tag', async () => {
    const sign = '\u202e\u0000\ud800';
    const bytes = await changedArticle({
      marks: { ...record.marks, tags: [`${sign}标签`, '标签'] },
      article: {
        ...article,
        title: `${sign}${article.title}\u2066`,
        authors: [{ name: `A${sign}B`, url: null }],
        tags: [`${sign}政治`],
        excerpt: 'یک\u200cدو\u200f\nسه',
      },
    });
    const reading = await read(bytes);
    if (!reading.ok) throw new Error(reading.reason);
    for await (const { record: each } of reading.backup.articles()) {
      expect(each.article).toMatchObject({
        title: article.title,
        authors: [{ name: 'AB', url: null }],
        tags: ['政治'],
        excerpt: 'یک\u200cدو\u200f\nسه',
      });
      expect(each.marks.tags).toEqual(['标签']);
    }
  });

  it('wants a photo again whose file is no picture', async () => {
    const reading = await read(await changed({ 'photos/00001-1.webp': Buffer.from('<p>Non.</p>'.repeat(100)) }));
    if (!reading.ok) throw new Error(reading.reason);
    expect(reading.falsePhotos).toBe(1);
    for await (const { record: each, readPhoto } of reading.backup.articles()) {
      expect(each.photos[0]).toEqual({ src: kept, state: 'wanted', size: 0, type: '' });
      expect(await readPhoto(kept)).toBeUndefined();
    }
    expect(await read(good)).toMatchObject({ cutNotes: 0, falsePhotos: 0 });
  });

  it.each([
    ['JPEG', [0xff, 0xd8, 0xff, 0xe0]],
    ['PNG', [...Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')]],
    ['GIF', [...Buffer.from('GIF89a')]],
    ['AVIF', [0, 0, 0, 28, ...Buffer.from('ftypavif')]],
    ['drawing', [...Buffer.from('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')]],
  ])('keeps a %s', async (_, bytes) => {
    expect(await read(await changed({ 'photos/00001-1.webp': Uint8Array.from(bytes) }))).toMatchObject({
      falsePhotos: 0,
    });
  });

  it('reads photos that are larger than what is read of the file at once', async () => {
    const large = imageOf(4_500_001);
    const whole = library([
      record,
      { ...record, id: `${record.id}-2`, article: { ...article, url: `${article.url}-2` } },
    ]);
    const reading = await read(
      await backupOf({
        ...whole,
        articles: async function* () {
          for await (const each of whole.articles())
            yield { ...each, readPhoto: async () => new Blob([large], { type: 'image/png' }) };
        },
      }),
    );
    if (!reading.ok) throw new Error(reading.reason);
    for await (const { readPhoto } of reading.backup.articles()) {
      const photo = new Uint8Array((await (await readPhoto(kept))?.arrayBuffer()) ?? []);
      expect(Buffer.compare(photo, large)).toBe(0);
    }
  });

  it('reads when another program has packed it again', async () => {
    expect(await refusal(await changed({}))).toBe('read');
  });

  it('asks for a photo again that was to be kept and is gone or no image', async () => {
    const without: WholeLibrary = {
      ...library([{ ...record, photos: [{ src: kept, state: 'kept', size: 1, type: 'text/html' }] }]),
    };
    const reading = await read(await backupOf(without));
    if (!reading.ok) throw new Error(reading.reason);
    for await (const { record: each } of reading.backup.articles())
      expect(each.photos).toEqual([{ src: kept, state: 'wanted', size: 0, type: '' }]);
  });
});

describe('a file is refused', () => {
  it.each<[string, string, () => Bytes | Promise<Bytes>]>([
    ['that is empty', 'notZip', () => new Uint8Array()],
    ['that is no zip', 'notZip', () => new TextEncoder().encode('Bonjour. '.repeat(100))],
    ['that is cut in the middle', 'truncated', () => good.slice(0, good.length / 2)],
    ['that lacks its last byte', 'truncated', () => good.slice(0, -1)],
    ['that is another zip', 'otherFormat', () => zip([['a.txt', 'a']])],
    ['of another format', 'otherFormat', () => changedManifest({ format: 'pocket' })],
    ['of a newer version', 'newerVersion', () => changedManifest({ version: 2 })],
    ['of no day', 'wrongShape', () => changedManifest({ time: 'yesterday' })],
    ['of no version', 'wrongShape', () => changedManifest({ version: '1' })],
    ['whose manifest is no JSON', 'wrongShape', () => changed({ 'manifest.json': '{' })],
    ['whose manifest is null', 'otherFormat', () => changed({ 'manifest.json': 'null' })],
    ['that lacks an article', 'tampered', () => changed({ [ARTICLE]: undefined })],
    ['that lacks a photo', 'wrongShape', () => changed({ 'photos/00001-1.webp': undefined })],
    ['that lacks its deletions', 'wrongShape', () => changed({ 'deleted.json': undefined })],
    ['whose deletions are none', 'wrongShape', () => changed({ 'deleted.json': '[{"id":"x"}]' })],
    ['with a deletion less', 'tampered', () => changed({ 'deleted.json': '[]' })],
    ['with an article twice', 'wrongShape', () => changed({ 'articles/2.json': JSON.stringify(json(ARTICLE)) })],
  ])('%s: %s', async (_, reason, make) => {
    expect(await refusal(await make())).toBe(reason);
  });

  it('whatever byte of an article or a photo is another', async () => {
    const photo = find(good, PHOTO.slice(0, 50));
    const text = find(good, new TextEncoder().encode('articles/')) + 200;
    for (const at of [photo, photo + 1999, text, text + 500]) {
      const flipped = good.slice();
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(await refusal(flipped), String(at)).toBe('tampered');
    }
  });

  it('wherever it is cut', async () => {
    for (let length = 0; length < good.length; length += 97) {
      const reason = await refusal(good.slice(0, length));
      expect(reason, String(length)).toBe(length < 4 ? 'notZip' : 'truncated');
    }
  });

  it('whatever is before or behind it', async () => {
    const spare = new Uint8Array(10).fill(65);
    expect(await refusal(new Uint8Array([...good, ...spare]))).not.toBe('read');
    expect(await refusal(new Uint8Array([...spare, ...good]))).not.toBe('read');
  });

  it.each([
    '../x.json',
    'articles/../../x.json',
    '/etc/x.json',
    'C:/x.json',
    String.raw`..\x.json`,
    String.raw`\\host\x.json`,
  ])('with the name %s', async (name) => {
    expect(await refusal(await changed({ [name]: '{}' }))).toBe('unsafeNames');
  });

  it.each<[string, Json]>([
    ['the id of another article', { id: 'https://www.rfi.fr/fr/autre' }],
    ['an id that is a script', { id: 'javascript:alert(1)' }],
    ['no article', { article: null }],
    ['an article at no web address', { article: { ...article, url: 'https://' } }],
    ['an article without text', { article: { ...article, textContent: 1 } }],
    ['no marks', { marks: undefined }],
    ['a note that is none', { marks: { ...record.marks, note: {} } }],
    ['tags that are none', { marks: { ...record.marks, tags: [1] } }],
    ['a position beyond the end', { marks: { ...record.marks, position: { paragraph: 1, offset: 0, share: 2 } } }],
    ['a time that is none', { marks: { ...record.marks, removedTime: '2026' } }],
    ['a time beyond all dates', { savedTime: 1e300 }],
    ['a publication at no time', { article: { ...article, publishedTime: 'yesterday' } }],
    ['a stamp that is none', { stamps: { ...record.stamps, note: 'later' } }],
    ['a highlight in no colour', { marks: { ...record.marks, highlights: [{ ...highlight, colour: 'mauve' }] } }],
    ['a highlight of nothing', { marks: { ...record.marks, highlights: [{ ...highlight, exact: '' }] } }],
    ['a highlight twice', { marks: { ...record.marks, highlights: [highlight, highlight] } }],
    ['a highlight without a stamp', { stamps: { ...record.stamps, highlights: {} } }],
    ['a stamp less', { stamps: { ...record.stamps, note: undefined } }],
    ['photos that are none', { photos: {} }],
    [
      'a photo that is a page',
      { photos: [{ src: kept, state: 'kept', file: 'photos/00001-1.webp', type: 'text/html' }] },
    ],
    ['a photo that is elsewhere', { photos: [{ src: kept, state: 'kept', file: '../x', type: 'image/png' }] }],
    ['a photo in no state', { photos: [{ src: kept, state: 'sold' }] }],
  ])('with %s', async (_, change) => {
    expect(await refusal(await changedArticle(change))).toBe('wrongShape');
  });

  it('that is a bomb: small, and very much when it is unpacked', async () => {
    const bomb = await changed({ 'articles/bomb.json': new Uint8Array(101_000_000) });
    expect(bomb.length).toBeLessThan(200_000);
    expect(await refusal(bomb)).toBe('tooLarge');
  });

  it('that is a bomb and lies about its size', async () => {
    const bomb = await changed({ [ARTICLE]: new Uint8Array(20_000_000) });
    // In the directory at the end, 24 bytes into its line, an article of a thousand bytes.
    const central = find(bomb, new TextEncoder().encode(ARTICLE), find(bomb, CENTRAL)) - 46;
    expect([...bomb.slice(central, central + 4)]).toEqual(CENTRAL);
    new DataView(bomb.buffer).setUint32(central + 24, 1000, true);
    let unpacked = 0;
    const original = globalThis.WritableStream;
    vi.stubGlobal(
      'WritableStream',
      class extends original<Uint8Array> {
        constructor(sink: UnderlyingSink<Uint8Array>) {
          super({
            ...sink,
            write: (chunk, controller) => {
              unpacked += chunk.length;
              return sink.write?.(chunk, controller);
            },
          });
        }
      },
    );
    const reason = await refusal(bomb);
    vi.stubGlobal('WritableStream', original);
    expect(reason).toBe('tampered');
    expect(unpacked).toBeLessThan(1_000_000);
  });

  it('with an article or a photo larger than any', async () => {
    const before = { ...LIMITS };
    try {
      LIMITS.photoBytes = PHOTO.length - 1;
      expect(await refusal(good)).toBe('tooLarge');
      Object.assign(LIMITS, before, { jsonBytes: 1000 });
      expect(await refusal(good)).toBe('tooLarge');
      Object.assign(LIMITS, before, { entries: 3 });
      expect(await refusal(good)).toBe('tooLarge');
      Object.assign(LIMITS, before, { entries: 4 });
      expect(await refusal(good)).toBe('read');
    } finally {
      Object.assign(LIMITS, before);
    }
  });

  it('that was taken away while it was read', async () => {
    const gone = new Blob([good]);
    gone.slice = () => {
      throw new DOMException('gone', 'NotReadableError');
    };
    expect(await readBackup(gone)).toEqual({ ok: false, reason: 'unreadable' });
  });
});

describe('a file name', () => {
  it.each([
    ['AC/DC : "où" <ça> ?', 'AC DC où ça'],
    [String.raw`C:\x|y*z`, 'C x y z'],
    ['la fin…  . .', 'la fin…'],
    ['\u202Egpj.exe\u0000', 'gpj.exe'],
    ['  \n ', ''],
  ])('of %j is %j', (title, name) => {
    expect(toFileName(title, 100)).toBe(name);
  });

  it('is cut by bytes, and never within a letter', () => {
    expect(toFileName('中文标题', 10)).toBe('中文标');
    expect(toFileName('a😀b', 4)).toBe('a');
    expect(new TextEncoder().encode(toFileName('é'.repeat(300), 120)).length).toBe(120);
  });
});
