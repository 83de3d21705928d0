/** The import as the library shows it: what is chosen joins a queue with one report, and what an earlier window left goes on. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { looksPacked, type Chosen } from '../../exchange/unpack.ts';
import { tellBackground } from '../../platform/messaging.ts';
import { holdOwner, OWNER, takeOver } from './left-imports.ts';
import { askBeforeLeaving, REPORT_INTERVAL } from './long-work.ts';
import type { FileResult, ImportSet } from './run-import.ts';
import { takeTurns } from './take-turns.ts';
import { forgetSets, isWorthKeeping, keepFiles, noteDone } from './unfinished-import.ts';

export interface ImportProgress {
  results: readonly FileResult[];
  /** How many files there are; null while what holds more of them is not yet unpacked. */
  total: number | null;
  isDone: boolean;
  /** Whether the reader stopped it before its end. */
  isStopped: boolean;
  /** Whether it goes on with what a window that is gone had begun. */
  isResumed: boolean;
  /** Milliseconds that the rest will take, as far as can be said; null when there is none. */
  timeLeft: number | null;
}

/** What is kept has photos to come, even if this page is closed in the middle. They would slow the import down. */
const leave = (): void => tellBackground('savedListChanged');

/** The bytes of files. Chromium asks the disk about each, the first time, while the page waits: a few at a time. */
async function measure(files: readonly Chosen[]): Promise<number> {
  const turn = takeTurns();
  let bytes = 0;
  for (const { file } of files) {
    bytes += file.size;
    await turn();
  }
  return bytes;
}

/** How many files are still to come; null where one of them looks as if it holds more, as only its content tells. */
const countRest = (set: ImportSet): number | null => {
  const rest = set.files.slice(set.reached.file);
  if (set.reached.within > 1 || rest.some(looksPacked)) return null;
  return rest.length - set.reached.within;
};

export interface Import {
  progress: ImportProgress | undefined;
  importFiles: (files: readonly Chosen[]) => void;
  /** Stops after the files that are being read; what is kept stays, and the rest is forgotten. */
  cancel: () => void;
  close: () => void;
}

export function useImport(): Import {
  const [progress, setProgress] = useState<ImportProgress>();
  const waiting = useRef<ImportSet[]>([]);
  /** What stops the import that is running; undefined while none is. */
  const running = useRef<AbortController>(undefined);

  /** @param left what an earlier window left behind */
  const importWaiting = async (left: readonly ImportSet[], signal: AbortSignal): Promise<void> => {
    const sets = waiting.current;
    sets.unshift(...left);
    if (sets.length === 0) return;
    addEventListener('pagehide', leave);
    // What reads files weighs as much as the page: it comes when it is needed.
    const { runImport } = await import('./run-import.ts');
    const results = left.flatMap((set) => set.results);
    const start = performance.now();
    const done = await Promise.all(left.map(({ files, reached }) => measure(files.slice(0, reached.file))));
    const bytesBefore = done.reduce((sum, bytes) => sum + bytes, 0);
    let bytesRead = 0;
    let reported = -Infinity;
    const report = (isDone: boolean): void => {
      if (!isDone && performance.now() - reported < REPORT_INTERVAL) return;
      reported = performance.now();
      const rests = sets.map(countRest);
      const bytesLeft = sets.reduce((sum, { bytes }) => sum + bytes, 0) - bytesRead;
      const bytesDone = bytesRead - bytesBefore;
      setProgress({
        results: [...results],
        total: rests.includes(null) ? null : rests.reduce<number>((sum, rest) => sum + (rest ?? 0), results.length),
        isDone,
        isStopped: signal.aborted,
        isResumed: left.length > 0,
        timeLeft: isDone || bytesDone <= 0 ? null : ((reported - start) / bytesDone) * bytesLeft,
      });
    };

    let bytesOfSets = 0;
    // Files that are dropped meanwhile join the queue and its report.
    for (let index = 0; index < sets.length && !signal.aborted; index++) {
      const set = sets[index];
      if (!set) break;
      report(false);
      set.bytes ||= await measure(set.files);
      const kept = await set.kept;
      if (kept?.isCopied) removeEventListener('beforeunload', askBeforeLeaving);
      else addEventListener('beforeunload', askBeforeLeaving);
      for await (const step of runImport(set, signal, (bytes) => (bytesRead = bytesOfSets + bytes))) {
        results.push(...step.results);
        set.reached = step.reached;
        report(false);
        if (kept) await noteDone(kept.number, step.results, step.reached);
      }
      removeEventListener('beforeunload', askBeforeLeaving);
      bytesOfSets += set.bytes;
    }
    const ended = sets.slice();
    const kept = await Promise.all(ended.map((set) => set.kept));
    await forgetSets(kept.flatMap((set) => set?.number ?? [])).catch(() => undefined);
    report(true);
    // What was chosen since it ended begins the next one.
    waiting.current = sets.slice(ended.length);
    if (waiting.current.length > 0) run();
    removeEventListener('pagehide', leave);
    tellBackground('savedListChanged');
  };

  /** One import after the other, each with all that waits. */
  const last = useRef(Promise.resolve());
  const run = (left: readonly ImportSet[] = []): void => {
    last.current = last.current.then(async () => {
      const stop = (running.current = new AbortController());
      await importWaiting(left, stop.signal);
      running.current = undefined;
    });
  };
  useEffect(() => void takeOver(run).catch(() => undefined), []);

  return {
    progress,
    importFiles: (files) => {
      if (files.length === 0) return;
      const kept = isWorthKeeping(files) ? holdOwner().then(() => keepFiles(OWNER, files)) : Promise.resolve(undefined);
      waiting.current.push({ files, bytes: 0, results: [], reached: { file: 0, within: 0 }, kept });
      // Until they are copied.
      addEventListener('beforeunload', askBeforeLeaving);
      if (!running.current) run();
    },
    cancel: () => running.current?.abort(),
    close: () => setProgress(undefined),
  };
}
