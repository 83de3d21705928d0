/** Articles taken out for other programs: one zip with a file for each, and for Markdown the photos beside them. */
import { TextReader } from '@zip.js/zip.js/lib/zip-core-custom.js';
import type { WholeArticle } from '../saved/whole-library.ts';
import { writeArchiveFile } from './write-archive-file.ts';
import { writeMarkdown } from './write-markdown.ts';
import { addPhotos, articlePath, numberOf, startZip } from './zip-out.ts';

export type ExportForm = 'archive' | 'markdown';

/** What is in the zip. */
export interface Exported {
  articles: number;
  photos: number;
}

/**
 * Writes articles into a zip and closes `file`. Rejects where an article cannot be read or the file not be written, and with the
 * signal's reason where it was stopped; the file is then of no use.
 */
export async function writeExport(
  articles: AsyncIterable<WholeArticle>,
  form: ExportForm,
  file: WritableStream<Uint8Array>,
  time: Date,
  signal: AbortSignal,
  onProgress: (done: number) => void = () => undefined,
): Promise<Exported> {
  const zip = startZip(file, time);
  const exported: Exported = { articles: 0, photos: 0 };
  for await (const whole of articles) {
    signal.throwIfAborted();
    const { article, savedTime } = whole.record;
    const number = numberOf(++exported.articles);
    if (form === 'archive') {
      const text = writeArchiveFile(article, savedTime);
      await zip.add(articlePath(number, article.title, 'txt'), new TextReader(text));
    } else {
      const photos = await addPhotos(zip, number, whole);
      const files = photos.flatMap((photo) =>
        photo.state === 'kept' ? [[photo.src, `../${photo.file}`] as const] : [],
      );
      exported.photos += files.length;
      const text = writeMarkdown(whole.record, new Map(files));
      await zip.add(articlePath(number, article.title, 'md'), new TextReader(text));
    }
    onProgress(exported.articles);
  }
  signal.throwIfAborted();
  await zip.close();
  return exported;
}
