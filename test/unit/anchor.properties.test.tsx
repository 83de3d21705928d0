/** A passage is found again: any of any article as it is shown, and after the text around it or in it has changed. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findAnchor, isAnchor, makeAnchor } from '../../src/article/anchor.ts';
import { makeHighlight, toHighlight } from '../../src/article/highlight.ts';
import { ArticleView } from '../../src/ui/ArticleView.tsx';
import { unbindSigns } from '../../src/ui/set-type.ts';
import { placeOf, rangeOf, readText } from '../../src/ui/highlights/article-text.ts';
import { draw, root } from '../fixtures/draw.tsx';
import { extractFixture } from '../fixtures/fixture.ts';

const FIXTURES = [
  'article-cn',
  'article-fa',
  'article-fr',
  'audio-and-quote-fr',
  'blocks-es',
  'live-br',
  'programme-fr',
];
const articles = FIXTURES.map((name) => extractFixture(name));
const texts = articles.map(({ textContent }) => textContent);

/** A text, and a piece of it that is not empty. */
const pieceOf = (text: string): fc.Arbitrary<{ start: number; end: number }> =>
  fc
    .tuple(fc.nat(text.length - 1), fc.integer({ min: 1, max: 1500 }))
    .map(([start, length]) => ({ start, end: Math.min(text.length, start + length) }));
const anyText = fc.oneof(fc.constantFrom(...texts), fc.string({ minLength: 1, maxLength: 3000, unit: 'binary' }));
const anyPiece = anyText.chain((text) => fc.record({ text: fc.constant(text), place: pieceOf(text) }));

describe('a passage', () => {
  it('of any text is found in it where it is, and its anchor survives a message and a file', () => {
    fc.assert(
      fc.property(anyPiece, ({ text, place }) => {
        const anchor = makeAnchor(text, place);
        expect(isAnchor(anchor)).toBe(true);
        expect(findAnchor(text, JSON.parse(JSON.stringify(anchor)))).toEqual({ start: anchor.start, end: anchor.end });
      }),
      { numRuns: 500 },
    );
  });

  it('is found after a change elsewhere in the text', () => {
    const anyChange = fc.record({
      of: fc.constantFrom(...texts).chain((text) => fc.record({ text: fc.constant(text), place: pieceOf(text) })),
      before: fc.string({ maxLength: 300 }),
      after: fc.string({ maxLength: 300 }),
      cutBefore: fc.nat(400),
      cutAfter: fc.nat(400),
    });
    fc.assert(
      fc.property(anyChange, ({ of: { text, place }, before, after, cutBefore, cutAfter }) => {
        const anchor = makeAnchor(text, place);
        const near = { start: Math.max(0, anchor.start - 40), end: Math.min(text.length, anchor.end + 40) };
        const changed = [
          text.slice(0, Math.max(0, near.start - cutBefore)) + before,
          text.slice(near.start, near.end),
          after + text.slice(Math.min(text.length, near.end + cutAfter)),
        ];
        const found = findAnchor(changed.join(''), anchor);
        const moved = (changed[0]?.length ?? 0) - near.start;
        expect(found).toEqual({ start: anchor.start + moved, end: anchor.end + moved });
      }),
      { numRuns: 500 },
    );
  });

  it('whose own words were corrected a little is found, and one that was taken out is not', () => {
    const text = texts[2] ?? '';
    const start = text.indexOf('bibliothèque') - 5;
    const anchor = makeAnchor(text, { start, end: start + 60 });
    const corrected = `${text.slice(0, start)}${anchor.exact.replace('bibliothèque', 'médiathèque')}${text.slice(start + 60)}`;
    const found = findAnchor(corrected, anchor);
    expect(corrected.slice(found?.start, found?.end)).toBe(anchor.exact.replace('bibliothèque', 'médiathèque'));
    expect(findAnchor(text.slice(0, start) + text.slice(start + 60), anchor)).toBeNull();
    expect(findAnchor('', anchor)).toBeNull();
  });

  it('of one letter is not taken for the same letter elsewhere', () => {
    const anchor = makeAnchor('premier paragraphe, ici. Et la suite', { start: 20, end: 21 });
    expect(findAnchor('tout autre chose, mais un i et puis rien', anchor)).toBeNull();
    expect(findAnchor('Nouveau. Le premier paragraphe, ici. Et la suite', anchor)?.start).toBe(32);
  });

  it('that stands twice is the one with the same words around it, wherever it went', () => {
    const text = 'Un oui dit hier soir. Un oui dit ce matin à Paris.';
    const anchor = makeAnchor(text, { start: 25, end: 28 });
    expect(findAnchor(`Un oui, un oui, un oui ! ${text}`, anchor)?.start).toBe(50);
  });
});

describe.each(FIXTURES.map((name, index) => [name, index] as const))('%s as it is shown', (_name, index) => {
  it('has the text of the article, and any piece of it is the same piece in the page', async () => {
    const article = articles[index] ?? extractFixture('article-fr');
    await draw(<ArticleView article={article} keptPhotos={new Map()} />);
    const content = root.querySelector('.article-content');
    if (!content) throw new Error('No article is shown.');
    const shown = readText(content);
    // A block without words is an empty line there.
    expect(shown.text).toBe(unbindSigns(article.textContent.replace(/\n+/g, '\n')));
    fc.assert(
      fc.property(pieceOf(shown.text), (place) => {
        const words = shown.text.slice(place.start, place.end);
        if (words.trim() === '') return;
        const range = rangeOf(shown, place);
        const again = range && placeOf(shown, range);
        expect(again && shown.text.slice(again.start, again.end)).toBe(words.trim());
        expect(again?.start).toBe(place.start + words.length - words.trimStart().length);
      }),
    );
  });
});

it('a highlight has its fields in one order', () => {
  const { start, ...rest } = makeHighlight(makeAnchor('un texte', { start: 3, end: 8 }), 'blue', 7);
  const one = { ...rest, start };
  expect(JSON.stringify(toHighlight(one))).toBe(JSON.stringify(toHighlight({ start, ...rest })));
});
