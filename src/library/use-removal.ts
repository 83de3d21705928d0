/** Removal with undo: what was removed, in whatever window, and can still be brought back; its end when the time has passed. */
import { useEffect, useState } from 'preact/hooks';
import { tellBackground } from '../platform/messaging.ts';
import { onSavedListChanged } from '../saved/changes.ts';
import type { Summary } from '../saved/saved-article.ts';
import { listRemoved, purgeRemoved, removeArticle, restoreArticle, UNDO_TIME } from '../saved/store.ts';
import { useWatched } from '../ui/use-watched.ts';

export interface Removal {
  /** The last removed first. */
  removed: Summary[];
  /** What this window removed last: its undo gets the focus that the row had. */
  justRemoved: string | undefined;
  /** Whether the store did not let the last change happen. */
  isRefused: boolean;
  remove: (summary: Summary) => void;
  undo: (summary: Summary) => void;
}

const purge = (): void => void purgeRemoved().catch(() => undefined);

export function useRemoval(): Removal {
  const [isRefused, setRefused] = useState(false);
  const [justRemoved, setJustRemoved] = useState<string>();
  const watched = useWatched(() => listRemoved(), onSavedListChanged);
  const removed = watched.state === 'ready' ? watched.value : [];

  // What was removed before, in a window that has been closed since; then what passes next.
  useEffect(purge, []);
  const oldest = removed.at(-1)?.removedTime;
  useEffect(() => {
    if (oldest == null) return;
    const passing = setTimeout(purge, oldest + UNDO_TIME - Date.now());
    return () => clearTimeout(passing);
  }, [oldest]);

  const change = async (how: Promise<void>): Promise<void> => {
    setRefused(false);
    try {
      await how;
      tellBackground('savedListChanged');
    } catch {
      setRefused(true);
    }
  };
  return {
    removed,
    isRefused,
    justRemoved,
    remove: ({ id }) => {
      setJustRemoved(id);
      void change(removeArticle(id));
    },
    undo: ({ id }) => void change(restoreArticle(id)),
  };
}
