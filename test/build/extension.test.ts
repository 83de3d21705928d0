/** What is shipped, read from dist/: manifests, permissions, weights, and that nothing comes from elsewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const json = (path: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
const version = json(join(ROOT, 'package.json'))['version'];

beforeAll(() => {
  if (!existsSync(join(ROOT, 'dist/chromium/manifest.json')))
    throw new Error('Run `npm run build` before these tests.');
});

describe.each(['chromium', 'firefox'])('%s', (browser) => {
  const folder = join(ROOT, 'dist', browser);
  const file = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const weight = (...names: string[]): number =>
    names.reduce((sum, name) => sum + gzipSync(file(name), { level: 9 }).length, 0);
  /** Everything that a page of the extension loads: its styles, its script, and what that imports. */
  const loadedBy = (page: string): string[] => {
    const direct = [...file(page).matchAll(/(?:src|href)="\/?([\w.-]+\.(?:js|css))"/g)].map((match) => match[1] ?? '');
    const imported = direct.flatMap((name) =>
      [...file(name).matchAll(/from\s*"\.\/([\w.-]+\.js)"|import\s*"\.\/([\w.-]+\.js)"/g)].map(
        (match) => match[1] ?? match[2] ?? '',
      ),
    );
    return [...new Set([page, ...direct, ...imported])];
  };
  const manifest = json(join(folder, 'manifest.json'));

  it('has the version of the package', () => {
    expect(manifest['version']).toBe(version);
  });

  it('asks for no more than the README explains', () => {
    expect(manifest['permissions']).toEqual(['storage', 'unlimitedStorage', 'scripting', 'activeTab']);
    expect(manifest['host_permissions']).toEqual(['*://*.rfi.fr/*']);
    expect(manifest).not.toHaveProperty('optional_permissions');
    expect(manifest).not.toHaveProperty('optional_host_permissions');
    expect(manifest).not.toHaveProperty('web_accessible_resources');
    expect(manifest).not.toHaveProperty('externally_connectable');
    expect(manifest['content_scripts']).toEqual([
      { matches: ['*://*.rfi.fr/*'], js: ['page.js'], run_at: 'document_idle' },
    ]);
  });

  it('lets its pages run their own scripts only and reach RFI only', () => {
    const policy = (manifest['content_security_policy'] as { extension_pages: string }).extension_pages;
    const directives = new Map(
      policy.split(';').map((directive) => {
        const [name = '', ...sources] = directive.trim().split(' ');
        return [name, sources];
      }),
    );
    expect(directives.get('default-src')).toEqual(["'none'"]);
    expect(directives.get('script-src')).toEqual(["'self'"]);
    expect(directives.get('style-src')).toEqual(["'self'"]);
    const hosts = [...directives.values()].flat().filter((source) => source.includes('.'));
    expect([...new Set(hosts)].toSorted()).toEqual(['https://*.akamaized.net', 'https://*.rfi.fr']);
  });

  it('weighs what it may', () => {
    expect(weight('page.js'), 'the script on every page').toBeLessThanOrEqual(2_000);
    expect(weight('extract.js'), 'what the popup injects').toBeLessThanOrEqual(32_000);
    expect(weight('extract.js', 'reader.js'), 'extraction and overlay').toBeLessThanOrEqual(63_000);
    expect(weight(...loadedBy('popup.html')), 'the popup').toBeLessThanOrEqual(43_000);
  });

  it('loads and runs nothing from elsewhere', () => {
    const code = readdirSync(folder).filter((name) => /\.(js|html|css)$/.test(name));
    for (const name of code) {
      const text = file(name);
      expect(text, name).not.toMatch(/<script[^>]*src="(https?:)?\/\//);
      expect(text, name).not.toMatch(/\beval\(|new Function\(|importScripts\(|import\("?https?:/);
      expect(text, name).not.toMatch(/@import\s+(url\()?["']?https?:|url\(["']?(https?:)?\/\//);
      expect(text, name).not.toContain('sourceMappingURL');
    }
  });

  it('has every file that the manifest names, in every language', () => {
    const named = JSON.stringify(manifest).match(/[\w/-]+\.(js|html|png)/g) ?? [];
    for (const name of named) expect(existsSync(join(folder, name)), name).toBe(true);
    for (const locale of readdirSync(join(ROOT, 'src/_locales')))
      expect(existsSync(join(folder, '_locales', locale, 'messages.json'))).toBe(true);
  });
});

it('both browsers get the same code', () => {
  const files = readdirSync(join(ROOT, 'dist/chromium'), { recursive: true, encoding: 'utf8' }).toSorted();
  expect(readdirSync(join(ROOT, 'dist/firefox'), { recursive: true, encoding: 'utf8' }).toSorted()).toEqual(files);
  for (const name of files.filter((each) => each.endsWith('.js'))) {
    expect(readFileSync(join(ROOT, 'dist/firefox', name), 'utf8'), name).toBe(
      readFileSync(join(ROOT, 'dist/chromium', name), 'utf8'),
    );
  }
});
