/** Passages of real articles: what is shown is the text that anchors are made in, and any piece of it is found again in the page. */
import { h } from 'preact';
import { expect, it } from 'vitest';
import { findAnchor, makeAnchor } from '../../src/article/anchor.ts';
import { extractArticle } from '../../src/article/extract.ts';
import { readArchiveFile } from '../../src/exchange/archive-file.ts';
import { ArticleView } from '../../src/ui/ArticleView.tsx';
import { placeOf, rangeOf, readText as readShown } from '../../src/ui/highlights/article-text.ts';
import { unbindSigns } from '../../src/ui/set-type.ts';
import { draw, root } from '../fixtures/draw.tsx';
import { list, readTar, readText } from './corpus.ts';

it('any piece of an article is the same piece in the page', async () => {
  const pages = list('pages')
    .filter((name) => name.endsWith('.html'))
    .map((name) => new DOMParser().parseFromString(readText('pages', name), 'text/html'))
    .map((page) => extractArticle(page, 'https://www.rfi.fr/cn/x/20251130-y'));
  const files = readTar('archive-2023-sample.tar.gz', (_, index) => index % 10 === 0);
  const articles = [...pages, ...files.map(({ bytes }) => readArchiveFile(bytes))].flatMap((reading) =>
    reading.ok ? [reading.article] : [],
  );
  expect(articles.length).toBeGreaterThan(10);
  for (const article of articles) {
    await draw(h(ArticleView, { article }));
    const content = root.querySelector('.article-content');
    if (!content) throw new Error('No article is shown.');
    const shown = readShown(content);
    expect(shown.text, article.url).toBe(unbindSigns(article.textContent.replace(/\n+/g, '\n')));
    const step = Math.max(1, Math.floor(shown.text.length / 20));
    for (let start = 0; start < shown.text.length; start += step) {
      const place = { start, end: Math.min(shown.text.length, start + 1 + ((start * 7) % 300)) };
      const words = shown.text.slice(place.start, place.end).trim();
      if (words === '') continue;
      const range = rangeOf(shown, place);
      const again = range && placeOf(shown, range);
      expect(again && shown.text.slice(again.start, again.end)).toBe(words);
      if (again)
        expect(findAnchor(`Nouveau. ${shown.text}`, makeAnchor(shown.text, again))?.start).toBe(again.start + 9);
    }
  }
});
