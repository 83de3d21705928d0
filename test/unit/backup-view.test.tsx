/** The backup as a reader meets it in the library: saved, looked at, brought back, refused, and the keyboard never lost. */
import { Blob as NodeBlob, File as NodeFile } from 'node:buffer';
import { act } from 'preact/test-utils';
import { beforeEach, expect, it, vi } from 'vitest';
import { changeMarks } from '../../src/saved/marks.ts';
import { listSummaries, saveArticle } from '../../src/saved/store.ts';
import { draw, openPage, findButton, press, root, see } from '../fixtures/draw.tsx';
import { emptyLibrary } from '../fixtures/empty-library.ts';
import { extractFixture } from '../fixtures/fixture.ts';

// What the browser around the page does: it takes downloads and gives extensions their messages.
vi.stubGlobal('Blob', NodeBlob);
const storage: Record<string, unknown> = {};
vi.stubGlobal('chrome', {
  runtime: { id: 'liseuse', sendMessage: async () => undefined },
  storage: {
    local: {
      get: (key: string, done: (items: object) => void) => done(key in storage ? { [key]: storage[key] } : {}),
      set: (items: object, done: () => void) => {
        Object.assign(storage, items);
        done();
      },
    },
  },
});
type Run = (lock: object) => Promise<unknown>;
vi.stubGlobal('navigator', {
  ...navigator,
  locks: { request: (_: string, ...given: [Run] | [object, Run]) => (given.at(-1) as Run)({}) },
});
const { noteWhile } = await import('../../src/library/files/unfinished-backup.ts');
const { Backup } = await import('../../src/library/files/Backup.tsx');

const article = extractFixture('article-fr');
const other = extractFixture('article-cn');

let saved: { name: string; file: NodeBlob } | undefined;

beforeEach(async () => {
  await emptyLibrary();
  await draw(<Backup />);
  saved = undefined;
  let last: NodeBlob | undefined;
  vi.stubGlobal(
    'URL',
    Object.assign(URL, {
      createObjectURL: (file: NodeBlob) => {
        last = file;
        return 'blob:liseuse';
      },
      revokeObjectURL: () => undefined,
    }),
  );
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    if (last) saved = { name: this.download, file: last };
  });
});

const status = (): string => root.querySelector('[role=status]')?.textContent ?? '';
/** What a merge changes, or has changed. */
const counted = (): (string | null)[] =>
  [...root.querySelectorAll('[role=status] li')].map(({ textContent }) => textContent);
async function choose(file: NodeBlob): Promise<void> {
  const input = root.querySelector('input');
  if (!input) throw new Error('no input');
  input.focus();
  Object.defineProperty(input, 'files', { value: [new NodeFile([file], 'liseuse.zip')], configurable: true });
  await act(() => void input.dispatchEvent(new Event('change', { bubbles: true })));
}
const expectFocusInside = (): void => expect(root.contains(document.activeElement)).toBe(true);

async function saveBackup(): Promise<NodeBlob> {
  await press('Save a backup');
  await see('The backup is made');
  if (!saved) throw new Error('nothing was saved');
  return saved.file;
}

it('is saved under the date of the day', async () => {
  await saveArticle(article);
  await saveBackup();
  expect(saved?.name).toMatch(/^liseuse-\d{4}-\d\d-\d\d\.zip$/);
  expect(status()).toContain('1 articles and 0 photos');
  await press('Close');
  expect(status()).toBe('');
  expectFocusInside();
});

it('is stopped when the reader wants, and none is made', async () => {
  await saveArticle(article);
  await saveArticle(other);
  const stop = new MutationObserver(() => {
    if (root.textContent?.includes('Writing the backup')) findButton('Cancel').click();
  });
  stop.observe(root, { childList: true, subtree: true, characterData: true });
  await press('Save a backup');
  await see('Stopped: no file was made.');
  stop.disconnect();
  expect(saved).toBeUndefined();
  expectFocusInside();
  await press('Close');
  await saveBackup();
});

it('says of a merge that changes nothing that all is the same', async () => {
  const file = await saveBackup();
  await choose(file);
  await see('If you merge:');
  expect(counted()).toEqual(['the same: 0']);
});

it('says of what was changed here since that it stays', async () => {
  const { summary } = await saveArticle(article);
  const file = await saveBackup();
  await changeMarks([summary.id], { isFavourite: true });
  await choose(file);
  await see('If you merge:');
  expect(counted()).toEqual(['changed here since, kept: 1']);
});

it('says what a merge would change, and does it when asked', async () => {
  await saveArticle(article);
  const file = await saveBackup();
  await emptyLibrary();
  await saveArticle(other);
  await choose(file);
  await see('If you merge:');
  expect(counted()).toEqual(['new: 1', 'only here, kept: 1']);
  expect(await listSummaries()).toHaveLength(1);
  expectFocusInside();
  await press('Merge');
  await see('The backup is in:');
  expect(counted()).toEqual(['new: 1', 'only here, kept: 1']);
  expect(await listSummaries()).toHaveLength(2);
  expectFocusInside();
});

it('asks once more before it replaces, with how many articles it deletes', async () => {
  await saveArticle(article);
  const file = await saveBackup();
  await saveArticle(other);
  await choose(file);
  await see('If you merge');
  await press('Replace');
  await see('This deletes the articles that are not in the backup, with their photos, tags and notes: 1.');
  expectFocusInside();
  await press('Cancel');
  expect(await listSummaries()).toHaveLength(2);
  expectFocusInside();
  await choose(file);
  await see('If you merge');
  await press('Replace');
  await see('This deletes the articles');
  await press('Replace');
  await see('The backup is in');
  expect((await listSummaries()).map(({ title }) => title)).toEqual([article.title]);
});

it('brings the settings where none were chosen, and in their place where the reader says so', async () => {
  const settings = {
    theme: 'sepia',
    all: {},
    languages: { zh: { font: 'kai' } },
    keys: { areOff: true, own: { open: 'q' } },
  };
  storage['settings'] = settings;
  await saveArticle(article);
  const file = await saveBackup();

  delete storage['settings'];
  await choose(file);
  await see('If you merge');
  await press('Merge');
  await see('The backup is in');
  expect(storage['settings']).toEqual(settings);

  storage['settings'] = { theme: 'dark', all: {}, languages: {} };
  await choose(file);
  await see('If you merge');
  await press('Merge');
  await see('The backup is in');
  expect(storage['settings']).toMatchObject({ theme: 'dark' });

  await choose(file);
  await see('If you merge');
  await press('Replace');
  await see('This deletes the articles');
  await press('Replace');
  await see('The backup is in');
  expect(storage['settings']).toMatchObject({ theme: 'sepia' });
});

it('says why a file is refused, and leaves the library as it was', async () => {
  await saveArticle(article);
  const file = await saveBackup();
  await choose(file.slice(0, file.size - 50));
  await see('the file ends in the middle. Your articles are as they were.');
  expect(root.querySelector('[role=alert]')).not.toBeNull();
  expect(await listSummaries()).toHaveLength(1);
  await press('Close');
  expectFocusInside();
});

it.each([
  ['merge' as const, 'A backup was being merged'],
  ['replace' as const, 'A backup was taking the place of the library'],
])('that was cut in the middle of a %s says so when the library opens again, once', async (mode, words) => {
  await saveArticle(article);
  const file = await saveBackup();
  expect(root.querySelector('details')?.open).toBe(false);
  // The browser ends before this does.
  void noteWhile(mode, () => new Promise(() => undefined));
  await vi.waitFor(openUntilCut, 10_000);
  expect(root.textContent).toContain(words);
  expect(root.textContent).toContain('Or take back what it changed under “Snapshots”.');
  if (mode === 'replace') expect(root.textContent).toContain('choose “Replace”: it goes on from there.');
  expect(root.querySelector('details')?.open).toBe(true);

  await choose(file);
  await see('If you merge');
  await press('Merge');
  await see('The backup is in');
  await openAgain();
  await saveBackup();
  expect(root.textContent).not.toContain(words);
});

async function openAgain(): Promise<void> {
  await openPage();
  await draw(<Backup />);
}
async function openUntilCut(): Promise<void> {
  await openAgain();
  await vi.waitFor(() => expect(root.querySelector('[role=alert]')).not.toBeNull());
}

it('that was cut is not spoken of again once the reader has closed it', async () => {
  void noteWhile('merge', () => new Promise(() => undefined));
  await vi.waitFor(openUntilCut, 10_000);
  await press('Close');
  await openAgain();
  await saveBackup();
  expect(root.textContent).not.toContain('A backup was being merged');
});

it('marks the button that deletes, and has the focus beside it', async () => {
  await saveArticle(article);
  const file = await saveBackup();
  await choose(file);
  await see('If you merge');
  await press('Replace');
  await see('This deletes the articles');
  expect([...root.querySelectorAll('button.primary')].map(({ textContent }) => textContent)).toEqual(['Replace']);
  expect(document.activeElement?.textContent).not.toBe('Replace');
});
