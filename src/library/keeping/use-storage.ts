/** What the storage section shows of the browser and the settings, and what it changes there. */
import { useEffect, useState } from 'preact/hooks';
import { readPhotoWidth, writePhotoWidth, type PhotoWidth } from '../../platform/settings.ts';
import { onSavedListChanged, type Changed } from '../../saved/changes.ts';
import { countArchivedPhotos, dropArchivedPhotos } from '../../saved/photos.ts';
import { makeScale, type Weight } from '../../saved/storage.ts';
import { useWatched, type Watched } from '../../ui/use-watched.ts';

/** What the articles weigh, and what the browser counts and has for them, in bytes. */
export type Weighed = Weight & Pick<StorageEstimate, 'usage' | 'quota'>;

/**
 * Weighs as long as it is used, again after each change. A change that is told to the second of the answers is weighed without the
 * pause that others wait for; until it is, the weight is `loading`.
 */
export function useWeight(): [Watched<Weighed>, (changed: Changed) => void] {
  const [scale] = useState(makeScale);
  const [round, setRound] = useState(0);
  const watched = useWatched(
    async () => {
      const weight = await scale.weigh();
      return { ...weight, ...(await navigator.storage.estimate()), round };
    },
    (listener, signal) =>
      onSavedListChanged((changed) => {
        scale.note(changed);
        listener();
      }, signal),
    [round],
  );
  const isOld = watched.state === 'ready' && watched.value.round !== round;
  return [
    isOld ? { state: 'loading' } : watched,
    (changed) => {
      scale.note(changed);
      setRound((before) => before + 1);
    },
  ];
}

export interface Persistence {
  /** Whether the browser promised to keep everything, undefined until it has said so. */
  isPersisted: boolean | undefined;
  wasAskedAgain: boolean;
  ask: () => void;
}

export function usePersistence(): Persistence {
  const [isPersisted, setPersisted] = useState<boolean>();
  const [wasAskedAgain, setAskedAgain] = useState(false);
  const show = (answer: Promise<boolean>): Promise<void> => answer.catch(() => false).then(setPersisted);
  useEffect(() => void show(navigator.storage.persisted()), []);
  return {
    isPersisted,
    wasAskedAgain,
    ask: () => void show(navigator.storage.persist()).then(() => setAskedAgain(true)),
  };
}

/** The greatest width of photos, undefined until it is read, and what changes it. */
export function usePhotoWidth(): [PhotoWidth | undefined, (width: PhotoWidth) => void] {
  const [width, setWidth] = useState<PhotoWidth>();
  useEffect(() => void readPhotoWidth().then(setWidth), []);
  return [
    width,
    (chosen) => {
      setWidth(chosen);
      void writePhotoWidth(chosen);
    },
  ];
}

export type DropState =
  | { step: 'idle' | 'dropping' | 'failed' }
  /** With how many photos there were when the question was asked, or have gone. */
  | { step: 'asking' | 'dropped'; count: number };

/**
 * Dropping the photos of archived articles: ask, then do.
 *
 * @param onDropped is told the articles that have none now, undefined where it may be any
 */
export function useDropping(onDropped: (changed: Changed) => void): {
  state: DropState;
  ask: () => void;
  drop: () => void;
  close: () => void;
} {
  const [state, setState] = useState<DropState>({ step: 'idle' });
  const ask = async (): Promise<void> => {
    try {
      setState({ step: 'asking', count: await countArchivedPhotos() });
    } catch {
      setState({ step: 'failed' });
    }
  };
  const drop = async (): Promise<void> => {
    setState({ step: 'dropping' });
    try {
      const count = await countArchivedPhotos();
      onDropped(await dropArchivedPhotos());
      setState({ step: 'dropped', count });
    } catch {
      onDropped(undefined);
      setState({ step: 'failed' });
    }
  };
  return { state, ask: () => void ask(), drop: () => void drop(), close: () => setState({ step: 'idle' }) };
}
