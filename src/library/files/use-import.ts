/** The import as the library shows it: what is chosen joins a queue with one report, and what an earlier window left goes on. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { looksPacked, type Chosen } from '../../exchange/unpack.ts';
import { tellBackground } from '../../platform/messaging.ts';
import { holdOwner, OWNER, takeOver } from './left-imports.ts';
import { beginWork, endWork, REPORT_INTERVAL } from './long-work.ts';
import type { FileResult, ImportSet } from './import-set.ts';
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
  /** How much of the bytes has been read, from 0 to 1; null as long as nobody has counted them. */
  share: number | null;
  /** Milliseconds that the rest will take; null where nobody can say. */
  timeLeft: number | null;
}

/** From this share on, the time that it took says how long the rest will take: before, containers are read faster than saved. */
const ENOUGH = 0.05;

/** What is kept has photos to come, even if this page is closed in the middle. They would slow the import down. */
const leave = (): void => tellBackground('savedListChanged');

/** The bytes of files. Chromium asks the disk about each, the first time, while the page waits: a few at a time. */
async function measure(files: readonly Chosen[], signal: AbortSignal): Promise<number> {
  const turn = takeTurns();
  let bytes = 0;
  for (const { file } of files) {
    if (signal.aborted) break;
    bytes += file.size;
    await turn();
  }
  return bytes;
}

/** How many files are still to come; null where one of them looks as if it holds more, as only its content tells. */
const countRest = (set: ImportSet): number | null => {
  const rest = set.files.slice(set.reached.file);
  return set.reached.within > 0 || rest.some(looksPacked) ? null : rest.length;
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
  /** What stops all that waits, from its copying on. */
  const stopping = useRef(new AbortController());
  const isRunning = useRef(false);

  /** @param left what an earlier window left behind */
  const importWaiting = async (left: readonly ImportSet[]): Promise<void> => {
    const sets = waiting.current;
    const { signal } = stopping.current;
    sets.unshift(...left);
    if (sets.length === 0) return;
    addEventListener('pagehide', leave);
    const results = left.flatMap((set) => set.results);
    /** When the first file was read: until then they are copied. */
    let start = Infinity;
    const done = await Promise.all(left.map(({ files, reached }) => measure(files.slice(0, reached.file), signal)));
    const bytesBefore = done.reduce((sum, bytes) => sum + bytes, 0);
    // What was imported of a container is unpacked again, faster than the rest.
    const isSteady = left.every(({ reached }) => reached.within === 0);
    let bytesRead = 0;
    let reported = -Infinity;
    const report = (isDone: boolean): void => {
      if (!isDone && performance.now() - reported < REPORT_INTERVAL) return;
      reported = performance.now();
      const rests = sets.map(countRest);
      const isCounted = !rests.includes(null);
      const isMeasured = sets.every(({ bytes, files }) => bytes > 0 || files.length === 0);
      const bytes = sets.reduce((sum, set) => sum + set.bytes, 0);
      const bytesDone = bytesRead - bytesBefore;
      const isTold = !isDone && isMeasured && isSteady && bytesDone > ENOUGH * (bytes - bytesBefore);
      setProgress({
        results: [...results],
        total: isCounted ? rests.reduce<number>((sum, rest) => sum + (rest ?? 0), results.length) : null,
        isDone,
        isStopped: signal.aborted,
        isResumed: left.length > 0,
        share: isMeasured && bytes > 0 ? bytesRead / bytes : null,
        timeLeft: isTold ? ((reported - start) / bytesDone) * (bytes - bytesRead) : null,
      });
    };

    let bytesOfSets = 0;
    // Files that are dropped meanwhile join the queue and its report.
    for (let index = 0; index < sets.length && !signal.aborted; index++) {
      const set = sets[index];
      if (!set) break;
      report(false);
      try {
        // What reads files weighs as much as the page: it comes when it is needed.
        const { runImport } = await import('./run-import.ts');
        set.bytes ||= await measure(set.files, signal);
        const kept = await set.kept;
        start = Math.min(start, performance.now());
        for await (const step of runImport(set, signal, (bytes) => (bytesRead = bytesOfSets + bytes))) {
          results.push(...step.results);
          set.reached = step.reached;
          report(false);
          if (kept) await noteDone(kept.number, step.results, step.reached);
        }
      } catch {
        // Whatever it was, the next set is read, and the reader is told what of this one was not.
        const rest = set.files.slice(set.reached.file);
        results.push(...rest.map(({ name }) => ({ file: name, outcome: 'failed', reason: 'stuck' }) as const));
        set.reached = { file: set.files.length, within: 0 };
      }
      endWork(set);
      bytesOfSets += set.bytes;
    }
    const ended = sets.slice();
    // What is chosen from now on is not stopped with these.
    stopping.current = new AbortController();
    const kept = await Promise.all(ended.map((set) => set.kept));
    ended.forEach(endWork);
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
    const next = last.current.then(async () => {
      isRunning.current = true;
      await importWaiting(left).finally(() => (isRunning.current = false));
    });
    last.current = next.catch(() => undefined);
  };
  useEffect(() => void takeOver(run).catch(() => undefined), []);

  return {
    progress,
    importFiles: (files) => {
      if (files.length === 0) return;
      const { signal } = stopping.current;
      const kept = isWorthKeeping(files)
        ? holdOwner().then(
            () => keepFiles(OWNER, files, signal),
            () => undefined,
          )
        : Promise.resolve(undefined);
      const set: ImportSet = { files, bytes: 0, results: [], reached: { file: 0, within: 0 }, kept };
      waiting.current.push(set);
      // Until they are copied, or imported.
      beginWork(set);
      void kept.then((copy) => copy?.isCopied && endWork(set));
      if (!isRunning.current) run();
    },
    cancel: () => stopping.current.abort(),
    close: () => setProgress(undefined),
  };
}
