/** Saving the library as a file, and bringing one back: look, ask, then do; one thing at a time. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { BackupReason, Mended } from '../../exchange/backup.ts';
import { tellBackground } from '../../platform/messaging.ts';
import { bringSettings, readSettings } from '../../platform/settings.ts';
import { storageReason, type StorageReason } from '../../saved/store.ts';
import {
  applyBackup,
  planMerge,
  readWholeLibrary,
  type MergeCounts,
  type MergeMode,
  type OnProgress,
  type WholeLibrary,
} from '../../saved/whole-library.ts';
import { download, gatherZip, today } from './download.ts';
import { beginWork, endWork, REPORT_INTERVAL } from './long-work.ts';
import { findUnfinished, forgetUnfinished, noteWhile, type UnfinishedBackup } from './unfinished-backup.ts';

export type BackupState =
  | { step: 'idle' | 'stopped' }
  | { step: 'saving' | 'reading' | 'applying'; done: number; total: number }
  | { step: 'saved'; articles: number; photos: number }
  /** What would change, for the reader to decide. */
  | ({
      step: 'asking';
      mode: MergeMode;
      plan: MergeCounts;
      time: string;
      backup: WholeLibrary;
      settings: unknown;
    } & Mended)
  | { step: 'applied'; counts: MergeCounts }
  /** The browser ended while a backup or a snapshot came in. */
  | ({ step: 'cut' } & UnfinishedBackup)
  | { step: 'failed'; reason: BackupReason | StorageReason | 'notSaved' };

export interface Backups {
  state: BackupState;
  isBusy: boolean;
  save: () => void;
  /** Stops the saving. */
  stop: () => void;
  read: (file: File) => void;
  /** What the other way would change. */
  ask: (mode: MergeMode) => void;
  apply: () => void;
  close: () => void;
}

/** The zip library weighs more than the whole page: it comes when it is needed. */
const loadExchange = async () => import('../../exchange/backup.ts');

/** Why a backup did not come in, or not all of it. */
function applyReason(error: unknown): BackupReason | StorageReason {
  const isFileGone = error instanceof DOMException && ['NotReadableError', 'NotFoundError'].includes(error.name);
  return isFileGone ? 'unreadable' : storageReason(error);
}

/** @param readLibrary what is saved as a file */
export function useBackup(readLibrary: () => Promise<WholeLibrary> = readWholeLibrary): Backups {
  const [state, setState] = useState<BackupState>({ step: 'idle' });
  const running = useRef(false);
  const stopping = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => stopping.current?.abort(), []);
  useEffect(() => {
    const tell = (cut: UnfinishedBackup | undefined): void => {
      if (cut) setState((state) => (state.step === 'idle' ? { step: 'cut', ...cut } : state));
    };
    void findUnfinished().then(tell, () => undefined);
  }, []);

  /** Runs one thing to its end, whatever is clicked meanwhile. */
  const run = async (work: () => Promise<BackupState>, reasonFor: typeof applyReason | 'notSaved'): Promise<void> => {
    if (running.current) return;
    running.current = true;
    beginWork(running);
    try {
      setState(await work());
    } catch (error) {
      setState({ step: 'failed', reason: typeof reasonFor === 'function' ? reasonFor(error) : reasonFor });
    }
    endWork(running);
    running.current = false;
  };
  const report = (step: 'saving' | 'reading' | 'applying'): OnProgress => {
    let reported = -Infinity;
    return (done, total) => {
      if (performance.now() - reported < REPORT_INTERVAL) return;
      reported = performance.now();
      setState({ step, done, total });
    };
  };

  const save = async (): Promise<BackupState> => {
    const { signal } = (stopping.current = new AbortController());
    try {
      const onProgress = report('saving');
      const library = await readLibrary();
      onProgress(0, library.count);
      const settings = await readSettings();
      const { writeBackup } = await loadExchange();
      const { answer, zip } = await gatherZip((file) =>
        writeBackup(library, file, new Date(), onProgress, settings, signal),
      );
      download(zip, `liseuse-${today()}.zip`);
      return { step: 'saved', articles: answer.articles, photos: answer.photos };
    } catch (error) {
      if (signal.aborted) return { step: 'stopped' };
      throw error;
    }
  };

  const read = async (file: File): Promise<BackupState> => {
    const onProgress = report('reading');
    onProgress(0, 0);
    const { readBackup } = await loadExchange();
    const reading = await readBackup(file, onProgress);
    if (!reading.ok) return { step: 'failed', reason: reading.reason };
    const { ok: _ok, ...read } = reading;
    return { step: 'asking', mode: 'merge', plan: await planMerge(read.backup, 'merge'), ...read };
  };

  const apply = async ({ backup, settings, mode }: BackupState & { step: 'asking' }): Promise<BackupState> => {
    const onProgress = report('applying');
    onProgress(0, backup.count);
    try {
      return await noteWhile(mode, async () => {
        const counts = await applyBackup(backup, mode, onProgress);
        await bringSettings(settings, mode === 'replace');
        return { step: 'applied', counts };
      });
    } finally {
      // What came in is in, also where the rest did not.
      tellBackground('savedListChanged');
    }
  };

  return {
    state,
    isBusy: state.step === 'saving' || state.step === 'reading' || state.step === 'applying',
    save: () => void run(save, 'notSaved'),
    stop: () => stopping.current?.abort(),
    read: (file) => void run(() => read(file), applyReason),
    ask: (mode) => {
      if (state.step !== 'asking') return;
      // At once: who sees nothing happen presses again, on what then stands there.
      if (!running.current) setState({ step: 'reading', done: 0, total: state.backup.count });
      void run(async () => ({ ...state, mode, plan: await planMerge(state.backup, mode) }), applyReason);
    },
    apply: () => {
      if (state.step === 'asking') void run(() => apply(state), applyReason);
    },
    close: () => {
      if (running.current) return;
      if (state.step === 'cut') void forgetUnfinished();
      setState({ step: 'idle' });
    },
  };
}
