/** The view and the list as a reader meets them, without a browser around them. */
import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/article/article.ts';
import { ArticleView } from '../../src/ui/ArticleView.tsx';
import { ReceiptView } from '../../src/ui/ReceiptView.tsx';
import { Notice } from '../../src/ui/Notice.tsx';
import { draw, root } from '../fixtures/draw.tsx';
import { extractFixture } from '../fixtures/fixture.ts';

describe('the view', () => {
  const article = extractFixture('article-cn');

  it('shows every fact and the whole text once', async () => {
    await draw(<ArticleView article={article} />);
    const text = root.textContent ?? '';
    for (const words of [article.title, '文化', '巴黎生活', '林小舟', article.excerpt, 'RFI / 示例摄影', '阅读'])
      expect(text).toContain(words);
    expect(text.split(article.excerpt)).toHaveLength(2);
    expect([...root.querySelectorAll('time')].map((time) => time.dateTime)).toEqual([
      article.publishedTime,
      article.modifiedTime,
    ]);
    expect([...root.querySelectorAll('footer a')].map((link) => link.getAttribute('href'))).toEqual([
      article.url,
      article.twin?.url,
    ]);
  });

  it('sets the article’s language and direction apart from the interface’s', async () => {
    await draw(<ArticleView article={extractFixture('article-fa')} />);
    expect(root.querySelector('article')).toMatchObject({ lang: 'fa', dir: 'rtl' });
    expect(root.querySelector<HTMLElement>('.article-times')?.lang).toBe('en');
  });

  it('runs and loads nothing that a store was made to hold', async () => {
    const hostile: Article = {
      ...article,
      title: '<img src=x onerror=alert(1)>',
      content:
        '<p>Texte</p><img src="x" onerror="alert(1)"><script>alert(1)</script><iframe src="https://evil.example"></iframe>',
    };
    await draw(<ArticleView article={hostile} />);
    expect(root.querySelectorAll('script, iframe, [onerror]')).toHaveLength(0);
    expect(root.querySelector('h1')?.textContent).toBe(hostile.title);
    expect(root.textContent).toContain('Texte');
  });

  it('asks no other host for the photos of an article of RFI’s', async () => {
    const content =
      '<p>Texte</p><img src="https://lazy.example/a.jpg" alt="Une vue"><img src="https://s.rfi.fr/b.jpg">';
    await draw(<ArticleView article={{ ...article, content }} />);
    expect([...root.querySelectorAll('img')].map((img) => img.getAttribute('src'))).toEqual(['https://s.rfi.fr/b.jpg']);
    expect(root.querySelector('.article-content a')?.getAttribute('href')).toBe('https://lazy.example/a.jpg');
  });

  it('shows kept photos only, and says of each other that it is not kept', async () => {
    const [first = ''] = article.photos;
    await draw(<ArticleView article={article} keptPhotos={new Map([[first, 'blob:kept']])} />);
    expect([...root.querySelectorAll('img')].map((img) => img.getAttribute('src'))).toEqual(['blob:kept']);
    expect(root.querySelectorAll('figcaption')).toHaveLength(2);
    expect(root.querySelector('.photo-missing')?.textContent).toContain('not kept on this machine');
  });

  it('begins an entry of a live page where a paragraph is a time, not where it holds one', async () => {
    await draw(<ArticleView article={extractFixture('live-br')} />);
    expect([...root.querySelectorAll('.entry-time')].map(({ textContent }) => textContent)).toEqual(['22:30', '21:05']);
  });

  it('opens links beside the article and tells nobody where from', async () => {
    await draw(<ArticleView article={article} />);
    for (const link of root.querySelectorAll('a'))
      expect(link).toMatchObject({ target: '_blank', rel: 'noopener noreferrer' });
  });
});

it('a notice is there before its words, so that a screen reader hears them come, and hears others that take their place', async () => {
  const heard: string[] = [];
  const watching = new MutationObserver((changes) => {
    for (const { target } of changes)
      if (target.parentElement?.closest('[role=status]')) heard.push(target.textContent ?? '');
  });
  watching.observe(root, { childList: true, characterData: true, subtree: true });
  await draw(<Notice text="Kept." />);
  await draw(<Notice text="Not kept." />);
  expect(heard).toEqual(['Kept.', 'Not kept.']);
});

it('the receipt of a page of nothing that is counted is a whole sentence', async () => {
  const kept = { paragraphs: 0, photos: 0, captions: 0, sounds: 0 };
  await draw(<ReceiptView receipt={{ kept, removed: [] }} onRestore={() => undefined} />);
  expect(root.textContent).toBe('0 paragraphs; nothing removed');
});
