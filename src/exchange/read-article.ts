/** The bytes of a file to an article: the one place that says which formats come in. */
import type { Article } from '../article/article.ts';
import type { Marks } from '../saved/saved-article.ts';
import { decodeFile, readArchiveText, type FileReason } from './archive-file.ts';
import { isMarkdownArticle } from './markdown-file.ts';
import type { MarkdownReading } from './read-markdown.ts';

/** What a file says besides of how the article was kept; photos lie beside it, where they say. */
export type HowKept = Pick<Extract<MarkdownReading, { ok: true }>, 'savedTime' | 'photos'> & { marks?: Marks };

export type FileReading =
  { ok: true; article: Article; kept: HowKept } | { ok: false; reason: FileReason | 'unreadable' };

/** The article of a file, or why it gives none; the libraries for Markdown are loaded at the first Markdown file. Never rejects. */
export async function readArticle(bytes: Uint8Array): Promise<FileReading> {
  try {
    const decoded = decodeFile(bytes);
    if ('reason' in decoded) return { ok: false, reason: decoded.reason };
    if (!isMarkdownArticle(decoded.text)) {
      const archived = readArchiveText(decoded.text);
      if (!archived.ok) return archived;
      return { ok: true, article: archived.article, kept: { savedTime: archived.savedTime, photos: [] } };
    }
    const { readMarkdown } = await import('./read-markdown.ts');
    const reading = readMarkdown(decoded.text);
    if (!reading.ok) return reading;
    const { ok, article, ...kept } = reading;
    return { ok, article, kept };
  } catch {
    // Whatever a file did to break its reading.
    return { ok: false, reason: 'unreadable' };
  }
}
