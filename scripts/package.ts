/**
 * `npm run package`: the zips for the stores, web-ext-artifacts/liseuse-VERSION-BROWSER.zip, after `web-ext lint` found
 * neither an error nor a warning in the Firefox one.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const WEB_EXT = join(ROOT, 'node_modules/web-ext/bin/web-ext.js');
const ARTIFACTS = join(ROOT, 'web-ext-artifacts');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

const webExt = (...args: string[]): void => {
  execFileSync(process.execPath, [WEB_EXT, ...args], { stdio: 'inherit' });
};

webExt('lint', '--warnings-as-errors', '--no-config-discovery', '--source-dir', join(ROOT, 'dist/firefox'));
mkdirSync(ARTIFACTS, { recursive: true });
for (const browser of ['chromium', 'firefox']) {
  const filename = `liseuse-${version}-${browser}.zip`;
  webExt(
    'build',
    '--overwrite-dest',
    '--no-config-discovery',
    '--source-dir',
    join(ROOT, 'dist', browser),
    '--artifacts-dir',
    ARTIFACTS,
    '--filename',
    filename,
  );
}
