/** The snapshots that there are, and bringing one back. */
import { useState } from 'preact/hooks';
import { tellBackground } from '../../platform/messaging.ts';
import { announceChange, onSavedListChanged } from '../../saved/changes.ts';
import { restoreSnapshot, type Restored } from '../../saved/restore.ts';
import { listSnapshots, type ListedSnapshot } from '../../saved/snapshots.ts';
import { useWatched, type Watched } from '../../ui/use-watched.ts';
import { beginWork, endWork } from '../files/long-work.ts';
import { noteWhile } from '../files/unfinished-backup.ts';

/** What happens with one snapshot of the list. */
export type RestoreState =
  | { step: 'idle' }
  | { step: 'asking' | 'failed'; id: string }
  | { step: 'restoring'; id: string; done: number; total: number }
  | ({ step: 'restored'; id: string } & Restored);

export interface Snapshots {
  snapshots: Watched<ListedSnapshot[]>;
  state: RestoreState;
  /** Asks first: what a snapshot holds may be most of the library. */
  ask: (snapshot: ListedSnapshot) => void;
  restore: (snapshot: ListedSnapshot) => void;
  close: () => void;
}

export function useSnapshots(onRestored: () => void): Snapshots {
  const snapshots = useWatched(listSnapshots, onSavedListChanged);
  const [state, setState] = useState<RestoreState>({ step: 'idle' });
  const restore = async (snapshot: ListedSnapshot): Promise<void> => {
    const { id, count } = snapshot;
    setState({ step: 'restoring', id, done: 0, total: count });
    beginWork(snapshot);
    try {
      const report = (done: number, total: number): void => setState({ step: 'restoring', id, done, total });
      const restored = await noteWhile('restore', () => restoreSnapshot(snapshot, report));
      setState({ step: 'restored', id, ...restored });
      onRestored();
      // That it was brought back is noted in the list, after its last article.
      announceChange([]);
    } catch {
      setState({ step: 'failed', id });
    }
    endWork(snapshot);
    // What is back is back, also where the rest is not.
    tellBackground('savedListChanged');
  };
  return {
    snapshots,
    state,
    ask: ({ id }) => setState({ step: 'asking', id }),
    restore: (snapshot) => void restore(snapshot),
    close: () => setState({ step: 'idle' }),
  };
}
