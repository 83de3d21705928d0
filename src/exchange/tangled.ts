/** Markdown that no parser reads in a sensible time: it is neither read nor written. */

/** Signs in front of a line that nest it, and signs in a paragraph that may pair: far more than any text has of them. */
const MOST_NESTED = 500;
const MOST_SIGNS = 2000;
/** Quotes, lists of another kind and underlined headings, each after something else: an article has a few of them. */
const MOST_CHANGES = 1000;
/** Cells of a table: a row has as many as its first, however short it is written. */
const MOST_CELLS = 100_000;

/** HTML up to the next empty line: nothing in it is Markdown. https://spec.commonmark.org/0.31.2/#html-blocks */
const IS_HTML = /^<(blockquote|div|dl|figure|h[1-6]|ol|p|section|table|ul)[\s>]/;

/** Whether it would take the parser minutes: its time grows with the square of what is nested, pairs or takes turns. */
export function isTangled(markdown: string): boolean {
  const isNested = markdown.split('\n').some((line) => (/^[\s>*+\-.)\d]*/.exec(line)?.[0].length ?? 0) > MOST_NESTED);
  const hasSigns = (block: string): boolean => (block.match(/[*_[\]`!]|<\?/g)?.length ?? 0) > MOST_SIGNS;
  const hasCells = (block: string): boolean => {
    const lines = block.split('\n');
    return lines.length * Math.max(...lines.map((line) => line.split('|').length)) > MOST_CELLS && block.includes('|');
  };
  return (
    isNested ||
    countChanges(markdown) > MOST_CHANGES ||
    markdown.split(/\n[ \t]*\n/).some((block) => !IS_HTML.test(block) && (hasSigns(block) || hasCells(block)))
  );
}

/** How often a quote, a list or the line under a heading begins. */
function countChanges(markdown: string): number {
  let changes = 0;
  let before = '';
  for (const line of markdown.split('\n')) {
    const kind = /^\s*(?:(>)|([-+*])\s+\S|\d{1,9}([.)])(?:\s|$)|([=-])[=-]*\s*$)/.exec(line)?.slice(1).join('') ?? '';
    // Between two points of a list there may be an empty line; between two quotes it ends the first.
    if (kind === '' && before !== '>' && line.trim() === '') continue;
    if (kind !== '' && kind !== before) changes += 1;
    before = kind;
  }
  return changes;
}
