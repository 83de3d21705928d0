/** The bin emptied as a reader does it: asked first, with a snapshot, and without one where the disk has no room for it. */
import { Blob as NodeBlob } from 'node:buffer';
import type { VNode } from 'preact';
import { beforeEach, expect, it, vi } from 'vitest';
import { changeMarks } from '../../src/saved/marks.ts';
import { importArticles } from '../../src/saved/import-articles.ts';
import { listSnapshots } from '../../src/saved/snapshots.ts';
import { listSummaries } from '../../src/saved/store.ts';
import { draw, press, root, see } from '../fixtures/draw.tsx';
import { emptyLibrary } from '../fixtures/empty-library.ts';
import { say } from '../fixtures/english.ts';
import { extractFixture } from '../fixtures/fixture.ts';
import { fillDisk } from '../fixtures/full-disk.ts';

// What the browser around the page does.
vi.stubGlobal('Blob', NodeBlob);
vi.stubGlobal('chrome', { runtime: { id: 'liseuse', sendMessage: async () => undefined } });
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe(): void {}
    disconnect(): void {}
  },
);
let room = 0;
vi.stubGlobal('navigator', {
  ...navigator,
  storage: { estimate: async () => ({ quota: 50_000 + room, usage: 50_000 }) },
});
const { makeDeeds } = await import('../../src/library/deeds.ts');
const { BinBar } = await import('../../src/library/list/BinBar.tsx');
const { UndoBar } = await import('../../src/library/UndoBar.tsx');
const { useMarks } = await import('../../src/library/use-marks.ts');

const article = extractFixture('article-cn');
const PHOTO = 20_000_000;
let ids: string[] = [];

/** The bin as the list has it. */
function Bin(): VNode {
  const marks = useMarks();
  const deeds = makeDeeds(marks, () => undefined, say);
  return (
    <>
      <BinBar count={ids.length} selected={0} onEmpty={(isForGood) => deeds.emptyBin(ids, false, isForGood)} />
      <UndoBar marks={marks} onPressed={() => undefined} />
    </>
  );
}

beforeEach(async () => {
  room = 1e9;
  await emptyLibrary();
  const photos = new Map([[article.photos[0] ?? '', new Blob([new Uint8Array(PHOTO)])]]);
  const savings = await importArticles([{ article, photos }]);
  ids = savings.map(({ summary }) => summary.id);
  await changeMarks(ids, { removedTime: 1 });
  await draw(<Bin />);
});

const reasons = async (): Promise<string[]> => (await listSnapshots()).map(({ reason }) => reason);

it('leaves a snapshot', async () => {
  await press('Empty the bin');
  await press('Empty the bin');
  await vi.waitFor(async () => expect(await listSummaries()).toHaveLength(0));
  expect(await reasons()).toContain('bin');
  expect(root.textContent).not.toContain('disk is full');
});

it.each([
  ['has no room for a copy of the photos', () => void (room = PHOTO)],
  ['turns out to be full', () => fillDisk(0)],
])('of a disk that %s, says so and can be emptied for good', async (_, fill) => {
  const disk = fill();
  await press('Empty the bin');
  await press('Empty the bin');
  await see('The bin was not emptied: the disk is full');
  expect(document.activeElement?.textContent).toBe('Keep them');
  expect(root.textContent).not.toContain('Everything is as it was');
  expect(await listSummaries()).toHaveLength(1);
  disk?.makeRoom();
  await press('Delete for good');
  await vi.waitFor(async () => expect(await listSummaries()).toHaveLength(0));
  expect(await reasons()).not.toContain('bin');
});

it('says that even that did not happen', async () => {
  const disk = fillDisk(0);
  await press('Empty the bin');
  await press('Empty the bin');
  await see('The bin was not emptied: the disk is full');
  await press('Delete for good');
  await see('Everything is as it was');
  disk.makeRoom();
  expect(await listSummaries()).toHaveLength(1);
});
