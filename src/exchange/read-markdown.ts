/** A Markdown file with front matter to an article: one that Liseuse wrote, or somebody's clipping. */
import type { Article } from '../article/article.ts';
import { toArticle } from '../article/to-article.ts';
import type { Marks } from '../saved/saved-article.ts';
import type { FileReason } from './archive-file.ts';
import { readFrontMatter } from './front-matter.ts';
import { toBlocks } from './markdown-blocks.ts';
import { splitMarkdown } from './markdown-file.ts';
import { withoutHighlightList } from './markdown-highlights.ts';

export type MarkdownReading =
  | {
      ok: true;
      article: Article;
      marks: Marks;
      /** When it was saved, in milliseconds since 1970; null where the file does not say. */
      savedTime: number | null;
      /** The photos that should lie beside the file, their paths from where it lies. */
      photos: { src: string; file: string }[];
    }
  | { ok: false; reason: FileReason };

/** Reads a Markdown file; `tooLarge` is for the caller to say. What comes out is sanitized; nothing is fetched. */
export function readMarkdown(text: string): MarkdownReading {
  const { yaml, markdown: whole } = splitMarkdown(text);
  if (yaml === undefined) return { ok: false, reason: 'notArchive' };
  const markdown = withoutHighlightList(whole);
  if (isTangled(markdown)) return { ok: false, reason: 'tangled' };
  const front = readFrontMatter(yaml);
  if (typeof front === 'string') return { ok: false, reason: front };
  const { metadata, isPassage, marks, savedTime, photos } = front;
  const root = toBlocks(markdown, photos);
  const title = takeTitle(root, metadata.title);
  const extraction = toArticle(root, { ...metadata, title }, []);
  if (!extraction.ok) return { ok: false, reason: 'noText' };
  const article = { ...extraction.article, isPassage };
  const beside = photos.flatMap(({ src, file }) => (file && article.photos.includes(src) ? [{ src, file }] : []));
  return { ok: true, article, marks, savedTime, photos: beside };
}

/** Signs in front of a line that nest it, and signs in a paragraph that may pair: far more than any text has of them. */
const MOST_NESTED = 500;
const MOST_SIGNS = 2000;
/** Quotes, lists of another kind and underlined headings, each after something else: an article has a few of them. */
const MOST_CHANGES = 1000;
/** Cells of a table: a row has as many as its first, however short it is written. */
const MOST_CELLS = 100_000;

/** Whether it would take the parser minutes: its time grows with the square of what is nested, pairs or takes turns. */
function isTangled(markdown: string): boolean {
  const isNested = markdown.split('\n').some((line) => (/^[\s>*+\-.)\d]*/.exec(line)?.[0].length ?? 0) > MOST_NESTED);
  const hasSigns = (block: string): boolean => (block.match(/[*_[\]`!]|<\?/g)?.length ?? 0) > MOST_SIGNS;
  const hasCells = (block: string): boolean => {
    const lines = block.split('\n');
    return lines.length * Math.max(...lines.map((line) => line.split('|').length)) > MOST_CELLS && block.includes('|');
  };
  return (
    isNested ||
    countChanges(markdown) > MOST_CHANGES ||
    markdown.split(/\n[ \t]*\n/).some((block) => hasSigns(block) || hasCells(block))
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

/** Others write the title above the text, as a heading of the first rank, which an article has none of. */
function takeTitle(root: Element, title: string): string {
  const first = root.firstElementChild;
  const heading = first?.nodeName === 'H1' ? (first.textContent ?? '').trim() : '';
  if (heading !== '' && (title === '' || title === heading)) first?.remove();
  for (const other of root.querySelectorAll('h1')) {
    const made = root.ownerDocument.createElement('h2');
    made.append(...other.childNodes);
    other.replaceWith(made);
  }
  return title || heading;
}
