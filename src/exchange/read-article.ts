/**
 * A file to an article: the one place that says which formats come in. A format with photos beside it would be given, with the
 * bytes, a way to ask for a file by its path from here, in the same folder or container.
 */
import { readArchiveFile, type ArchiveReading } from './archive-file.ts';

/** The article of a file, or why it gives none. Never throws for what is in the file. */
export function readArticle(bytes: Uint8Array): ArchiveReading | { ok: false; reason: 'unreadable' } {
  try {
    return readArchiveFile(bytes);
  } catch {
    // Whatever a file did to break its reading.
    return { ok: false, reason: 'unreadable' };
  }
}
