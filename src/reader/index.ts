/** Injected when the reader asks: extracts the page's article, and shows it over the page. */
import { extractArticle } from '../article/extract.ts';
import type { InjectedReader, PageReading, ReadOptions } from '../platform/read-tab.ts';
import { isOverlayOpen, openOverlay } from './overlay.tsx';

/** A word that is looked up is selected too; this many characters are a passage. */
const PASSAGE = 40;

function selectedPassage(): Range | undefined {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.toString().trim().length < PASSAGE) return undefined;
  return selection.getRangeAt(0);
}

function extract({ restored = [], isWhole = false }: ReadOptions = {}): PageReading {
  // An empty tab, or a file of this machine, has no address that an article could be found again at.
  if (!/^https?:$/.test(location.protocol)) return { ok: false, reason: 'noArticle' };
  try {
    const selection = isWhole ? undefined : selectedPassage();
    const extraction = extractArticle(document, location.href, selection ? { restored, selection } : { restored });
    return extraction.ok ? { ...extraction, isSelection: selection !== undefined } : extraction;
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
