/** What became of each imported file, and the count. */
import type { VNode } from 'preact';
import { useText, type GetText } from '../ui/text.ts';
import type { FileResult, ImportProgress } from './use-import.ts';

const sentence = (result: FileResult, getText: GetText): string =>
  result.outcome === 'failed'
    ? getText(`file_${result.reason}`)
    : getText(`file_${result.outcome}`, result.title || getText('untitled'));

/** Of more files, only those that failed and the last ones are shown: the saved report has all. */
const SHOWN = 100;

const shownOf = (results: readonly FileResult[]): readonly FileResult[] => {
  if (results.length <= SHOWN) return results;
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  return [...failed.slice(-SHOWN), ...results.slice(-SHOWN / 10).filter(({ outcome }) => outcome !== 'failed')];
};

/** The report as a file, a line for each imported file. */
const saveReport = (results: readonly FileResult[], getText: GetText): void => {
  const lines = results.map((result) => `${result.file}\t${sentence(result, getText)}\n`);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(lines, { type: 'text/plain;charset=utf-8' }));
  link.download = 'liseuse-import.txt';
  link.click();
  URL.revokeObjectURL(link.href);
};

export interface ImportReportProps {
  progress: ImportProgress;
  onCancel: () => void;
  onClose: () => void;
}

export function ImportReport({ progress, onCancel, onClose }: ImportReportProps): VNode {
  const getText = useText();
  const { total, results, left, timeLeft } = progress;
  const count = (outcome: FileResult['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length;
  const isDone = results.length === total;
  return (
    <section class="import-report" aria-labelledby="import-report">
      <h2 id="import-report">{getText('import_report')}</h2>
      <p role="status">
        {isDone
          ? getText('import_result', count('kept'), count('known'), count('failed'))
          : getText('import_running', results.length, total)}
        {left > 0 && ` ${getText('import_stopped', left)}`}
        {!isDone && timeLeft !== null && ` ${getText('import_left', Math.ceil(timeLeft / 1000))}`}
      </p>
      <ul tabIndex={0} aria-labelledby="import-report">
        {shownOf(results).map((result, index) => (
          <li key={index} class={`is-${result.outcome}`}>
            <span class="import-file">{result.file}</span> <span>{sentence(result, getText)}</span>
          </li>
        ))}
      </ul>
      <div class="import-buttons">
        {isDone ? (
          <>
            <button type="button" onClick={onClose}>
              {getText('import_close')}
            </button>
            <button type="button" onClick={() => saveReport(results, getText)}>
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
