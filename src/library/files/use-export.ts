/** Articles taken out for other programs, into one zip: with progress, and stopped when the reader wants. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Exported, ExportForm } from '../../exchange/export.ts';
import { listSummaries } from '../../saved/store.ts';
import { readSome } from '../../saved/whole-library.ts';
import { download, gatherZip, today } from './download.ts';
import { beginWork, endWork, REPORT_INTERVAL } from './long-work.ts';

export type ExportState =
  | { step: 'idle' }
  | { step: 'writing'; done: number; total: number }
  | ({ step: 'saved' } & Exported)
  | { step: 'stopped' }
  | { step: 'failed'; reason: 'nothing' | 'notSaved' };

export interface Exports {
  state: ExportState;
  /** Takes these articles out, without `ids` all that are not in the bin. */
  save: (form: ExportForm, ids?: readonly string[]) => void;
  cancel: () => void;
  /** Forgets what came of it. */
  close: () => void;
}

const allIds = async (): Promise<string[]> =>
  (await listSummaries()).filter(({ removedTime }) => removedTime === null).map(({ id }) => id);

export function useExport(): Exports {
  const [state, setState] = useState<ExportState>({ step: 'idle' });
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const write = async (form: ExportForm, ids: readonly string[], signal: AbortSignal): Promise<ExportState> => {
    if (ids.length === 0) return { step: 'failed', reason: 'nothing' };
    const total = ids.length;
    setState({ step: 'writing', done: 0, total });
    let reported = performance.now();
    // The libraries that write zip and Markdown weigh more than the whole page.
    const { writeExport } = await import('../../exchange/export.ts');
    const { answer, zip } = await gatherZip((file) =>
      writeExport(readSome(ids), form, file, new Date(), signal, (done) => {
        if (performance.now() - reported < REPORT_INTERVAL) return;
        reported = performance.now();
        setState({ step: 'writing', done, total });
      }),
    );
    download(zip, `liseuse-${form}-${today()}.zip`);
    return { step: 'saved', ...answer };
  };

  const save = async (form: ExportForm, ids?: readonly string[]): Promise<void> => {
    if (running.current) return;
    const control = (running.current = new AbortController());
    beginWork(control);
    try {
      setState(await write(form, ids ?? (await allIds()), control.signal));
    } catch {
      setState(control.signal.aborted ? { step: 'stopped' } : { step: 'failed', reason: 'notSaved' });
    }
    endWork(control);
    running.current = undefined;
  };

  return {
    state,
    save: (form, ids) => void save(form, ids),
    cancel: () => running.current?.abort(),
    close: () => {
      if (!running.current) setState({ step: 'idle' });
    },
  };
}
