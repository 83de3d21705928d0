/** The last step of every extraction: addresses cleaned, content sanitized, facts added. */
import { editionOf, isRfiAddress } from './address.ts';
import type { Article, Chapter, Extraction, Photo, Sound, Video } from './article.ts';
import { withoutControls } from './controls.ts';
import { readingMinutes } from './language.ts';
import { cleanLink } from './links.ts';
import { WATCH } from './media.ts';
import type { Metadata } from './metadata.ts';
import { removeEmpty } from './prune.ts';
import { countKept, firstWords, type Removal } from './receipt.ts';
import { sanitizeToFragment } from './sanitize.ts';
import { textOfBlock } from './white-space.ts';

/**
 * The Article of what was extracted, with its receipt, or `emptyArticle` where nothing is left; `root`, of an inert document, is used up.
 *
 * @param removed what was removed until now; what is taken from links comes to it
 */
export function toArticle(root: Element, metadata: Metadata, removed: Removal[]): Extraction {
  cleanAddresses(root, metadata.base, removed);
  removeEmpty(root);
  const content = sanitizeToFragment(innermost(root).innerHTML);
  const blocks = [...content.childNodes].filter((node) => !isBlank(node));
  if (blocks.length === 0) return { ok: false, reason: 'emptyArticle' };
  // One line of the article a line: readable as a file, and words of two lines never touch in the text.
  const textContent = blocks.map(textOfBlock).join('\n');
  const photos = [...content.querySelectorAll('img')].map((img) => img.getAttribute('src') ?? '');

  const { description, sound: _sound, base: _base, ...facts } = withoutControls(metadata);
  const lang = facts.lang || 'und';
  const article: Article = {
    ...facts,
    byline: facts.authors.map(({ name }) => name).join(', ') || null,
    lang,
    content: blocks.map(toHtml).join('\n'),
    textContent,
    length: textContent.length,
    excerpt: withoutControls(content.querySelector('.lead')?.textContent?.trim() ?? '') || description,
    edition: editionOf(facts.url),
    photo: toPhoto(content.querySelector('img')),
    photos: [...new Set(photos.filter(Boolean))],
    sounds: [...content.querySelectorAll('audio')].map(toSound),
    videos: [...content.querySelectorAll('a')].filter(isVideoLink).map(toVideo),
    chapters: [...content.querySelectorAll('.chapters li:has(time)')].map(toChapter),
    transcript: transcriptOf(content),
    isPassage: false,
    readingMinutes: readingMinutes(textContent, lang),
  };
  return { ok: true, article, receipt: { kept: countKept(content), removed } };
}

const isBlank = (node: Node): boolean => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() === '';

const toHtml = (node: Node): string => {
  if (node.nodeType === Node.ELEMENT_NODE) return (node as Element).outerHTML;
  const holder = node.ownerDocument?.createElement('div');
  holder?.append((node.textContent ?? '').trim());
  return holder?.innerHTML ?? '';
};

/** Readability wraps its answer in a `div`, sometimes in two. */
const innermost = (root: Element): Element => {
  if (root.childElementCount !== 1) return root;
  const [only, second] = [...root.childNodes].filter((node) => !isBlank(node));
  const isWrapper = only && !second && /^(DIV|SECTION|ARTICLE)$/.test(only.nodeName) && !(only as Element).className;
  return isWrapper ? innermost(only as Element) : root;
};

function cleanAddresses(root: Element, base: string, removed: Removal[]): void {
  const clean = (element: Element, address: string): string | null => {
    const cleaned = cleanLink(address, base);
    // Only an address with a query or a fragment can carry a tracker.
    const full = cleaned && /[?#]/.test(address) ? new URL(address, base) : null;
    if (cleaned && full && cleaned !== full.href) {
      const isRedirector = new URL(cleaned).host !== full.host;
      const rule = firstWords(isRedirector ? full.host : full.search + full.hash);
      removed.push({ reason: 'tracker', rule, count: 1, words: firstWords(element.textContent), block: null });
    }
    return cleaned;
  };
  for (const link of root.querySelectorAll('a')) {
    const href = link.getAttribute('href');
    const target = href && !href.startsWith('#') ? clean(link, href) : null;
    if (target) link.setAttribute('href', target);
    else link.replaceWith(...link.childNodes);
  }
  for (const media of root.querySelectorAll('[src]')) {
    const src = clean(media, media.getAttribute('src') ?? '');
    // RFI answers both; the popup and the library ask by https only.
    if (src && /^https?:/.test(src))
      media.setAttribute('src', isRfiAddress(src) ? src.replace(/^http:/, 'https:') : src);
    else media.remove();
  }
}

const toPhoto = (img: Element | null): Photo | null => {
  if (!img) return null;
  const caption = img.closest('figure')?.querySelector('figcaption')?.cloneNode(true) as Element | undefined;
  const credit = caption?.querySelector('.credit');
  credit?.remove();
  for (const link of caption?.querySelectorAll('a') ?? []) if (isVideoLink(link)) link.remove();
  return {
    src: img.getAttribute('src') ?? '',
    alt: img.getAttribute('alt') ?? '',
    caption: caption?.textContent?.trim() ?? '',
    credit: credit?.textContent?.trim() ?? '',
  };
};

const toSound = (audio: Element): Sound => {
  const words = audio.closest('figure')?.querySelector('figcaption')?.textContent?.trim() ?? '';
  const [, title = '', duration = ''] = /^(.*?)(?:(?:^| · )(\d+(?::\d\d){1,2}))?$/s.exec(words) ?? [];
  return { src: audio.getAttribute('src') ?? '', title, duration };
};

const isVideoLink = (link: Element): boolean => (link.textContent ?? '').startsWith(WATCH);

const toVideo = (link: Element): Video => ({
  url: link.getAttribute('href') ?? '',
  title: (link.textContent ?? '').slice(WATCH.length).trim(),
  still: link.closest('figure')?.querySelector('img')?.getAttribute('src') ?? null,
});

const toChapter = (entry: Element): Chapter => {
  const time = entry.querySelector('time');
  return {
    start: Number(/^PT(\d+)S$/.exec(time?.getAttribute('datetime') ?? '')?.[1] ?? 0),
    title: (entry.textContent ?? '').slice(time?.textContent?.length ?? 0).trim(),
  };
};

const transcriptOf = (content: DocumentFragment): string | null => {
  const paragraphs = [...content.querySelectorAll('.transcript p')].map(({ textContent }) => textContent?.trim() ?? '');
  return paragraphs.filter(Boolean).join('\n') || null;
};
