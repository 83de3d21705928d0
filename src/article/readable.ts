/** Readability's answer on a narrowed article, held to what RFI's profile kept. */
import { Readability } from '@mozilla/readability';

/** What Readability makes of an article: a row of these, holding nothing else but these and words. */
const PLAIN_BLOCKS = 'p, h2, h3, h4, h5, h6, figure, blockquote, section, ul, ol, hr';
const NOT_PLAIN = [
  `:scope > :not(${PLAIN_BLOCKS})`,
  `:not(${PLAIN_BLOCKS}, li, figcaption, img, audio, a, b, strong, i, em, span, sub, sup, time, br)`,
  'br + br',
].join(',');

/**
 * Whether a narrowed article already has the form that Readability would give it. There is then nothing for it to decide or to
 * mend, and asking it would double the time of the extraction. The corpus tests hold both ways equal.
 */
export function isPlain(root: Element): boolean {
  return root.childElementCount === root.childNodes.length && !root.querySelector(NOT_PLAIN);
}

/**
 * Readability's answer on the narrowed article; where it threw away anything that RFI's profile kept (a list of links, a
 * heading like the title, a short page), all of it. No paragraph is ever lost to a score. Uses up `root`, an inert document's.
 */
export function readabilityOrAll(root: Element): Element {
  const all = root.cloneNode(true) as Element;
  const page = root.ownerDocument.implementation.createHTMLDocument('');
  page.body.append(root);
  const answer = new Readability<Element>(page, {
    charThreshold: 0,
    disableJSONLD: true,
    // Only the classes of an article are left by now.
    keepClasses: true,
    serializer: (node) => node as Element,
  }).parse()?.content;
  const readable = answer?.firstElementChild;
  return readable && substance(readable) === substance(all) ? readable : all;
}

/** Everything that must be in the answer if it is in the question. */
const substance = (root: Element): string => {
  const media = root.querySelectorAll('img, audio, video, table, a[href]').length;
  return `${(root.textContent ?? '').replace(/\s+/g, '')}|${media}`;
};
