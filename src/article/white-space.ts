/** White space as HTML collapses it. No-break spaces are text: French sets them before ; : ! ? */

const RUN = /[ \t\r\n\f]+/g;

/** A run of spaces, tabs and line breaks becomes one space, none at the ends. */
export function collapse(text: string | null | undefined): string {
  return (text ?? '').replace(RUN, ' ').trim();
}

/** Elements that begin and end a line: white space beside or at the edge of one shows nothing. */
const LINES = new Set(
  (
    'ARTICLE ASIDE BLOCKQUOTE BODY BR CAPTION DD DIV DL DT FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI ' +
    'MAIN NAV OL P PICTURE PRE SECTION SOURCE TABLE TBODY TD TFOOT TH THEAD TR UL'
  ).split(' '),
);

/** Elements within a line: https://html.spec.whatwg.org/#phrasing-content, as far as it is text. */
const INLINE = new Set(
  (
    'A ABBR B BDI BDO BIG BR CITE CODE DEL EM FONT I INS KBD LABEL MARK Q RUBY S SAMP SMALL SPAN STRONG SUB SUP TIME ' +
    'TT U VAR WBR'
  ).split(' '),
);

/** Whether a node is an element that stands within a line. */
export function isInline(node: Node): boolean {
  return INLINE.has(node.nodeName);
}

/**
 * What a text node shows of its text: the indentation of the page's source is nothing to read. Inside `pre` everything is
 * shown, which the caller knows.
 */
export function shownText(node: Text): string {
  let text = node.data.replace(RUN, ' ');
  if (isLine(node.previousSibling ?? node.parentNode)) text = text.trimStart();
  if (text !== '' && isLine(node.nextSibling ?? node.parentNode)) text = text.trimEnd();
  return text;
}

/** Whether a node begins and ends a line. */
export const isLine = (node: Node | null): boolean => node !== null && LINES.has(node.nodeName);

/** Leaves in every text node below an element only what it shows. */
export function collapseWhiteSpace(root: Element): void {
  const texts = root.ownerDocument.createTreeWalker(root, 4 /* NodeFilter.SHOW_TEXT; Node has no such global */);
  const collapsed: [Text, string][] = [];
  while (texts.nextNode()) {
    const node = texts.currentNode as Text;
    if (!node.parentElement?.closest('pre')) collapsed.push([node, shownText(node)]);
  }
  for (const [node, text] of collapsed) {
    if (text === '') node.remove();
    else if (text !== node.data) node.data = text;
  }
}

/** The text of a block of an article, every line of it (entry, cell, inner paragraph) in a line of its own. */
export function textOfBlock(block: Node): string {
  const inner = block instanceof Element && block.nodeName !== 'PRE' ? [...block.getElementsByTagName('*')] : [];
  if (!inner.some(({ nodeName }) => LINES.has(nodeName))) return block.textContent ?? '';
  let text = '';
  const read = (node: Node): void => {
    if (node.nodeType === Node.TEXT_NODE) text += (node as Text).data;
    const isOwnLine = isLine(node);
    if (isOwnLine) text += '\n';
    for (let child = node.firstChild; child; child = child.nextSibling) read(child);
    if (isOwnLine) text += '\n';
  };
  read(block);
  return text.replace(/\s*\n\s*/g, '\n').trim();
}
