/** What the reader does with articles of the list, each deed with its undo, for as long as the window is open. */
import { useRef, useState } from 'preact/hooks';
import { tellBackground } from '../platform/messaging.ts';
import type { Marks } from '../saved/saved-article.ts';
import { changeMarks, putMarks, type MarksOf } from '../saved/marks.ts';
import { storageReason } from '../saved/store.ts';

export interface Deed {
  /** What was done, in a sentence. */
  text: string;
  /** Undoes it; resolves to its articles that are in the library then. */
  takeBack: () => Promise<readonly string[]>;
  /** Whether it was taken back already, somewhere else; without it, that cannot be. */
  isOver?: () => Promise<boolean>;
}

export interface MarksControl {
  /** What was just done and can be taken back; older deeds can be too, but are no longer shown. */
  lastDeed: Deed | undefined;
  /** The articles of the deed that was taken back last. */
  undone: readonly string[];
  /** What was just taken back, in its sentence. */
  takenBack: string | undefined;
  /** The message that says why nothing could be taken back. */
  nothing: 'undo_nothing' | 'undo_gone' | undefined;
  /** Whether the store did not let the last change happen. */
  isRefused: boolean;
  change: (ids: readonly string[], change: Partial<Marks> | ((marks: Marks) => Partial<Marks>), text: string) => void;
  /** Takes up a change that is made already, to take it back. */
  add: (changes: MarksOf, text: string) => void;
  /**
   * Does something else than a change of marks; `how` resolves to nothing where there is nothing to undo. Resolves to whether the
   * disk was too full for that, where the caller says so itself (`isFullAnswered`); otherwise it is refused like any change.
   */
  perform: (how: () => Promise<Deed | undefined>, isFullAnswered: boolean) => Promise<boolean>;
  /** Takes the last deed back, then the one before it. */
  undo: () => void;
  /** Shows the last deed no longer; it can still be taken back. */
  dismiss: () => void;
}

export function useMarks(): MarksControl {
  const [lastDeed, setLastDeed] = useState<Deed>();
  const [undone, setUndone] = useState<readonly string[]>([]);
  const [takenBack, setTakenBack] = useState<string>();
  const [nothing, setNothing] = useState<MarksControl['nothing']>();
  const [isRefused, setRefused] = useState(false);
  // A key that is held down is faster than the store.
  const queue = useRef(Promise.resolve());
  const deeds = useRef<Deed[]>([]);

  const attempt = (how: () => Promise<unknown>): Promise<void> => {
    queue.current = queue.current.then(async () => {
      setRefused(false);
      setNothing(undefined);
      try {
        await how();
        tellBackground('savedListChanged');
      } catch {
        setRefused(true);
      }
    });
    return queue.current;
  };
  const done = (deed: Deed): void => {
    deeds.current.push(deed);
    setLastDeed(deed);
    setTakenBack(undefined);
  };
  const toDeed = (changes: MarksOf, text: string): Deed => ({ text, takeBack: () => putMarks(changes) });
  return {
    lastDeed,
    undone,
    takenBack,
    nothing,
    isRefused,
    change: (ids, change, text) =>
      void attempt(async () => {
        done(toDeed(await changeMarks(ids, change), text));
      }),
    add: (changes, text) => done(toDeed(changes, text)),
    perform: async (how, isFullAnswered) => {
      let isFull = false;
      await attempt(async () => {
        try {
          const deed = await how();
          if (deed) done(deed);
        } catch (error) {
          isFull = isFullAnswered && storageReason(error) === 'full';
          if (!isFull) throw error;
        }
      });
      return isFull;
    },
    undo: () =>
      void attempt(async () => {
        while (await deeds.current.at(-1)?.isOver?.()) deeds.current.pop();
        const deed = deeds.current.at(-1);
        if (!deed) {
          setTakenBack(undefined);
          setNothing('undo_nothing');
          return;
        }
        const kept = await deed.takeBack();
        deeds.current.pop();
        setLastDeed(undefined);
        // None of the articles is in the library any more.
        setNothing(kept.length === 0 ? 'undo_gone' : undefined);
        setTakenBack(kept.length > 0 ? deed.text : undefined);
        setUndone(kept);
      }),
    dismiss: () => {
      setLastDeed(undefined);
      setTakenBack(undefined);
      setNothing(undefined);
      setRefused(false);
    },
  };
}
