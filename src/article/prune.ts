/** Takes away what is not the newsroom's work: ads, promotions, share widgets, scripts, and the empty elements they leave. */
import { isShareLink } from './links.ts';
import { firstWords, type Removal } from './receipt.ts';
import { collapseWhiteSpace, isInline } from './white-space.ts';

/** Never text, on any site. `noscript` and JSON scripts are read by media.ts before. */
export const MACHINERY = [
  ...['script', 'style', 'link', 'meta', 'template', 'noscript', 'svg', 'canvas', 'object', 'embed', 'dialog'],
  // A form itself may hold half a page; its controls are no text, and the sanitizer takes the form away around the rest.
  ...['button', 'input', 'select', 'textarea'],
];

/** What is worth keeping although it has no text. */
const MEDIA = 'img, audio, video, hr, br, table, math';

/** Spaces that a reader cannot see: white space, no-break spaces, zero-width spaces and joiners, the byte order mark. */
const INVISIBLE = /[\s\u00a0\u200b-\u200d\u2060\ufeff]+/g;

const VISIBLE = /[^\s\u00a0\u200b-\u200d\u2060\ufeff]/;
const isInvisible = (node: Node): boolean => !VISIBLE.test(node.textContent ?? '');

const visibleText = (node: Node): string => (node.textContent ?? '').replace(INVISIBLE, '');

/** Removes scripts, styles, controls and other machinery. */
export function removeMachinery(root: Element): void {
  for (const machinery of root.querySelectorAll(MACHINERY.join(','))) machinery.remove();
}

/**
 * Removes share links with the block that holds nothing else but their label ("分享 :"), whatever language and class names it
 * has. A share link among other words of a line loses its target only, and so does one that is itself a sentence of the text to
 * be quoted: the words are the newsroom's.
 *
 * @param removed the receipt, to which each link is added
 */
export function removeShareLinks(root: Element, removed: Removal[]): void {
  const links = [...root.querySelectorAll('a[href]')].filter(isShare);
  const lines = new Set(links.map((link) => link.closest(LINE)));
  const written = new Set([...lines].filter((line) => line !== null && !isLabel(withoutShareLinks(line))));
  for (const link of links) {
    removed.push({
      reason: 'share',
      rule: `a[href="${firstWords(link.getAttribute('href'))}"]`,
      count: 1,
      words: firstWords(link.textContent),
      block: null,
    });
    const line = link.closest(LINE);
    if (written.has(line) || visibleText(link).length > MAX_LABEL) {
      link.replaceWith(...link.childNodes);
      continue;
    }
    let emptied: Element | null = link.parentElement;
    link.remove();
    while (emptied && emptied !== root && isOnlyLabel(emptied)) {
      const parent: Element | null = emptied.parentElement;
      emptied.remove();
      emptied = parent;
    }
  }
  // The space before a link may stand at the end of a line now.
  if (links.length > 0) collapseWhiteSpace(root);
}

const LINE = 'p, li, td, th, h1, h2, h3, h4, blockquote, figcaption';

/** A share link of more characters, spaces not counted, is no label: "Click to share on LinkedIn (Opens in new window)" has 41. */
const MAX_LABEL = 60;

/** Nothing, or a few characters that end in a colon: "分享 :", "Partager :". */
const isLabel = (text: string): boolean => text === '' || (text.length <= 24 && /[:：]$/.test(text));

const isOnlyLabel = (element: Element): boolean =>
  isLabel(visibleText(element)) && !element.querySelector(`${MEDIA}, a[href]`);

const isShare = (link: Element): boolean => isShareLink(link.getAttribute('href') ?? '');

const withoutShareLinks = (line: Element): string => {
  const copy = line.cloneNode(true) as Element;
  for (const link of [...copy.querySelectorAll('a[href]')].filter(isShare)) link.remove();
  return visibleText(copy);
};

/** Removes elements without text and media, inside out, and line breaks that part nothing. */
export function removeEmpty(root: Element): void {
  let isChanged = false;
  for (const element of [...root.querySelectorAll('*')].toReversed()) {
    if (!isInvisible(element) || element.matches(MEDIA) || element.closest('table, math, pre')) continue;
    if (element.querySelector(MEDIA.replace(', br', ''))) continue;
    // An empty element within a line may hold the space or the line break that parts two words.
    if (isInline(element)) element.replaceWith(...element.childNodes);
    else element.remove();
    isChanged = true;
  }
  for (const br of root.querySelectorAll('br')) {
    if (br.parentElement !== root && !isEdge(br)) continue;
    br.remove();
    isChanged = true;
  }
  // A space that stood before one of them may stand at the end of a line now.
  if (isChanged) collapseWhiteSpace(root);
}

/** A line break at the start or end of its block parts nothing. */
const isEdge = (br: Element): boolean => isFirst(br, 'previousSibling') || isFirst(br, 'nextSibling');

/** Whether nothing but white space stands before a node in its block, or behind it. */
const isFirst = (node: Node, towards: 'previousSibling' | 'nextSibling'): boolean => {
  for (let other = node[towards]; other; other = other[towards]) {
    if (other.nodeType !== Node.TEXT_NODE || !isInvisible(other)) return false;
  }
  const parent = node.parentElement;
  return parent === null || !isInline(parent) || isFirst(parent, towards);
};
