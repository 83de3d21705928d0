/** Injected when the reader asks: extracts the page's article, and shows it over the page. */
import { extractArticle } from '../article/extract.ts';
import type { Extraction } from '../article/article.ts';
import type { InjectedReader } from '../platform/read-tab.ts';
import { isOverlayOpen, openOverlay } from './overlay.tsx';

function extract(restored: readonly number[] = []): Extraction {
  // An empty tab, or a file of this machine, has no address that an article could be found again at.
  if (!/^https?:$/.test(location.protocol)) return { ok: false, reason: 'noArticle' };
  try {
    return extractArticle(document, location.href, restored);
  } catch {
    // Whatever a page did to break the reading, the person gets a sentence and the page stays as it was.
    return { ok: false, reason: 'unreadable' };
  }
}

let close: (() => void) | undefined;

const reader: InjectedReader = {
  extract,
  toggle: () => {
    if (close && isOverlayOpen()) close();
    else close = openOverlay(extract);
  },
};
globalThis.liseuse ??= reader;
