/** The import rules bite: for each folder, an import that the README's table forbids is planted and must fail the lint. */
import { execFile } from 'node:child_process';
import { mkdtempSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);
const OXLINT = join(ROOT, 'node_modules/oxlint/bin/oxlint');
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'liseuse-imports-'));
  cpSync(join(ROOT, '.oxlintrc.json'), join(copy, '.oxlintrc.json'));
  for (const folder of [
    'article',
    'saved',
    'exchange',
    'platform',
    'ui',
    'page',
    'reader',
    'popup',
    'library',
    'background',
  ]) {
    mkdirSync(join(copy, 'src', folder), { recursive: true });
    writeFileSync(
      join(copy, 'src', folder, 'thing.ts'),
      'export const thing = 1;\nexport interface Shape {\n  a: 1;\n}\n',
    );
  }
});
afterAll(() => rmSync(copy, { recursive: true }));

/** What the lint says of a file with this text in that folder; empty where it has no objection. */
async function lint(folder: string, text: string): Promise<string> {
  const planted = join(copy, 'src', folder, 'planted.ts');
  writeFileSync(planted, text);
  try {
    await run(process.execPath, [OXLINT, planted], { cwd: copy });
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  } finally {
    rmSync(planted);
  }
}

const value = (folder: string): string =>
  `import { thing } from '../${folder}/thing.ts';\nexport const planted = thing;\n`;
const type = (folder: string): string =>
  `import type { Shape } from '../${folder}/thing.ts';\nexport type Planted = Shape;\n`;

const MAY: Record<string, { import: string[]; types: string[] }> = {
  article: { import: [], types: [] },
  saved: { import: ['article'], types: [] },
  exchange: { import: ['article'], types: ['saved'] },
  platform: { import: [], types: ['article', 'saved'] },
  ui: { import: ['article'], types: ['saved', 'platform'] },
  page: { import: ['platform'], types: [] },
  reader: { import: ['article', 'platform', 'ui'], types: [] },
  popup: { import: ['article', 'saved', 'exchange', 'platform', 'ui'], types: [] },
  library: { import: ['article', 'saved', 'exchange', 'platform', 'ui'], types: [] },
  background: { import: ['article', 'saved', 'platform'], types: [] },
};
const folders = Object.keys(MAY);

describe.each(folders)('%s', (folder) => {
  const may = MAY[folder] ?? { import: [], types: [] };

  it('may import what the table says', async () => {
    for (const other of may.import) expect(await lint(folder, value(other)), `${folder} imports ${other}`).toBe('');
    for (const other of may.types)
      expect(await lint(folder, type(other)), `${folder} imports types of ${other}`).toBe('');
  });

  it('may import nothing else', async () => {
    for (const other of folders.filter((each) => each !== folder && !may.import.includes(each))) {
      expect(await lint(folder, value(other)), `${folder} imports ${other}`).toContain('no-restricted-imports');
    }
  });

  it('leaves the browser to platform/', async () => {
    const answer = await lint(
      folder,
      "import browser from 'webextension-polyfill';\nexport const planted = browser;\n",
    );
    if (folder === 'platform') expect(answer).toBe('');
    else expect(answer).toContain('Only platform/ talks to the browser');
  });
});

it.each(['import', 'import type'])('a cycle of %s is an error', async (word) => {
  writeFileSync(
    join(copy, 'src/article/one.ts'),
    `${word} { Two } from './planted.ts';\nexport class One {\n  two: Two | undefined;\n}\n`,
  );
  const planted = `${word} { One } from './one.ts';\nexport class Two {\n  one: One | undefined;\n}\n`;
  expect(await lint('article', planted)).toContain('no-cycle');
});
