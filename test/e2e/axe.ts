/** What axe finds wrong with what a reader sees. */
import { readFileSync } from 'node:fs';
import type axe from 'axe-core';
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';

const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** `axe` as the script above leaves it on a page. */
export type WithAxe = typeof globalThis & { axe: typeof axe };

export async function bringAxe(shown: Page): Promise<void> {
  if (!(await shown.evaluate(() => 'axe' in globalThis))) await shown.evaluate(AXE);
}

/** What axe finds wrong with an extension page, or with the overlay where one is open. */
export async function violations(shown: Page): Promise<string[]> {
  await bringAxe(shown);
  return shown.evaluate(async () => {
    const isOverlay = document.querySelector('liseuse-reader') !== null;
    const surface: axe.ElementContext = isOverlay
      ? { include: { fromShadowDom: ['liseuse-reader', 'dialog'] } }
      : document;
    const found = await (globalThis as WithAxe).axe.run(surface);
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
    );
  });
}

/** What axe finds wrong in light, dark and high contrast. */
export async function expectAccess(shown: Page, state: string): Promise<void> {
  for (const theme of ['light', 'dark', 'contrast']) {
    await shown.evaluate((chosen) => {
      const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
      for (const surface of root.querySelectorAll<HTMLElement>('.surface')) surface.dataset['theme'] = chosen;
    }, theme);
    expect(await violations(shown), `${state}, ${theme}`).toEqual([]);
  }
}
