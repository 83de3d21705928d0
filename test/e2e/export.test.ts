/** The export: articles out of a library as Markdown and as archive files, and into an empty one again. */
import { BlobReader, TextWriter, ZipReader, type FileEntry } from '@zip.js/zip.js/lib/zip-core-custom.js';
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import {
  BROWSERS,
  catchDownloads,
  chooseFiles,
  forgetEverything,
  PAGES,
  press,
  readArticle,
  saveByPopup,
  say,
  setUp,
  TITLES,
  until,
  waitForText,
  waitForTitles,
  type Shown,
} from './support.ts';

async function filesIn(zip: Uint8Array<ArrayBuffer>): Promise<Map<string, FileEntry>> {
  const entries = await new ZipReader(new BlobReader(new Blob([zip]))).getEntries();
  return new Map(entries.flatMap((entry) => (entry.directory ? [] : [[entry.filename, entry] as const])));
}

const read = async (entry: FileEntry | undefined): Promise<string> => (await entry?.getData(new TextWriter())) ?? '';

/** Opens the only article of the list. */
async function openArticle(library: Page): Promise<Shown> {
  await (await library.waitForSelector('.saved-article a'))?.click();
  return readArticle(library);
}

describe.each(BROWSERS)('the export in %s', (browser) => {
  const at = setUp(browser);

  test('takes an article out in both forms, and each brings the same text back', async () => {
    await (await saveByPopup(at, PAGES.cn.address)).close();
    const library = await at.session.openExtensionPage('library.html');
    const { text, blocks } = await openArticle(library);
    await press(library, say('back_to_list'));
    const download = await catchDownloads(library);

    await press(library, say('backup'));
    await press(library, say('export_markdown'));
    await waitForText(library, say('export_saved', 1, 2));
    const zip = await download();
    const markdown = await filesIn(zip);
    expect([...markdown.keys()].toSorted()).toEqual([
      `articles/00001 ${TITLES.cn}.md`,
      'photos/00001-1.svg',
      'photos/00001-2.svg',
    ]);
    const note = await read(markdown.get(`articles/00001 ${TITLES.cn}.md`));
    expect(note).toMatch(/^---\ntitle: 塞纳河畔的旧书摊 重新点亮夜读的灯\nurl: https:/);
    expect(note).toContain('](../photos/00001-1.svg)');

    await press(library, say('backup'));
    await library.click(`[aria-label="${say('select_article', TITLES.cn)}"]`);
    await press(library, say('export_selected'));
    await press(library, say('export_archive'));
    await waitForText(library, say('export_saved', 1, 0));
    const archive = await read((await filesIn(await download())).get(`articles/00001 ${TITLES.cn}.txt`));
    expect(archive).toMatch(/^<!--\d{13}-->\n\[塞纳河畔的旧书摊 重新点亮夜读的灯\]\(https:\S+\)\n------\n\n<div>.*\n$/);
    await library.close();

    for (const [name, bytes] of [
      ['note.md', note],
      ['archive.txt', archive],
    ] as const) {
      await forgetEverything(at.session);
      const empty = await at.session.openExtensionPage('library.html');
      await waitForText(empty, say('nothing_saved'));
      await chooseFiles(empty, [{ name, bytes }]);
      await waitForTitles(empty, TITLES.cn);
      await openArticle(empty);
      await until(async () => {
        const back = await readArticle(empty);
        expect(back.blocks).toEqual(blocks);
        if (name === 'note.md') expect(back.text).toBe(text);
      });
      await empty.close();
    }

    // The zip as it is, photos and all, without a network.
    await at.site.cut();
    await forgetEverything(at.session);
    const offline = await at.session.openExtensionPage('library.html');
    await waitForText(offline, say('nothing_saved'));
    await chooseFiles(offline, [{ name: 'liseuse.zip', bytes: zip }]);
    await waitForTitles(offline, TITLES.cn);
    expect((await openArticle(offline)).text).toBe(text);
    await waitForText(offline, say('photos_kept', 2, 2));
    const { photos } = await readArticle(offline);
    expect(photos).toHaveLength(2);
  });
});
