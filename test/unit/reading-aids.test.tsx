/** What an article offers on the way through it: the places to go to, its quotation, and words where a photo does not come. */
import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/article/article.ts';
import { ArticleView } from '../../src/ui/ArticleView.tsx';
import { findPlaces } from '../../src/ui/outline.ts';
import { quote, selectedIn } from '../../src/ui/quotation.ts';
import { draw, root } from '../fixtures/draw.tsx';
import { extractFixture } from '../fixtures/fixture.ts';

const show = (article: Article, onPhoto?: (photo: HTMLImageElement) => void): Promise<void> =>
  draw(<ArticleView article={article} onPhoto={onPhoto} />);
const labels = (): { label: string; isInner: boolean }[] =>
  findPlaces(root).map(({ label, isInner }) => ({ label, isInner }));

describe('the outline', () => {
  it('names an entry of a live page by its time and its heading', async () => {
    await show(extractFixture('live-br'));
    expect(labels()).toEqual([
      { label: '22:30 A última sala', isInner: false },
      { label: '21:05', isInner: false },
    ]);
  });

  it('has the chapters of a programme under their heading', async () => {
    await show(extractFixture('programme-fr'));
    expect(labels().map(({ label, isInner }) => `${isInner ? '- ' : ''}${label}`)).toEqual([
      'Les sujets',
      '- 00:04 Les titres',
      "- 01:05 Nantes : l'ouverture d'une bibliothèque",
      "- 01:02:03 L'expression de la semaine",
      'Transcription',
    ]);
  });

  it('leaves out what has no words', async () => {
    const content = '<h2>Un</h2><h3>Deux</h3><h2> </h2><p>Texte</p>';
    await show({ ...extractFixture('article-fr'), content });
    expect(labels()).toEqual([
      { label: 'Un', isInner: false },
      { label: 'Deux', isInner: true },
    ]);
  });
});

describe('a quotation', () => {
  const article: Article = { ...extractFixture('article-fr'), textContent: 'Tout.\nLe texte.' };

  it('says where it is from', () => {
    expect(quote(article, 'Un passage.')).toBe(
      `Un passage.\n\n— ${article.title}, ${article.byline}, RFI, Nov 3, 2026\n${article.url}`,
    );
  });

  it('is the whole where nothing is selected, and names the site where no outlet is known', () => {
    const unsigned = { ...article, byline: null, siteName: null, publishedTime: null };
    expect(quote(unsigned, '')).toBe(`Tout.\nLe texte.\n\n— ${article.title}, www.rfi.fr\n${article.url}`);
  });

  it('is of what is selected in the article, not of anything around it', async () => {
    await show(article);
    const shown = root.querySelector('.article');
    const select = (node: Node): void => getSelection()?.selectAllChildren(node);
    if (!shown) throw new Error('No article is shown.');
    expect(selectedIn(shown)).toBe('');
    select(shown.querySelector('h1') ?? document.body);
    expect(selectedIn(shown)).toBe(article.title);
    select(document.body);
    expect(selectedIn(shown)).toBe('');
  });
});

describe('a photo', () => {
  const article = extractFixture('article-cn');

  it('is a button where it can be shown large, called by what is on it', async () => {
    const pressed: string[] = [];
    await show(article, (photo) => pressed.push(photo.alt));
    const buttons = [...root.querySelectorAll<HTMLButtonElement>('figure button')];
    expect(buttons.map((button) => button.querySelector('img')?.alt)).toEqual(['傍晚的塞纳河书摊', expect.any(String)]);
    buttons[0]?.click();
    expect(pressed).toEqual(['傍晚的塞纳河书摊']);
  });

  it('is no button elsewhere, nor where it is a link', async () => {
    await show(article);
    expect(root.querySelectorAll('button')).toHaveLength(0);
    const linked = '<p><a href="https://www.rfi.fr/a"><img src="https://s.rfi.fr/a.jpg" alt="Une vue"></a></p>';
    await show({ ...article, content: linked }, () => undefined);
    expect(root.querySelectorAll('a img')).toHaveLength(1);
    expect(root.querySelectorAll('button')).toHaveLength(0);
  });

  it('stays when the page only says that it did not come', async () => {
    await show(article);
    root.querySelector('img')?.dispatchEvent(new Event('error'));
    expect(root.querySelectorAll('img')).toHaveLength(2);
  });
});
