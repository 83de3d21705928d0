/** The import of archive files: batch after batch, one line of report for each file, one bad file never stops the rest. */
import { useRef, useState } from 'preact/hooks';
import type { FileReason } from '../exchange/archive-file.ts';
import { tellBackground } from '../platform/messaging.ts';
import { importKeptArticles, type KeptArticle } from '../saved/import-articles.ts';
import { storageReason, type StorageReason } from '../saved/store.ts';

export type FileResult =
  | { file: string; outcome: 'kept' | 'known'; title: string }
  | { file: string; outcome: 'failed'; reason: FileReason | StorageReason | 'unreadable' };

export interface ImportProgress {
  total: number;
  results: FileResult[];
  /** Files that were not looked at, for the reader stopped the import. */
  left: number;
  /** Milliseconds that the rest will take, as far as can be said; null when there is none. */
  timeLeft: number | null;
}

/** A file that was read, with its article or what it failed with. */
type ReadFile = { file: string; kept: KeptArticle } | Extract<FileResult, { outcome: 'failed' }>;

async function readFile(file: File): Promise<ReadFile> {
  const failed = (reason: FileReason | 'unreadable'): ReadFile => ({ file: file.name, outcome: 'failed', reason });
  try {
    // What reads files weighs as much as the whole page: it comes when it is needed.
    const { readArticleFile } = await import('../exchange/read-article-file.ts');
    const reading = await readArticleFile(file);
    if (!reading.ok) return failed(reading.reason);
    const { marks, savedTime } = reading.kept ?? {};
    return { file: file.name, kept: { article: reading.article, marks, savedTime } };
  } catch {
    // A folder, a file that was taken away since it was chosen, or whatever a file did to break its reading.
    return failed('unreadable');
  }
}

/** Saves what was read, all at once or, where that is refused, one by one: what still fits is kept. */
async function keep(read: readonly ReadFile[]): Promise<FileResult[]> {
  const articles = read.flatMap((file) => ('kept' in file ? [file.kept] : []));
  try {
    const savings = await importKeptArticles(articles);
    return read.map((file) => {
      if (!('kept' in file)) return file;
      const isNew = savings[articles.indexOf(file.kept)]?.isNew;
      return { file: file.file, outcome: isNew ? 'kept' : 'known', title: file.kept.article.title };
    });
  } catch (error) {
    if (read.length > 1) return (await Promise.all(read.map((file) => keep([file])))).flat();
    return read.map((file) =>
      'kept' in file ? { file: file.file, outcome: 'failed', reason: storageReason(error) } : file,
    );
  }
}

/** Files in one transaction: the disk is waited for once for all of them. */
const BATCH = 50;
/** Drawing the report takes longer than reading a file, in milliseconds. */
const REPORT_INTERVAL = 500;

/** The browser asks the reader: what is not yet imported would have to be chosen again. */
const askBeforeLeaving = (event: BeforeUnloadEvent): void => event.preventDefault();
/** What is kept has photos to come, even if this page is closed in the middle. They would slow the import down. */
const leave = (): void => tellBackground('savedListChanged');

export interface Import {
  progress: ImportProgress | undefined;
  importFiles: (files: File[]) => void;
  /** Stops after the files that are being read; what is kept stays. */
  cancel: () => void;
  close: () => void;
}

export function useImport(): Import {
  const [progress, setProgress] = useState<ImportProgress>();
  const waiting = useRef<File[]>([]);
  const isCancelled = useRef(false);

  const importWaiting = async (): Promise<void> => {
    const results: FileResult[] = [];
    const start = performance.now();
    let reported = -Infinity;
    isCancelled.current = false;
    addEventListener('beforeunload', askBeforeLeaving);
    addEventListener('pagehide', leave);
    // Files that are dropped meanwhile join the queue and its report.
    while (results.length < waiting.current.length && !isCancelled.current) {
      const total = waiting.current.length;
      if (performance.now() - reported > REPORT_INTERVAL) {
        const timeLeft =
          results.length === 0 ? null : ((performance.now() - start) / results.length) * (total - results.length);
        setProgress({ total, results: [...results], left: 0, timeLeft });
        reported = performance.now();
      }
      const files = waiting.current.slice(results.length, results.length + BATCH);
      results.push(...(await keep(await Promise.all(files.map(readFile)))));
    }
    removeEventListener('beforeunload', askBeforeLeaving);
    removeEventListener('pagehide', leave);
    setProgress({ total: results.length, results, left: waiting.current.length - results.length, timeLeft: null });
    waiting.current = [];
    tellBackground('savedListChanged');
  };
  const importFiles = (files: File[]): void => {
    const isRunning = waiting.current.length > 0;
    waiting.current.push(...files);
    if (!isRunning && files.length > 0) void importWaiting();
  };
  return {
    progress,
    importFiles,
    cancel: () => {
      isCancelled.current = true;
    },
    close: () => setProgress(undefined),
  };
}
