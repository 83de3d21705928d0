/** The text of an article that is shown, and where each piece of it stands in the page. */
import type { Place } from '../../article/anchor.ts';
import { isLine } from '../../article/white-space.ts';
import { unbindSigns } from '../set-type.ts';

/** What the view shows where a photo is not: none of the article's words. */
const ADDED = '.photo-missing, .photo-elsewhere';

export interface ArticleText {
  /** The article's `textContent` without its empty lines, every space a plain one. */
  text: string;
  /** Its text nodes in their order, and where in `text` each starts. */
  pieces: readonly { start: number; node: Text }[];
}

/** Reads the text of an `.article-content`: each of its lines (paragraph, entry, cell) is a line. */
export function readText(content: Element): ArticleText {
  let text = '';
  const pieces: { start: number; node: Text }[] = [];
  const breakLine = (): void => {
    if (text !== '' && !text.endsWith('\n')) text += '\n';
  };
  const read = (node: Node): void => {
    if (node instanceof Text) {
      // What indents the HTML, or stands between its blocks.
      if (node.data.trim() === '' && (text === '' || text.endsWith('\n'))) return;
      pieces.push({ start: text.length, node });
      text += unbindSigns(node.data);
      return;
    }
    if (node instanceof Element && node.matches(ADDED)) return;
    if (isLine(node)) breakLine();
    for (const child of node.childNodes) read(child);
    if (isLine(node)) breakLine();
  };
  for (const block of content.childNodes) {
    breakLine();
    read(block);
  }
  return { text: text.trimEnd(), pieces };
}

/** The range of a piece of the text; null where nothing of it is in the page. */
export function rangeOf({ pieces }: ArticleText, { start, end }: Place): Range | null {
  const first = pieces.find((piece) => piece.start + piece.node.length > start);
  const last = pieces.findLast((piece) => piece.start < end && piece.node.length > 0);
  if (!first || !last || first.start >= end) return null;
  const range = document.createRange();
  range.setStart(first.node, Math.max(0, start - first.start));
  range.setEnd(last.node, Math.min(last.node.length, end - last.start));
  return range;
}

/** The piece of the text that a range has in it, without white space at its ends; null where that is nothing. */
export function placeOf({ text, pieces }: ArticleText, range: Range): Place | null {
  let [start, end] = [text.length, 0];
  for (const { start: at, node } of pieces) {
    if (!range.intersectsNode(node)) continue;
    const from = at + (node === range.startContainer ? range.startOffset : 0);
    const to = at + (node === range.endContainer ? range.endOffset : node.length);
    if (from >= to) continue;
    start = Math.min(start, from);
    end = to;
  }
  const words = text.slice(start, end);
  if (words.trim() === '') return null;
  const first = start + words.length - words.trimStart().length;
  return { start: first, end: first + words.trim().length };
}
