/** An article, or a piece of it, as a quotation that says where it is from. */
import type { Article } from '../article/article.ts';
import { formatDate } from './format.ts';

/** What is selected within an article as it is shown; empty where nothing is, or what is selected reaches out of it. */
export function selectedIn(shown: Element): string {
  const root = shown.getRootNode() as (Document | ShadowRoot) & { getSelection?: () => Selection | null };
  // Chromium knows the selection within a shadow root by that root, Firefox by the document.
  const selection = root.getSelection?.() ?? document.getSelection();
  if (!selection || selection.rangeCount === 0) return '';
  const isInside = shown.contains(selection.getRangeAt(0).commonAncestorContainer);
  return isInside ? selection.toString().trim() : '';
}

/** Plain text: what is quoted, then title, authors, outlet and date, then the article's address. */
export function quote(article: Article, passage: string): string {
  const { title, byline, siteName, publishedTime, url } = article;
  const outlet = siteName ?? new URL(url).hostname;
  const source = [title, byline, outlet, publishedTime && formatDate(publishedTime)].filter(Boolean).join(', ');
  return `${passage || article.textContent.trim()}\n\n— ${source}\n${url}`;
}
