/** The import of archive files: chosen or dropped, a line of report for each, a bad one never in the way of a good one. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  ARCHIVE,
  BROWSERS,
  chooseFiles,
  PAGES,
  press,
  readArticle,
  readStore,
  saveByPopup,
  say,
  seePhotos,
  setUp,
  textOf,
  TITLES,
  until,
  waitForText,
  waitForTitles,
  type GivenFile,
} from './support.ts';

const GOOD: GivenFile = { name: 'good.md', bytes: ARCHIVE.text };

/** One file for each thing that can be wrong with one, and the sentence that says it. */
const BAD: (GivenFile & { sentence: string })[] = [
  { name: 'empty.md', bytes: '', sentence: say('file_empty') },
  // Cut in the middle of a tag.
  {
    name: 'cut.md',
    bytes: ARCHIVE.text.slice(0, ARCHIVE.text.indexOf('mail.francemm')),
    sentence: say('file_truncated'),
  },
  {
    name: 'gbk.md',
    // "法广" as GBK has it.
    bytes: Uint8Array.from([...Buffer.from('<!--1696952702000-->\n['), 0xb7, 0xa8, 0xb9, 0xe3, ...Buffer.from('](')]),
    sentence: say('file_notUtf8'),
  },
  { name: 'letter.txt', bytes: 'Chers amis,\n\nil fait beau.\n', sentence: say('file_notArchive') },
  { name: 'film.md', bytes: ARCHIVE.text.padEnd(5_000_001, ' '), sentence: say('file_tooLarge') },
];

describe.each(BROWSERS)('importing in %s', (browser) => {
  const at = setUp(browser);
  const openLibrary = (): Promise<Page> => at.session.openExtensionPage('library.html');
  const reportOf = (library: Page): Promise<string[]> =>
    library.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.import-report li')].map(({ innerText }) =>
        innerText.replace('\n', ' '),
      ),
    );

  test('keeps the article of an archive file whole, and nothing of what the feed put around it', async () => {
    const library = await openLibrary();
    await chooseFiles(library, [GOOD]);

    await waitForText(library, say('import_result', 1, 0, 0));
    expect(await reportOf(library)).toEqual([`good.md ${say('file_kept', TITLES.archive)}`]);
    await waitForTitles(library, TITLES.archive);
    await (await library.waitForSelector('.saved-article a'))?.click();
    await waitForText(library, say('photos_kept', 1, 1));
    await until(async () => expect(await seePhotos(library)).toEqual([expect.objectContaining({ isDrawn: true })]));
    const article = await readArticle(library);
    expect(article).toMatchObject({ title: TITLES.archive, lang: 'zh-Hans' });
    expect(article.times.map(({ datetime }) => datetime)).toEqual(['2023-10-10T14:16:00Z']);
    expect(article.blocks).toEqual([
      '一张手绘的地图标出了巴黎仍在夜里开灯的书店，读者把它折成四折放进口袋。',
      '地图的作者说，她花了两个冬天走完所有的街道。',
      '第一版只印了三百张。',
      '第二版加上了公交车的末班时间，因为“没有人愿意走着回家”。',
      '书店老板们在网上公布了名单。',
    ]);
    expect(article.links).toEqual(['https://www.example.org/carte', ARCHIVE.address]);
    const text = await textOf(library);
    for (const junk of ['分享', '获取更多RSS', 'feedx', '10/10/2023']) expect(text).not.toContain(junk);
  });

  test('knows an article that is there already, and brings back none twice', async () => {
    const library = await openLibrary();
    await chooseFiles(library, [GOOD]);
    await waitForText(library, say('import_result', 1, 0, 0));

    await chooseFiles(library, [GOOD, { ...GOOD, name: 'again.md' }]);

    await waitForText(library, say('import_result', 0, 2, 0));
    expect(await reportOf(library)).toEqual([
      `good.md ${say('file_known', TITLES.archive)}`,
      `again.md ${say('file_known', TITLES.archive)}`,
    ]);
    await press(library, say('import_close'));
    await waitForTitles(library, TITLES.archive);
    expect(await reportOf(library)).toEqual([]);
  });

  test('says of each bad file what is wrong with it, and keeps the good one among them', async () => {
    const library = await openLibrary();
    const files = [...BAD.slice(0, 2), GOOD, ...BAD.slice(2)];
    await chooseFiles(library, files);

    await waitForText(library, say('import_result', 1, 0, BAD.length));
    expect(await reportOf(library)).toEqual(
      files.map((file) => `${file.name} ${'sentence' in file ? file.sentence : say('file_kept', TITLES.archive)}`),
    );
    await waitForTitles(library, TITLES.archive);
    expect((await readStore(at.session)).map(({ id }) => id)).toEqual([ARCHIVE.address]);
  });

  test.each([
    ['on the list', { x: 640, y: 400 }],
    ['beside the list', { x: 20, y: 700 }],
    ['on the bar above it', { x: 640, y: 20 }],
  ])('takes a file that is dropped %s', async (_, place) => {
    const library = await openLibrary();
    await waitForText(library, say('nothing_saved'));
    await (browser === 'chromium' ? dragFile : dropFile)(library, GOOD, place);

    await waitForText(library, say('import_result', 1, 0, 0));
    await waitForTitles(library, TITLES.archive);
  });

  test('takes a file that is dropped on an article, and leaves the article alone when a piece of its text is', async () => {
    await (await saveByPopup(at, PAGES.fr.address)).close();
    const library = await at.session.openExtensionPage(`library.html#${encodeURIComponent(PAGES.fr.address)}`);
    await readArticle(library);
    await library.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData('text/plain', 'Il est 22 heures');
      for (const type of ['dragover', 'drop']) {
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      }
    });
    expect(await library.evaluate(() => location.hash)).not.toBe('');

    await (browser === 'chromium' ? dragFile : dropFile)(library, GOOD, { x: 640, y: 400 });

    await waitForText(library, say('import_result', 1, 0, 0));
    await waitForTitles(library, TITLES.archive, TITLES.fr);
  });
});

interface Point {
  x: number;
  y: number;
}

/** Drags a file from the machine over the window and lets it go. */
async function dragFile(library: Page, { name, bytes }: GivenFile, place: Point): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'liseuse-drag-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  await writeFile(path, bytes);
  const devTools = await library.createCDPSession();
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devTools.send('Input.dispatchDragEvent', { type, ...place, data });
  }
}

/** What `dragFile` does, where a browser drags no files for a script: the events that it would send. */
async function dropFile(library: Page, { name, bytes }: GivenFile, place: Point): Promise<void> {
  const isTaken = await library.evaluate(
    (name, text, { x, y }) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], name));
      return ['dragenter', 'dragover', 'drop'].map((type) => {
        const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
        document.elementFromPoint(x, y)?.dispatchEvent(event);
        return event.defaultPrevented;
      });
    },
    name,
    bytes.toString(),
    place,
  );
  // Where these two are left to the browser, it opens the file instead of the library.
  expect(isTaken.slice(1)).toEqual([true, true]);
}
