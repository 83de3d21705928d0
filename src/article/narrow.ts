/** RFI's article, alone and small: a copy without what is not its text, every part as the plainest HTML that says the same. */
import { CONTENT_CLASSES } from './article.ts';
import { nameLiveEntries, nameProgramme, nameQuotesAndBoxes } from './blocks.ts';
import { expandGalleries, replacePlayersByLinks, simplifyPhotos, simplifySounds } from './media.ts';
import { copyOfForm } from './forms.ts';
import { MACHINERY, removeMachinery, removeShareLinks } from './prune.ts';
import { firstWordsIn, type Removal } from './receipt.ts';
import { FACT_BLOCKS, FACTS, FURNITURE, JUNK, SOUND_DATA, SPECIAL_BLOCKS, VIDEO_DATA } from './rfi-page.ts';
import { isInline, shownText } from './white-space.ts';

/**
 * The narrowed article in an element of an inert document: nothing in it loads, runs or is upgraded, and it may be changed as
 * one likes. The page is only read.
 *
 * @param removed the receipt, to which every block of junk is added
 * @param restored numbers of blocks of junk that the reader wants to see all the same
 * @param selection what of the article is wanted; null for all of it
 */
export function narrowToArticle(
  article: Element,
  removed: Removal[],
  restored: readonly number[],
  selection: Range | null,
): HTMLElement {
  // What is in a template belongs to a document of its own, which shows and runs nothing.
  const { content } = article.ownerDocument.createElement('template');
  const root = content.ownerDocument.createElement('div');
  content.append(root);
  copyText(article, root, new JunkFilter(removed, restored), selection);

  const isSpecial = root.querySelector(SPECIAL_BLOCKS) !== null;
  if (isSpecial) {
    expandGalleries(root);
    simplifySounds(root);
  }
  simplifyPhotos(root, removed);
  if (isSpecial) {
    replacePlayersByLinks(root, removed);
    nameQuotesAndBoxes(root);
    nameLiveEntries(root);
    nameProgramme(root);
    // The data of sounds and videos was copied.
    removeMachinery(root);
  }
  removeShareLinks(root, removed);
  return root;
}

/** Elements that never get into the copy, by their name. Lazy photos and sounds are in scripts and noscript, which media.ts reads. */
const NEVER_TEXT = new Set(MACHINERY.filter((name) => name !== 'script' && name !== 'noscript'));
/** What else never gets into it and is no loss. */
const NOT_TEXT = `${FURNITURE},${FACT_BLOCKS},script:not(${SOUND_DATA}, ${VIDEO_DATA})`;

const JUNK_RULES = (Object.keys(JUNK) as (keyof typeof JUNK)[]).flatMap((reason) =>
  JUNK[reason].map((rule) => ({ reason, rule })),
);
/** One question for nearly every element: selectors are what copying takes most of its time for. */
const LEFT_OUT = `${NOT_TEXT},${JUNK_RULES.map(({ rule }) => rule).join(',')}`;
/** What can be left out although it has no class and no other attribute. */
const LEFT_OUT_BARE = new Set(['script', 'share-button', 'share-modal']);
const isLeftOut = (element: Element): boolean =>
  (element.hasAttributes() || LEFT_OUT_BARE.has(element.localName)) && element.matches(LEFT_OUT);

/** Decides about each block of junk that the copying comes to, and writes it down. */
class JunkFilter {
  private readonly removed: Removal[];
  private readonly restored: readonly number[];
  private blocks = 0;

  constructor(removed: Removal[], restored: readonly number[]) {
    this.removed = removed;
    this.restored = restored;
  }

  /** Whether a block stays out. One that the reader wants comes whole: what is in it is not looked at again. */
  drops(element: Element): boolean {
    const block = this.blocks++;
    if (this.restored.includes(block)) return false;
    const found = JUNK_RULES.find(({ rule }) => element.matches(rule));
    if (found) {
      const { reason, rule } = found;
      const words = firstWordsIn(element);
      const count = reason === 'share' ? element.querySelectorAll('a[href], share-button').length || 1 : 1;
      const canReturn = reason !== 'share' && (words !== '' || element.querySelector('img') !== null);
      this.removed.push({ reason, rule, count, words, block: canReturn ? block : null });
    }
    return true;
  }
}

/** Copies what is inside an element. A third of the time of a deep copy from which the same blocks are removed. */
function copyText(from: Element, to: Element, junk: JunkFilter | null, selection: Range | null): void {
  for (const original of from.childNodes) {
    if (selection && !selection.intersectsNode(original)) continue;
    const child = original instanceof HTMLFormElement ? copyOfForm(original, to.ownerDocument) : original;
    const isForm = child !== original;
    if (child.nodeType === Node.TEXT_NODE) {
      const shown = from.nodeName === 'PRE' ? (child as Text).data : shownText(child as Text);
      const text = selection ? selectedText(child as Text, shown, selection) : shown;
      if (text !== '') to.append(text);
    } else if (child.nodeType === Node.ELEMENT_NODE) {
      const element = child as Element;
      if (NEVER_TEXT.has(element.localName)) continue;
      const isOut = isLeftOut(element);
      if (isOut && element.matches(NOT_TEXT)) continue;
      const isJunk = isOut && junk !== null;
      if (isJunk && junk.drops(element)) continue;
      const copy = to.ownerDocument.importNode(element, false);
      to.append(copy);
      if (element.nodeName === 'SCRIPT' || element.nodeName === 'NOSCRIPT') copy.append(...copiesOf(element, copy));
      else copyText(element, copy, isJunk ? null : junk, isForm ? null : selection);
    }
  }
}

/** What a selection has of a text node: at its ends, as it is written there; between them, as it is shown. */
const selectedText = (
  node: Text,
  shown: string,
  { startContainer, startOffset, endContainer, endOffset }: Range,
): string => {
  if (node !== startContainer && node !== endContainer) return shown;
  const end = node === endContainer ? endOffset : node.length;
  return node.data.slice(node === startContainer ? startOffset : 0, end).replace(/[ \t\r\n\f]+/g, ' ');
};

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
  for (const inner of paragraph.querySelectorAll('*')) {
    if (!isInline(inner)) inner.replaceWith(...inner.childNodes);
  }
  lead.replaceWith(paragraph);
};

const WRAPPERS =
  'div, article, main, header, footer, aside, nav, address, center, details, summary, fieldset, form, hgroup, search';

/** Elements that say nothing of their own. Side by side, all paragraphs are one article to Readability's scoring. */
const dissolveWrappers = (root: Element): void => {
  // One for all: each that is alive is looked at whenever the tree changes.
  const blocks = root.ownerDocument.createRange();
  for (const wrapper of root.querySelectorAll(WRAPPERS)) {
    if (wrapper.closest('table, figure, li')) continue;
    makeBlocks(wrapper);
    // As arguments of one call, the blocks of the longest pages are too many.
    blocks.selectNodeContents(wrapper);
    wrapper.replaceWith(blocks.extractContents());
  }
  for (const part of [...root.querySelectorAll('section'), root]) makeBlocks(part);
};

/** Puts the loose words among the children of an element into paragraphs and a loose photo into a figure. */
function makeBlocks(wrapper: Element): void {
  let words: HTMLElement | null = null;
  for (const child of [...wrapper.childNodes]) {
    if (isPhrasing(child)) {
      if (!words) child.before((words = wrapper.ownerDocument.createElement('p')));
      words.append(child);
    } else if (child.nodeType === Node.TEXT_NODE) {
      // White space parts words; between two blocks it parts nothing.
      if (words) words.append(child);
      else child.remove();
    } else {
      words = null;
      if (child.nodeName === 'IMG') {
        const figure = wrapper.ownerDocument.createElement('figure');
        child.replaceWith(figure);
        figure.append(child);
      }
    }
  }
}

/** Words, or an element among them; one that a page put around a block is none. */
const isPhrasing = (node: Node): boolean =>
  node.nodeType === Node.TEXT_NODE
    ? (node.textContent ?? '').trim() !== ''
    : isInline(node) && !(node as Element).querySelector('p, div, h2, h3, ul, ol, figure, table, blockquote');

/** Readability weighs class names and ids; RFI's profile has already decided what they mean. */
const dropAttributes = (root: Element): void => {
  for (const element of root.querySelectorAll('[class], [id], [style], [hidden], [aria-hidden], [role]')) {
    const kept = CONTENT_CLASSES.filter((name) => element.classList.contains(name));
    for (const name of ['id', 'style', 'hidden', 'aria-hidden', 'role', 'class']) element.removeAttribute(name);
    if (kept.length > 0) element.className = kept.join(' ');
  }
};
