/** The pipeline: a page's Document and address in, an Article out, the page itself never changed. */
import { Readability } from '@mozilla/readability';
import { isRfiAddress } from './address.ts';
import { unclobberForms } from './forms.ts';
import type { Extraction } from './article.ts';
import { replacePlayersByLinks, simplifyPhotos, soundFigure } from './media.ts';
import { readMetadata, type Metadata } from './metadata.ts';
import { flatten, narrowToArticle } from './narrow.ts';
import { removeShareLinks } from './prune.ts';
import type { Removal } from './receipt.ts';
import { isPlain, readabilityOrAll } from './readable.ts';
import { BODY, findRfiArticle } from './rfi-page.ts';
import { toArticle } from './to-article.ts';
import { collapseWhiteSpace } from './white-space.ts';

export interface ExtractOptions {
  /** Numbers of removed blocks, as an earlier receipt has them, that the reader wants back. */
  restored?: readonly number[];
  /** What the reader selected: nothing else is read. */
  selection?: Range;
}

/**
 * Extracts the article of a page.
 *
 * @param document the page; it is read, never changed
 * @param address the absolute http(s) address that it was opened at
 * @returns the article with its receipt, or why there is none: `noArticle` (a home page, a page that Readability finds nothing
 *   in, a selection without text), `emptyArticle` (RFI's article element with nothing in its body)
 */
export function extractArticle(
  document: Document,
  address: string,
  { restored = [], selection }: ExtractOptions = {},
): Extraction {
  const rfiArticle = findRfiArticle(document);
  if (selection) return extractSelection(selection, readMetadata(document, address, rfiArticle), restored);
  if (!rfiArticle && isRfiAddress(address) && !declaresArticle(document)) return { ok: false, reason: 'noArticle' };
  const metadata = readMetadata(document, address, rfiArticle);
  return rfiArticle ? extractFromRfi(rfiArticle, metadata, restored) : extractAnywhere(document, metadata);
}

/** What the reader selected, whatever it is: it was chosen, so nothing in it is scored. */
function extractSelection(selection: Range, metadata: Metadata, restored: readonly number[]): Extraction {
  const removed: Removal[] = [];
  const { commonAncestorContainer: ancestor } = selection;
  const around = ancestor.nodeType === Node.ELEMENT_NODE ? (ancestor as Element) : ancestor.parentElement;
  if (!around) return { ok: false, reason: 'noArticle' };
  const root = narrowToArticle(around, removed, restored, selection);
  flatten(root);
  if ((root.textContent ?? '').trim() === '') return { ok: false, reason: 'noArticle' };
  const extraction = toArticle(root, metadata, removed);
  return extraction.ok ? { ...extraction, article: { ...extraction.article, isPassage: true } } : extraction;
}

/** RFI's home and section pages declare a website, its articles an article, in whatever template. */
const declaresArticle = (document: Document): boolean =>
  document.querySelector('meta[property="og:type"]')?.getAttribute('content') === 'article';

/** A page in RFI's markup: narrowed to the article by RFI's profile, then given to Readability where that changes anything. */
function extractFromRfi(rfiArticle: Element, metadata: Metadata, restored: readonly number[]): Extraction {
  const removed: Removal[] = [];
  const root = narrowToArticle(rfiArticle, removed, restored, null);
  if (metadata.sound && !root.querySelector('audio')) {
    root.prepend(soundFigure(root, metadata.sound.src, metadata.sound.duration));
  }
  if (isEmptyBody(root)) return { ok: false, reason: 'emptyArticle' };
  flatten(root);
  return toArticle(isPlain(root) ? root : readabilityOrAll(root), metadata, removed);
}

/** An article whose body has not arrived has a title and perhaps a photo, but nothing to read. */
const isEmptyBody = (root: Element): boolean => {
  const bodies = [...root.querySelectorAll(`${BODY}, .chapters, .transcript`)];
  if (bodies.length === 0) return (root.textContent ?? '').trim() === '' && !root.querySelector('audio, img, a');
  return bodies.every((body) => (body.textContent ?? '').trim() === '' && !body.querySelector('img, audio, video, a'));
};

/** MathML is a language of its own that the sanitizer lets nothing of through: what a formula says stays as words. */
const writeOutFormulas = (root: Element): void => {
  for (const math of root.querySelectorAll('math')) {
    math.replaceWith(math.getAttribute('alttext') ?? math.textContent ?? '');
  }
};

/** A menu that says that it is one, of which Readability keeps some: mostly links, more of them than back and forth. */
const isMenu = (nav: Element): boolean => {
  const length = (element: Element): number => (element.textContent ?? '').replace(/\s+/g, '').length;
  const links = [...nav.querySelectorAll('a')];
  const linked = links.reduce((sum, link) => sum + length(link), 0);
  return links.length > 2 && linked * 2 > length(nav) && !nav.querySelector('img, h1');
};

/** No page that a person made is so deep. */
const ABYSS = `body${' > *'.repeat(60)}`;

/** Thousands of empty elements so deep down take Readability half a minute. */
const removeEmptyFromAbyss = (page: Document): void => {
  const deep = [...page.querySelectorAll(ABYSS)].flatMap((top) => [top, ...top.querySelectorAll('*')]);
  for (const element of deep.toReversed()) if (!element.firstChild && !element.hasAttribute('src')) element.remove();
};

/** Any other page: Readability's own answer on a clone of the document. */
function extractAnywhere(document: Document, metadata: Metadata): Extraction {
  const copy = document.cloneNode(true) as Document;
  removeEmptyFromAbyss(copy);
  unclobberForms(copy);
  const answer = new Readability<Element>(copy, {
    serializer: (node) => node as Element,
  }).parse();
  const page = answer?.content?.firstElementChild;
  if (!answer || !page || (page.textContent ?? '').trim() === '') return { ok: false, reason: 'noArticle' };
  const removed: Removal[] = [];
  for (const nav of page.querySelectorAll('nav')) if (isMenu(nav)) nav.remove();
  writeOutFormulas(page);
  simplifyPhotos(page, removed);
  replacePlayersByLinks(page, removed);
  removeShareLinks(page, removed);
  collapseWhiteSpace(page);
  const authors =
    metadata.authors.length > 0 || !answer.byline ? metadata.authors : [{ name: answer.byline.trim(), url: null }];
  const facts: Metadata = {
    ...metadata,
    title: answer.title || metadata.title,
    description: metadata.description || answer.excerpt || '',
    lang: metadata.lang || answer.lang || '',
    siteName: metadata.siteName ?? answer.siteName ?? null,
    dir: answer.dir === 'rtl' ? 'rtl' : metadata.dir,
    authors,
  };
  return toArticle(page, facts, removed);
}
