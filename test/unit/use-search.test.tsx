/** The search of a list as it is typed: texts are waited for once, and what is saved later is found all the same. */
import type { VNode } from 'preact';
import { beforeEach, expect, it, vi } from 'vitest';
import { useSearch } from '../../src/library/list/use-search.ts';
import type { FollowedList } from '../../src/saved/follow-list.ts';
import { listSummaries, saveArticle } from '../../src/saved/store.ts';
import { renewTexts } from '../../src/saved/texts.ts';
import { draw } from '../fixtures/draw.tsx';
import { emptyLibrary } from '../fixtures/empty-library.ts';
import { extractFixture } from '../fixtures/fixture.ts';

vi.stubGlobal('navigator', { language: 'en', locks: { request: (_: string, run: () => Promise<void>) => run() } });

/** What stood there, each once. */
let shown: string[];
const see = (words: string): Promise<void> => vi.waitFor(() => expect(shown.at(-1)).toBe(words), 10_000);

function List({ list, typed }: { list: FollowedList; typed: string }): VNode {
  const { found, isSearching } = useSearch(list, typed);
  const words = isSearching ? 'searching' : `${typed}: ${found.length}`;
  if (shown.at(-1) !== words) shown.push(words);
  return <p>{words}</p>;
}
async function type(typed: string): Promise<void> {
  const list = { summaries: await listSummaries(), isWhole: true };
  await draw(<List list={list} typed={typed} />);
}

beforeEach(async () => {
  await emptyLibrary();
  shown = [];
});

it('waits for the texts at the first search, and never again', async () => {
  await saveArticle(extractFixture('article-cn'));
  await renewTexts();
  await type('');
  await type('巴黎');
  await see('巴黎: 1');
  expect(shown).toEqual([': 1', 'searching', '巴黎: 1']);

  await type('');
  await saveArticle(extractFixture('article-fr'));
  await renewTexts();
  await type('bibliothèque');
  await see('bibliothèque: 1');
  expect(shown.slice(3)).not.toContain('searching');
});
