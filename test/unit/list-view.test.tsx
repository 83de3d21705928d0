/** What the list says of its articles: how many there are, why there is none, and the date that they stand in the order of. */
import type { VNode } from 'preact';
import { expect, it, vi } from 'vitest';
import type { Deeds } from '../../src/library/deeds.ts';
import { arrange } from '../../src/library/list/arrange.ts';
import { ArticleRow } from '../../src/library/list/ArticleRow.tsx';
import { ListStatus } from '../../src/library/list/ListStatus.tsx';
import { formatDate } from '../../src/ui/format.ts';
import { SavedRow } from '../../src/ui/SavedRow.tsx';
import { draw, root } from '../fixtures/draw.tsx';
import { say } from '../fixtures/english.ts';
import { summaryOf } from '../fixtures/summary.ts';

// What makes a page one of an extension.
vi.stubGlobal('chrome', { runtime: { id: 'liseuse' } });
const { Toolbar } = await import('../../src/library/list/Toolbar.tsx');

const said = (): string => (root.textContent ?? '').replace(/\s+/g, ' ').trim();

const EDITIONS = 'fr, en, es, pt, br, ha, sw, ma, ff, ro, ru, uk, vi, cn, tw, km, fa';

it.each<[query: string, count: number, isBinEmpty: boolean, sentence: string]>([
  ['', 12, false, say('article_count', 12)],
  ['is:unread', 3, false, say('article_count', 3)],
  ['lampe', 3, false, say('found', 3)],
  ['is:unread', 0, false, say('nothing_here')],
  ['is:bin', 0, true, say('bin_empty')],
  ['edition:zh', 0, false, `${say('nothing_found', 'edition:zh')} ${say('unknown_edition', 'zh', EDITIONS)}`],
  ['section:', 0, false, say('nothing_here')],
])('of “%s” the list says how many there are, or why there is none', async (query, count, isBinEmpty, sentence) => {
  const hasWords = ['lampe', 'edition:zh'].includes(query);
  await draw(
    <ListStatus query={query} hasWords={hasWords} count={count} isKnown isSearching={false} isBinEmpty={isBinEmpty} />,
  );
  expect(said()).toBe(sentence);
});

const savedTime = Date.UTC(2026, 10, 23, 12);
const saved = say('saved_on', formatDate(new Date(savedTime).toISOString()));
const row = (publishedTime: string, isSavedTimeShown: boolean): VNode => (
  <SavedRow
    summary={summaryOf({ savedTime, publishedTime })}
    isSavedTimeShown={isSavedTimeShown}
    onOpen={() => undefined}
  />
);

it('says in a row when it was saved, where that is not the day of publication', async () => {
  await draw(row('2020-11-04T12:00:00Z', true));
  expect(said()).toContain(saved);
  expect(said()).toContain(formatDate('2020-11-04T12:00:00Z'));
  await draw(row('2026-11-23T12:00:00Z', true));
  expect(said()).not.toContain(saved);
  await draw(row('2020-11-04T12:00:00Z', false));
  expect(said()).not.toContain(saved);
});

it('shows an article whatever it says of itself, and leaves room for the others', async () => {
  await draw(row('yesterday', true));
  expect(said()).toContain(saved);
  const deeds = {} as Deeds;
  const title = 'x'.repeat(2_000_000);
  const tags = Array.from({ length: 100_000 }, (_, index) => `tag ${index} ${'y'.repeat(400)}`);
  await draw(
    <ArticleRow
      summary={summaryOf({ title, tags, thumbnail: null })}
      query={undefined}
      isSavedTimeShown
      isSelected={false}
      onSelect={() => undefined}
      onOpen={() => undefined}
      deeds={deeds}
    />,
  );
  expect(said().length).toBeLessThan(10_000);
  expect(said()).toContain(`${'x'.repeat(300)}…`);
  expect(said()).toContain('tag 19 ');
  expect(said()).not.toContain('tag 20 ');
});

it('says of a group of a day whether it is that of saving', () => {
  const headings = (sort: 'saved' | 'published'): (string | undefined)[] =>
    arrange([summaryOf({ savedTime, publishedTime: '2020-11-04T12:00:00Z' })], { sort, group: 'day' }, say)
      .filter(({ summary }) => !summary)
      .map(({ heading }) => heading);
  expect(headings('saved')).toEqual([saved]);
  expect(headings('published')).toEqual([formatDate('2020-11-04T12:00:00Z')]);
});

it('offers the sections that only addresses name, and the newsroom as an author', async () => {
  const archived = summaryOf({
    section: null,
    byline: null,
    edition: 'cn',
    url: 'https://www.rfi.fr/cn/%E6%94%BF%E6%B2%BB/20201104-%E7%BE%8E%E5%A4%A7%E9%80%89',
  });
  await draw(
    <Toolbar
      summaries={[archived]}
      allTags={[]}
      query=""
      onQuery={() => undefined}
      onSearchKey={() => undefined}
      arrangement={{ sort: 'saved', group: 'none' }}
      onArrangement={() => undefined}
    />,
  );
  const choices = [...root.querySelectorAll('option')].map(({ value }) => value);
  expect(choices).toContain('政治');
  expect(choices).toContain('法广');
});
