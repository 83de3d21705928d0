/** What was just done, and its undo, as a reader of the library meets them: the last deed first, an emptied bin too. */
import { Blob as NodeBlob } from 'node:buffer';
import type { VNode } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { MarksControl } from '../../src/library/use-marks.ts';
import { restoreSnapshot } from '../../src/saved/restore.ts';
import { listSnapshots } from '../../src/saved/snapshots.ts';
import { listSummaries, saveArticle } from '../../src/saved/store.ts';
import { draw, press, root, see } from '../fixtures/draw.tsx';
import { emptyLibrary } from '../fixtures/empty-library.ts';
import { say } from '../fixtures/english.ts';
import { extractFixture } from '../fixtures/fixture.ts';
import { summaryOf } from '../fixtures/summary.ts';

// What the browser around the page does, and jsdom has not.
vi.stubGlobal('Blob', NodeBlob);
vi.stubGlobal('chrome', { runtime: { id: 'liseuse', sendMessage: async () => undefined } });
vi.stubGlobal('navigator', { locks: { request: (_: string, run: () => Promise<void>) => run() } });
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe = (): void => undefined;
    disconnect = (): void => undefined;
  },
);
const { makeDeeds } = await import('../../src/library/deeds.ts');
const { UndoBar } = await import('../../src/library/UndoBar.tsx');
const { useMarks } = await import('../../src/library/use-marks.ts');

let marks: MarksControl;
let deeds: ReturnType<typeof makeDeeds>;
function Page(): VNode {
  marks = useMarks();
  deeds = makeDeeds(marks, (id) => summaryOf({ id, title: 'A title' }), say);
  return <UndoBar marks={marks} onPressed={() => undefined} />;
}

let starred: string;
let binned: string;
beforeEach(async () => {
  await emptyLibrary();
  starred = (await saveArticle(extractFixture('article-fr'))).summary.id;
  binned = (await saveArticle(extractFixture('article-cn'))).summary.id;
  await draw(<Page />);
});

const shown = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await listSummaries()).map(({ id, isFavourite, removedTime }) => [
      id === starred ? 'starred' : 'binned',
      [isFavourite && 'favourite', removedTime !== null && 'bin'].filter(Boolean).join(' '),
    ]),
  );

it('brings back what was in the bin, and only then takes back what was done before', async () => {
  await act(() => deeds.favour([starred], true));
  await act(() => deeds.remove([binned]));
  await see(say('removed', 'A title'));
  await act(async () => void (await deeds.emptyBin([binned], false, false)));
  await see(say('bin_emptied', 1));
  expect(await shown()).toEqual({ starred: 'favourite' });
  await press(say('undo'));
  await see(say('taken_back', say('bin_emptied', 1)));
  expect(await shown()).toEqual({ starred: 'favourite', binned: 'bin' });
  await act(() => marks.undo());
  await see(say('taken_back', say('removed', 'A title')));
  expect(await shown()).toEqual({ starred: 'favourite', binned: '' });
  await act(() => marks.undo());
  await see(say('taken_back', say('favoured', 'A title')));
  expect(await shown()).toEqual({ starred: '', binned: '' });
});

it('has nothing to undo of a bin that another window has emptied', async () => {
  await act(() => deeds.favour([starred], true));
  await act(async () => void (await deeds.emptyBin([binned], false, false)));
  await act(() => marks.undo());
  await see(say('taken_back', say('favoured', 'A title')));
});

it('has nothing to undo of a bin whose snapshot was brought back in its place', async () => {
  await act(() => deeds.favour([starred], true));
  await act(() => deeds.remove([binned]));
  await act(async () => void (await deeds.emptyBin([binned], false, false)));
  const [snapshot] = await listSnapshots();
  if (!snapshot) throw new Error('There is no snapshot.');
  await restoreSnapshot(snapshot);
  await act(() => marks.undo());
  await see(say('taken_back', say('removed', 'A title')));
  expect(await shown()).toEqual({ starred: 'favourite', binned: '' });
});

/** As if this much time had passed, in milliseconds, since the last sentence was drawn. */
async function wait(time: number): Promise<void> {
  await act(() => undefined);
  await act(() => void vi.advanceTimersByTime(time));
}
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

it('says for some seconds that a deed was taken back, and as long as somebody is at it', async () => {
  await act(() => deeds.favour([starred], true));
  await see(say('undo'));
  await press(say('undo'));
  const sentence = say('taken_back', say('favoured', 'A title'));
  await see(sentence);
  const close = root.querySelector<HTMLElement>('.library-undo .quiet') ?? expect.fail();
  close.focus();
  await wait(60_000);
  expect(root.textContent).toContain(sentence);
  close.blur();
  await wait(10_000);
  expect(root.textContent).toBe('');
  await act(() => marks.undo());
  await see(say('undo_nothing'));
  await wait(10_000);
  expect(root.textContent).toBe('');
});

it('leaves the undo of a deed until it is closed', async () => {
  await act(() => deeds.favour([starred], true));
  await see(say('undo'));
  await wait(600_000);
  expect(root.textContent).toContain(say('undo'));
  await press(say('close'));
  expect(root.textContent).toBe('');
});
