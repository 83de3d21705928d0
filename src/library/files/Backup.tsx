/** The library taken out and brought in: the backup, with what it changes in words before it is done, and forms for other programs. */
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { MAX_NOTE } from '../../article/note.ts';
import type { MergeCounts } from '../../saved/whole-library.ts';
import { formatDateTime } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { useText, type GetText } from '../../ui/text.ts';
import { Export } from './Export.tsx';
import { useBackup, type Backups, type BackupState } from './use-backup.ts';

export function Backup(): VNode {
  const getText = useText();
  const backups = useBackup();
  const { state, isBusy } = backups;
  const section = useRef<HTMLDetailsElement>(null);
  const panel = useRef<HTMLDivElement>(null);

  // What was cut is said without a click.
  useEffect(() => {
    if (state.step !== 'cut') return;
    for (let part: Element | null | undefined = section.current; part; part = part.parentElement?.closest('details'))
      if (part instanceof HTMLDetailsElement) part.open = true;
  }, [state.step]);

  // A button that was pressed may be gone: the keyboard goes on where the answer is.
  useEffect(() => {
    if (document.activeElement === document.body) panel.current?.focus({ preventScroll: true });
  }, [state.step, state.step === 'asking' && state.mode]);

  return (
    <details name="library-section" class="library-filters" ref={section}>
      <summary id="backup">{getText('backup')}</summary>
      <p class="library-hint">{getText('backup_hint')}</p>
      <div class="button-row">
        <button type="button" aria-disabled={isBusy} onClick={backups.save}>
          {getText('backup_save')}
        </button>
        <label class="button">
          <input
            type="file"
            accept=".zip,application/zip"
            aria-disabled={isBusy}
            onClick={(event) => {
              if (isBusy) event.preventDefault();
            }}
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              if (file) backups.read(file);
              // The same file chosen again is a choice too.
              event.currentTarget.value = '';
            }}
          />
          <span>{getText('backup_bring')}</span>
        </label>
        {state.step === 'saving' && (
          <button type="button" onClick={backups.stop}>
            {getText('cancel')}
          </button>
        )}
      </div>
      <div ref={panel} tabIndex={-1} role="group" aria-labelledby="backup">
        <div role="status">
          <Status state={state} />
        </div>
        {state.step === 'failed' && <Notice text={getText(`backup_${state.reason}`)} isUrgent />}
        {state.step === 'asking' && <Question state={state} backups={backups} />}
        {state.step === 'cut' && <Notice text={cutText(state, getText)} isUrgent />}
        {['saved', 'stopped', 'applied', 'failed', 'cut'].includes(state.step) && (
          <button type="button" onClick={backups.close}>
            {getText('close')}
          </button>
        )}
      </div>
      <p class="library-hint">{getText('export_hint')}</p>
      <Export />
    </details>
  );
}

/** Merge, replace or neither; a replacement is asked for once more, with what it deletes. */
function Question({ state, backups }: { state: BackupState & { step: 'asking' }; backups: Backups }): VNode {
  const getText = useText();
  const { changed, deleted } = state.plan;
  return state.mode === 'merge' ? (
    <>
      <p>{getText('backup_explained')}</p>
      <div class="button-row">
        {/* Also where no article changes: what the other library knows of deletions comes in. */}
        <button type="button" onClick={backups.apply}>
          {getText('backup_merge')}
        </button>
        <button type="button" onClick={() => backups.ask('replace')}>
          {getText('backup_replace')}
        </button>
        <button type="button" onClick={backups.close}>
          {getText('cancel')}
        </button>
      </div>
    </>
  ) : (
    <>
      <p>{getText('backup_warning', deleted, changed)}</p>
      {/* Marked is what deletes, and the focus is not on it. */}
      <div class="button-row">
        <button type="button" class="primary" onClick={backups.apply}>
          {getText('backup_replace')}
        </button>
        <button type="button" onClick={backups.close}>
          {getText('cancel')}
        </button>
      </div>
    </>
  );
}

const CUT = { merge: 'backup_mergeCut', restore: 'snapshot_cut', replace: 'backup_replaceCut' } as const;

/** The section and the button that the sentence names are called what they are. */
const cutText = ({ mode, time }: BackupState & { step: 'cut' }, getText: GetText): string =>
  getText(CUT[mode], formatDateTime(time), getText('snapshots'), getText('backup_replace'));

/** What a screen reader says as it changes. */
function Status({ state }: { state: BackupState }): VNode | null {
  const getText = useText();
  if (state.step === 'applied')
    return (
      <>
        <p>{getText('backup_applied')}</p>
        <Counts counts={state.counts} />
      </>
    );
  if (state.step !== 'asking') return <p>{statusText(state, getText)}</p>;
  const { cutNotes, falsePhotos } = state;
  return (
    <>
      <p>
        {getText('backup_found', formatDateTime(state.time), state.backup.count)}{' '}
        {getText(state.mode === 'merge' ? 'backup_ifMerged' : 'backup_ifReplaced')}
      </p>
      <Counts counts={state.plan} />
      {cutNotes > 0 && <p>{getText('backup_cutNotes', MAX_NOTE, cutNotes)}</p>}
      {falsePhotos > 0 && <p>{getText('backup_falsePhotos', falsePhotos)}</p>}
    </>
  );
}

/** Those that are changed come before how many of them go into the bin. */
const COUNTED = [
  'added',
  'changed',
  'binned',
  'deleted',
  'same',
  'newer',
  'kept',
  'away',
] as const satisfies (keyof MergeCounts)[];

/** What there is any of; where there is nothing at all, that it stays the same. */
function Counts({ counts }: { counts: MergeCounts }): VNode {
  const getText = useText();
  const some = COUNTED.filter((name) => counts[name] > 0);
  return (
    <ul>
      {(some.length > 0 ? some : (['same'] as const)).map((name) => (
        <li key={name}>{getText(`backup_${name}`, counts[name])}</li>
      ))}
    </ul>
  );
}

/** How far a work is, or that it is done. */
export function statusText(state: BackupState, getText: GetText): string {
  switch (state.step) {
    case 'saving':
      return getText('backup_saving', state.done, state.total);
    case 'reading':
      return getText('backup_reading', state.done, state.total);
    case 'applying':
      return getText('backup_applying', state.done, state.total);
    case 'saved':
      return getText('backup_saved', state.articles, state.photos);
    case 'stopped':
      return getText('export_stopped');
    default:
      return '';
  }
}
