/** What the list says of its articles: how many there are, why there is none, and the date that they stand in the order of. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { act } from 'preact/test-utils';
import { expect, it, vi } from 'vitest';
import type { Deeds } from '../../src/library/deeds.ts';
import { arrange } from '../../src/library/list/arrange.ts';
import { ArticleRow } from '../../src/library/list/ArticleRow.tsx';
import { ListStatus } from '../../src/library/list/ListStatus.tsx';
import type { Summary } from '../../src/saved/saved-article.ts';
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
  ['after:2021-13', 0, false, `${say('nothing_found', 'after:2021-13')} ${say('unknown_date', 'after:2021-13')}`],
  [
    'edition:zh before:2021-02-30 is:unraed',
    0,
    false,
    [
      say('nothing_found', 'edition:zh before:2021-02-30 is:unraed'),
      say('unknown_edition', 'zh', EDITIONS),
      say('unknown_date', 'before:2021-02-30'),
      say('unknown_filter', 'is:unraed'),
    ].join(' '),
  ],
  ['section:', 0, false, say('nothing_here')],
])('of “%s” the list says how many there are, or why there is none', async (query, count, isBinEmpty, sentence) => {
  const hasWords = /lampe|:zh|:2021/.test(query);
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

it('says of an article in the bin when it goes, and of no other', async () => {
  const binned = (removedTime: number | null): VNode => (
    <ArticleRow
      summary={summaryOf({ removedTime, thumbnail: null })}
      query={undefined}
      isSavedTimeShown
      isSelected={false}
      onSelect={() => undefined}
      onOpen={() => undefined}
      deeds={{} as Deeds}
    />
  );
  await draw(binned(Date.UTC(2026, 10, 3, 12)));
  expect(said()).toContain(say('bin_until', formatDate('2026-12-03T12:00:00Z')));
  await draw(binned(null));
  expect(said()).not.toContain('Goes on');
});

it('says of a group of a day whether it is that of saving', () => {
  const headings = (sort: 'saved' | 'published'): (string | undefined)[] =>
    arrange([summaryOf({ savedTime, publishedTime: '2020-11-04T12:00:00Z' })], { sort, group: 'day' }, say)
      .filter(({ summary }) => !summary)
      .map(({ heading }) => heading);
  expect(headings('saved')).toEqual([saved]);
  expect(headings('published')).toEqual([formatDate('2020-11-04T12:00:00Z')]);
});

/** What stands in the list: headings with their numbers, articles by their titles. */
const rows = (...given: Parameters<typeof arrange>): string[] =>
  arrange(...given).map(({ summary, heading, count }) => summary?.title ?? `${heading}: ${count}`);

it('has the days from the newest on, and in each the longest article first', () => {
  const article = (title: string, day: number, readingMinutes: number): Summary =>
    summaryOf({
      title,
      readingMinutes,
      savedTime: Date.UTC(2026, 10, day, 12),
    });
  const day = (number: number): string =>
    say('saved_on', formatDate(new Date(Date.UTC(2026, 10, number, 12)).toISOString()));
  const list = [article('short', 23, 2), article('middle', 23, 5), article('old', 22, 60), article('older', 3, 30)];
  expect(rows(list, { sort: 'length', group: 'day' }, say)).toEqual([
    `${day(23)}: 2`,
    'middle',
    'short',
    `${day(22)}: 1`,
    'old',
    `${day(3)}: 1`,
    'older',
  ]);
});

it('has other groups in the order of their names, and in each the articles as they are sorted', () => {
  const article = (title: string, section: string, readingMinutes: number): Summary =>
    summaryOf({ title, section, readingMinutes });
  const list = [
    article('a', 'Sports', 1),
    article('b', 'Économie', 2),
    article('c', 'Afrique', 3),
    article('d', 'Sports', 9),
    summaryOf({ title: 'e', section: null, url: 'https://www.rfi.fr/fr/20201104-titre', readingMinutes: 5 }),
  ];
  expect(rows(list, { sort: 'saved', group: 'section' }, say)).toEqual([
    'Afrique: 1',
    'c',
    'Économie: 1',
    'b',
    'Sports: 2',
    'a',
    'd',
    `${say('no_section')}: 1`,
    'e',
  ]);
  expect(rows(list, { sort: 'length', group: 'section' }, say).slice(4, 7)).toEqual(['Sports: 2', 'd', 'a']);
});

const focus = { onSearchLeave: () => undefined, onSearchEscape: () => undefined };

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
      focus={focus}
      arrangement={{ sort: 'saved', group: 'none' }}
      onArrangement={() => undefined}
    />,
  );
  const choices = [...root.querySelectorAll('option')].map(({ value }) => value);
  expect(choices).toContain('政治');
  expect(choices).toContain('法广');
});

it('offers of one edition its own sections', async () => {
  const list = [
    summaryOf({ edition: 'fr', section: 'Afrique' }),
    summaryOf({ edition: 'cn', lang: 'zh-Hans', section: '政治' }),
  ];
  await draw(
    <Toolbar
      summaries={list}
      allTags={[]}
      query="edition:fr"
      onQuery={() => undefined}
      focus={focus}
      arrangement={{ sort: 'saved', group: 'none' }}
      onArrangement={() => undefined}
    />,
  );
  const choices = [...root.querySelectorAll('option')].map(({ value }) => value);
  expect(choices).toEqual(expect.arrayContaining(['fr', 'cn', 'Afrique']));
  expect(choices).not.toContain('政治');
});

it('finds an author while the name is typed, a space in it too', async () => {
  function Tools(): VNode {
    const [query, setQuery] = useState('paix');
    return (
      <Toolbar
        summaries={[]}
        allTags={[]}
        query={query}
        onQuery={setQuery}
        focus={focus}
        arrangement={{ sort: 'saved', group: 'none' }}
        onArrangement={() => undefined}
      />
    );
  }
  await draw(<Tools />);
  const box = root.querySelector<HTMLInputElement>('input[name=author]');
  const query = (): string | undefined => root.querySelector<HTMLInputElement>('input[type=search]')?.value;
  if (!box) throw new Error('There is no box.');
  const seen: (string | undefined)[] = [];
  for (const letter of 'Aya S') {
    box.value += letter;
    await act(() => void box.dispatchEvent(new InputEvent('input', { bubbles: true })));
    seen.push(query());
  }
  expect(box.value).toBe('Aya S');
  expect(seen).toEqual([
    'author:A paix',
    'author:Ay paix',
    'author:Aya paix',
    'author:Aya paix',
    'author:"Aya S" paix',
  ]);
});
