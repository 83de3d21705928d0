/** The import of chosen files, with the real store: each counted once, wherever it was interrupted. */
import { Blob as NodeBlob } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { TextReader, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { packTar } from 'modern-tar';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import type { Chosen } from '../../src/exchange/unpack.ts';
import type { FileResult, ImportSet, Reached } from '../../src/library/files/import-set.ts';
import { runImport, type ImportStep } from '../../src/library/files/run-import.ts';
import { forgetSets, keepFiles, noteDone, readUnfinished } from '../../src/library/files/unfinished-import.ts';
import { getPhotos, listSummaries } from '../../src/saved/store.ts';
import { closeDatabase, DATABASE_NAME, openDatabase } from '../../src/saved/schema.ts';
import { readSource } from '../fixtures/fixture.ts';

// jsdom's has no streams.
vi.stubGlobal('Blob', NodeBlob);

const fixture = readSource('archive-cn');
const numbered = (number: number): string => fixture.replace(/\]\((https:[^)]+)\)/, `]($1-${number})`);
const chosen = (name: string, content: string | Uint8Array<ArrayBuffer>): Chosen => ({
  name,
  file: new Blob([content]),
  isInFolder: false,
});

/** More than two steps of files, few of them articles: those take their time. */
const COUNT = 130;
const ARTICLES = 3;
const tar = packTar(
  Array.from({ length: COUNT }, (_, number) => {
    const body = Buffer.from(number % 50 === 0 ? numbered(number) : 'Chers amis,');
    return { header: { name: `${number}.md`, size: body.length }, body: new Blob([body]) };
  }),
);
const tarGz = tar.then((bytes) => new Uint8Array(gzipSync(bytes)));

const begin = (files: Chosen[]): ImportSet => ({
  files,
  bytes: 0,
  results: [],
  reached: { file: 0, within: 0 },
  kept: Promise.resolve(undefined),
});

async function run(set: ImportSet, stop = new AbortController()): Promise<FileResult[]> {
  const results: FileResult[] = [];
  for await (const step of runImport(set, stop.signal, () => undefined)) results.push(...step.results);
  return results;
}

const outcomes = (results: readonly FileResult[]): string[] =>
  results.map((result) => `${result.file} ${result.outcome === 'failed' ? result.reason : result.outcome}`);

/** What is left behind when no window is there. */
const takeLeft = async (): Promise<ImportSet[]> => (await readUnfinished('next', new Set())).left;

afterEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => (indexedDB.deleteDatabase(DATABASE_NAME).onsuccess = resolve));
  await forgetSets(
    (await Promise.all((await takeLeft()).map(({ kept }) => kept))).flatMap((kept) => kept?.number ?? []),
  );
});

it('takes files and what holds files in their order, a bad one not in the way of the next', async () => {
  const bytes = await tar;
  const files = [
    chosen('good.md', fixture),
    chosen('letter.txt', 'Chers amis,'),
    chosen('cut.tar', bytes.slice(0, Buffer.from(bytes).indexOf('2.md') + 300)),
    chosen('again.md', fixture),
  ];
  expect(outcomes(await run(begin(files)))).toEqual([
    'good.md kept',
    'letter.txt notArchive',
    '0.md kept',
    '1.md notArchive',
    'cut.tar cut',
    'again.md known',
  ]);
});

it('goes on from any step, also within what holds files, and counts each file once', async () => {
  const files = [chosen('first.md', fixture), chosen('many.tar.gz', await tarGz), chosen('letter.txt', 'Chers amis,')];
  const number = (await keepFiles('window', files))?.number;
  const all = ['first.md', ...Array.from({ length: COUNT }, (_, number) => `${number}.md`), 'letter.txt'];

  // Each of these imports ends as a browser that dies does: after a step that it noted.
  for (let steps = 0; ; steps++) {
    const [left] = await takeLeft();
    if (!left) throw new Error('The set is gone.');
    expect(left.files.map(({ name }) => name)).toEqual(['first.md', 'many.tar.gz', 'letter.txt']);
    let step: ImportStep | undefined;
    for await (step of runImport(left, new AbortController().signal, () => undefined)) break;
    if (!step) {
      expect(steps).toBeGreaterThan(2);
      expect(left.results.map(({ file }) => file)).toEqual(all);
      break;
    }
    await noteDone(Number(number), step.results, step.reached);
  }
  expect(await listSummaries()).toHaveLength(ARTICLES + 1);
  await forgetSets([Number(number)]);
  expect(await takeLeft()).toEqual([]);
});

it('leaves to another window what that is importing, until it is gone', async () => {
  await keepFiles('first', [chosen('good.md', fixture)]);
  await keepFiles('second', [chosen('letter.txt', 'Chers amis,')]);
  const { left, others } = await readUnfinished('third', new Set(['first', 'third']));
  expect(left.map(({ files }) => files.map(({ name }) => name))).toEqual([['letter.txt']]);
  expect(others).toEqual(new Set(['first']));
  // What was taken over is as its own: nobody else has it.
  expect(await readUnfinished('fourth', new Set(['first', 'third', 'fourth']))).toEqual({
    left: [],
    others: new Set(['first', 'third']),
  });
  expect((await readUnfinished('fourth', new Set(['third', 'fourth']))).left).toHaveLength(1);
});

it('says of files that were not copied when the browser ended that they are to be chosen again', async () => {
  const copy = vi.spyOn(Blob.prototype, 'arrayBuffer').mockReturnValue(new Promise(() => undefined));
  void keepFiles(
    'gone',
    Array.from({ length: 30 }, (_, number) => chosen(`${number}.md`, fixture)),
  );
  await vi.waitUntil(() => copy.mock.calls.length > 0);
  const left = await takeLeft();
  copy.mockRestore();
  expect(left.map(({ files, results }) => ({ files, results }))).toEqual([
    { files: [], results: [{ file: '0.md + 29', outcome: 'failed', reason: 'lost' }] },
  ]);
});

it('were saved when they say it themselves, else now, whatever their container says', async () => {
  const [said, silent] = [fixture, numbered(1).replace(/^<!--\d+-->/, '<!--NaN-->')];
  const entry = (name: string, body: string, mtime: Date): Parameters<typeof packTar>[0][number] => ({
    header: { name, type: 'file', size: Buffer.byteLength(body), mtime },
    body,
  });
  const tar = await packTar([
    entry('a.md', said, new Date('2200-01-01')),
    entry('b.md', silent, new Date('1980-01-01')),
  ]);
  const before = Date.now();
  await run(begin([chosen('a.tar', new Uint8Array(tar))]));
  const times = (await listSummaries()).map(({ savedTime }) => savedTime).toSorted((one, other) => one - other);
  expect(times[0]).toBe(Number(/^<!--(\d+)-->/.exec(fixture)?.[1]));
  expect(times[1]).toBeGreaterThanOrEqual(before);
  expect(times[1]).toBeLessThanOrEqual(Date.now());
});

it('the same files again change nothing', async () => {
  const files = [chosen('many.tar.gz', await tarGz)];
  await run(begin(files));
  const before = await listSummaries();

  const results = await run(begin(files));

  expect(results.filter(({ outcome }) => outcome === 'known')).toHaveLength(ARTICLES);
  expect(results.filter(({ outcome }) => outcome === 'kept')).toEqual([]);
  expect(await listSummaries()).toEqual(before);
});

it('keeps the photos that lie beside an article in a zip, and wants those that are none', async () => {
  const photos = ['vue', 'page'].map((name) => `https://example.org/${name}.png`);
  const markdown = [
    '---\nurl: https://example.org/a\nphotos:',
    ...photos.map((src) => `  - src: ${src}\n    file: ${src.slice(20)}`),
    '---\n\n![](vue.png)\n\n![](page.png)\n\nTexte.\n',
  ].join('\n');
  const zip = new ZipWriter(new Uint8ArrayWriter());
  await zip.add('a.md', new TextReader(markdown));
  await zip.add('vue.png', new Uint8ArrayReader(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xd, 0xa, 0x1a, 0xa)));
  await zip.add('page.png', new TextReader('<p>Non.</p>'));
  const results = await run(begin([chosen('a.zip', new Uint8Array(await zip.close()))]));
  expect(outcomes(results)).toEqual(['a.md kept', 'vue.png photo', 'page.png photo']);
  const kept = (await getPhotos('https://example.org/a')).filter(({ state }) => state === 'kept');
  expect(kept.map(({ src }) => src)).toEqual([photos[0]]);
});

it('stops within what holds files, and what is kept stays', async () => {
  const stop = new AbortController();
  const set = begin([chosen('many.tar.gz', await tarGz), chosen('good.md', fixture)]);
  const results: FileResult[] = [];
  for await (const step of runImport(set, stop.signal, () => undefined)) {
    results.push(...step.results);
    stop.abort();
  }
  expect(results.length).toBeLessThan(COUNT);
  expect(await listSummaries()).toHaveLength(results.filter(({ outcome }) => outcome === 'kept').length);
});

it('tells how many bytes of what was chosen have been read', async () => {
  const bytes = await tarGz;
  const told: number[] = [];
  const set = begin([chosen('many.tar.gz', bytes), chosen('good.md', fixture)]);
  for await (const _ of runImport(set, new AbortController().signal, (read) => told.push(read)));
  expect(told).toEqual(told.toSorted((one, other) => one - other));
  expect(told.at(-1)).toBe(bytes.length + Buffer.byteLength(fixture));
});

/** Goes on with what is left until the file at this place is about to be read: there the browser ends. */
async function endAt(file: number, within: number): Promise<void> {
  const [left] = await takeLeft();
  const kept = await left?.kept;
  if (!left || !kept) throw new Error('The set is gone.');
  await new Promise<void>((resolve, reject) => {
    const noteTry = async (place: Reached): Promise<void> => {
      await left.noteTry?.(place);
      if (place.file !== file || place.within !== within) return;
      resolve();
      await new Promise(() => undefined);
    };
    const goOn = async (): Promise<void> => {
      for await (const { results, reached } of runImport(
        { ...left, noteTry },
        new AbortController().signal,
        () => undefined,
      ))
        await noteDone(kept.number, results, reached);
    };
    goOn().then(() => reject(new Error('It came to its end.')), reject);
  });
}

/** What the report says in the end when nothing ends it any more. */
async function goOnToTheEnd(): Promise<string[]> {
  const [left] = await takeLeft();
  if (!left) throw new Error('The set is gone.');
  return outcomes([...left.results, ...(await run(left))]);
}

it.each([
  ['the first', ['fatal.md', 'good.md', 'letter.txt'], 0],
  ['a later one', ['good.md', 'letter.txt', 'fatal.md'], 2],
])('passes over a file at which the browser ends twice, %s, and takes the rest', async (_, names, place) => {
  const files = names.map((name) => chosen(name, name === 'letter.txt' ? 'Chers amis,' : fixture));
  await keepFiles('window', files);
  await endAt(place, 0);
  await endAt(place, 0);
  const said = { 'fatal.md': 'fatal', 'good.md': 'kept', 'letter.txt': 'notArchive' };
  expect(await goOnToTheEnd()).toEqual(names.map((name) => `${name} ${said[name as keyof typeof said]}`));
});

it('passes over a file in a tar.gz at which the browser ends twice, and no other', async () => {
  await keepFiles('window', [chosen('many.tar.gz', await tarGz), chosen('good.md', fixture)]);
  await endAt(0, 60);
  await endAt(0, 60);
  const all = await goOnToTheEnd();
  expect(all.filter((line) => line.endsWith(' fatal'))).toEqual(['many.tar.gz fatal']);
  expect(all).toHaveLength(COUNT + 1);
  expect(all).not.toContain('60.md notArchive');
});

it('passes over a tar.gz as a whole that no browser survives opening', async () => {
  await keepFiles('window', [chosen('many.tar.gz', await tarGz), chosen('good.md', fixture)]);
  // Twice for its first file, which may be what is fatal, and twice on the way past that.
  for (let time = 0; time < 4; time++) await endAt(0, 0);
  expect(await goOnToTheEnd()).toEqual(['many.tar.gz fatal', 'many.tar.gz fatal', 'good.md kept']);
});

it('passes over a tar.gz that became fatal on the way to where it was', async () => {
  await keepFiles('window', [chosen('many.tar.gz', await tarGz), chosen('good.md', fixture)]);
  await endAt(0, 3);
  for (let time = 0; time < 2; time++) await endAt(0, 0);
  const all = await goOnToTheEnd();
  expect(all.slice(0, 3).map((line) => line.split(' ')[0])).toEqual(['0.md', '1.md', '2.md']);
  expect(all.slice(3)).toEqual(['many.tar.gz fatal', 'good.md kept']);
});

it('takes no file for fatal that it never came to, however often it was closed before', async () => {
  await keepFiles('window', [chosen('many.tar.gz', await tarGz)]);
  await endAt(0, 60);
  // Each is closed while it unpacks what was done before.
  for (let time = 0; time < 3; time++) await takeLeft();
  const all = await goOnToTheEnd();
  expect(all.filter((line) => line.endsWith(' fatal'))).toEqual([]);
  expect(all).toHaveLength(COUNT);
});

it('takes no file for fatal at which windows were closed, as windows are', async () => {
  await keepFiles('next', [chosen('good.md', fixture)]);
  for (let time = 0; time < 2; time++) await endAt(0, 0);
  const [left] = (await readUnfinished('next', new Set(), 'next')).left;
  expect(left?.results).toEqual([]);
  expect(await goOnToTheEnd()).toEqual(['good.md kept']);
});

it('keeps what has room, one article after the other, and says of the others that the disk is full', async () => {
  const MB = 1_000_000;
  const photoBytes = async (): Promise<number> => {
    const photos = await (await openDatabase()).getAll('photos');
    return photos.reduce((sum, { blob }) => sum + (blob?.size ?? 0), 0);
  };
  vi.stubGlobal('navigator', { storage: { estimate: async () => ({ quota: 30 * MB, usage: await photoBytes() }) } });
  onTestFinished(() => void vi.unstubAllGlobals());
  vi.stubGlobal('Blob', NodeBlob);
  const zip = new ZipWriter(new Uint8ArrayWriter());
  const photo = new Uint8Array(2 * MB);
  photo.set(Buffer.from('RIFF\0\0\0\0WEBP'));
  for (let number = 0; number < 15; number++) {
    const src = `https://s.rfi.fr/media/display/p${number}.webp`;
    const head = `title: Carte ${number}\nurl: https://www.rfi.fr/fr/monde/20261101-${number}\nphotos:\n  - src: ${src}\n    file: ${number}.webp`;
    await zip.add(
      `${number}.md`,
      new TextReader(`---\n${head}\n---\n\nUne carte de la rive.\n\n![Carte](${number}.webp)\n`),
    );
    await zip.add(`${number}.webp`, new Uint8ArrayReader(photo));
  }
  const bytes = (await zip.close()) as Uint8Array<ArrayBuffer>;

  const results = outcomes(await run(begin([chosen('cartes.zip', bytes)]))).map((result) => result.split(' ').at(-1));

  // Of the thirty, ten are left to the disk.
  expect(await photoBytes()).toBe(20 * MB);
  expect(results.filter((result) => result === 'kept')).toHaveLength(10);
  expect(results.filter((result) => result === 'full')).toHaveLength(5);
});
