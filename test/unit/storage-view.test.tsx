/** Storage as a reader meets it: the figures follow what was done, and the question counts when it is asked. */
import { Blob as NodeBlob } from 'node:buffer';
import { act } from 'preact/test-utils';
import { beforeEach, expect, it, vi } from 'vitest';
import { changeMarks } from '../../src/saved/marks.ts';
import { importArticles } from '../../src/saved/import-articles.ts';
import { draw, press, root, see } from '../fixtures/draw.tsx';
import { emptyLibrary } from '../fixtures/empty-library.ts';
import { extractFixture } from '../fixtures/fixture.ts';

// What the browser around the page does.
vi.stubGlobal('Blob', NodeBlob);
vi.stubGlobal('chrome', {
  runtime: { id: 'liseuse', sendMessage: async () => undefined },
  storage: { local: { get: (_: string, done: (items: object) => void) => done({}) } },
});
vi.stubGlobal('navigator', {
  language: 'en',
  locks: { request: (_: string, run: () => Promise<void>) => run() },
  storage: { estimate: async () => ({}), persisted: async () => true },
});
const { Storage } = await import('../../src/library/keeping/Storage.tsx');

const article = extractFixture('article-cn');
const [first = '', second = ''] = article.photos;

/** Everything that stood there, each once. */
let shown: string[];

beforeEach(async () => {
  await emptyLibrary();
  shown = [];
  new MutationObserver(() => {
    const text = root.textContent ?? '';
    if (shown.at(-1) !== text) shown.push(text);
  }).observe(root, { childList: true, subtree: true, characterData: true });
});

const save = async (count: number): Promise<string[]> => {
  const articles = Array.from({ length: count }, (_, number) => ({ ...article, url: `${article.url}-${number}` }));
  const photos = new Map([first, second].map((src) => [src, new Blob(['octets'], { type: 'image/png' })]));
  const savings = await importArticles(articles.map((each) => ({ article: each, photos })));
  return savings.map(({ summary }) => summary.id);
};

async function open(): Promise<void> {
  await draw(<Storage hasArticles={false} />);
  const details = root.querySelector('details');
  if (!details) throw new Error('no details');
  details.open = true;
  await act(() => void details.dispatchEvent(new Event('toggle')));
}

it('never shows what was dropped as if it were still there', async () => {
  const ids = await save(450);
  await changeMarks(ids.slice(1), { archivedTime: 1 });
  await open();
  await see('photos kept: 900');
  await press(/Drop the photos of/);
  await see('from this machine: 898.');
  await press(/^Drop the photos$/);
  await see('photos kept: 2');
  const afterwards = shown.slice(shown.findLastIndex((text) => text.includes('Dropping photos')) + 1);
  expect(afterwards.filter((text) => /photos(?: kept)?: (?!2\b)/.test(text))).toEqual([]);
  expect(root.textContent).not.toContain('Drop the photos');
});

it('says how many photos it dropped and how to have them again, and the keyboard goes on there', async () => {
  await changeMarks(await save(3), { archivedTime: 1 });
  await open();
  await see('photos: 6)');
  await press(/Drop the photos of/);
  await see('from this machine: 6.');
  await press(/^Drop the photos$/);
  await see('Photos dropped: 6. To fetch them again, open the article and press “Fetch the dropped photos again”.');
  expect(root.contains(document.activeElement)).toBe(true);
});

it('counts what would be dropped when the question is asked', async () => {
  const ids = await save(3);
  await changeMarks(ids.slice(0, 1), { archivedTime: 1 });
  await open();
  await see('photos: 2');
  await changeMarks(ids.slice(1), { archivedTime: 1 });
  await press(/Drop the photos of/);
  await see('from this machine:');
  expect(shown.flatMap((text) => /machine: (\d+)/.exec(text)?.[1] ?? [])[0]).toBe('6');
});
