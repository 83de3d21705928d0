/** The note of an article: kept while it is typed, so that no closed window takes it along. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Summary } from '../saved/saved-article.ts';
import { keepNote } from '../saved/marks.ts';
import { tellBackground } from '../platform/messaging.ts';

/** Milliseconds without a letter typed after which it is kept. */
const PAUSE = 400;

export interface Note {
  note: string;
  setNote: (note: string) => void;
  /** Is to be called when the reader is done with it for now. */
  leave: () => void;
  /** Whether what was typed last is on the disk; undefined as long as nothing was typed. */
  isKept: boolean | undefined;
}

/** @param onDone is told what the note was before the reader came to it and what it is now, once for all that was typed */
export function useNote({ id, note: saved }: Summary, onDone: (before: string, after: string) => void): Note {
  const [note, setNote] = useState(saved);
  const [isKept, setKept] = useState<boolean>();
  /** What was typed and is not on the disk yet. */
  const typed = useRef<string | undefined>(undefined);
  /** The note as it was before that. */
  const base = useRef(saved);
  /** What it was before the reader came to it, undefined as long as nothing was typed. */
  const before = useRef<string | undefined>(undefined);
  const tell = useRef(onDone);
  tell.current = onDone;
  /** What is on its way to the disk. */
  const sent = useRef<string | undefined>(undefined);
  const pausing = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const keepOnce = async (): Promise<void> => {
    const text = typed.current;
    if (text === undefined) return;
    try {
      sent.current = text;
      const kept = await keepNote(id, text, [base.current]);
      // What another window wrote meanwhile stands below it, and stays when this is taken back.
      if (kept !== text) before.current = kept.slice(text.length).trimStart();
      base.current = kept;
      sent.current = undefined;
      // More may have been typed meanwhile.
      if (typed.current !== text) return;
      typed.current = undefined;
      setNote(kept);
      setKept(true);
    } catch {
      setKept(false);
    }
  };
  // One after the other: the note before the second is what the first made of it.
  const last = useRef(Promise.resolve());
  const keep = (): Promise<void> => {
    clearTimeout(pausing.current);
    return (last.current = last.current.then(keepOnce));
  };
  const leave = async (): Promise<void> => {
    await keep();
    const first = before.current;
    before.current = undefined;
    if (first !== undefined && first !== base.current) tell.current(first, base.current);
  };
  // Changed in another window, while nothing is typed in this one.
  useEffect(() => {
    if (typed.current !== undefined) return;
    // Taken back, it may be: what was said of the one before is over.
    if (saved !== base.current) setKept(undefined);
    base.current = saved;
    setNote(saved);
  }, [saved]);
  useEffect(() => {
    const closing = (): void => {
      // A page that is being closed has no time to write: the background has.
      if (typed.current !== undefined)
        tellBackground('keepNote', { id, note: typed.current, seen: [base.current, sent.current ?? base.current] });
    };
    addEventListener('pagehide', closing);
    return () => {
      void leave();
      removeEventListener('pagehide', closing);
    };
  }, [id]);

  return {
    note,
    isKept,
    leave: () => void leave(),
    setNote: (text) => {
      before.current ??= base.current;
      setNote(text);
      setKept(undefined);
      typed.current = text;
      clearTimeout(pausing.current);
      pausing.current = setTimeout(() => void keep(), PAUSE);
    },
  };
}
