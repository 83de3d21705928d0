/** RFI's article, alone and small: a copy without what is not its text, every part as the plainest HTML that says the same. */
import { CONTENT_CLASSES } from './article.ts';
import { nameLiveEntries, nameProgramme, nameQuotesAndBoxes } from './blocks.ts';
import { expandGalleries, replacePlayersByLinks, simplifyPhotos, simplifySounds } from './media.ts';
import { MACHINERY, removeMachinery, removeShareLinks } from './prune.ts';
import { FACT_BLOCKS, FACTS, JUNK, SOUND_DATA, VIDEO_DATA } from './rfi-page.ts';
import { shownText } from './white-space.ts';

/**
 * The narrowed article as the only child of a new document's body: nothing in it loads, runs or is upgraded, and it may be
 * changed as one likes. The page is only read.
 */
export function narrowToArticle(rfiArticle: Element): HTMLElement {
  const narrowed = rfiArticle.ownerDocument.implementation.createHTMLDocument('');
  const root = narrowed.createElement('div');
  narrowed.body.append(root);
  copyText(rfiArticle, root);

  expandGalleries(root);
  simplifySounds(root);
  simplifyPhotos(root);
  replacePlayersByLinks(root);
  nameQuotesAndBoxes(root);
  nameLiveEntries(root);
  nameProgramme(root);
  removeMachinery(root);
  removeShareLinks(root);
  return root;
}

/** What never gets into the copy. Lazy photos and sounds are in scripts and noscript, which media.ts reads. */
const NOT_TEXT = [
  JUNK,
  FACT_BLOCKS,
  `script:not(${SOUND_DATA}, ${VIDEO_DATA})`,
  ...MACHINERY.filter((name) => name !== 'script' && name !== 'noscript'),
].join(',');

/** Copies what is inside an element. A third of the time of a deep copy from which the same blocks are removed. */
function copyText(from: Element, to: Element): void {
  for (let child = from.firstChild; child; child = child.nextSibling) {
    if (child.nodeType === Node.TEXT_NODE) {
      const text = from.nodeName === 'PRE' ? (child as Text).data : shownText(child as Text);
      if (text !== '') to.append(text);
    } else if (child.nodeType === Node.ELEMENT_NODE) {
      const element = child as Element;
      if (element.matches(NOT_TEXT)) continue;
      const copy = to.ownerDocument.importNode(element, false);
      to.append(copy);
      if (element.nodeName === 'SCRIPT' || element.nodeName === 'NOSCRIPT') copy.append(...copiesOf(element, copy));
      else copyText(element, copy);
    }
  }
}

const copiesOf = (from: Element, to: Element): Node[] =>
  [...from.childNodes].map((child) => to.ownerDocument.importNode(child, true));

/** Makes the narrowed article one row of blocks, which is what Readability scores best, with nothing that it could misread. */
export function flatten(root: Element): void {
  markLead(root);
  dissolveWrappers(root);
  dropAttributes(root);
}

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
  for (const wrapper of root.querySelectorAll('div, article, main, header, form')) {
    if (!wrapper.closest('table, figure, li')) wrapper.replaceWith(...toBlocks(wrapper));
  }
  root.replaceChildren(...toBlocks(root));
};

/** The children of an element, with loose words between them in paragraphs and a loose photo in a figure. */
function toBlocks(wrapper: Element): Node[] {
  const blocks: Node[] = [];
  let words: HTMLElement | null = null;
  for (const child of [...wrapper.childNodes]) {
    if (isPhrasing(child)) {
      if (!words) blocks.push((words = wrapper.ownerDocument.createElement('p')));
      words.append(child);
    } else if (child.nodeType === Node.TEXT_NODE) {
      // White space parts words; between two blocks it parts nothing.
      words?.append(child);
    } else {
      words = null;
      blocks.push(child.nodeName === 'IMG' ? inFigure(child) : child);
    }
  }
  return blocks;
}

const inFigure = (img: Node): Node => {
  const figure = (img.ownerDocument as Document).createElement('figure');
  figure.append(img);
  return figure;
};

/** https://html.spec.whatwg.org/#phrasing-content, as far as it is text; one that a page put around a block is none. */
const PHRASING =
  /^(A|ABBR|B|BDI|BDO|BIG|BR|CITE|CODE|DEL|EM|FONT|I|INS|KBD|LABEL|MARK|Q|RUBY|S|SAMP|SMALL|SPAN|STRONG|SUB|SUP|TIME|TT|U|VAR|WBR)$/;

const isPhrasing = (node: Node): boolean =>
  node.nodeType === Node.TEXT_NODE
    ? (node.textContent ?? '').trim() !== ''
    : PHRASING.test(node.nodeName) &&
      !(node as Element).querySelector('p, div, h2, h3, ul, ol, figure, table, blockquote');

/** Readability weighs class names and ids; RFI's profile has already decided what they mean. */
const dropAttributes = (root: Element): void => {
  for (const element of root.querySelectorAll('[class], [id], [style], [hidden], [aria-hidden], [role]')) {
    const kept = CONTENT_CLASSES.filter((name) => element.classList.contains(name));
    for (const name of ['id', 'style', 'hidden', 'aria-hidden', 'role', 'class']) element.removeAttribute(name);
    if (kept.length > 0) element.className = kept.join(' ');
  }
};
