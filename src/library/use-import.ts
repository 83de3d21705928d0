/** The import of archive files: one after the other, one line of report for each, one bad file never stops the rest. */
import { useRef, useState } from 'preact/hooks';
import { readArchiveFile, MAX_ARCHIVE_BYTES, type FileReason } from '../exchange/archive-file.ts';
import { tellBackground } from '../platform/messaging.ts';
import { importArticle, storageReason, type StorageReason } from '../saved/store.ts';

export type FileResult =
  | { file: string; outcome: 'kept' | 'known'; title: string }
  | { file: string; outcome: 'failed'; reason: FileReason | StorageReason | 'unreadable' };

export interface ImportProgress {
  total: number;
  results: FileResult[];
}

async function importFile(file: File): Promise<FileResult> {
  const failed = (reason: FileReason | StorageReason | 'unreadable'): FileResult => ({
    file: file.name,
    outcome: 'failed',
    reason,
  });
  if (file.size > MAX_ARCHIVE_BYTES) return failed('tooLarge');
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    // A folder, or a file that was taken away since it was chosen.
    return failed('unreadable');
  }
  const reading = readArchiveFile(bytes);
  if (!reading.ok) return failed(reading.reason);
  try {
    const { isNew } = await importArticle(reading.article);
    return { file: file.name, outcome: isNew ? 'kept' : 'known', title: reading.article.title };
  } catch (error) {
    return failed(storageReason(error));
  }
}

/** Drawing the report takes longer than reading a file, in milliseconds. */
const REPORT_INTERVAL = 500;

/** The browser asks the reader: what is not yet imported would have to be chosen again. */
const askBeforeLeaving = (event: BeforeUnloadEvent): void => event.preventDefault();

export interface Import {
  progress: ImportProgress | undefined;
  importFiles: (files: File[]) => void;
  close: () => void;
}

export function useImport(): Import {
  const [progress, setProgress] = useState<ImportProgress>();
  const waiting = useRef<File[]>([]);

  const importWaiting = async (): Promise<void> => {
    const results: FileResult[] = [];
    let reported = -Infinity;
    addEventListener('beforeunload', askBeforeLeaving);
    // Files that are dropped meanwhile join the queue and its report.
    while (results.length < waiting.current.length) {
      if (performance.now() - reported > REPORT_INTERVAL) {
        setProgress({ total: waiting.current.length, results: [...results] });
        // What is kept until now has photos to come, even if this page is closed in the middle.
        tellBackground('keepPhotos');
        reported = performance.now();
      }
      const file = waiting.current[results.length];
      // Whatever a file did to break its reading, the next ones are read.
      const failed: FileResult = { file: file?.name ?? '', outcome: 'failed', reason: 'unreadable' };
      if (file) results.push(await importFile(file).catch(() => failed));
    }
    removeEventListener('beforeunload', askBeforeLeaving);
    setProgress({ total: results.length, results });
    waiting.current = [];
    tellBackground('savedListChanged');
  };
  const importFiles = (files: File[]): void => {
    const isRunning = waiting.current.length > 0;
    waiting.current.push(...files);
    if (!isRunning && files.length > 0) void importWaiting();
  };
  return { progress, importFiles, close: () => setProgress(undefined) };
}
