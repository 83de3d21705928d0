/** What the reader makes of articles: changed for many at once, and taken back alone. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makeAnchor } from '../../src/article/anchor.ts';
import { makeHighlight, type Highlight } from '../../src/article/highlight.ts';
import { withHighlight } from '../../src/saved/highlights.ts';
import { closeDatabase, DATABASE_NAME } from '../../src/saved/schema.ts';
import { changeMarks, keepNote, putMarks } from '../../src/saved/marks.ts';
import { emptyBin, getSummaries, listSummaries, saveArticle } from '../../src/saved/store.ts';
import { findFlaws } from '../fixtures/find-flaws.ts';
import { extractFixture } from '../fixtures/fixture.ts';

const article = extractFixture('article-cn');
const other = extractFixture('article-fr');

/** The part of the browser that jsdom has not. */
const LOCKS = { locks: { request: (_: string, run: () => Promise<void>) => run() } };

beforeEach(async () => {
  vi.stubGlobal('navigator', LOCKS);
  await closeDatabase();
  await new Promise((resolve) => (indexedDB.deleteDatabase(DATABASE_NAME).onsuccess = resolve));
});

it('a note that is far too long is refused, never cut, and the one before stays', async () => {
  const { summary } = await saveArticle(article);
  await keepNote(summary.id, 'bref', ['']);
  await expect(keepNote(summary.id, 'x'.repeat(100_001), ['bref'])).rejects.toThrow(RangeError);
  expect((await listSummaries())[0]?.note).toBe('bref');
  expect(await keepNote(summary.id, 'x'.repeat(100_000), ['bref'])).toHaveLength(100_000);
});

describe('what the reader made of articles', () => {
  it('is changed for many at once, and taken back for each as it was', async () => {
    const ids = [(await saveArticle(article)).summary.id, (await saveArticle(other)).summary.id];
    await changeMarks(ids.slice(0, 1), { tags: ['mer'], isFavourite: true });
    const before = await changeMarks(ids, ({ tags }) => ({ tags: [...tags, 'paix'] }));
    expect((await getSummaries(ids)).map(({ tags }) => tags)).toEqual([['mer', 'paix'], ['paix']]);
    await putMarks(before);
    expect((await getSummaries(ids)).map(({ tags, isFavourite }) => ({ tags, isFavourite }))).toEqual([
      { tags: ['mer'], isFavourite: true },
      { tags: [], isFavourite: false },
    ]);
  });

  it('is not taken back where the article is gone, which is said by what comes back', async () => {
    const ids = [(await saveArticle(article)).summary.id, (await saveArticle(other)).summary.id];
    const removed = await changeMarks(ids.slice(0, 1), { removedTime: 1 });
    const both = await changeMarks(ids, { isFavourite: true });
    await emptyBin();
    expect(await putMarks(removed)).toEqual([]);
    expect(await putMarks(both)).toEqual(ids.slice(1));
    expect(await listSummaries()).toMatchObject([{ id: ids[1], isFavourite: false }]);
  });

  it('is taken back alone: what was written since stays', async () => {
    const { summary } = await saveArticle(article);
    const before = await changeMarks([summary.id], { isFavourite: true });
    await changeMarks([summary.id], { note: 'à garder', tags: ['mer'] });
    await putMarks(before);
    expect(await getSummaries([summary.id])).toMatchObject([{ isFavourite: false, note: 'à garder', tags: ['mer'] }]);
  });

  it('is taken back by one window without what another did since', async () => {
    const { summary } = await saveArticle(article);
    await changeMarks([summary.id], { tags: ['ancien'] });
    const tagged = await changeMarks([summary.id], ({ tags }) => ({ tags: [...tags, 'mer'] }));
    const untagged = await changeMarks([summary.id], ({ tags }) => ({ tags: tags.filter((tag) => tag !== 'ancien') }));
    const archived = await changeMarks([summary.id], { archivedTime: 1 });
    await changeMarks([summary.id], ({ tags }) => ({ tags: [...tags, 'paix'], archivedTime: 2 }));
    for (const deed of [archived, untagged, tagged]) await putMarks(deed);
    expect(await getSummaries([summary.id])).toMatchObject([{ tags: ['paix', 'ancien'], archivedTime: 2 }]);
  });

  it('stays when the article is saved again in another version', async () => {
    const { summary } = await saveArticle(article);
    await changeMarks([summary.id], { archivedTime: 7, note: 'à relire' });
    await saveArticle({
      ...article,
      content: `${article.content}<p>新的一段。</p>`,
      textContent: `${article.textContent}\n新的一段。`,
    });
    expect((await getSummaries([summary.id]))[0]).toMatchObject({ archivedTime: 7, note: 'à relire' });
  });

  it('of an article that is not kept changes nothing', async () => {
    expect(await changeMarks(['https://www.rfi.fr/fr/jamais'], { isFavourite: true })).toEqual(new Map());
    expect(await listSummaries()).toEqual([]);
  });
});

it('a note that two windows write at once keeps what both wrote', async () => {
  const { summary } = await saveArticle(article);
  expect(await keepNote(summary.id, 'de gauche', [''])).toBe('de gauche');
  expect(await keepNote(summary.id, 'de droite', [''])).toBe('de droite\n\nde gauche');
  // A part of a word is not what another wrote.
  expect(await keepNote(summary.id, 'à gauche de droite', ['rien'])).toBe(
    'à gauche de droite\n\nde droite\n\nde gauche',
  );
  expect(await keepNote(summary.id, 'de droite\n\nde gauche', ['à gauche de droite\n\nde droite\n\nde gauche'])).toBe(
    'de droite\n\nde gauche',
  );
  expect(await keepNote(summary.id, 'récrite', ['de droite\n\nde gauche'])).toBe('récrite');
});

it('a highlight is taken back alone, and one that was written about since stays', async () => {
  const { summary } = await saveArticle(article);
  const [first, second] = [0, 20].map((start) =>
    makeHighlight(makeAnchor(article.textContent, { start, end: start + 9 }), 'green'),
  );
  if (!first || !second) throw new Error('There are two.');
  const make = (made: Highlight) =>
    changeMarks([summary.id], ({ highlights }) => ({ highlights: withHighlight(highlights, made) }));
  const highlights = async () => (await getSummaries([summary.id]))[0]?.highlights;
  const firstMade = await make(first);
  const secondMade = await make(second);
  await make({ ...second, note: 'à relire' });
  await putMarks(firstMade);
  expect(await highlights()).toEqual([{ ...second, note: 'à relire' }]);
  await putMarks(secondMade);
  expect(await highlights()).toEqual([{ ...second, note: 'à relire' }]);
  const removed = await changeMarks([summary.id], { highlights: [] });
  expect(await highlights()).toBeUndefined();
  await putMarks(removed);
  expect(await highlights()).toEqual([{ ...second, note: 'à relire' }]);
  expect(await findFlaws()).toEqual([]);
});
