/** The search on a real IndexedDB implementation: what is saved is found, the newest first, and changes are seen. */
import { beforeEach, describe, expect, it } from 'vitest';
import { fold } from '../../src/saved/fold.ts';
import { parseQuery } from '../../src/saved/query.ts';
import type { Summary } from '../../src/saved/saved-article.ts';
import { closeDatabase, DATABASE_NAME, openDatabase } from '../../src/saved/schema.ts';
import { Search } from '../../src/saved/search.ts';
import { summaryOf } from '../fixtures/summary.ts';

beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => (indexedDB.deleteDatabase(DATABASE_NAME).onsuccess = resolve));
});

/** Puts articles with these texts into the store, each a second newer than the one before; the newest comes first back. */
async function keep(texts: readonly string[], from = 0): Promise<Summary[]> {
  const transaction = (await openDatabase()).transaction(['summaries', 'texts'], 'readwrite');
  const summaries = texts.map((_, index) => summaryOf({ id: `a${from + index}`, savedTime: (from + index) * 1000 }));
  for (const [index, text] of texts.entries()) {
    const summary = summaries[index];
    if (!summary) continue;
    const { id, savedTime } = summary;
    void transaction.objectStore('summaries').put(summary);
    void transaction.objectStore('texts').put({ id, savedTime, text: fold(text) });
  }
  await transaction.done;
  return summaries.toReversed();
}

/** The ids of what is found. */
const find = (search: Search, query: string, summaries: readonly Summary[]): string[] =>
  search.find(parseQuery(query), summaries).map(({ id }) => id);

async function loaded(): Promise<Search> {
  const search = new Search();
  await search.load(() => undefined);
  return search;
}

describe('a search', () => {
  it('finds nothing in an empty list', async () => {
    expect(find(await loaded(), 'mot', [])).toEqual([]);
  });

  it('finds articles in the order of the list that it is given', async () => {
    const summaries = await keep(['國會討論預算', 'Le maire', '国会今天休会']);
    const search = await loaded();
    expect(find(search, '国会', summaries)).toEqual(['a2', 'a0']);
    expect(find(search, '国会', summaries.toReversed())).toEqual(['a0', 'a2']);
    expect(find(search, '国会 预算', summaries)).toEqual(['a0']);
    expect(find(search, '', summaries)).toEqual(['a2', 'a1', 'a0']);
  });

  it('finds only in the list that it is given', async () => {
    const summaries = await keep(['un mot', 'un mot']);
    expect(find(await loaded(), 'mot', summaries.slice(1))).toEqual(['a0']);
  });

  it.each([1, 99, 100, 101, 499, 500, 501, 2101])('reads every text of %i, the newest first', async (count) => {
    const summaries = await keep(Array.from({ length: count }, (_, index) => `mot ${index}`));
    const ids = summaries.map(({ id }) => id);
    const search = new Search();
    const steps: string[][] = [];
    await search.load(() => steps.push(find(search, 'mot', summaries)));
    expect(steps.at(-1)).toEqual(ids);
    for (const found of steps) expect(found).toEqual(ids.slice(0, found.length));
    expect(steps[0]).toEqual(ids.slice(0, 100));
  });

  it('does not wait for what is written while it reads, as an import does all the time', async () => {
    await keep(Array.from({ length: 600 }, (_, index) => `mot ${index}`));
    const database = await openDatabase();
    const order: string[] = [];
    let written: Promise<unknown> | undefined;
    await new Search().load(() => {
      order.push('read');
      written ??= database.put('texts', { id: 'new', savedTime: 1e9, text: 'mot' }).then(() => order.push('written'));
    });
    await written;
    expect(order).toEqual(['read', 'read', 'read', 'written']);
  });

  it('reads every text of articles that were saved in the same millisecond', async () => {
    const database = await openDatabase();
    const summaries = Array.from({ length: 1200 }, (_, index) => summaryOf({ id: `b${index}`, savedTime: 7 }));
    const transaction = database.transaction('texts', 'readwrite');
    for (const { id, savedTime } of summaries) void transaction.store.put({ id, savedTime, text: 'mot' });
    await transaction.done;
    expect(find(await loaded(), 'mot', summaries)).toHaveLength(1200);
  });

  it('knows filters, tags and notes of articles whose text is not loaded', () => {
    const summaries = [summaryOf({ id: 'a', tags: ['Climat'] }), summaryOf({ id: 'b', isFavourite: true })];
    const search = new Search();
    expect(find(search, 'climat', summaries)).toEqual(['a']);
    expect(find(search, 'is:favourite', summaries)).toEqual(['b']);
  });

  it('sees what the reader changed in a summary at once', async () => {
    const [summary = summaryOf()] = await keep(['un mot']);
    const search = await loaded();
    expect(find(search, 'mot relire', [summary])).toEqual([]);
    expect(find(search, 'mot relire', [{ ...summary, note: 'À relire' }])).toEqual(['a0']);
    expect(find(search, 'mot', [{ ...summary, removedTime: 5 }])).toEqual([]);
  });
});

describe('refresh', () => {
  it('reads some articles again', async () => {
    const summaries = await keep(['un mot', 'un mot']);
    const search = await loaded();
    await keep(['autre chose', 'autre chose']);
    await search.refresh(['a1']);
    expect(find(search, 'autre', summaries)).toEqual(['a1']);
    expect(find(search, 'mot', summaries)).toEqual(['a0']);
  });

  it('reads new articles, and forgets what is gone', async () => {
    const old = await keep(['un mot']);
    const search = await loaded();
    const summaries = [...(await keep(['un mot'], 1)), ...old];
    await search.refresh(['a1', 'never saved']);
    expect(find(search, 'mot', summaries)).toEqual(['a1', 'a0']);
    await (await openDatabase()).delete('texts', [0, 'a0']);
    await search.refresh(['a0']);
    expect(find(search, 'mot', summaries)).toEqual(['a1']);
  });

  it('reads all where it may be any', async () => {
    const summaries = await keep(['un mot', 'un mot']);
    const search = await loaded();
    await keep(['autre chose', 'autre chose']);
    await search.refresh(undefined);
    expect(find(search, 'autre', summaries)).toEqual(['a1', 'a0']);
  });
});
