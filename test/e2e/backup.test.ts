/** The backup, out of one library and into an empty one: the same articles, photos and marks. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  BROWSERS,
  catchDownloads,
  forgetEverything,
  PAGES,
  press,
  readStore,
  saveByPopup,
  say,
  setUp,
  TITLES,
  waitForText,
  waitForTitles,
} from './support.ts';

async function chooseBackup(library: Page, bytes: Uint8Array): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'liseuse-backup-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'liseuse.zip');
  await writeFile(file, bytes);
  const box = await library.waitForSelector('.library-sections input[type=file]');
  await (box as ElementHandle<HTMLInputElement>).uploadFile(file);
}

describe.each(BROWSERS)('the backup in %s', (browser) => {
  const at = setUp(browser);

  test('brings a library back whole where there is none, and refuses a damaged file', async () => {
    await (await saveByPopup(at, PAGES.fr.address)).close();
    await (await saveByPopup(at, PAGES.cn.address)).close();
    await at.site.cut();
    const library = await at.session.openExtensionPage('library.html');
    await press(library, say('favourite_article', TITLES.fr));
    await waitForText(library, say('favoured', TITLES.fr));
    const before = await readStore(at.session);
    const download = await catchDownloads(library);
    await press(library, say('backup'));
    await press(library, say('backup_save'));
    await waitForText(library, say('backup_saved', 2, 3));
    const bytes = await download();
    await library.close();

    await forgetEverything(at.session);
    const empty = await at.session.openExtensionPage('library.html');
    await waitForText(empty, say('nothing_saved'));
    await press(empty, say('backup'));
    await chooseBackup(empty, bytes.subarray(0, bytes.length / 2));
    await waitForText(empty, say('backup_truncated'));
    expect(await readStore(at.session)).toEqual([]);

    await chooseBackup(empty, bytes);
    await waitForText(empty, say('backup_explained'));
    await press(empty, say('backup_merge'));
    await waitForTitles(empty, TITLES.cn, TITLES.fr);
    expect(await readStore(at.session)).toEqual(before);
    await press(empty, say('view_favourite'));
    await waitForTitles(empty, TITLES.fr);
  });
});
