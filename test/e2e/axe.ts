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

/**
 * What axe finds wrong with an extension page, or with the overlay where one is open.
 *
 * @param rules by which it looks; by all of its usual ones where none are named
 */
export async function violations(shown: Page, ...rules: string[]): Promise<string[]> {
  await bringAxe(shown);
  return shown.evaluate(async (rules) => {
    const isOverlay = document.querySelector('liseuse-reader') !== null;
    const surface: axe.ElementContext = isOverlay
      ? { include: { fromShadowDom: ['liseuse-reader', 'dialog'] } }
      : document;
    const found = await (globalThis as WithAxe).axe.run(surface, rules.length > 0 ? { runOnly: rules } : {});
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
    );
  }, rules);
}

/** Expects that axe finds nothing wrong, in any of the themes. Names and roles are the same in all: only colours are looked at again. */
export async function expectAccess(shown: Page, state: string, themes = ['light', 'dark', 'contrast']): Promise<void> {
  for (const [index, theme] of themes.entries()) {
    await shown.evaluate((chosen) => {
      const root = document.querySelector('liseuse-reader')?.shadowRoot ?? document;
      for (const surface of root.querySelectorAll<HTMLElement>('.surface')) surface.dataset['theme'] = chosen;
    }, theme);
    const rules = index === 0 ? [] : ['color-contrast'];
    expect(await violations(shown, ...rules), `${state}, ${theme}`).toEqual([]);
  }
}
