/** The real pages and files that LISEUSE_CORPUS names. They are other people's work: read from there, never copied here. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const corpus = process.env['LISEUSE_CORPUS'] ?? '';
if (corpus === '') throw new Error('LISEUSE_CORPUS is not set');

/** A file of the corpus, as text or bytes. */
export const readText = (...path: string[]): string => readFileSync(join(corpus, ...path), 'utf8');
export const readBytes = (...path: string[]): Uint8Array => new Uint8Array(readFileSync(join(corpus, ...path)));
export const list = (...path: string[]): string[] => readdirSync(join(corpus, ...path)).toSorted();

/** The files of a tar.gz, by name; only those that `wanted` takes are read. */
export function readTar(
  archive: string,
  wanted: (name: string, index: number) => boolean,
): { name: string; bytes: Uint8Array }[] {
  const folder = mkdtempSync(join(tmpdir(), 'liseuse-corpus-'));
  try {
    execFileSync('tar', ['-xzf', join(corpus, archive), '-C', folder]);
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
    return names
      .toSorted()
      .filter(wanted)
      .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
