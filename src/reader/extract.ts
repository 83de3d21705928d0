/** Injected when the reader asks: extracts the page's article, for the popup or for the overlay. */
import { extractArticle } from '../article/extract.ts';
import type { Extraction } from '../article/article.ts';
import { readHtml } from '../article/read-html.ts';
import { sanitizeToFragment } from '../article/sanitize.ts';
import type { InjectedExtractor, ReadOptions } from '../platform/read-tab.ts';

/** A word that is looked up is selected too; this many letters are a passage, a character of Chinese counted as two. */
const PASSAGE = 40;
const weight = (text: string): number => text.length + (text.match(/\p{Script=Han}/gu)?.length ?? 0);

function selectedPassage(): Range | undefined {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || weight(selection.toString().trim()) < PASSAGE) return undefined;
  const range = selection.getRangeAt(0);
  // In Firefox, what is selected in the overlay is the page's selection.
  return range.commonAncestorContainer.getRootNode() === document ? range : undefined;
}

function extract({ restored = [], isWhole = false }: ReadOptions = {}): Extraction {
  // An empty tab, or a file of this machine, has no address that an article could be found again at.
  if (!/^https?:$/.test(location.protocol)) return { ok: false, reason: 'noArticle' };
  try {
    const selection = isWhole ? undefined : selectedPassage();
    return extractArticle(document, location.href, selection ? { restored, selection } : { restored });
  } catch {
    // Whatever a page did to break the reading, the person gets a sentence and the page stays as it was.
    return { ok: false, reason: 'unreadable' };
  }
}

const extractor: InjectedExtractor = { extract, readHtml, sanitizeToFragment };
globalThis.liseuseExtractor ??= extractor;
