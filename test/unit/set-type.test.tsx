/** What the view makes of the text of each language, and that it changes the view alone. */
import { expect, it } from 'vitest';
import type { Article } from '../../src/article/article.ts';
import { ArticleView } from '../../src/ui/ArticleView.tsx';
import { draw, root } from '../fixtures/draw.tsx';
import { extractFixture } from '../fixtures/fixture.ts';

const NBSP = '\u00a0';
const NARROW = '\u202f';

/** Draws an article in a language, and answers its text. */
async function read(lang: string, content: string, title = ''): Promise<string> {
  const article: Article = {
    ...extractFixture('article-fr'),
    lang,
    content,
    title,
    dir: lang === 'fa' ? 'rtl' : 'ltr',
  };
  await draw(<ArticleView article={article} />);
  expect(article.content).toBe(content);
  return root.querySelector('.article-content')?.textContent ?? '';
}
const isolated = (within = '.article-content'): string[] =>
  [...root.querySelectorAll(`${within} bdi`)].map(({ textContent }) => textContent ?? '');

it('French signs stay with their words', async () => {
  expect(await read('fr', '<p>Quoi ? Ceci : « un livre » ; 40 % !</p>')).toBe(
    `Quoi${NARROW}? Ceci${NBSP}: «${NBSP}un livre${NBSP}»${NARROW}; 40${NBSP}%${NARROW}!`,
  );
  expect(await read('fr', '<p><em>Quoi</em> ? À 7:30.</p>')).toBe(`Quoi${NARROW}? À 7:30.`);
});

it('the title of a French article has them too', async () => {
  await read('fr', '', 'Que lire ?');
  expect(root.querySelector('h1')?.textContent).toBe(`Que lire${NARROW}?`);
});

it('other languages and code are left as they are', async () => {
  expect(await read('en', '<p>What ? This : that</p>')).toBe('What ? This : that');
  expect(await read('fr', '<p><code>a : b</code></p><p lang="en">Oh : no</p>')).toBe('a : bOh : no');
  expect(await read('en', '<p>Then: <q lang="fr">Quoi ?</q></p>')).toBe(`Then: Quoi${NARROW}?`);
});

it('Latin words in Persian are isolated, with the signs in them and without those around', async () => {
  const text = 'گزارش (RFI) از AFP 2026 نسخه: «Radio France Internationale»، C++ و Jean-Paul!';
  expect(await read('fa', `<p>${text}</p>`)).toBe(text);
  expect(isolated()).toEqual(['RFI', 'AFP', 'Radio France Internationale', 'C++', 'Jean-Paul']);
  await read('fa', '<p>متن <bdi>RFI</bdi></p>', 'شب‌های RFI');
  expect(isolated()).toEqual(['RFI']);
  expect(isolated('h1')).toEqual(['RFI']);
  await read('fr', '<p>RFI</p>', 'RFI');
  expect(isolated('.article')).toEqual([]);
});

it('a Khmer full stop is one with the letter before it', async () => {
  expect(await read('km', '<p>មកម្ល៉េះ។ អាន</p>')).toBe('មកម្ល៉េះ។ អាន');
  expect([...root.querySelectorAll('.article-content span')].map(({ textContent }) => textContent)).toEqual(['ម្ល៉េះ។']);
});
