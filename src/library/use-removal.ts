/** Removal with undo: what was removed in this window and can still be brought back, and its end when the time has passed. */
import { useEffect, useState } from 'preact/hooks';
import { sendToBackground } from '../platform/messaging.ts';
import type { Summary } from '../saved/saved-article.ts';
import { purgeRemoved, removeArticle, restoreArticle, UNDO_TIME } from '../saved/store.ts';

export interface Removal {
  /** The last removed first. */
  removed: Summary[];
  /** Whether the store did not let the last change happen. */
  isRefused: boolean;
  remove: (summary: Summary) => void;
  undo: (summary: Summary) => void;
}

const purge = (): void => void purgeRemoved().catch(() => undefined);

export function useRemoval(): Removal {
  const [removed, setRemoved] = useState<Summary[]>([]);
  const [isRefused, setRefused] = useState(false);

  // What was removed in a window that has been closed since.
  useEffect(purge, []);

  const forget = ({ id }: Summary): void => setRemoved((all) => all.filter((summary) => summary.id !== id));
  const change = async (how: () => Promise<void>, then: () => void): Promise<void> => {
    setRefused(false);
    try {
      await how();
      then();
      void sendToBackground('savedListChanged');
    } catch {
      setRefused(true);
    }
  };
  const remove = (summary: Summary): void =>
    void change(
      () => removeArticle(summary.id),
      () => {
        setRemoved((all) => [summary, ...all]);
        setTimeout(() => {
          forget(summary);
          purge();
        }, UNDO_TIME);
      },
    );
  const undo = (summary: Summary): void =>
    void change(
      () => restoreArticle(summary.id),
      () => forget(summary),
    );
  return { removed, isRefused, remove, undo };
}
