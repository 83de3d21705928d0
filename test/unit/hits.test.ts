/** Where the found words stand in the text that the reader sees, and the piece of it that a list shows. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/saved/fold.ts';
import { findHits, makeSnippet } from '../../src/saved/hits.ts';
import { parseQuery } from '../../src/saved/query.ts';

/** The text with its hits in brackets. */
const marked = (text: string, hits: readonly (readonly [number, number])[]): string =>
  hits.reduceRight(
    (rest, [start, end]) => `${rest.slice(0, start)}[${rest.slice(start, end)}]${rest.slice(end)}`,
    text,
  );
const mark = (text: string, typed: string): string => marked(text, findHits(text, parseQuery(typed)));

describe('findHits', () => {
  it.each<[typed: string, expected: string]>([
    ['maire', 'Le [maire] et la [Maire]'],
    ['coeur', 'Au [cœur] du sujet'],
    ['oe', 'Au c[œ]ur'],
    ['o', 'Au c[œ]ur'],
    ['élève', 'Un [e\u0301le\u0300ve] lit'],
    ['eleve', 'Un [e\u0301le\u0300ve] lit'],
    ['e', 'D[e\u0301]'],
    ['国', '中[國]和中[国]'],
    ['發展', '经济[发展]'],
    ['rfi', 'Radio [ＲＦＩ] 😀'],
    ['radio', '😀[Radio]😀'],
    ['𠮷', '𠮸[𠮷]国'],
    ['"da nang"', 'Phố [Đà Nẵng]'],
    ['میشود', 'کار [می\u200cشود]'],
    ['می\u200cشود', 'کار [میشود]'],
    ['سلام', '[سَلـــام]'],
    ['ខ', '[ខ្មែ]រ'],
    ['ខ្មែរ', 'ភាសា[ខ្មែរ]ពិរោះ'],
    ['...', 'Fin[…]'],
    ['strasse', '[Straße]'],
    ['"le maire" dit', '[Le maire] a [dit]'],
    ['«le maire» "maire dit"', '[Le maire dit] non'],
    ['aa', '[aa][aa]a'],
    ['is:unread tag:x', 'Rien'],
    ['', 'Rien'],
    ['absent', 'Rien'],
  ])('%s: %s', (typed, expected) => expect(mark(expected.replace(/[[\]]/g, ''), typed)).toBe(expected));
});

describe('makeSnippet', () => {
  const snippet = (text: string, typed: string, length: number): string => {
    const { text: piece, hits } = makeSnippet(text, parseQuery(typed), length);
    return marked(piece, hits);
  };
  const french =
    'Le conseil s’est réuni hier soir. Il a longuement parlé du budget de la ville. Le maire a présenté trois projets ' +
    'pour la gare, le parc et les écoles du centre. Le vote aura lieu dans deux semaines.';
  const chinese =
    '市议会昨晚开会。会议讨论了全市明年的预算和三个新的建设项目。市长介绍了火车站、公园和学校的计划，市民可以提出意见。投票将在两周后举行。';

  it.each<[name: string, text: string, typed: string, length: number, expected: string]>([
    [
      'begins at a sentence',
      french,
      'projets',
      90,
      '…Le maire a présenté trois [projets] pour la gare, le parc et les écoles du centre. Le vote…',
    ],
    ['begins at a word', french, 'projets', 40, '…trois [projets] pour la gare, le parc et…'],
    ['begins with the text', french, 'conseil', 40, 'Le [conseil] s’est réuni hier soir. Il a…'],
    ['ends with the text', french, 'semaines', 60, '…Le vote aura lieu dans deux [semaines].'],
    ['shows the beginning where nothing is found', french, 'absent', 30, 'Le conseil s’est réuni hier…'],
    ['is the whole of a short text', 'Un mot.', 'mot', 30, 'Un [mot].'],
    [
      'is Chinese, from sign to sign',
      chinese,
      '預算',
      30,
      '…会议讨论了全市明年的[预算]和三个新的建设项目。市长介绍了火车站…',
    ],
    ['is Chinese at the end', chinese, '計劃', 30, '…公园和学校的[计划]，市民可以提出意见。投票将在两周后举行。'],
    ['marks all hits in it', french, '"le " hier', 40, '[Le ]conseil s’est réuni [hier] soir. Il a…'],
    [
      'has most of the words',
      french,
      'il projets gare',
      70,
      '…a présenté trois [projets] pour la [gare], le parc et les écoles du…',
    ],
    ['has lines in one', 'Titre\nUn mot\nFin', 'mot', 30, 'Titre Un [mot] Fin'],
  ])('%s', (_, text, typed, length, expected) => expect(snippet(text, typed, length)).toBe(expected));
});

describe('whatever is looked for', () => {
  const letter = fc.constantFrom(
    ...[
      'a',
      'É',
      'e\u0301',
      'ệ',
      'œ',
      'ß',
      '’',
      '…',
      ' ',
      '\n',
      '.',
      '国',
      '國',
      '，',
      '。',
      '𠮷',
      '😀',
      'Ａ',
      'й',
      'и\u0306',
    ],
    ...['می\u200cش', 'سَ', 'ـ', 'ខ្មែ', 'ខ', 'រ', '\u200b', 'İ', '½'],
  );
  const made = fc.tuple(fc.array(letter), fc.array(letter, { minLength: 1, maxLength: 4 }), fc.array(letter));
  const cases = made.map(([before, word, after]) => ({
    text: [...before, ...word, ...after].join(''),
    words: [fold(word.join(''))].filter((folded) => folded !== ''),
  }));

  /** Whether a place takes nothing apart: no pair of units, no letter and its mark, no letters of Khmer below each other. */
  const isWhole = (text: string, place: number): boolean =>
    place === 0 || (!/^[\p{Surrogate}\p{M}]/u.test(text.slice(place)) && text[place - 1] !== '\u17d2');

  it('is found at least once, in order, whole and within the text', () => {
    fc.assert(
      fc.property(cases, ({ text, words }) => {
        const hits = findHits(text, { words });
        expect(hits.length > 0).toBe(words.length > 0);
        let last = 0;
        for (const [start, end] of hits) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(isWhole(text, start) && isWhole(text, end)).toBe(true);
          expect(fold(text.slice(start, end))).toContain(words[0]);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('is marked in the snippet, which is a piece of the text', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 40 }), ({ text, words }, length) => {
        const { text: piece, hits } = makeSnippet(text, { words }, length);
        const flat = text.replace(/\s/g, ' ');
        const bare = [piece, piece.slice(1), piece.slice(0, -1), piece.slice(1, -1)];
        expect(bare.some((each) => flat.includes(each))).toBe(true);
        expect(piece).not.toMatch(/\p{Surrogate}/u);
        expect(hits.length > 0).toBe(words.length > 0);
        for (const [start, end] of hits) {
          expect(isWhole(piece, start) && isWhole(piece, end)).toBe(true);
          expect(fold(piece.slice(start, end))).toContain(words[0]?.replace(/\n/g, ' '));
        }
      }),
      { numRuns: 1000 },
    );
  });
});
