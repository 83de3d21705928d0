/** Highlights as a reader meets them under an article: listed, opened, changed, and never lost where the text has changed. */
import { act } from 'preact/test-utils';
import { beforeEach, expect, it } from 'vitest';
import messages from '../../src/_locales/en/messages.json';
import { makeAnchor } from '../../src/article/anchor.ts';
import { makeHighlight, type Highlight } from '../../src/article/highlight.ts';
import { ArticleView } from '../../src/ui/ArticleView.tsx';
import { Highlighted } from '../../src/ui/highlights/Highlighted.tsx';
import { draw, press, root } from '../fixtures/draw.tsx';
import { say as english } from '../fixtures/english.ts';
import { extractFixture } from '../fixtures/fixture.ts';

const article = extractFixture('article-fr');
const start = article.textContent.indexOf('bibliothèque');
const known: Highlight = {
  ...makeHighlight(makeAnchor(article.textContent, { start, end: start + 12 }), 'green'),
  note: 'À relire',
};
const lost = makeHighlight(makeAnchor('Ces mots ne sont dans aucun article.', { start: 0, end: 35 }), 'pink');

// The parts of the browser that jsdom has not.
Selection.prototype.getComposedRanges = function () {
  return [this.getRangeAt(0)];
};
Element.prototype.scrollIntoView = () => undefined;
Range.prototype.getBoundingClientRect = () => document.body.getBoundingClientRect();

let done: [string, Highlight][];
beforeEach(async () => {
  done = [];
  await show(true);
});

function show(isOwnText: boolean): Promise<void> {
  const say = (deed: string) => (highlight: Highlight) => void done.push([deed, highlight]);
  const highlights = [known, lost];
  return draw(
    <Highlighted
      highlights={highlights}
      isOwnText={isOwnText}
      onKeep={say('keep')}
      onLeave={say('leave')}
      onRemove={say('remove')}
    >
      <ArticleView article={article} />
    </Highlighted>,
  );
}

const panel = (): Element | null => root.querySelector('[role=dialog]');

it('all are listed, with their notes; one that the text no longer has says so, and can be read and removed', async () => {
  const rows = [...root.querySelectorAll('.highlight-list li')].map((row) => row.textContent);
  expect(rows).toEqual([
    'bibliothèqueÀ relire',
    `Ces mots ne sont dans aucun article${messages.highlight_lost.message}`,
  ]);
  await press('Ces mots ne sont dans aucun article');
  expect(panel()?.textContent).toContain(`${messages.highlight_lost.message} – Ces mots ne sont dans aucun article`);
  await press(messages.highlight_remove.message);
  expect(done).toEqual([['remove', lost]]);
  expect(panel()).toBeNull();
});

it('an opened one takes another colour, and what was typed is kept with it', async () => {
  await press('bibliothèque');
  const note = panel()?.querySelector('textarea');
  expect(note?.value).toBe('À relire');
  expect(note?.maxLength).toBe(100_000);
  await act(() => {
    if (note) note.value = 'Lu';
    note?.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await press(messages.highlight_blue.message);
  expect(done).toEqual([['keep', { ...known, colour: 'blue', note: 'Lu' }]]);
});

it('a note is kept when the box is closed with Escape, and when the page is', async () => {
  await press('bibliothèque');
  const type = (text: string): Promise<void> =>
    act(() => {
      const note = panel()?.querySelector('textarea');
      if (note) note.value = text;
      note?.dispatchEvent(new Event('input', { bubbles: true }));
    });
  await type('Lu');
  dispatchEvent(new Event('pagehide'));
  expect(done).toEqual([['leave', { ...known, note: 'Lu' }]]);
  await type('Relu');
  await act(() => void panel()?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })));
  expect(panel()).toBeNull();
  expect(done.slice(1)).toEqual([['keep', { ...known, note: 'Relu' }]]);
});

it('in the other script none is looked for or made; a sentence says where they are', async () => {
  await show(false);
  expect(root.querySelectorAll('.highlight-list li')).toHaveLength(0);
  expect(root.textContent).toContain(english('highlights_own_script', 2));
  const words = root.querySelector('.article-content p')?.firstChild;
  if (!words) throw new Error('No text is shown.');
  getSelection()?.setBaseAndExtent(words, 0, words, 5);
  await act(() => void document.dispatchEvent(new Event('selectionchange')));
  await act(() => void root.dispatchEvent(new KeyboardEvent('keydown', { key: 'h', bubbles: true })));
  expect(root.querySelector('[role=toolbar]')).toBeNull();
  expect(done).toEqual([]);
});
