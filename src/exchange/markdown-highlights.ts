/** The highlights at the end of a Markdown file, for people: what is read again is the front matter. */
import { quoteOf, type Highlight } from '../article/highlight.ts';

/** The line above them. Extraction leaves no comment in an article. */
const HEAD = '<!-- Liseuse: highlights -->';

/** Each a quote with its note below; nothing where there are none. */
export function listHighlights(highlights: readonly Highlight[] = []): string {
  if (highlights.length === 0) return '';
  const listed = highlights.map((highlight) => {
    const note = highlight.note.trim() === '' ? [] : highlight.note.split('\n').map((line) => escape(line));
    return [`> ${escape(quoteOf(highlight))}`, ...(note.length > 0 ? ['', note.join('\n')] : [])].join('\n');
  });
  return `\n${HEAD}\n\n${listed.join('\n\n')}\n`;
}

/** Words as they are, where Markdown would read signs. */
const escape = (text: string): string =>
  text.replace(/[\\`*_[\]<>&~|#]/g, String.raw`\$&`).replace(/^(\s*)([-+=]|\d+(?=[.)]))/, String.raw`$1\$2`);

/** The text of a Markdown file without them. */
export function withoutHighlightList(markdown: string): string {
  const at = markdown.lastIndexOf(`\n${HEAD}\n`);
  return at === -1 ? markdown : markdown.slice(0, at + 1);
}
