/** The last step of every extraction: addresses cleaned, content sanitized, facts added. */
import { editionOf } from './address.ts';
import type { Article, Photo } from './article.ts';
import { readingMinutes } from './language.ts';
import { cleanLink } from './links.ts';
import type { Metadata } from './metadata.ts';
import { removeEmpty } from './prune.ts';
import { sanitizeToFragment } from './sanitize.ts';

/** The Article of what was extracted; `root`, of an inert document, is used up. */
export function toArticle(root: Element, metadata: Metadata): Article {
  cleanAddresses(root, metadata.url);
  removeEmpty(root);
  const content = sanitizeToFragment(innermost(root).innerHTML);
  const blocks = [...content.childNodes].filter((node) => !isBlank(node));
  // One block a line: readable as a file, and words of two blocks never touch in the text.
  const textContent = blocks.map((block) => block.textContent ?? '').join('\n');
  const photos = [...content.querySelectorAll('img')].map((img) => img.getAttribute('src') ?? '');

  const { description, sound: _, ...facts } = metadata;
  const lang = facts.lang || 'und';
  return {
    ...facts,
    byline: facts.authors.map(({ name }) => name).join(', ') || null,
    lang,
    content: blocks.map(toHtml).join('\n'),
    textContent,
    length: textContent.length,
    excerpt: content.querySelector('.lead')?.textContent?.trim() || description,
    edition: editionOf(facts.url),
    photo: toPhoto(content.querySelector('img')),
    photos: [...new Set(photos.filter(Boolean))],
    readingMinutes: readingMinutes(textContent, lang),
  };
}

const isBlank = (node: Node): boolean => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() === '';

const toHtml = (node: Node): string => {
  if (node.nodeType === Node.ELEMENT_NODE) return (node as Element).outerHTML;
  const holder = node.ownerDocument?.createElement('div');
  holder?.append(node.textContent ?? '');
  return holder?.innerHTML ?? '';
};

/** Readability wraps its answer in a `div`, sometimes in two. */
const innermost = (root: Element): Element => {
  const [only, second] = [...root.childNodes].filter((node) => !isBlank(node));
  const isWrapper = only && !second && /^(DIV|SECTION|ARTICLE)$/.test(only.nodeName);
  return isWrapper ? innermost(only as Element) : root;
};

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

const toPhoto = (img: Element | null): Photo | null => {
  if (!img) return null;
  const caption = img.closest('figure')?.querySelector('figcaption');
  const credit = caption?.querySelector('.credit')?.textContent?.trim() ?? '';
  const words = caption?.textContent?.trim() ?? '';
  return {
    src: img.getAttribute('src') ?? '',
    alt: img.getAttribute('alt') ?? '',
    caption: credit && words.endsWith(credit) ? words.slice(0, -credit.length).trim() : words,
    credit,
  };
};
