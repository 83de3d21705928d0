/** A page that is not open in a tab: its HTML in, its article out. */
import type { Extraction } from './article.ts';
import { extractArticle, type ExtractOptions } from './extract.ts';

/**
 * Parses a page once, to be read as often as the reader wants something of it back. Nothing in it runs or loads.
 *
 * @param address the absolute http(s) address that the page was fetched from
 * @returns what reads it; a page that breaks the reading is `unreadable`
 */
export function readHtml(html: string, address: string): (options?: Omit<ExtractOptions, 'selection'>) => Extraction {
  const page = new DOMParser().parseFromString(html, 'text/html');
  return (options) => {
    try {
      return extractArticle(page, address, options);
    } catch {
      return { ok: false, reason: 'unreadable' };
    }
  };
}
