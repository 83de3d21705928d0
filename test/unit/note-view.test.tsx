/** Note and tags under an article as a reader meets them: the note kept while it is typed, and never cut; of tags, those that a page can show. */
import { act } from 'preact/test-utils';
import { beforeEach, expect, it, vi } from 'vitest';
import type { Deeds } from '../../src/library/deeds.ts';
import type { Summary } from '../../src/saved/saved-article.ts';
import { listSummaries, saveArticle } from '../../src/saved/store.ts';
import { draw, root, see } from '../fixtures/draw.tsx';
import { emptyLibrary } from '../fixtures/empty-library.ts';
import { say } from '../fixtures/english.ts';
import { extractFixture } from '../fixtures/fixture.ts';

// What the browser around the page does.
vi.stubGlobal('chrome', { runtime: { id: 'liseuse', sendMessage: async () => undefined } });
const { ArticleMarks } = await import('../../src/library/ArticleMarks.tsx');

let summary: Summary;
// Who leaves the article can take the note back.
const deeds: Partial<Deeds> = { noted: () => undefined };
const show = (shown: Summary): Promise<void> =>
  draw(<ArticleMarks summary={shown} allTags={[]} deeds={deeds as Deeds} />);

beforeEach(async () => {
  await emptyLibrary();
  ({ summary } = await saveArticle(extractFixture('article-fr')));
  await show(summary);
});

async function type(text: string): Promise<HTMLTextAreaElement> {
  const box = root.querySelector('textarea') ?? expect.fail();
  box.value = text;
  await act(() => void box.dispatchEvent(new Event('input', { bubbles: true })));
  return box;
}
const kept = async (): Promise<string | undefined> => (await listSummaries())[0]?.note;

it('says of a note that is far too long that it is not kept, leaves it in the box, and keeps it once it is shorter', async () => {
  await type('bref');
  await see('Note kept');
  const long = 'x'.repeat(100_001);
  const box = await type(long);
  await see('This note is not kept: it has 100,001 characters, and 100,000 is the most.');
  expect(box.value).toBe(long);
  expect(await kept()).toBe('bref');
  await type(long.slice(1));
  await see('Note kept');
  expect(await kept()).toBe(long.slice(1));
  expect(root.querySelector('[role=alert]')).toBeNull();
});

it('says while it is written that it is kept, for the eye alone: a screen reader says so once it is left', async () => {
  await type('bref');
  await see('Note kept');
  expect([...root.querySelectorAll('[role=status], [role=alert]')].map((said) => said.textContent)).toEqual([]);
});

it('stands under as many tags as fit on a page, and how many more there are', async () => {
  await show({ ...summary, tags: Array.from({ length: 100_000 }, (_, index) => `tag ${index}`) });
  expect(root.querySelectorAll('.library-tags button[aria-label]')).toHaveLength(100);
  expect(root.textContent).toContain(say('tags_more', 99_900));
});
