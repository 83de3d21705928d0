/** The pipeline: a page's Document and address in, an Article out, the page itself never changed. */
import { Readability } from '@mozilla/readability';
import { editionOf, isRfiAddress } from './address.ts';
import { CONTENT_CLASSES, type Article, type Extraction, type Photo } from './article.ts';
import { readingMinutes } from './language.ts';
import { cleanLink } from './links.ts';
import {
  expandGalleries,
  nameQuotesAndBoxes,
  replacePlayersByLinks,
  simplifyPhotos,
  simplifySounds,
  soundFigure,
} from './media.ts';
import { readMetadata, type Metadata } from './metadata.ts';
import { removeEmpty, removeMachinery, removeRfiJunk, removeShareLinks } from './prune.ts';
import { BODY, FACTS, findRfiArticle } from './rfi-page.ts';
import { sanitizeInPlace } from './sanitize.ts';

/**
 * Extracts the article of a page.
 *
 * @param document the page; it is read, never changed
 * @param address the absolute http(s) address that it was opened at
 * @returns the article, or why there is none: `noArticle` (a home page, a page that Readability finds nothing in),
 *   `emptyArticle` (RFI's article element with nothing in its body)
 */
export function extractArticle(document: Document, address: string): Extraction {
  const rfiArticle = findRfiArticle(document);
  if (!rfiArticle && isRfiAddress(address) && !declaresArticle(document)) return { ok: false, reason: 'noArticle' };
  const metadata = readMetadata(document, address, rfiArticle);
  const extracted = rfiArticle ? extractFromRfi(rfiArticle, metadata) : extractAnywhere(document, metadata);
  if (!extracted) return { ok: false, reason: rfiArticle ? 'emptyArticle' : 'noArticle' };
  return { ok: true, article: extracted };
}

/** RFI's home and section pages declare a website, its articles an article, in whatever template. */
const declaresArticle = (document: Document): boolean =>
  document.querySelector('meta[property="og:type"]')?.getAttribute('content') === 'article';

/** A page in RFI's markup: narrowed to the article, cleaned by RFI's profile, then given to Readability. */
function extractFromRfi(rfiArticle: Element, metadata: Metadata): Article | null {
  // A document of its own: nothing in it loads, runs or is upgraded, and Readability may change it as it likes.
  const narrowed = rfiArticle.ownerDocument.implementation.createHTMLDocument('');
  const root = narrowed.createElement('div');
  root.append(...narrowed.importNode(rfiArticle, true).childNodes);
  narrowed.body.append(root);

  removeRfiJunk(root);
  expandGalleries(root);
  simplifySounds(root);
  simplifyPhotos(root);
  replacePlayersByLinks(root);
  nameQuotesAndBoxes(root);
  removeMachinery(root);
  removeShareLinks(root);
  if (metadata.sound && !root.querySelector('audio')) {
    root.prepend(soundFigure(root, metadata.sound.src, metadata.sound.duration));
  }
  if (isEmptyBody(root)) return null;
  markLead(root);
  dissolveWrappers(root);
  dropAttributes(root);
  removeEmpty(root);

  const content = readabilityOrAll(narrowed, root);
  return toArticle(content, metadata);
}

/** An article whose body has not arrived has a title and perhaps a photo, but nothing to read. */
const isEmptyBody = (root: Element): boolean => {
  const bodies = [...root.querySelectorAll(BODY)];
  if (bodies.length === 0) return (root.textContent ?? '').trim() === '' && !root.querySelector('audio, img, a');
  return bodies.every((body) => (body.textContent ?? '').trim() === '' && !body.querySelector('img, audio, video, a'));
};

const markLead = (root: Element): void => {
  const lead = root.querySelector(FACTS.lead);
  if (!lead) return;
  const paragraph = lead.ownerDocument.createElement('p');
  paragraph.className = 'lead';
  paragraph.append(...lead.childNodes);
  // A lead may hold paragraphs of its own; one inside another is no HTML.
  for (const inner of paragraph.querySelectorAll('p, div')) inner.replaceWith(...inner.childNodes);
  lead.replaceWith(paragraph);
};

/** Elements that say nothing of their own. Side by side, all paragraphs are one article to Readability's scoring. */
const dissolveWrappers = (root: Element): void => {
  for (const wrapper of root.querySelectorAll('div, article, main, header')) {
    const hasLooseText = [...wrapper.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
    );
    if (!hasLooseText && !wrapper.closest('table, figure, li')) wrapper.replaceWith(...wrapper.childNodes);
  }
};

/** Readability weighs class names and ids; RFI's profile has already decided what they mean. */
const dropAttributes = (root: Element): void => {
  for (const element of root.querySelectorAll('[class], [id], [style], [hidden], [aria-hidden], [role]')) {
    const kept = CONTENT_CLASSES.filter((name) => element.classList.contains(name));
    for (const name of ['id', 'style', 'hidden', 'aria-hidden', 'role', 'class']) element.removeAttribute(name);
    if (kept.length > 0) element.className = kept.join(' ');
  }
};

/** Everything that must be in the answer if it is in the question. */
const substance = (root: Element): string =>
  (root.textContent ?? '').replace(/\s+/g, '') +
  '|' +
  root.querySelectorAll('img, audio, video, table, a[href]').length;

/**
 * Readability's answer on the narrowed article; where it threw away anything that RFI's profile kept (a list of links, a
 * heading like the title, a short page), all of it. No paragraph is ever lost to a score.
 */
function readabilityOrAll(narrowed: Document, root: Element): Element {
  const all = root.cloneNode(true) as Element;
  const answer = new Readability<Element>(narrowed, {
    charThreshold: 0,
    classesToPreserve: [...CONTENT_CLASSES],
    disableJSONLD: true,
    serializer: (node) => node as Element,
  }).parse()?.content;
  const page = answer?.firstElementChild;
  return page && substance(page) === substance(all) ? page : all;
}

/** Any other page: Readability's own answer on a clone of the document. */
function extractAnywhere(document: Document, metadata: Metadata): Article | null {
  const answer = new Readability<Element>(document.cloneNode(true) as Document, {
    serializer: (node) => node as Element,
  }).parse();
  const page = answer?.content?.firstElementChild;
  if (!answer || !page || (page.textContent ?? '').trim() === '') return null;
  simplifyPhotos(page);
  replacePlayersByLinks(page);
  removeShareLinks(page);
  removeEmpty(page);
  const authors =
    metadata.authors.length > 0 || !answer.byline ? metadata.authors : [{ name: answer.byline.trim(), url: null }];
  return toArticle(page, {
    ...metadata,
    title: answer.title || metadata.title,
    description: metadata.description || answer.excerpt || '',
    lang: metadata.lang || answer.lang || '',
    siteName: metadata.siteName ?? answer.siteName ?? null,
    dir: answer.dir === 'rtl' ? 'rtl' : metadata.dir,
    authors,
  });
}

function cleanAddresses(root: Element, base: string): void {
  for (const link of root.querySelectorAll('a')) {
    const href = link.getAttribute('href');
    const target = href && !href.startsWith('#') ? cleanLink(href, base) : null;
    if (target) link.setAttribute('href', target);
    else link.replaceWith(...link.childNodes);
  }
  for (const media of root.querySelectorAll('[src]')) {
    const src = cleanLink(media.getAttribute('src') ?? '', base);
    if (src && /^https?:/.test(src)) media.setAttribute('src', src);
    else media.remove();
  }
}

/** Indentation of the page's source is no text; no-break spaces are (French sets them before ; : ! ?). */
const collapseWhiteSpace = (root: Element): void => {
  const texts = root.ownerDocument.createTreeWalker(root, 4 /* NodeFilter.SHOW_TEXT, which jsdom's global lacks */);
  while (texts.nextNode()) {
    const node = texts.currentNode as Text;
    if (/[ \t\r\n\f]{2,}|[\t\r\n\f]/.test(node.data) && !node.parentElement?.closest('pre')) {
      node.data = node.data.replace(/[ \t\r\n\f]+/g, ' ');
    }
  }
  for (const block of root.querySelectorAll('p, h2, h3, h4, li, figcaption, blockquote, td, th')) {
    const [first, last] = [block.firstChild, block.lastChild];
    if (first?.nodeType === Node.TEXT_NODE) first.textContent = (first.textContent ?? '').trimStart();
    if (last?.nodeType === Node.TEXT_NODE) last.textContent = (last.textContent ?? '').trimEnd();
  }
};

const toPhoto = (figure: Element | null): Photo | null => {
  const img = figure?.querySelector('img');
  const caption = figure?.querySelector('figcaption');
  if (!img) return null;
  const credit = caption?.querySelector('.credit')?.textContent?.trim() ?? '';
  const words = caption?.textContent?.trim() ?? '';
  return {
    src: img.getAttribute('src') ?? '',
    alt: img.getAttribute('alt') ?? '',
    caption: credit && words.endsWith(credit) ? words.slice(0, -credit.length).trim() : words,
    credit,
  };
};

const isBlank = (node: Node): boolean => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() === '';

/** Readability wraps its answer in a `div`, sometimes in two. */
const unwrapOnlyChild = (root: Element): void => {
  for (;;) {
    const [only, second] = [...root.childNodes].filter((node) => !isBlank(node));
    if (second || !(only?.nodeType === Node.ELEMENT_NODE) || !(only as Element).matches('div, section')) return;
    root.replaceChildren(...only.childNodes);
  }
};

/** Cleans what was extracted and adds the facts. */
function toArticle(root: Element, metadata: Metadata): Article {
  cleanAddresses(root, metadata.url);
  collapseWhiteSpace(root);
  sanitizeInPlace(root);
  removeEmpty(root);

  unwrapOnlyChild(root);
  // One block a line: readable as a file, and words of two blocks never touch in the text.
  const blocks = [...root.childNodes].filter((node) => !isBlank(node));
  root.replaceChildren(
    ...blocks.flatMap((block, index) => (index === 0 ? [block] : [root.ownerDocument.createTextNode('\n'), block])),
  );

  const textContent = root.textContent ?? '';
  const { description, sound: _, ...facts } = metadata;
  const lang = facts.lang || 'und';
  return {
    ...facts,
    byline: facts.authors.map(({ name }) => name).join(', ') || null,
    lang,
    content: root.innerHTML,
    textContent,
    length: textContent.length,
    excerpt: root.querySelector('.lead')?.textContent?.trim() || description,
    edition: editionOf(facts.url),
    photo: toPhoto(root.querySelector('figure:has(img)') ?? root.querySelector('img')?.parentElement ?? null),
    photos: [...new Set([...root.querySelectorAll('img')].map((img) => img.getAttribute('src') ?? '').filter(Boolean))],
    readingMinutes: readingMinutes(textContent, lang),
  };
}
