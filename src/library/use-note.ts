/** The note of an article: kept while it is typed, so that no closed window takes it along. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Summary } from '../saved/saved-article.ts';
import { changeMarks } from '../saved/store.ts';

/** Milliseconds without a letter typed after which it is kept. */
const PAUSE = 400;

export interface Note {
  note: string;
  setNote: (note: string) => void;
  /** Whether what was typed last is on the disk; undefined as long as nothing was typed. */
  isKept: boolean | undefined;
}

export function useNote({ id, note: saved }: Summary): Note {
  const [note, setNote] = useState(saved);
  const [isKept, setKept] = useState<boolean>();
  /** What was typed and is not kept yet. */
  const typed = useRef<string | undefined>(undefined);
  const pausing = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const keep = (): void => {
    clearTimeout(pausing.current);
    const text = typed.current;
    if (text === undefined) return;
    typed.current = undefined;
    void changeMarks([id], { note: text }).then(
      () => setKept(true),
      () => {
        typed.current ??= text;
        setKept(false);
      },
    );
  };
  // Changed in another window, while nothing is typed in this one.
  useEffect(() => {
    if (typed.current === undefined) setNote(saved);
  }, [saved]);
  useEffect(() => {
    addEventListener('pagehide', keep);
    addEventListener('hashchange', keep);
    return () => {
      keep();
      removeEventListener('pagehide', keep);
      removeEventListener('hashchange', keep);
    };
  }, [id]);

  return {
    note,
    isKept,
    setNote: (text) => {
      setNote(text);
      setKept(undefined);
      typed.current = text;
      clearTimeout(pausing.current);
      pausing.current = setTimeout(keep, PAUSE);
    },
  };
}
