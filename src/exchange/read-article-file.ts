/** One article out of a file of either form: an archive file, or Markdown with front matter. */
import type { Article } from '../article/article.ts';
import { decodeFile, MAX_ARCHIVE_BYTES, readArchiveFile, type FileReason } from './archive-file.ts';
import { isMarkdownArticle } from './markdown-file.ts';
import type { MarkdownReading } from './read-markdown.ts';

/** `kept` is what a Markdown file says besides of how the article was kept. */
export type FileReading =
  | {
      ok: true;
      article: Article;
      kept?: Pick<Extract<MarkdownReading, { ok: true }>, 'marks' | 'savedTime' | 'photos'>;
    }
  | { ok: false; reason: FileReason };

/** Reads one file; the libraries for Markdown are loaded at the first Markdown file. Rejects where the file cannot be read. */
export async function readArticleFile(file: Blob): Promise<FileReading> {
  if (file.size > MAX_ARCHIVE_BYTES) return { ok: false, reason: 'tooLarge' };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const decoded = decodeFile(bytes);
  if (!('text' in decoded) || !isMarkdownArticle(decoded.text)) return readArchiveFile(bytes);
  const { readMarkdown } = await import('./read-markdown.ts');
  const reading = readMarkdown(decoded.text);
  if (!reading.ok) return reading;
  const { ok, article, ...kept } = reading;
  return { ok, article, kept };
}
