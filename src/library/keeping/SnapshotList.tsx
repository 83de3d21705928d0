/** What large changes replaced or destroyed in the last days, and the button that brings it back. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { formatDateTime } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { useText, type GetText } from '../../ui/text.ts';
import type { Snapshot } from '../../saved/snapshots.ts';
import { useSnapshots, type RestoreState } from './use-snapshots.ts';

export function SnapshotList(): VNode {
  const getText = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="library-filters" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{getText('snapshots')}</summary>
      {isOpen && <Content />}
    </details>
  );
}

function Content(): VNode {
  const getText = useText();
  const { snapshots, state, ask, restore, close } = useSnapshots();
  const isBusy = state.step === 'restoring';
  if (snapshots.state === 'failed') return <Notice text={getText('list_refused')} isUrgent />;
  return (
    <>
      <p class="library-hint">{getText('snapshots_hint')}</p>
      {snapshots.state === 'ready' && snapshots.value.length === 0 && <p>{getText('snapshots_none')}</p>}
      <ul class="library-snapshots">
        {snapshots.state === 'ready' &&
          snapshots.value.map((snapshot) => {
            const { id, reason, time, count } = snapshot;
            const name = getText(`snapshot_${reason}`, formatDateTime(new Date(time).toISOString()), count);
            return (
              <li key={id}>
                <span id={`snapshot-${id}`}>{name}</span>
                <button
                  type="button"
                  aria-describedby={`snapshot-${id}`}
                  aria-disabled={isBusy}
                  onClick={isBusy ? undefined : () => ask(snapshot)}
                >
                  {labelOf(snapshot, getText)}
                </button>
              </li>
            );
          })}
      </ul>
      {state.step === 'asking' && (
        <div role="alertdialog" aria-label={getText('snapshot_sure')}>
          <p>{getText('snapshot_sure')}</p>
          <button type="button" onClick={() => restore(state.snapshot)}>
            {labelOf(state.snapshot, getText)}
          </button>{' '}
          <button type="button" ref={(button) => button?.focus()} onClick={close}>
            {getText('cancel')}
          </button>
        </div>
      )}
      <p role="status">{statusText(state, getText)}</p>
      {state.step === 'failed' && <Notice text={getText('snapshot_failed')} isUrgent />}
    </>
  );
}

/** What came is taken back, what went is brought back. */
const labelOf = ({ reason }: Snapshot, getText: GetText): string =>
  getText(reason === 'bin' || reason === 'upgrade' ? 'bring_back' : 'undo');

function statusText(state: RestoreState, getText: GetText): string {
  if (state.step === 'restoring') return getText('snapshot_restoring', state.done, state.total);
  if (state.step === 'restored') return getText('snapshot_restored', state.returned, state.binned);
  return '';
}
