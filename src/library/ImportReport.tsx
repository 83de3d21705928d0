/** What became of each imported file, and the count. */
import type { VNode } from 'preact';
import { useText, type GetText } from '../ui/text.ts';
import type { FileResult, ImportProgress } from './use-import.ts';

const sentence = (result: FileResult, getText: GetText): string =>
  result.outcome === 'failed'
    ? getText(`file_${result.reason}`)
    : getText(`file_${result.outcome}`, result.title || getText('untitled'));

export function ImportReport({ progress, onClose }: { progress: ImportProgress; onClose: () => void }): VNode {
  const getText = useText();
  const { total, results } = progress;
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
      </p>
      <ul tabIndex={0} aria-labelledby="import-report">
        {results.map((result, index) => (
          <li key={index} class={`is-${result.outcome}`}>
            <span class="import-file">{result.file}</span> <span>{sentence(result, getText)}</span>
          </li>
        ))}
      </ul>
      {isDone && (
        <button type="button" onClick={onClose}>
          {getText('import_close')}
        </button>
      )}
    </section>
  );
}
