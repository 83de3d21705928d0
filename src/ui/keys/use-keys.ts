/** What single keys do here: each part of a page adds its own, and Keys.tsx hears them. */
import { createContext, type RefObject } from 'preact';
import { useContext, useLayoutEffect, useRef } from 'preact/hooks';
import type { KeyAction, KeyChoices } from '../../platform/key-choices.ts';

export type KeyActions = Readonly<Partial<Record<KeyAction, () => void>>>;

export interface Keyboard {
  choices: KeyChoices;
  /** Adds what keys do, until the function that it returns is called. The same function as long as the page is shown. */
  add: (actions: RefObject<KeyActions | undefined>) => () => void;
  openHelp: () => void;
}

export const KeyboardContext = createContext<Keyboard>({
  choices: { areOff: false, own: {} },
  add: () => () => undefined,
  openHelp: () => undefined,
});

export const useKeyboard = (): Keyboard => useContext(KeyboardContext);

/** @param actions by their names; none while undefined */
export function useKeys(actions: KeyActions | undefined): void {
  const { add } = useKeyboard();
  const latest = useRef(actions);
  latest.current = actions;
  // With the first rows, not some frames after them: a key may be pressed at once.
  useLayoutEffect(() => add(latest), [add]);
}
