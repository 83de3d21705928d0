/** The export as a reader meets it: what is taken out, how it ends, and the keyboard never lost. */
import { Blob as NodeBlob } from 'node:buffer';
import { beforeEach, expect, it, vi } from 'vitest';
import { changeMarks } from '../../src/saved/marks.ts';
import { saveArticle } from '../../src/saved/store.ts';
import { draw, press, root, see } from '../fixtures/draw.tsx';
import { emptyLibrary } from '../fixtures/empty-library.ts';
import { say } from '../fixtures/english.ts';
import { extractFixture } from '../fixtures/fixture.ts';

// What the browser around the page does: it takes downloads.
vi.stubGlobal('Blob', NodeBlob);
const { Export } = await import('../../src/library/files/Export.tsx');
// The page loads it when it is needed; a test that waits for that would wait for the compiler.
await import('../../src/exchange/export.ts');

const french = extractFixture('article-fr');
const chinese = extractFixture('article-cn');

let names: string[];

beforeEach(async () => {
  await emptyLibrary();
  names = [];
  Object.assign(URL, { createObjectURL: () => 'blob:liseuse', revokeObjectURL: () => undefined });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download);
  });
});

async function show(ids?: string[]): Promise<void> {
  await draw(ids ? <Export ids={ids} /> : <Export />);
}

it('takes out what is not in the bin', async () => {
  await saveArticle(french);
  const { summary } = await saveArticle(chinese);
  await changeMarks([summary.id], { removedTime: 1 });
  await show();
  await press('Save as Markdown');
  await see('The zip is made, with 1 articles and 0 photos.');
  expect(names).toEqual([expect.stringMatching(/^liseuse-markdown-\d{4}-\d\d-\d\d\.zip$/)]);
});

it('takes out what is selected, and nothing else', async () => {
  await saveArticle(french);
  const { summary } = await saveArticle(chinese);
  await show([summary.id]);
  await press('Save as archive files');
  await see('The zip is made, with 1 articles');
  expect(names).toEqual([expect.stringMatching(/^liseuse-archive-/)]);
});

it('says before which form has the photos, and of its end no more once that is closed', async () => {
  await saveArticle(french);
  await show();
  expect(root.textContent).toContain(say('export_photos'));
  await press('Save as archive files');
  await see('The zip is made, with 1 articles');
  await press('Close');
  expect(root.textContent).not.toContain('The zip is made');
  expect(root.contains(document.activeElement)).toBe(true);
});

it('says that there is nothing to take out', async () => {
  await show();
  await press('Save as archive files');
  await see('there is no article to save');
  expect(root.querySelector('[role=alert]')).not.toBeNull();
  expect(names).toEqual([]);
});

it('stops when it is told to, and the keyboard goes on there', async () => {
  const { summary } = await saveArticle(french);
  // As many as take longer than a press of a button.
  await show(Array.from({ length: 300 }, () => summary.id));
  await press('Save as Markdown');
  await see('of 300');
  await press('Cancel');
  await see('Stopped: no file was made.');
  expect(names).toEqual([]);
  expect(root.contains(document.activeElement)).toBe(true);
});

it('says so when the browser cannot keep the file', async () => {
  await saveArticle(french);
  await show();
  Object.assign(URL, {
    createObjectURL: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  });
  await press('Save as Markdown');
  await see('No file was made: the browser could not read the articles or keep the file.');
});
