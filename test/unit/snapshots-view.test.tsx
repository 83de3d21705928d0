/** Snapshots as a reader meets them: the question stands where it was asked for, and what was brought back is said. */
import { Blob as NodeBlob } from 'node:buffer';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, it, vi } from 'vitest';
import { changeMarks } from '../../src/saved/marks.ts';
import { importArticles } from '../../src/saved/import-articles.ts';
import { closeDatabase, DATABASE_NAME } from '../../src/saved/schema.ts';
import { emptyBin, listSummaries } from '../../src/saved/store.ts';
import { TextProvider } from '../../src/ui/text.ts';
import { say } from '../fixtures/english.ts';
import { extractFixture } from '../fixtures/fixture.ts';

// What the browser around the page does.
vi.stubGlobal('Blob', NodeBlob);
vi.stubGlobal('chrome', { runtime: { id: 'liseuse', sendMessage: async () => undefined } });
const { SnapshotList } = await import('../../src/library/keeping/SnapshotList.tsx');

const article = extractFixture('article-cn');

let root: HTMLElement;

beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => (indexedDB.deleteDatabase(DATABASE_NAME).onsuccess = resolve));
  // An import, then an emptied bin: two lines.
  const savings = await importArticles([{ article }], Date.now() - 5000);
  await changeMarks(
    savings.map(({ summary }) => summary.id),
    { removedTime: 1 },
  );
  await emptyBin(Date.now() - 1000, true);
  root = document.createElement('div');
  document.body.replaceChildren(root);
  await act(() =>
    render(
      <TextProvider value={say}>
        <SnapshotList />
      </TextProvider>,
      root,
    ),
  );
  const details = root.querySelector('details');
  if (!details) throw new Error('no details');
  details.open = true;
  await act(() => void details.dispatchEvent(new Event('toggle')));
  await see('Bin emptied');
});

const see = (words: string): Promise<void> => vi.waitFor(() => expect(root.textContent).toContain(words), 10_000);
const row = (words: string): HTMLElement =>
  [...root.querySelectorAll('li')].find(({ textContent }) => textContent?.includes(words)) ?? expect.fail(words);
const buttonsOf = (words: string): (string | null)[] =>
  [...row(words).querySelectorAll('button')].map(({ textContent }) => textContent);
async function press(words: string, name: string): Promise<void> {
  const button = [...row(words).querySelectorAll('button')].find(({ textContent }) => textContent === name);
  if (!button) throw new Error(`no button ${name}`);
  button.focus();
  await act(() => button.click());
}

it('asks in the line of the snapshot, which names the question', async () => {
  await press('Bin emptied', 'Bring back');
  const question = row('Bin emptied').querySelector('[role=alertdialog]');
  const name = document.getElementById(question?.getAttribute('aria-labelledby') ?? '');
  expect(name?.textContent).toMatch(/^Bin emptied, .*Articles: 1\.$/);
  expect(question?.textContent).toContain('come back into the bin, as they were.');
  expect(document.activeElement?.textContent).toBe('Cancel');
  await press('Bin emptied', 'Cancel');
  expect(row('Bin emptied').contains(document.activeElement)).toBe(true);
  expect(await listSummaries()).toHaveLength(0);
});

it('says of an import what becomes of what came with it', async () => {
  await press('Import, ', 'Undo');
  const question = row('Import, ').querySelector('[role=alertdialog]');
  expect(question?.textContent).toContain('The articles that came with this import go into the bin');
});

it('says what was brought back, offers it no longer, and offers to undo that', async () => {
  await press('Bin emptied', 'Bring back');
  await press('Bin emptied', 'Bring back');
  await vi.waitFor(() => expect(row('Bin emptied').textContent).toMatch(/as they were: 1\..*Brought back, /), 10_000);
  expect(buttonsOf('Bin emptied')).toEqual([]);
  expect(row('Bin emptied').contains(document.activeElement)).toBe(true);
  expect(await listSummaries()).toHaveLength(1);

  // It came back into the bin; out of it, there is something to undo.
  await changeMarks(
    (await listSummaries()).map(({ id }) => id),
    { removedTime: null },
  );
  await press('Snapshot brought back', 'Undo');
  await press('Snapshot brought back', 'Undo');
  await vi.waitFor(() => expect(buttonsOf('Bin emptied')).toEqual(['Bring back']), 10_000);
  expect(row('Bin emptied').textContent).not.toContain('Brought back, ');
});
