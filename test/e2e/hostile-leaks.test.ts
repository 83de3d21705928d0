/** What closing the overlay leaves in a page, as Chromium counts it after a garbage collection: nothing. */
import type { CDPSession, Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { readHere, waitUntilClosed } from './in-overlay.ts';
import { PAGES, readArticle, setUp, until } from './support.ts';

describe('the overlay in chromium', () => {
  const at = setUp('chromium');

  test('opened and closed ten times leaves no node, listener or style behind', async () => {
    const tab = await at.session.openPage(PAGES.cn.address);
    const cdp = await tab.createCDPSession();
    await cdp.send('Performance.enable');
    const openAndClose = async (): Promise<void> => {
      await readHere(at, tab);
      await pressAt(tab, '.script-switch button');
      await until(async () => expect((await readArticle(tab)).lang).toBe('zh-Hant'));
      await pressAt(tab, '.settings:has(input[name=theme]) summary');
      await pressAt(tab, '.reader-close');
      await waitUntilClosed(tab);
    };
    // The first brings the reader's own code, which stays, with what it keeps for the next time.
    await openAndClose();
    const before = await count(cdp);
    for (let time = 0; time < 10; time++) await openAndClose();
    expect(await count(cdp)).toEqual(before);
  });
});

/** Presses what is in the overlay without holding it: what a test holds is alive. */
async function pressAt(tab: Page, selector: string): Promise<void> {
  const { x, y } = await until(async () => {
    const place = await tab.evaluate((selector) => {
      const element = document.querySelector('liseuse-reader')?.shadowRoot?.querySelector(selector);
      const { left, top, width, height } = element?.getBoundingClientRect() ?? new DOMRect();
      return { x: left + width / 2, y: top + height / 2 };
    }, selector);
    expect(place.x).toBeGreaterThan(0);
    return place;
  });
  await tab.mouse.click(x, y);
}

/** Nodes and listeners that are alive in the page's process, and the page's own style sheets. */
async function count(cdp: CDPSession): Promise<Record<string, number>> {
  // What a first collection lets go may hold more.
  for (let time = 0; time < 3; time++) await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const { result } = await cdp.send('Runtime.evaluate', {
    expression: 'document.styleSheets.length + document.adoptedStyleSheets.length',
  });
  const valueOf = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? -1;
  return { nodes: valueOf('Nodes'), listeners: valueOf('JSEventListeners'), styleSheets: Number(result.value) };
}
