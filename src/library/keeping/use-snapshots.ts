/** The snapshots that there are, and bringing one back. */
import { useState } from 'preact/hooks';
import { tellBackground } from '../../platform/messaging.ts';
import { onSavedListChanged } from '../../saved/changes.ts';
import { restoreSnapshot, type Restored } from '../../saved/restore.ts';
import { listSnapshots, type Snapshot } from '../../saved/snapshots.ts';
import { useWatched, type Watched } from '../../ui/use-watched.ts';

export type RestoreState =
  | { step: 'idle' | 'failed' }
  | { step: 'asking'; snapshot: Snapshot & { count: number } }
  | { step: 'restoring'; done: number; total: number }
  | ({ step: 'restored' } & Restored);

export interface Snapshots {
  snapshots: Watched<(Snapshot & { count: number })[]>;
  state: RestoreState;
  /** Asks first: what a snapshot holds may be most of the library. */
  ask: (snapshot: Snapshot & { count: number }) => void;
  restore: (snapshot: Snapshot & { count: number }) => void;
  close: () => void;
}

export function useSnapshots(): Snapshots {
  const snapshots = useWatched(listSnapshots, onSavedListChanged);
  const [state, setState] = useState<RestoreState>({ step: 'idle' });
  const restore = async (snapshot: Snapshot & { count: number }): Promise<void> => {
    setState({ step: 'restoring', done: 0, total: snapshot.count });
    try {
      const restored = await restoreSnapshot(snapshot, (done, total) => setState({ step: 'restoring', done, total }));
      setState({ step: 'restored', ...restored });
    } catch {
      setState({ step: 'failed' });
    }
    // What is back is back, also where the rest is not.
    tellBackground('savedListChanged');
  };
  return {
    snapshots,
    state,
    ask: (snapshot) => setState({ step: 'asking', snapshot }),
    restore: (snapshot) => void restore(snapshot),
    close: () => setState({ step: 'idle' }),
  };
}
