/** What the README promises of `npm start`: without a window it makes the whole journey by itself, and tells what it saw. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import type { Summary } from '../../scripts/journey.ts';
import { BROWSERS, PAGES, TITLES } from './support.ts';

test.each(BROWSERS)('npm start in %s reads, saves and opens again without a network', async (browser) => {
  const shots = await mkdtemp(join(tmpdir(), 'liseuse-shots-'));
  onTestFinished(() => rm(shots, { recursive: true, force: true }));
  const options = ['scripts/start.ts', '--json', '--browser', browser, '--shots', shots];
  const { stdout } = await promisify(execFile)('node_modules/.bin/tsx', options);
  const { address, popup, overlay, library, problems } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Summary;
  expect(problems).toEqual([]);
  expect(address).toBe(PAGES.cn.address);
  expect([popup.title, overlay.title, library.title]).toEqual([TITLES.cn, TITLES.cn, TITLES.cn]);
  expect(library).toMatchObject({ offline: true, photosShown: 2, savedArticles: [{ title: TITLES.cn }] });
  expect((await readdir(shots)).toSorted()).toEqual([
    'library-article.png',
    'library.png',
    'overlay.png',
    'popup-saved.png',
    'popup.png',
  ]);
});
