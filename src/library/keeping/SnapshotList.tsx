/** What large changes replaced or destroyed in the last days, and the button that brings it back. */
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatDateSecond } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { useText, type GetText } from '../../ui/text.ts';
import type { ListedSnapshot } from '../../saved/snapshots.ts';
import { useSnapshots, type RestoreState, type Snapshots } from './use-snapshots.ts';

/** @param onRestored is called when one has been brought back: what was done before it is no longer the last deed */
export function SnapshotList({ onRestored }: { onRestored: () => void }): VNode {
  const getText = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      name="library-section"
      class="library-filters"
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{getText('snapshots')}</summary>
      {isOpen && <Content onRestored={onRestored} />}
    </details>
  );
}

function Content({ onRestored }: { onRestored: () => void }): VNode {
  const getText = useText();
  const all = useSnapshots(onRestored);
  const { snapshots } = all;
  if (snapshots.state === 'failed') return <Notice text={getText('list_refused')} isUrgent />;
  return (
    <>
      <p class="library-hint">{getText('snapshots_hint')}</p>
      {snapshots.state === 'ready' && snapshots.value.length === 0 && <p>{getText('snapshots_none')}</p>}
      <ul class="library-snapshots">
        {snapshots.state === 'ready' &&
          snapshots.value.map((snapshot) => <Row key={snapshot.id} snapshot={snapshot} all={all} />)}
      </ul>
    </>
  );
}

/** One snapshot, with the question before it is brought back, and what came of that. */
function Row({ snapshot, all }: { snapshot: ListedSnapshot; all: Snapshots }): VNode {
  const getText = useText();
  const { id, reason, time, count, restoredTime } = snapshot;
  const row = useRef<HTMLLIElement>(null);
  const isBusy = all.state.step === 'restoring';
  const state: RestoreState = 'id' in all.state && all.state.id === id ? all.state : { step: 'idle' };

  // A button that was pressed may be gone: the keyboard goes on here.
  useEffect(() => {
    if (state.step !== 'idle' && document.activeElement === document.body) row.current?.focus({ preventScroll: true });
  }, [state.step, restoredTime]);

  // What came is taken back, what went is brought back.
  const label = getText(reason === 'bin' || reason === 'upgrade' ? 'bring_back' : 'undo');
  return (
    <li ref={row} tabIndex={-1}>
      <span id={`snapshot-${id}`}>{getText(`snapshot_${reason}`, formatDateSecond(time), count)}</span>
      {restoredTime === undefined && state.step !== 'asking' && (
        <button
          type="button"
          aria-describedby={`snapshot-${id}`}
          aria-disabled={isBusy}
          onClick={isBusy ? undefined : () => all.ask(snapshot)}
        >
          {label}
        </button>
      )}
      {state.step === 'asking' && (
        <div role="alertdialog" aria-labelledby={`snapshot-${id}`} aria-describedby="snapshot-question">
          <p id="snapshot-question">
            {getText(`snapshot_sure_${reason}`)} {getText('snapshot_sure')}
          </p>
          <div class="button-row">
            <button type="button" onClick={() => all.restore(snapshot)}>
              {label}
            </button>
            <button
              type="button"
              ref={(button) => button?.focus()}
              onClick={() => {
                all.close();
                row.current?.focus({ preventScroll: true });
              }}
            >
              {getText('cancel')}
            </button>
          </div>
        </div>
      )}
      <p role="status">{statusText(state, restoredTime, getText)}</p>
      {state.step === 'failed' && <Notice text={getText('snapshot_failed')} isUrgent />}
    </li>
  );
}

function statusText(state: RestoreState, restoredTime: number | undefined, getText: GetText): string {
  if (state.step === 'restoring') return getText('snapshot_restoring', state.done, state.total);
  const counts = state.step === 'restored' && getText('snapshot_restored', state.returned, state.binned);
  const note = restoredTime !== undefined && getText('snapshot_done', formatDateSecond(restoredTime), getText('undo'));
  return [counts, note].filter(Boolean).join(' ');
}
