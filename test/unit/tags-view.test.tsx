/** The tags that are offered: in their order, and neither sorted nor drawn again while there are no others. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Options } from '../../src/library/Options.tsx';
import { TagForm } from '../../src/library/TagForm.tsx';
import { useTags } from '../../src/library/use-tags.ts';
import { summarize, type Summary } from '../../src/saved/saved-article.ts';
import { makeStamp, sameStamps } from '../../src/saved/stamps.ts';
import { draw, press, root } from '../fixtures/draw.tsx';
import { say } from '../fixtures/english.ts';
import { extractFixture } from '../fixtures/fixture.ts';

const summaryWith = (...tags: string[]): Summary => ({
  ...summarize(extractFixture('article-fr'), 'x', 1),
  stamps: sameStamps(makeStamp('a', 1)),
  tags,
});

it('are in their order, and stay as they are when an article changes in something else', async () => {
  let drawn: readonly string[] = [];
  const List = ({ summaries }: { summaries: Summary[] }) => (
    <select>
      <Options values={(drawn = useTags(summaries))} />
    </select>
  );
  const show = (...summaries: Summary[]): Promise<void> => draw(<List summaries={summaries} />);
  const offered = (): string[] => [...root.querySelectorAll('option')].map(({ value }) => value);

  await show(summaryWith('mer', 'été'), summaryWith('mer', 'paix'));
  expect(offered()).toEqual(['été', 'mer', 'paix']);
  const before = drawn;
  const sorts = vi.spyOn(Array.prototype, 'toSorted');
  onTestFinished(() => sorts.mockRestore());
  await show({ ...summaryWith('mer', 'été'), isFavourite: true }, summaryWith('paix'));
  expect(drawn).toBe(before);
  expect(sorts).not.toHaveBeenCalled();
  await show(summaryWith('mer'), summaryWith('Zoé'));
  expect(offered()).toEqual(['mer', 'Zoé']);
});

it('are no more than a box can offer', async () => {
  let drawn: readonly string[] = [];
  const List = ({ summaries }: { summaries: Summary[] }) => <Options values={(drawn = useTags(summaries))} />;
  await draw(<List summaries={[summaryWith(...Array.from({ length: 20_000 }, (_, index) => `étiquette ${index}`))]} />);
  expect(drawn).toHaveLength(2000);
});

it('are those that the reader has, however they are typed', async () => {
  const typed: string[] = [];
  await draw(<TagForm tags={[]} allTags={['Été']} onTag={(tag) => typed.push(tag)} onUntag={() => undefined} />);
  const box = root.querySelector('input');
  if (!box) throw new Error('There is no box.');
  box.value = 'ete';
  await press('Add tag');
  expect(typed).toEqual(['Été']);
});

it('leave the keyboard beside them when they are taken away', async () => {
  function Tags(): VNode {
    const [tags, setTags] = useState(['mer', 'paix', 'été']);
    const untag = (tag: string): void => setTags(tags.filter((other) => other !== tag));
    return <TagForm tags={tags} allTags={[]} onTag={() => undefined} onUntag={untag} />;
  }
  await draw(<Tags />);
  const focused = (): string | null | undefined => document.activeElement?.getAttribute('aria-label');
  await press(say('remove_tag', 'paix'));
  expect(focused()).toBe(say('remove_tag', 'été'));
  await press(say('remove_tag', 'été'));
  expect(focused()).toBe(say('remove_tag', 'mer'));
  await press(say('remove_tag', 'mer'));
  expect(focused()).toBe(say('tag'));
});

it('lose the signs that would turn the words beside them when they are typed', async () => {
  const typed: string[] = [];
  await draw(<TagForm tags={[]} allTags={[]} onTag={(tag) => typed.push(tag)} onUntag={() => undefined} />);
  const box = root.querySelector('input');
  if (!box) throw new Error('There is no box.');
  box.value = ' à\u202e lire\u0007 ';
  await press('Add tag');
  expect(typed).toEqual(['à lire']);
});
