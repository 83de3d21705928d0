/** The import as a reader meets it: what it says while it goes on and at its end, stopped in the middle, left in the middle. */
import { Blob as NodeBlob } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import type { VNode } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MAX_ARCHIVE_BYTES } from '../../src/exchange/archive-file.ts';
import type { Chosen } from '../../src/exchange/unpack.ts';
import type { Import } from '../../src/library/files/use-import.ts';
import { draw, press, root, see } from '../fixtures/draw.tsx';
import { emptyLibrary } from '../fixtures/empty-library.ts';
import { say } from '../fixtures/english.ts';

// What the browser around the page does. Node's Blob has streams, as a browser's.
vi.stubGlobal('Blob', NodeBlob);
vi.stubGlobal('chrome', { runtime: { id: 'liseuse', sendMessage: async () => undefined } });
vi.stubGlobal('navigator', {
  locks: { request: async (_: string, run: () => Promise<unknown>) => run(), query: async () => ({ held: [] }) },
});
const { ImportReport } = await import('../../src/library/files/ImportReport.tsx');
const { useImport } = await import('../../src/library/files/use-import.ts');
// The page loads it when it is needed; a test that waits for that would wait for the compiler.
await import('../../src/library/files/run-import.ts');

let archive: Import;
let shown: string[];
let saved: NodeBlob | undefined;

function Harness(): VNode | null {
  archive = useImport();
  const { progress, cancel, close } = archive;
  return progress ? <ImportReport progress={progress} onCancel={cancel} onClose={close} /> : null;
}

beforeEach(async () => {
  // Time enough goes by between two reports that each is shown.
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
  shown = [];
  new MutationObserver(() => shown.push(root.textContent ?? '')).observe(root, {
    childList: true,
    subtree: true,
    characterData: true,
  });
  Object.assign(URL, {
    createObjectURL: (file: NodeBlob) => {
      saved = file;
      return 'blob:liseuse';
    },
    revokeObjectURL: () => undefined,
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  await draw(<Harness />);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await emptyLibrary();
});

const chosen = (name: string, file: Blob): Chosen => ({ name, file, isInFolder: false });
const letter = (name: string): Chosen => chosen(name, new Blob(['Chers amis,']));
const choose = (...files: Chosen[]): Promise<void> => act(() => archive.importFiles(files));
/** Whether the browser asks the reader who leaves now. */
const isAskedWhoLeaves = (): boolean => !dispatchEvent(new Event('beforeunload', { cancelable: true }));

/** Files so many that they are copied, which goes on only when it is told to; with the names of those that were begun. */
function slowFiles(count: number): { files: Chosen[]; begun: string[]; goOn: () => void } {
  let goOn = (): void => undefined;
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  const begun: string[] = [];
  const files = Array.from({ length: count }, (_, number) => {
    const file = letter(`${number}.md`);
    const read = file.file.arrayBuffer.bind(file.file);
    file.file.arrayBuffer = async () => {
      begun.push(file.name);
      await gate;
      return read();
    };
    return file;
  });
  return { files, begun, goOn };
}

it('begins its report at the start, with how it ended first, in the file too', async () => {
  await choose(...Array.from({ length: 130 }, (_, number) => letter(`${number}.txt`)));
  await see('Kept: 0. Already there: 0. Not kept: 130.');
  const text = root.textContent ?? '';
  expect(text.indexOf('Not kept: 130.')).toBeLessThan(text.indexOf('0.txt'));
  expect([...root.querySelectorAll('.import-file')].map(({ textContent }) => textContent)).toEqual(
    Array.from({ length: 100 }, (_, number) => `${number}.txt`),
  );
  expect(text).toContain('not shown here: 30.');
  await press('Save this report');
  const lines = (await saved?.text())?.split('\n') ?? [];
  expect(lines[0]).toBe('Kept: 0. Already there: 0. Not kept: 130.');
  expect(lines[2]).toMatch(/^0\.txt\t/);
  expect(lines[131]).toMatch(/^129\.txt\t/);
});

it('sends a backup to the section and the button as they are called', async () => {
  const progress = {
    results: [{ file: 'liseuse.zip', outcome: 'failed', reason: 'backup' } as const],
    total: 1,
    isDone: true,
    isStopped: false,
    isResumed: false,
    share: 1,
    timeLeft: null,
  };
  await draw(<ImportReport progress={progress} onCancel={() => undefined} onClose={() => undefined} />);
  expect(root.textContent).toContain('Open “Backup and export” on this page and choose “Bring back a backup”.');
});

it('says of a tar.gz, whose files nobody has counted, how much is read, and the time left', async () => {
  const entries = Array.from({ length: 100 }, (_, number) => {
    // What does not shrink is read bit by bit.
    const body = randomBytes(10_000).toString('hex');
    return { header: { name: `${number}.md`, size: body.length }, body };
  });
  const tar = new Uint8Array(gzipSync(await packTar(entries)));
  await choose(chosen('one.tar.gz', new Blob([tar])), chosen('other.tar.gz', new Blob([tar])));
  await see('Not kept: 200.');
  expect(shown.some((text) => /Importing: \d+ files so far/.test(text))).toBe(true);
  const shares = shown.flatMap((text) => /Read: (\d+)%\./.exec(text)?.[1] ?? []).map(Number);
  expect(shares).toEqual(shares.toSorted((one, other) => one - other));
  expect(new Set(shares).size).toBeGreaterThan(1);
  expect(shares.at(-1)).toBeLessThan(100);
  expect(shown.some((text) => /About \d+ s left/.test(text))).toBe(true);
});

it('asks who leaves while chosen files are being copied, also when the import before them ends', async () => {
  expect(isAskedWhoLeaves()).toBe(false);
  const { files, begun, goOn } = slowFiles(60);
  await choose(letter('first.md'));
  await choose(...files);
  await vi.waitFor(() => expect(begun).not.toEqual([]));
  await see('Importing: 1 of 61');
  expect(isAskedWhoLeaves()).toBe(true);
  goOn();
  await see('Not kept: 61.');
  expect(isAskedWhoLeaves()).toBe(false);
});

it('stops while files are being copied, and copies no more of them', async () => {
  const { files, begun, goOn } = slowFiles(60);
  await choose(...files);
  await vi.waitFor(() => expect(begun.length).toBeGreaterThan(0));
  await see('Importing: 0 of 60');
  await press('Stop here');
  goOn();
  await see('Stopped; files not looked at: 60.');
  expect(begun.length).toBeLessThan(60);
  expect(isAskedWhoLeaves()).toBe(false);
  // The next ones are not stopped with them.
  await choose(letter('next.md'));
  await see('Kept: 0. Already there: 0. Not kept: 1.');
});

it('says of a file that breaks its reading that it did, and imports the next ones, also those that are chosen later', async () => {
  const broken = new Blob(['x'.repeat(MAX_ARCHIVE_BYTES + 1)]);
  broken.slice = () => {
    throw new Error('broken');
  };
  await choose(chosen('broken.md', broken), letter('behind.txt'));
  await see('Kept: 0. Already there: 0. Not kept: 2.');
  expect(root.textContent).toContain(`broken.md ${say('file_stuck')}`);
  await choose(letter('later.txt'));
  await see('Kept: 0. Already there: 0. Not kept: 1.');
});

it('ends where something breaks that nobody foresaw, names what was not read, and imports what is chosen later', async () => {
  vi.spyOn(crypto, 'randomUUID').mockImplementationOnce(() => {
    throw new Error('broken');
  });
  await choose(letter('one.txt'), letter('two.txt'));
  await see('Kept: 0. Already there: 0. Not kept: 2.');
  expect(root.textContent).toContain(`two.txt ${say('file_stuck')}`);
  await choose(letter('later.txt'));
  await see(`later.txt ${say('file_notArchive')}`);
});
