/** The receipt: what a page lost on the way to its article, why, and how a block comes back. */
import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/article/extract.ts';
import { countRemoved, isReceipt, type Receipt } from '../../src/article/receipt.ts';
import { fixtureAddress, readSource } from '../fixtures/fixture.ts';

const toPage = (html: string): Document => new DOMParser().parseFromString(html, 'text/html');

function read(name: string, restored: readonly number[] = []): { content: string; receipt: Receipt } {
  const extraction = extractArticle(toPage(readSource(name)), fixtureAddress(readSource(name)), { restored });
  if (!extraction.ok) throw new Error(extraction.reason);
  return { content: extraction.article.content, receipt: extraction.receipt };
}

const PAGE = `<html><head><title>Un essai</title></head><body><article class="t-content__article-wrapper" data-article-content>
  <h1 class="t-content__title">Un essai</h1><div class="t-content__body"><p>Le premier paragraphe.</p>
  <div class="a-read-more"><p>Lire aussi : <a href="https://www.rfi.fr/fr/x/1-autre?utm_source=y">un autre article</a></p>
  <div data-tms-ad-type="box">Publicité</div></div>
  <p>Le <a href="https://exemple.org/a?utm_source=rfi&page=2">second</a>.</p><img src="https://compteur.example/p.gif" width="1" height="1">
  <div class="o-self-promo">Abonnez-vous à la lettre.</div></div></article></body></html>`;

function readPage(restored: readonly number[] = []): { content: string; receipt: Receipt } {
  const extraction = extractArticle(toPage(PAGE), 'https://www.rfi.fr/fr/x/20261103-un-essai', { restored });
  if (!extraction.ok) throw new Error(extraction.reason);
  return { content: extraction.article.content, receipt: extraction.receipt };
}

describe('the receipt', () => {
  it('counts what was kept', () => {
    const { content, receipt } = read('article-cn');
    expect(receipt.kept.paragraphs).toBe(content.match(/<p[ >]/g)?.length);
    expect(receipt.kept).toMatchObject({ photos: 2, captions: 2, sounds: 0 });
    expect(isReceipt(JSON.parse(JSON.stringify(receipt)))).toBe(true);
  });

  it('names each removed block with its rule and first words', () => {
    const { receipt } = readPage();
    expect(receipt.removed).toEqual([
      { reason: 'related', rule: '.a-read-more', count: 1, words: expect.stringContaining('Lire aussi'), block: 0 },
      { reason: 'promotion', rule: '.o-self-promo', count: 1, words: 'Abonnez-vous à la lettre.', block: 1 },
      { reason: 'tracker', rule: 'https://compteur.example/p.gif', count: 1, words: '', block: null },
      { reason: 'tracker', rule: '?utm_source=rfi&page=2', count: 1, words: 'second', block: null },
    ]);
    expect(countRemoved(receipt)).toEqual([
      { reason: 'promotion', count: 1 },
      { reason: 'related', count: 1 },
      { reason: 'tracker', count: 2 },
    ]);
  });

  it('counts the links of a share bar', () => {
    const { receipt } = read('audio-and-quote-fr');
    const shares = receipt.removed.filter(({ reason }) => reason === 'share');
    expect(shares.map(({ count }) => count)).toEqual([6, 1]);
  });

  it('brings one block back, in its place and clean, and no other', () => {
    const { content, receipt } = readPage([0]);
    expect(content.indexOf('Lire aussi')).toBeGreaterThan(content.indexOf('premier'));
    expect(content.indexOf('Lire aussi')).toBeLessThan(content.indexOf('second'));
    expect(content).toContain('href="https://www.rfi.fr/fr/x/1-autre"');
    expect(content).not.toContain('Abonnez-vous');
    // The number of the block that stayed out is the same as before.
    expect(receipt.removed.find(({ reason }) => reason === 'promotion')?.block).toBe(1);
    expect(readPage([0, 1]).content).toContain('Abonnez-vous');
  });
});

it.each([
  null,
  { kept: {}, removed: [] },
  { kept: { paragraphs: 1, photos: 0, captions: 0, sounds: 0 }, removed: [{ reason: 'magic' }] },
])('%j is no receipt', (value) => expect(isReceipt(value)).toBe(false));
