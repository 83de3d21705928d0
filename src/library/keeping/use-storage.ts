/** What the storage section shows of the browser and the settings, and what it changes there. */
import { useEffect, useState } from 'preact/hooks';
import { readPhotoWidth, writePhotoWidth, type PhotoWidth } from '../../platform/settings.ts';
import { onSavedListChanged } from '../../saved/changes.ts';
import { dropArchivedPhotos } from '../../saved/photos.ts';
import { makeScale, type Weight } from '../../saved/storage.ts';
import { useWatched, type Watched } from '../../ui/use-watched.ts';

/** What the articles weigh, and what the browser counts and has for them, in bytes. */
export type Weighed = Weight & Pick<StorageEstimate, 'usage' | 'quota'>;

/** Weighs as long as it is used, again after each change. */
export function useWeight(): Watched<Weighed> {
  const [scale] = useState(makeScale);
  return useWatched(
    async () => {
      const weight = await scale.weigh();
      return { ...weight, ...(await navigator.storage.estimate()) };
    },
    (listener, signal) =>
      onSavedListChanged((changed) => {
        scale.note(changed);
        listener();
      }, signal),
  );
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

export type DropStep = 'idle' | 'asking' | 'dropping' | 'failed';

/** Dropping the photos of archived articles: ask, then do. */
export function useDropping(): { step: DropStep; ask: () => void; drop: () => void; close: () => void } {
  const [step, setStep] = useState<DropStep>('idle');
  return {
    step,
    ask: () => setStep('asking'),
    drop: () => {
      setStep('dropping');
      void dropArchivedPhotos().then(
        () => setStep('idle'),
        () => setStep('failed'),
      );
    },
    close: () => setStep('idle'),
  };
}
