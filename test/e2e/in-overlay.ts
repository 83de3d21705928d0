/** How a reader opens the overlay, and whether it is there. */
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { press, readArticle, say, until, type Setting } from './support.ts';

/** Opens the overlay on a tab by the popup's button. */
export async function readHere(at: Setting, tab: Page): Promise<void> {
  const popup = await at.session.openPopup(tab);
  await press(popup, say('read_here'));
  await until(() => expect(popup.isClosed()).toBe(true));
  await readArticle(tab);
}

/** Opens a page in a tab, and the overlay on it. */
export async function openOverlay(at: Setting, address: string): Promise<Page> {
  const tab = await at.session.openPage(address);
  await readHere(at, tab);
  return tab;
}

export const isOverlayThere = (tab: Page): Promise<boolean> =>
  tab.evaluate(() => document.querySelector('liseuse-reader') !== null);

export const waitUntilClosed = (tab: Page): Promise<void> =>
  until(async () => expect(await isOverlayThere(tab)).toBe(false));
