/** Compares two answers on one page word by word: what of the expected text is lost, and what was added to it. */
import { squeeze } from './judge.ts';

export interface Comparison {
  /** Words of the expected text that the answer has fewer times, in their order. */
  lost: string[];
  /** Words that the answer has more often than the expected text, in their order. */
  added: string[];
  /** Blocks of the expected text that are not in the answer as they stand, whatever white space they have. */
  brokenBlocks: number;
  /** Words of the expected text. */
  words: number;
}

/** Elements that begin and end a line. */
const BLOCK =
  /^(ADDRESS|ARTICLE|ASIDE|BLOCKQUOTE|BODY|BR|CAPTION|CENTER|DD|DETAILS|DIV|DL|DT|FIELDSET|FIGCAPTION|FIGURE|FOOTER|FORM|H[1-6]|HEADER|HR|IMG|LI|MAIN|NAV|OL|P|PICTURE|PRE|SECTION|SUMMARY|TABLE|TBODY|TD|TFOOT|TH|THEAD|TR|UL)$/;

/** Elements whose text no reader sees. */
const UNSEEN = /^(SCRIPT|STYLE|TEMPLATE|NOSCRIPT|IFRAME|OBJECT|VIDEO|AUDIO|CANVAS)$/i;

/** Compares an answer with the expected one. Both are only read. */
export function compareText(expected: Element, answer: Element): Comparison {
  const wanted = linesOf(expected);
  const given = linesOf(answer);
  const all = squeeze(given.join(''));
  const [wantedWords, givenWords] = [wanted.flatMap(wordsOf), given.flatMap(wordsOf)];
  return {
    lost: surplus(wantedWords, givenWords),
    added: surplus(givenWords, wantedWords),
    brokenBlocks: wanted.filter((line) => !all.includes(squeeze(line))).length,
    words: wantedWords.length,
  };
}

/** The text of an element, one block a line; lines without text are left out. */
export function linesOf(root: Element): string[] {
  const lines = [''];
  const read = (node: Node): void => {
    if (node.nodeType === Node.TEXT_NODE) lines.push(`${lines.pop() ?? ''}${node.textContent ?? ''}`);
    if (node.nodeType !== Node.ELEMENT_NODE || UNSEEN.test(node.nodeName)) return;
    const isBlock = BLOCK.test(node.nodeName);
    if (isBlock) lines.push('');
    for (const child of node.childNodes) read(child);
    if (isBlock) lines.push('');
  };
  read(root);
  return lines.filter((line) => squeeze(line) !== '');
}

/** Runs of letters and figures. A character of a script that is written without spaces is a word. */
const wordsOf = (line: string): string[] =>
  line.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** What is left of a list when each entry of the other has taken away its like; of equal ones the first stay. */
function surplus(words: string[], others: string[]): string[] {
  const counts = new Map<string, number>();
  for (const word of others) counts.set(word, (counts.get(word) ?? 0) - 1);
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return words.filter((word) => {
    const count = counts.get(word) ?? 0;
    if (count > 0) counts.set(word, count - 1);
    return count > 0;
  });
}
