/** The import of archive files: chosen or dropped, a line of report for each, a bad one never in the way of a good one. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { packTar } from 'modern-tar';
import type { ElementHandle, Page } from 'puppeteer-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Session } from '../../scripts/browser/session.ts';
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
  startReader,
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

/** Another article than that of `GOOD`, with the same title. */
const numbered = (number: number): string => ARCHIVE.text.replace(ARCHIVE.address, `${ARCHIVE.address}-${number}`);

/** A folder as people keep one: articles, a photo beside them, what a system leaves, a file that is no article. */
const FOLDER: Readonly<Record<string, string>> = {
  'archive/1.md': numbered(1),
  'archive/2023/2.md': numbered(2),
  'archive/2023/photo.png': '\x89PNG\r\n\x1a\n\0\0\0\rIHDR',
  'archive/.DS_Store': '\0\0\0\x01Bud1',
  'archive/letter.txt': 'Chers amis,\n',
};
/** The lines of the report for it, the photo only counted. */
const FOLDER_REPORT = [
  `archive/1.md ${say('file_kept', TITLES.archive)}`,
  `archive/2023/2.md ${say('file_kept', TITLES.archive)}`,
  `archive/letter.txt ${say('file_notArchive')}`,
];

async function zipOf(files: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const zip = new ZipWriter(new Uint8ArrayWriter());
  for (const [name, text] of Object.entries(files)) await zip.add(name, new TextReader(text));
  return zip.close();
}

const tarGzOf = async (files: Readonly<Record<string, string>>): Promise<Uint8Array> => {
  const entries = Object.entries(files).map(([name, text]) => {
    const body = Buffer.from(text);
    return { header: { name, size: body.length }, body };
  });
  return gzipSync(await packTar(entries));
};

/** So many articles that an import can be interrupted in their middle. */
const MANY = 600;
const many = Object.fromEntries(
  Array.from({ length: MANY }, (_, number) => [`archive/${number}.md`, numbered(number)]),
);

/** Waits until some of them are imported. */
const untilBegun = (session: Session): Promise<void> =>
  until(async () => expect((await readStore(session)).length).toBeGreaterThan(0));

/** What the report says of them at its end: each counted once, as kept or, where the last notes were lost, as known. */
async function expectAll(library: Page, session: Session): Promise<void> {
  await until(async () => {
    const counts = /Kept: (\d+)\. Already there: (\d+)\. Not kept: 0\./.exec(await textOf(library));
    expect(Number(counts?.[1]) + Number(counts?.[2])).toBe(MANY);
    expect(Number(counts?.[1])).toBeGreaterThanOrEqual(MANY - 100);
  }, 40_000);
  expect(await readStore(session)).toHaveLength(MANY);
}

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

  test('lets the reader search while it runs: there are hits, or it says that it searches', async () => {
    const library = await openLibrary();
    await chooseFiles(library, [{ name: 'many.tar.gz', bytes: await tarGzOf(many) }]);
    await untilBegun(at.session);
    await library.waitForSelector('.saved-article');
    // Looked at whenever something is drawn.
    await library.evaluate(() => {
      const look = (): void => {
        const said = document.querySelector('.library-count')?.textContent;
        if (said === '' && !document.querySelector('.saved-article')) document.body.dataset['blank'] = 'true';
        requestAnimationFrame(look);
      };
      look();
    });
    await library.type('.library-search input', '夜读者');
    await until(async () => expect(await textOf(library)).toMatch(/Found: \d+/));
    await expectAll(library, at.session);
    await waitForText(library, say('found', MANY));
    expect(await library.evaluate(() => document.body.dataset['blank'])).toBe(undefined);
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
    ['zip', zipOf(FOLDER)],
    ['tar.gz', tarGzOf(FOLDER)],
  ])('takes what is in a %s', async (_, packed) => {
    const library = await openLibrary();
    await chooseFiles(library, [{ name: 'packed.bin', bytes: await packed }]);

    await waitForText(library, say('import_result', 2, 0, 1));
    // Two programs pack in two orders.
    expect((await reportOf(library)).toSorted()).toEqual(FOLDER_REPORT);
    await waitForTitles(library, TITLES.archive, TITLES.archive);
  });

  test('takes a zip that is cut as far as it goes, and says that it is cut', async () => {
    const packed = await zipOf({ '1.md': numbered(1), '2.md': numbered(2), '3.md': numbered(3) });
    const library = await openLibrary();
    await chooseFiles(library, [{ name: 'cut.zip', bytes: packed.slice(0, packed.length * 0.6) }, GOOD]);

    await waitForText(library, say('import_result', 2, 0, 1));
    expect((await reportOf(library)).slice(1)).toEqual([
      `cut.zip ${say('file_cut')}`,
      `good.md ${say('file_kept', TITLES.archive)}`,
    ]);
  });

  // Firefox chooses and drags no folders for a script.
  /** The driver can choose and drop folders in Chromium only. */
  const inChromium = (name: string, run: () => Promise<void>): void => {
    if (browser === 'chromium') test(name, run);
  };
  inChromium('takes all that is in a folder', async () => {
    const folder = await writeFolder(FOLDER);
    const library = await openLibrary();
    const box = await library.waitForSelector('input[webkitdirectory]');
    await (box as ElementHandle<HTMLInputElement>).uploadFile(join(folder, 'archive'));

    await waitForText(library, say('import_result', 2, 0, 1));
    expect((await reportOf(library)).toSorted()).toEqual(FOLDER_REPORT);
  });

  inChromium('takes a folder that is dropped, however many files it has', async () => {
    const empty = Object.fromEntries(Array.from({ length: 250 }, (_, number) => [`archive/empty/${number}.md`, '']));
    const folder = await writeFolder({ ...FOLDER, ...empty });
    const library = await openLibrary();
    await waitForText(library, say('nothing_saved'));
    await dragPath(library, join(folder, 'archive'), { x: 640, y: 400 });

    await waitForText(library, say('import_result', 2, 0, 251));
  });

  test('goes on where it was when its page is gone', async () => {
    const library = await openLibrary();
    await chooseFiles(library, [{ name: 'many.tar.gz', bytes: await tarGzOf(many) }]);
    await untilBegun(at.session);
    await library.close();
    expect((await readStore(at.session)).length).toBeLessThan(MANY);

    const next = await openLibrary();

    await waitForText(next, say('import_resumed'));
    await expectAll(next, at.session);
    // It is over, and stays so.
    await next.close();
    const last = await openLibrary();
    await last.waitForSelector('.saved-article');
    expect(await textOf(last)).not.toContain(say('import_report'));
  });

  test('is stopped for good when the reader stops it', async () => {
    const library = await openLibrary();
    await chooseFiles(library, [{ name: 'many.tar.gz', bytes: await tarGzOf(many) }]);
    await untilBegun(at.session);
    await press(library, say('import_cancel'));
    await waitForText(library, say('import_stopped_open'));
    const { length } = await readStore(at.session);
    expect(length).toBeLessThan(MANY);
    await library.close();

    const next = await openLibrary();
    await chooseFiles(next, [GOOD]);

    await waitForText(next, say('import_result', 1, 0, 0));
    expect(await readStore(at.session)).toHaveLength(length + 1);
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
    await waitForTitles(library, TITLES.fr, TITLES.archive);
  });
});

test.each(BROWSERS)('an import goes on where it was when %s is killed', async (browser) => {
  const userDataDir = await mkdtemp(join(tmpdir(), 'liseuse-import-'));
  onTestFinished(() => rm(userDataDir, { recursive: true, force: true, maxRetries: 5 }));
  const before = await startReader(browser, undefined, { userDataDir });
  onTestFinished(() => before.site.close());
  const folder = await writeFolder(many);
  const library = await before.session.openExtensionPage('library.html');
  const box = await library.waitForSelector('input[type=file]');
  const paths = Object.keys(many).map((name) => join(folder, name));
  await (box as ElementHandle<HTMLInputElement>).uploadFile(...paths);
  await untilBegun(before.session);
  await before.session.kill();
  await rm(folder, { recursive: true });

  const after = await startReader(browser, undefined, { userDataDir });
  onTestFinished(async () => {
    await after.session.close();
    await after.site.close();
  });
  const next = await after.session.openExtensionPage('library.html');

  await waitForText(next, say('import_resumed'));
  await expectAll(next, after.session);
});

/** Writes files on the machine; the folder that they are in, until the end of the test. */
async function writeFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'liseuse-folder-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

interface Point {
  x: number;
  y: number;
}

/** Drags a file from the machine over the window and lets it go. */
async function dragFile(library: Page, { name, bytes }: GivenFile, place: Point): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'liseuse-drag-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, name), bytes);
  await dragPath(library, join(folder, name), place);
}

async function dragPath(library: Page, path: string, place: Point): Promise<void> {
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
