/** What holds for any two libraries that meet, in whatever order: tried on made-up ones. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/article/article.ts';
import { makeHighlight, type Highlight } from '../../src/article/highlight.ts';
import { stampHighlights, takeBackHighlights, toParts } from '../../src/saved/highlights.ts';
import { livingRecord, mergeEntries, replaceEntry, type ArticleRecord, type Entry } from '../../src/saved/merge.ts';
import type { Field, Stamps, Summary } from '../../src/saved/saved-article.ts';
import { summarize } from '../../src/saved/saved-article.ts';
import { makeStamp, newestStamp, sameStamps, withMarks } from '../../src/saved/stamps.ts';
import { extractFixture } from '../fixtures/fixture.ts';

const article = extractFixture('article-fr');

/** Few times and few installations, so that stamps meet, also with different values. */
const anyStamp = fc
  .record({ time: fc.nat(6), installation: fc.constantFrom('a', 'b', 'c') })
  .map(({ time, installation }) => makeStamp(installation, time));

const FIELDS = ['text', 'removedTime', 'archivedTime', 'isFavourite', 'position', 'tags', 'note'] as const;
const anyStamps: fc.Arbitrary<Stamps> = fc
  .tuple(...FIELDS.map(() => anyStamp))
  .map((stamps) => Object.fromEntries(FIELDS.map((field, index) => [field, stamps[index]])) as Record<Field, string>);

const anyArticle: fc.Arbitrary<Article> = fc
  .record({ title: fc.constantFrom('x', 'y'), photos: fc.subarray(['https://a.example/1', 'https://a.example/2']) })
  .map((change) => ({ ...article, ...change }));

/** Two of two ids, in two versions each, so that the same is here and there, changed and removed. */
const anyHighlights = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('1', '2'),
    start: fc.nat(1),
    note: fc.constantFrom('', 'n'),
    stamp: anyStamp,
    isRemoved: fc.boolean(),
  }),
  { selector: ({ id }) => id },
);
const highlightOf = ({ id, start, note }: { id: string; start: number; note: string }): Highlight => ({
  ...makeHighlight({ start, end: 9, exact: 'mot', prefix: '', suffix: '' }, 'yellow', 0),
  ...{ id, note },
});

const anyTime = fc.option(fc.nat(3));
const anyPlain: fc.Arbitrary<ArticleRecord> = fc.record({
  id: fc.constant('https://www.rfi.fr/fr/x'),
  savedTime: fc.nat(3),
  marks: fc.record({
    removedTime: anyTime,
    archivedTime: anyTime,
    isFavourite: fc.boolean(),
    position: fc.option(
      fc.record({ paragraph: fc.nat(2), offset: fc.constantFrom(0, 0.5), share: fc.constantFrom(0, 0.5, 1) }),
    ),
    tags: fc.subarray(['t', 'u']),
    note: fc.constantFrom('', 'n', 'm'),
  }),
  stamps: anyStamps,
  article: anyArticle,
  photos: fc.uniqueArray(
    fc.record({
      src: fc.constantFrom('https://a.example/1', 'https://a.example/2'),
      state: fc.constantFrom('wanted', 'kept', 'failed', 'dropped'),
      size: fc.nat(2),
      type: fc.constantFrom('', 'image/png', 'image/jpeg'),
    }),
    { selector: ({ src }) => src },
  ),
});

const anyRecord: fc.Arbitrary<ArticleRecord> = fc.tuple(anyPlain, anyHighlights).map(([record, known]) => {
  const parts = toParts({
    highlights: known.filter(({ isRemoved }) => !isRemoved).map(highlightOf),
    stamps: Object.fromEntries(known.map(({ id, stamp }) => [id, stamp])),
  });
  const { marks, stamps } = record;
  return { ...record, marks: { ...marks, ...parts.marks }, stamps: { ...stamps, ...parts.stamps } };
});

const anyEntry: fc.Arbitrary<Entry> = fc.record({
  record: fc.option(anyRecord, { nil: undefined }),
  deleted: fc.option(anyStamp, { nil: undefined }),
});

/** What a library keeps of an answer: what was destroyed is gone, its mark stays. */
const keep = (entry: Entry): Entry => ({ record: livingRecord(entry), deleted: entry.deleted });

const seen = (entry: Entry): string => JSON.stringify(keep(entry));
const RUNS = { numRuns: 2000 };

describe('merging', () => {
  it('does not matter in which direction', () => {
    fc.assert(
      fc.property(anyEntry, anyEntry, (a, b) => seen(mergeEntries(a, b)) === seen(mergeEntries(b, a))),
      RUNS,
    );
  });

  it('does not matter in which order', () => {
    fc.assert(
      fc.property(
        anyEntry,
        anyEntry,
        anyEntry,
        (a, b, c) => seen(mergeEntries(mergeEntries(a, b), c)) === seen(mergeEntries(a, mergeEntries(b, c))),
      ),
      RUNS,
    );
  });

  it('twice is once', () => {
    fc.assert(
      fc.property(anyEntry, anyEntry, (a, b) => {
        const once = mergeEntries(a, b);
        return seen(mergeEntries(once, b)) === seen(once) && seen(mergeEntries(a, a)) === seen(a);
      }),
      RUNS,
    );
  });

  it('agrees on whether an article is there, also where it was destroyed in between', () => {
    const isThere = (entry: Entry): boolean => livingRecord(entry) !== undefined;
    fc.assert(
      fc.property(anyEntry, anyEntry, anyEntry, (a, b, c) => {
        const one = mergeEntries(keep(mergeEntries(keep(a), keep(b))), keep(c));
        const other = mergeEntries(keep(a), keep(mergeEntries(keep(b), keep(c))));
        return isThere(one) === isThere(other) && one.deleted === other.deleted;
      }),
      RUNS,
    );
  });

  it('agrees on all that was written since it was destroyed', () => {
    fc.assert(
      fc.property(anyEntry, anyEntry, anyEntry, (a, b, c) => {
        const one = keep(mergeEntries(keep(mergeEntries(keep(a), keep(b))), keep(c)));
        const other = keep(mergeEntries(keep(a), keep(mergeEntries(keep(b), keep(c)))));
        const since = ({ record, deleted = '' }: Entry): unknown =>
          record &&
          FIELDS.filter((field) => record.stamps[field] > deleted).map((field) => [
            field,
            record.stamps[field],
            field === 'text' ? [record.savedTime, record.article] : record.marks[field],
          ]);
        expect(since(one)).toEqual(since(other));
      }),
      RUNS,
    );
  });

  it('loses nothing that was written last', () => {
    fc.assert(
      fc.property(anyRecord, anyRecord, fc.constantFrom(...FIELDS), (ours, theirs, field) => {
        const stamp = makeStamp('a', 100);
        const later = { ...theirs, stamps: { ...theirs.stamps, [field]: stamp } };
        const merged = livingRecord(mergeEntries({ record: ours }, { record: later }));
        expect(merged?.stamps[field]).toBe(stamp);
        const value = (record: ArticleRecord | undefined): unknown =>
          field === 'text' ? [record?.savedTime, record?.article] : record?.marks[field];
        expect(value(merged)).toEqual(value(later));
      }),
    );
  });

  it('a deletion wins over what is older, and what is newer comes back', () => {
    fc.assert(
      fc.property(anyRecord, anyStamp, (record, deleted) => {
        const isThere = livingRecord(mergeEntries({ deleted }, { record })) !== undefined;
        expect(isThere).toBe(newestStamp(record.stamps) > deleted);
      }),
    );
  });
});

it('a replacement says what the backup says, twice is once, and no merge with what was there takes it back', () => {
  fc.assert(
    fc.property(anyEntry, anyRecord, (any, theirs) => {
      const ours = keep(any);
      const stampNow = (...replaced: string[]): string => makeStamp('d', 50, ...replaced);
      const values = (entry: Entry): unknown => {
        const record = livingRecord(entry);
        return record && [record.savedTime, record.article, record.marks];
      };
      const replaced = keep(replaceEntry(ours, theirs, stampNow));
      expect(values(replaced)).toEqual([theirs.savedTime, theirs.article, theirs.marks]);
      expect(seen(replaceEntry(replaced, theirs, stampNow))).toBe(seen(replaced));
      expect(values(mergeEntries(replaced, ours))).toEqual(values(replaced));
    }),
    { numRuns: 2000 },
  );
});

describe('stamps', () => {
  const anyInstant = fc.nat(4_000_000_000_000);

  it('sort as their times do', () => {
    fc.assert(
      fc.property(anyInstant, anyInstant, (one, other) => {
        if (one !== other) expect(makeStamp('z', one) < makeStamp('a', other)).toBe(one < other);
      }),
    );
  });

  it('are greater than what they replace, whatever the clock says and whoever wrote it', () => {
    fc.assert(
      fc.property(anyInstant, anyInstant, fc.constantFrom('a', 'z'), (before, now, installation) => {
        const replaced = makeStamp(installation, before);
        expect(makeStamp('m', now, replaced) > replaced).toBe(true);
      }),
    );
  });

  it('are new for the marks that change, and for no other', () => {
    const first = makeStamp('a', 100);
    const summary: Summary = { ...summarize(article, 'x', 100), stamps: sameStamps(first) };
    const changed = withMarks(summary, { note: 'n', isFavourite: false }, (...replaced) =>
      makeStamp('a', 50, ...replaced),
    );
    expect(changed.stamps).toEqual({ ...sameStamps(first), note: makeStamp('a', 101) });
  });
});

describe('highlights', () => {
  it('of two libraries come together, and one that was removed later stays away', () => {
    const [one, other] = ['1', '2'].map((id) => highlightOf({ id, start: 0, note: '' }));
    if (!one || !other) throw new Error('There are two.');
    const plain = fc.sample(anyPlain, { numRuns: 1, seed: 1 })[0];
    if (!plain) throw new Error('There is one.');
    const having = (highlights: Highlight[], stamps: Record<string, string>): Entry => {
      const parts = toParts({ highlights, stamps });
      return {
        record: {
          ...plain,
          marks: { ...plain.marks, ...parts.marks },
          stamps: { ...plain.stamps, ...parts.stamps },
        },
      };
    };
    const ours = having([one], { 1: makeStamp('a', 1) });
    const theirs = having([other], { 2: makeStamp('b', 2) });
    const both = mergeEntries(ours, theirs);
    expect(both.record?.marks.highlights).toEqual([one, other]);
    const removed = having([], { 1: makeStamp('b', 3) });
    expect(mergeEntries(both, removed).record?.marks.highlights).toEqual([other]);
    expect(mergeEntries(removed, both).record?.marks.highlights).toEqual([other]);
    const written = having([{ ...one, note: 'plus tard' }], { 1: makeStamp('a', 4) });
    expect(mergeEntries(removed, written).record?.marks.highlights).toEqual([{ ...one, note: 'plus tard' }]);
  });

  it('that change are stamped, and no other; a change is taken back alone', () => {
    fc.assert(
      fc.property(anyHighlights, anyHighlights, anyHighlights, (first, second, third) => {
        const [before, after, current] = [first, second, third].map((known) => known.map(highlightOf));
        const known = {
          highlights: before ?? [],
          stamps: Object.fromEntries(first.map(({ id, stamp }) => [id, stamp])),
        };
        const stamped = stampHighlights(known, after, (...replaced) => makeStamp('d', 50, ...replaced));
        for (const { id } of [...first, ...second]) {
          const [old, made] = [before, after].map((list) => JSON.stringify(list?.find((each) => each.id === id)));
          expect(stamped.stamps[id]?.endsWith('-d')).toBe(old !== made);
        }
        const undone = takeBackHighlights(before, after, after);
        expect(undone.map((each) => JSON.stringify(each)).sort()).toEqual(
          [...(before ?? [])]
            .map((each) => JSON.stringify(toParts({ highlights: [each] }).marks.highlights?.[0]))
            .sort(),
        );
        const late = takeBackHighlights(before, after, current);
        for (const highlight of current ?? []) {
          const made = after?.find(({ id }) => id === highlight.id);
          if (JSON.stringify(made) !== JSON.stringify(highlight))
            expect(late.find(({ id }) => id === highlight.id)).toEqual(highlight);
        }
      }),
    );
  });
});
