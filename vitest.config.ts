/** The rings of tests: unit in jsdom, build on dist/, e2e in real browsers, and corpus where LISEUSE_CORPUS names real pages. */
import { defineConfig } from 'vitest/config';

const jsdom = { environment: 'jsdom', setupFiles: ['fake-indexeddb/auto'] };
const corpus = process.env['LISEUSE_CORPUS']
  ? [
      {
        extends: true as const,
        test: { ...jsdom, name: 'corpus', include: ['test/corpus/**/*.test.ts'], testTimeout: 120_000 },
      },
    ]
  : [];

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    projects: [
      {
        extends: true,
        test: { ...jsdom, name: 'unit', testTimeout: 60_000, include: ['test/unit/**/*.test.{ts,tsx}'] },
      },
      ...corpus,
      {
        extends: true,
        test: { name: 'build', include: ['test/build/**/*.test.ts'], environment: 'node', testTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          // Two browsers at once, when the other rings have ended: each takes a core and more.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
