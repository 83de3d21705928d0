/** Takes away what is not the newsroom's work: ads, promotions, share widgets, scripts, and the empty elements they leave. */
import { isShareLink } from './links.ts';

/** Never text, on any site. `noscript` and JSON scripts are read by media.ts before. */
export const MACHINERY = [
  ...['script', 'style', 'link', 'meta', 'template', 'noscript', 'svg', 'canvas', 'object', 'embed', 'dialog'],
  ...['form', 'button', 'input', 'select', 'textarea'],
];

/** What is worth keeping although it has no text. */
const MEDIA = 'img, audio, video, hr, br, table, math';

/** Spaces that a reader cannot see: white space, no-break spaces, zero-width spaces and joiners, the byte order mark. */
const INVISIBLE = /[\s\u00a0\u200b-\u200d\u2060\ufeff]+/g;

const visibleText = (node: Node): string => (node.textContent ?? '').replace(INVISIBLE, '');

/** Removes scripts, styles, forms and other machinery. */
export function removeMachinery(root: Element): void {
  for (const machinery of root.querySelectorAll(MACHINERY.join(','))) machinery.remove();
}

/**
 * Removes share links with the block that holds nothing else but their label ("分享 :"), whatever language and class
 * names it has: from each link upwards, an element goes while only a few characters and no media are left in it.
 */
export function removeShareLinks(root: Element): void {
  const links = [...root.querySelectorAll('a[href]')].filter((link) => isShareLink(link.getAttribute('href') ?? ''));
  for (const link of links) {
    let parent = link.parentElement;
    link.remove();
    while (parent && parent !== root && root.contains(parent)) {
      const isOnlyLabel =
        visibleText(parent).length <= LONGEST_SHARE_LABEL && !parent.querySelector(`${MEDIA}, a[href], p`);
      if (!isOnlyLabel || parent.matches('p, li:has(p), td, h1, h2, h3, h4, figure')) break;
      const emptied: Element = parent;
      parent = emptied.parentElement;
      emptied.remove();
    }
  }
}
const LONGEST_SHARE_LABEL = 24;

/** Removes elements without text and media, inside out, and line breaks that part nothing. */
export function removeEmpty(root: Element): void {
  for (const element of [...root.querySelectorAll('*')].toReversed()) {
    if (element.matches(MEDIA) || element.closest('table, math, pre')) continue;
    if (visibleText(element) === '' && !element.querySelector(MEDIA.replace(', br', ''))) element.remove();
  }
  for (const br of root.querySelectorAll('br')) {
    if (br.parentElement === root || isEdge(br)) br.remove();
  }
}

/** A line break at the start or end of its element parts nothing. */
const isEdge = (br: Element): boolean =>
  [br.previousSibling, br.nextSibling].some((sibling) => {
    let node = sibling;
    const forward = sibling === br.nextSibling;
    while (node && node.nodeType === Node.TEXT_NODE && visibleText(node) === '') {
      node = forward ? node.nextSibling : node.previousSibling;
    }
    return node === null;
  });
