/** A library that the browser threw away: it is missed, the reader is told once, and what is removed by hand is not missed. */
import { act } from 'preact/test-utils';
import { beforeEach, expect, it, vi } from 'vitest';
import { changeMarks } from '../../src/saved/marks.ts';
import { identifyLibrary } from '../../src/saved/storage.ts';
import { emptyBin, saveArticle } from '../../src/saved/store.ts';
import { draw, openPage, press, root, see } from '../fixtures/draw.tsx';
import { emptyLibrary } from '../fixtures/empty-library.ts';
import { extractFixture } from '../fixtures/fixture.ts';

// What the browser around the page has, of which nothing goes with the database.
const storage = new Map<string, unknown>();
const listeners = new Set<(changes: object) => void>();
vi.stubGlobal('chrome', {
  runtime: { id: 'liseuse' },
  storage: {
    local: {
      get: (key: string, done: (stored: object) => void) => done(storage.has(key) ? { [key]: storage.get(key) } : {}),
      set: (given: Record<string, unknown>, done: () => void) => {
        for (const [key, value] of Object.entries(given)) storage.set(key, value);
        done();
        for (const listener of listeners) listener(given);
      },
      onChanged: {
        addListener: (listener: (changes: object) => void) => listeners.add(listener),
        removeListener: (listener: (changes: object) => void) => listeners.delete(listener),
      },
    },
  },
});
vi.stubGlobal('navigator', { locks: { request: (_: string, run: () => Promise<void>) => run() } });
const { countLost, noteLibrary } = await import('../../src/platform/library-note.ts');
const { LostNotice } = await import('../../src/library/keeping/LostNotice.tsx');

const articles = [extractFixture('article-cn'), extractFixture('article-fr')];
const note = (): Promise<void> => noteLibrary(identifyLibrary);
/** Opens the library and waits until it has read what is noted. */
async function open(): Promise<void> {
  await openPage();
  await draw(<LostNotice />);
  await act(async () => void (await countLost()));
}

beforeEach(async () => {
  storage.clear();
  await emptyLibrary();
  await note();
  for (const article of articles) await saveArticle(article);
  await note();
});

it('is said in the library, with how many articles are gone, until the reader has read it', async () => {
  await emptyLibrary();
  await note();
  await open();
  await see('Articles that are gone: 2.');
  await press('Close');
  await vi.waitFor(() => expect(root.textContent).toBe(''));
  await note();
  await open();
  expect(root.textContent).toBe('');
});

it('is said also where it was thrown away while the library is open, and something was saved since', async () => {
  await open();
  expect(root.textContent).toBe('');
  await emptyLibrary();
  await saveArticle(articles[0] ?? expect.fail());
  await note();
  await see('Articles that are gone: 2.');
  await note();
  await see('Articles that are gone: 2.');
});

it('is not said of a library from which the reader removed everything', async () => {
  await changeMarks(
    articles.map(({ url }) => url),
    { removedTime: 1 },
  );
  await emptyBin(Date.now(), 'all');
  expect(await identifyLibrary()).toMatchObject({ count: 0 });
  await note();
  await open();
  expect(root.textContent).toBe('');
});

it('is not said of one that was empty', async () => {
  storage.clear();
  await emptyLibrary();
  await note();
  await emptyLibrary();
  await note();
  await open();
  expect(root.textContent).toBe('');
});
