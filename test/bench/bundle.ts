/** A module of the bench, with all that it needs, as one script for a page. */
import { resolve } from 'node:path';
import { build } from 'vite';

/**
 * Bundles a module of this folder; the script leaves what it exports in a global variable.
 * @throws when vite cannot build it.
 */
export async function bundleForPage(file: string, name: string): Promise<string> {
  const built = await build({
    configFile: false,
    root: resolve(import.meta.dirname, '../..'),
    publicDir: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: ['chrome141', 'firefox142'],
      lib: { entry: resolve(import.meta.dirname, file), formats: ['iife'], name },
    },
  });
  for (const result of [built].flat()) {
    const chunk = 'output' in result ? result.output.find((output) => output.type === 'chunk') : undefined;
    if (chunk) return chunk.code;
  }
  throw new Error(`vite built no script from ${file}.`);
}
