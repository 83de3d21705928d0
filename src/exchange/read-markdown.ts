/** A Markdown file with front matter to an article: one that Liseuse wrote, or somebody's clipping. */
import type { Article } from '../article/article.ts';
import { toArticle } from '../article/to-article.ts';
import type { Marks } from '../saved/saved-article.ts';
import type { FileReason } from './archive-file.ts';
import { readFrontMatter } from './front-matter.ts';
import { toBlocks } from './markdown-blocks.ts';
import { splitMarkdown } from './markdown-file.ts';
import { withoutHighlightList } from './markdown-highlights.ts';
import { isTangled } from './tangled.ts';

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
