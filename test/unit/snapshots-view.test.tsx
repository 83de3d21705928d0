/** Snapshots as a reader meets them: the question stands where it was asked for, and what was brought back is said. */
import { Blob as NodeBlob } from 'node:buffer';
import { act } from 'preact/test-utils';
import { beforeEach, expect, it, vi } from 'vitest';
import { changeMarks } from '../../src/saved/marks.ts';
import { importArticles } from '../../src/saved/import-articles.ts';
import { openDatabase } from '../../src/saved/schema.ts';
import { emptyBin, listSummaries } from '../../src/saved/store.ts';
import { draw, openPage, press, root, see } from '../fixtures/draw.tsx';
import { emptyLibrary } from '../fixtures/empty-library.ts';
import { extractFixture } from '../fixtures/fixture.ts';

// What the browser around the page does.
vi.stubGlobal('Blob', NodeBlob);
vi.stubGlobal('chrome', { runtime: { id: 'liseuse', sendMessage: async () => undefined } });
type Run = (lock: object) => Promise<unknown>;
vi.stubGlobal('navigator', {
  ...navigator,
  locks: { request: (_: string, ...given: [Run] | [object, Run]) => (given.at(-1) as Run)({}) },
});
const { Backup } = await import('../../src/library/files/Backup.tsx');
const { SnapshotList } = await import('../../src/library/keeping/SnapshotList.tsx');

const article = extractFixture('article-cn');

beforeEach(async () => {
  await emptyLibrary();
  // An import, then an emptied bin: two lines.
  const savings = await importArticles([{ article }], Date.now() - 5000);
  await changeMarks(
    savings.map(({ summary }) => summary.id),
    { removedTime: 1 },
  );
  await emptyBin(Date.now() - 1000, 'all');
  await draw(<SnapshotList onRestored={() => undefined} />);
  const details = root.querySelector('details');
  if (!details) throw new Error('no details');
  details.open = true;
  await act(() => void details.dispatchEvent(new Event('toggle')));
  await see('Bin emptied');
});

const row = (words: string): HTMLElement =>
  [...root.querySelectorAll('li')].find(({ textContent }) => textContent?.includes(words)) ?? expect.fail(words);
const buttonsOf = (words: string): (string | null)[] =>
  [...row(words).querySelectorAll('button')].map(({ textContent }) => textContent);

it('asks in the line of the snapshot, which names the question', async () => {
  await press('Bring back', row('Bin emptied'));
  const question = row('Bin emptied').querySelector('[role=alertdialog]');
  const name = document.getElementById(question?.getAttribute('aria-labelledby') ?? '');
  expect(name?.textContent).toMatch(/^Bin emptied, .*Articles: 1\.$/);
  expect(question?.textContent).toContain('come back into the bin, as they were.');
  expect(document.activeElement?.textContent).toBe('Cancel');
  await press('Cancel', row('Bin emptied'));
  expect(row('Bin emptied').contains(document.activeElement)).toBe(true);
  expect(await listSummaries()).toHaveLength(0);
});

it('says of an import what becomes of what came with it', async () => {
  await press('Undo', row('Import, '));
  const question = row('Import, ').querySelector('[role=alertdialog]');
  expect(question?.textContent).toContain('The articles that came with this import go into the bin');
});

it('says what was brought back, offers it no longer, and offers to undo that', async () => {
  await press('Bring back', row('Bin emptied'));
  await press('Bring back', row('Bin emptied'));
  await vi.waitFor(
    () => expect(row('Bin emptied').textContent).toMatch(/Articles brought back: 1\. In the bin now: 1\./),
    10_000,
  );
  // The line of which it speaks is there, with that time and that button.
  const [, time = ''] =
    /Done on (.*)\. To undo this, press “Undo” above/.exec(row('Bin emptied').textContent ?? '') ?? [];
  expect(row('Snapshot brought back').textContent).toContain(`Snapshot brought back, ${time}.`);
  expect(buttonsOf('Snapshot brought back')).toEqual(['Undo']);
  expect(buttonsOf('Bin emptied')).toEqual([]);
  expect(row('Bin emptied').contains(document.activeElement)).toBe(true);
  expect(await listSummaries()).toHaveLength(1);

  // It came back into the bin; out of it, there is something to undo.
  await changeMarks(
    (await listSummaries()).map(({ id }) => id),
    { removedTime: null },
  );
  await press('Undo', row('Snapshot brought back'));
  await press('Undo', row('Snapshot brought back'));
  await vi.waitFor(() => expect(buttonsOf('Bin emptied')).toEqual(['Bring back']), 10_000);
  expect(row('Bin emptied').textContent).not.toContain('Done on');
});

it('asks who leaves in the middle, and says when the library opens again that it was cut off', async () => {
  // What is written first, which is there as long as the work is not done.
  let note: string | undefined;
  let isAsked = false;
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    put.mockRestore();
    note = String(args[0]);
    return this.put(...args);
  });
  const leaving = new MutationObserver(() => {
    if (root.textContent?.includes('Bringing back: '))
      isAsked ||= !dispatchEvent(new Event('beforeunload', { cancelable: true }));
  });
  leaving.observe(root, { childList: true, subtree: true, characterData: true });
  await press('Bring back', row('Bin emptied'));
  await press('Bring back', row('Bin emptied'));
  await see('Articles brought back: 1.');
  leaving.disconnect();
  expect(isAsked).toBe(true);
  expect(dispatchEvent(new Event('beforeunload', { cancelable: true }))).toBe(true);

  // As the browser left it if it had ended then.
  await openPage();
  await draw(<Backup />);
  expect(root.textContent).not.toContain('A snapshot was being brought back');
  await (await openDatabase()).put('installation', note ?? '', 'backupBegun');
  await openPage();
  await draw(<Backup />);
  await see('A snapshot was being brought back when the browser ended');
  expect(root.querySelector('details')?.open).toBe(true);
});
