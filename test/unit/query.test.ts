/** What a reader may type into the search, and which articles that asks for. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeHighlight, type Highlight } from '../../src/article/highlight.ts';
import { fold } from '../../src/saved/fold.ts';
import {
  filterOf,
  matches,
  mistakesIn,
  parseQuery,
  withFilter,
  withoutFilter,
  type FilterName,
} from '../../src/saved/query.ts';
import type { Summary } from '../../src/saved/saved-article.ts';
import { summaryOf } from '../fixtures/summary.ts';

const highlight: Highlight = {
  ...makeHighlight({ start: 0, end: 5, exact: 'texte', prefix: '', suffix: '' }, 'blue'),
  note: 'À revoir demain',
};

const finds = (typed: string, text: string, changes: Partial<Summary> = {}): boolean =>
  matches(parseQuery(typed), summaryOf(changes), fold(text));

describe('words', () => {
  it.each<[typed: string, text: string]>([
    ['', 'tout'],
    ['   ', 'tout'],
    ['élection maire', 'Le maire avant les élections'],
    ['ÉLECTION', 'les elections'],
    ['"avant les"', 'Le maire avant les élections'],
    ['“avant les” maire', 'Le maire avant les élections'],
    ['« avant les »', 'Le maire avant les élections'],
    ['「今天討論」', '国会今天讨论预算'],
    ['『今天討論』预算', '国会今天讨论预算'],
    ['国会 预算', '国会今天讨论预算'],
    ['"avant', 'Le maire avant les élections'],
    ['"" «»', 'tout'],
    ["l'élu", 'L’élu'],
    ['12:30', 'À 12:30 précises'],
    ['https://www.rfi.fr/', 'Voir https://www.rfi.fr/'],
    ['他说："不行"', '他说：“不行”'],
    ['foo:bar', 'foo:bar'],
    ['is:foo', 'un mot is:foo'],
    ['edition:français', 'edition:francais'],
    ['before:soon', 'before:soon'],
    ['before:2024-13', 'before:2024-13'],
    ['after:2023-02-29', 'after:2023-02-29'],
    ['constructor:x', 'constructor:x'],
    ['is:constructor', 'is:constructor'],
    ['tag:', 'a filter that is still being typed'],
    ['tag:"', 'the same with its quote'],
    ['section：', 'and in Chinese'],
  ])('%s finds %s', (typed, text) => expect(finds(typed, text)).toBe(true));

  it.each<[typed: string, text: string]>([
    ['élection gouverneur', 'Le maire avant les élections'],
    ['"les avant"', 'Le maire avant les élections'],
    ['"avant  les"', 'Le maire avant les élections'],
    ['" maire"', 'Lemaire'],
    ['is:foo', 'foo'],
    ['foo:bar', 'bar'],
    ['tag:"mot', 'what is being typed is a word'],
  ])('%s does not find %s', (typed, text) => expect(finds(typed, text)).toBe(false));

  it('are also looked for in what the reader wrote', () => {
    const own = { tags: ['À relire'], note: 'Pour le cours de géographie' };
    expect(finds('relire', 'texte', own)).toBe(true);
    expect(finds('texte geographie "A RELIRE"', 'texte', own)).toBe(true);
    expect(finds('relire physique', 'texte', own)).toBe(false);
    expect(finds('relire pour', 'texte', own)).toBe(true);
    expect(finds('"relire pour"', 'texte', own)).toBe(false);
    expect(finds('DEMAIN', 'texte', { highlights: [highlight] })).toBe(true);
    expect(finds('hier', 'texte', { highlights: [highlight] })).toBe(false);
    expect(finds('has:highlight', 'texte', own)).toBe(false);
  });
});

/** The address of an article of an archive file, which has no field for its section. */
const ARCHIVED = 'https://www.rfi.fr/cn/%E6%94%BF%E6%B2%BB/20201104-%E7%BE%8E%E5%A4%A7%E9%80%89';

const position = { paragraph: 2, offset: 0, share: 0.3 };

describe('filters', () => {
  it.each<[typed: string, changes: Partial<Summary>]>([
    ['edition:fr', { edition: 'fr' }],
    ['EDITION:FR', { edition: 'fr' }],
    ['edition：cn', { edition: 'cn' }],
    ['ｅｄｉｔｉｏｎ：ＣＮ', { edition: 'cn' }],
    ['section:pol', { section: 'Politique' }],
    ['section:afrique', { section: 'Afrique de l’Ouest' }],
    ['section:"afrique de l\'ouest"', { section: 'Afrique de l’Ouest' }],
    ['section:「中國」', { section: '中国' }],
    ['author:LEA', { byline: 'Léa Dupont, Ali Sow' }],
    ['section:政治', { section: null, edition: 'cn', url: ARCHIVED }],
    ['section:"政治"', { section: null, edition: 'cn', url: ARCHIVED }],
    ['section:政', { section: null, edition: 'cn', url: ARCHIVED }],
    ['author:法广', { byline: null, edition: 'cn', siteName: 'RFI' }],
    ['author:法廣', { byline: null, edition: 'cn', siteName: 'RFI' }],
    ['author:法广', { byline: null, edition: 'tw', siteName: 'RFI - 法國國際廣播電台' }],
    ['author:rfi', { byline: null, edition: 'fr' }],
    ['author:美国之音', { byline: null, edition: null, siteName: '美国之音' }],
    ['author:sow', { byline: 'Léa Dupont, Ali Sow' }],
    ['tag:"deux mots"', { tags: ['Deux mots'] }],
    ['tag:deu', { tags: ['Deux mots'] }],
    ['tag:climat', { keywords: ['Énergie', 'Climat'] }],
    ['tag:énergie tag:climat', { keywords: ['Énergie'], tags: ['climat'] }],
    ['before:2024-01', { publishedTime: '2023-12-30T09:00:00Z' }],
    ['before:2024', { publishedTime: '2023-12-30T09:00:00Z' }],
    ['after:2024-05-17', { publishedTime: '2024-05-18T09:00:00Z' }],
    ['after:2024-01', { publishedTime: '2024-01-02T09:00:00Z' }],
    ['after:2024', { publishedTime: '2024-01-02T09:00:00Z' }],
    ['after:۲۰۲۴', { publishedTime: '2024-01-02T09:00:00Z' }],
    ['after:2024-1-2', { publishedTime: '2024-01-04T09:00:00Z' }],
    ['after:2024', { publishedTime: null, savedTime: Date.UTC(2024, 5) }],
    ['after:2024 before:2025', { publishedTime: '2024-06-02T09:00:00Z' }],
    ['after:2024-05-17', { publishedTime: new Date(2024, 4, 17).toISOString() }],
    ['tag:mots', { tags: ['Deux mots'] }],
    ['is:unread', {}],
    ['is:reading', { position }],
    ['is:archived', { archivedTime: 5 }],
    ['is:archived', { archivedTime: 5, position }],
    ['is:favourite', { isFavourite: true }],
    ['is:favourite is:archived', { isFavourite: true, archivedTime: 5 }],
    ['is:bin', { removedTime: 5 }],
    ['IS:Bin is:unread', { removedTime: 5 }],
    ['has:audio', { hasSound: true }],
    ['has:photo', { photos: { total: 1, kept: 0, failed: 0 } }],
    ['has:note', { note: 'à relire' }],
    ['has:"note"', { note: 'à relire' }],
    ['has:highlight', { highlights: [highlight] }],
  ])('%s takes %o', (typed, changes) => expect(finds(typed, '', changes)).toBe(true));

  it.each<[typed: string, changes: Partial<Summary>]>([
    ['edition:fr', { edition: 'cn' }],
    ['edition:fr', { edition: null }],
    ['edition:zh', { edition: 'cn' }],
    ['section:politique', { section: null }],
    ['author:lea', { byline: null }],
    ['author:法广', { byline: '艾米', edition: 'cn' }],
    ['author:法广', { byline: null, edition: 'fr' }],
    ['section:%E6', { section: null, edition: 'cn', url: ARCHIVED }],
    ['section:cn', { section: null, edition: 'cn', url: 'https://www.rfi.fr/cn/20201104-%E6%94%BF%E6%B2%BB' }],
    [
      'section:contenu',
      { section: null, edition: 'cn', url: 'https://www.rfi.fr/cn/contenu/20201104-%E6%94%BF%E6%B2%BB' },
    ],
    ['section:b', { section: null, edition: null, url: 'https://example.org/b/20201104-c' }],
    ['tag:"deux"', { tags: ['Deux mots'] }],
    ['section:"afrique"', { section: 'Afrique de l’Ouest' }],
    ['tag:énergie tag:climat', { keywords: ['Énergie'] }],
    ['before:2024-01', { publishedTime: '2024-01-02T09:00:00Z' }],
    ['before:2024-05-17', { publishedTime: new Date(2024, 4, 17).toISOString() }],
    ['after:2024-05-17', { publishedTime: '2024-05-15T09:00:00Z' }],
    ['after:2024', { publishedTime: '2023-06-02T09:00:00Z', savedTime: Date.UTC(2024, 5) }],
    ['is:unread', { position }],
    ['is:unread', { archivedTime: 5 }],
    ['is:reading', {}],
    ['is:reading', { archivedTime: 5, position }],
    ['is:archived', {}],
    ['is:favourite', {}],
    ['is:bin', {}],
    ['is:unread', { removedTime: 5 }],
    ['', { removedTime: 5 }],
    ['has:audio', { hasSound: false }],
    ['has:photo', { photos: { total: 0, kept: 0, failed: 0 } }],
    ['has:note', { note: ' ' }],
  ])('%s leaves %o', (typed, changes) => expect(finds(typed, '', changes)).toBe(false));

  it('stand between words', () => {
    const typed = 'maire is:favourite "avant les"';
    expect(finds(typed, 'Le maire avant les élections', { isFavourite: true })).toBe(true);
    expect(finds(typed, 'Le maire avant les élections')).toBe(false);
    expect(finds(typed, 'Le maire', { isFavourite: true })).toBe(false);
  });

  it('are not read in a phrase', () => expect(finds('"is:bin"', 'the filter is:bin')).toBe(true));
});

describe('mistakesIn', () => {
  it.each<[typed: string, mistakes: string[]]>([
    ['editon:cn maire', ['filter editon:cn']],
    ['is:unraed before:2024-13', ['filter is:unraed', 'date before:2024-13']],
    ['AFTER：soon', ['date AFTER：soon']],
    ['constructor:x', ['filter constructor:x']],
    ['edition:zh', ['edition edition:zh']],
    ['is:unread edition:cn maire "note:x"', []],
    ['https://www.rfi.fr/cn/ 他说：不行 10:30 is:', []],
  ])('of %s are %j', (typed, mistakes) =>
    expect(mistakesIn(typed).map(({ kind, written }) => `${kind} ${written}`)).toEqual(mistakes),
  );
});

describe('the buttons', () => {
  it.each<[typed: string, name: FilterName, value: string, result: string]>([
    ['', 'is', 'unread', 'is:unread'],
    ['maire', 'is', 'unread', 'is:unread maire'],
    ['is:bin  maire', 'is', 'unread', 'is:unread maire'],
    ['maire is:bin élu IS:favourite', 'is', 'unread', 'is:unread maire élu'],
    ['maire', 'tag', 'deux mots', 'tag:"deux mots" maire'],
    ['maire', 'section', 'Afrique', 'section:"Afrique" maire'],
    ['maire', 'tag', 'dit "le maire"', 'tag:«dit "le maire"» maire'],
    ['"avant  les', 'tag', 'deux mots', 'tag:"deux mots" "avant  les'],
    ['maire tag:', 'tag', '«x»', 'tag:"«x»" maire'],
  ])('put a filter into "%s": %s, %s', (typed, name, value, result) =>
    expect(withFilter(typed, name, value)).toBe(result),
  );

  it.each<[typed: string, name: FilterName, value: string | null]>([
    ['maire', 'is', null],
    ['maire is:Unread', 'is', 'unread'],
    ['is:bin is:unread', 'is', 'unread'],
    ['is:foo', 'is', null],
    ['is:', 'is', null],
    ['"is:bin"', 'is', null],
    ['tag:"Deux mots"', 'tag', 'Deux mots'],
    ['before:2024-01', 'before', '2024-01'],
  ])('"%s" has for %s: %s', (typed, name, value) => expect(filterOf(typed, name)).toBe(value));

  it('take a filter out and leave the rest as it was typed', () => {
    expect(withoutFilter('Maire  "a  b" is:bin tag:x', 'is')).toBe('Maire  "a  b" tag:x');
    expect(withoutFilter('is:foo maire', 'is')).toBe('is:foo maire');
  });
});

describe('whatever is typed', () => {
  const part = fc.oneof(
    fc.constantFrom('is:', 'tag:', 'tag:x', 'edition：cn', 'is:bin', 'before:', '2024-01', 'foo:', ':', '：'),
    fc.constantFrom('"', '“', '”', '«', '»', '「', '」', '『', '』', "'", ' ', '  ', '中', 'mot', '\u200c', '\u0301'),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );
  const typed = fc.array(part, { maxLength: 14 }).map((parts) => parts.join(''));
  const name = fc.constantFrom<FilterName[]>('tag', 'section', 'author');
  const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

  it('is a query', () => {
    fc.assert(
      fc.property(typed, (text) => {
        expect(parseQuery(text).words.every((word) => word.trim() !== '')).toBe(true);
      }),
    );
  });

  it('comes back when a filter is put in and taken out', () => {
    fc.assert(
      fc.property(typed, name, fc.string({ minLength: 1 }), (text, filter, value) => {
        const before = withoutFilter(text, filter);
        expect(squeezed(withoutFilter(withFilter(text, filter, value), filter))).toBe(squeezed(before));
      }),
      { numRuns: 2000 },
    );
  });

  it('has the filter that was put in', () => {
    const value = fc.constantFrom('x', 'Deux mots', '中国', '«x»', 'l’été', 'a:b', 'tag:y');
    fc.assert(
      fc.property(typed, name, value, (text, filter, put) => {
        expect(filterOf(withFilter(text, filter, put), filter)).toBe(put);
      }),
      { numRuns: 2000 },
    );
  });
});

it.each(['say "hi" now', '«deux» mots', '“说” 话', '「一」 二 «trois»'])(
  'a chosen value %j finds what has it',
  (tag) => {
    const query = parseQuery(withFilter('', 'tag', tag));
    expect(matches(query, summaryOf({ tags: [tag] }), '')).toBe(true);
    expect(filterOf(withFilter('', 'tag', tag), 'tag')).toBe(tag);
  },
);
