/** What became of each imported file, and the count. */
import type { VNode } from 'preact';
import { useText, type GetText } from '../../ui/text.ts';
import { download } from './download.ts';
import type { FileResult } from './import-set.ts';
import type { ImportProgress } from './use-import.ts';

const sentence = (result: FileResult, getText: GetText): string => {
  if (result.outcome === 'failed')
    // Where a backup belongs; the other reasons name nothing.
    return getText(`file_${result.reason}`, getText('backup'), getText('backup_bring'));
  if (!('title' in result)) return getText(`file_${result.outcome}`);
  return getText(`file_${result.outcome}`, result.title || getText('untitled'));
};

/** Of more files, not all are shown: the saved report has them. */
const SHOWN = 100;

/** Those that failed come first; of the others, the last ones as long as there come more, then the first ones. */
const shownOf = (files: readonly FileResult[], isDone: boolean): readonly FileResult[] => {
  if (files.length <= SHOWN) return files;
  const [failed, others] = [true, false].map((isFailed) =>
    files.filter(({ outcome }) => (outcome === 'failed') === isFailed),
  ) as [FileResult[], FileResult[]];
  return isDone
    ? [...failed, ...others].slice(0, SHOWN)
    : [...failed.slice(-SHOWN), ...files.slice(-SHOWN / 10).filter(({ outcome }) => outcome !== 'failed')];
};

/** The report as a file: how it ended, then a line for each imported file. */
const saveReport = (summary: string, results: readonly FileResult[], getText: GetText): void => {
  const lines = results.map((result) => `${result.file}\t${sentence(result, getText)}\n`);
  download(new Blob([`${summary}\n\n`, ...lines], { type: 'text/plain;charset=utf-8' }), 'liseuse-import.txt');
};

/** What has been read is not yet saved: only the end is all. */
const percent = (share: number, getText: GetText): string =>
  (Math.min(99, Math.floor(share * 100)) / 100).toLocaleString(getText('language'), { style: 'percent' });

export interface ImportReportProps {
  progress: ImportProgress;
  onCancel: () => void;
  onClose: () => void;
}

export function ImportReport({ progress, onCancel, onClose }: ImportReportProps): VNode {
  const getText = useText();
  const { total, results, isDone, isStopped, isResumed, share, timeLeft } = progress;
  const count = (outcome: FileResult['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length;
  const others = count('other');
  const returned = count('returned');
  const state = (): string => {
    if (isDone) return getText('import_result', count('kept'), count('known'), count('failed'));
    return total === null ? getText('import_so_far', results.length) : getText('import_running', results.length, total);
  };
  const stopped = (): string =>
    total === null ? getText('import_stopped_open') : getText('import_stopped', total - results.length);
  const sentences = [
    isResumed && getText('import_resumed'),
    state(),
    isDone && returned > 0 && getText('import_returned', returned),
    !isDone && total === null && share !== null && getText('import_share', percent(share, getText)),
    isDone && isStopped && total !== results.length && stopped(),
    isDone && others > 0 && getText('import_others', others),
    !isDone && timeLeft !== null && timeLeft > 0 && getText('import_left', Math.ceil(timeLeft / 1000)),
  ];
  const summary = sentences.filter(Boolean).join(' ');
  const files = results.filter(({ outcome }) => outcome !== 'other' && outcome !== 'photo');
  const shown = shownOf(files, isDone);
  return (
    <section class="import-report" aria-labelledby="import-report">
      <h2 id="import-report">{getText('import_report')}</h2>
      <p role="status">{summary}</p>
      <ul tabIndex={0} aria-labelledby="import-report">
        {shown.map((result, index) => (
          <li key={index} class={`is-${result.outcome}`}>
            <span class="import-file">{result.file}</span> <span>{sentence(result, getText)}</span>
          </li>
        ))}
      </ul>
      {isDone && shown.length < files.length && (
        <p class="library-hint">{getText('import_more', files.length - shown.length)}</p>
      )}
      <div class="button-row">
        {isDone ? (
          <>
            <button type="button" onClick={onClose}>
              {getText('import_close')}
            </button>
            <button type="button" onClick={() => saveReport(summary, results, getText)}>
              {getText('import_save')}
            </button>
          </>
        ) : (
          <button type="button" onClick={onCancel}>
            {getText('import_cancel')}
          </button>
        )}
      </div>
    </section>
  );
}
