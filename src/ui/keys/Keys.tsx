/** Hears the single keys of a surface, and shows them. None does anything while somebody types, or in a dialog. */
import type { ComponentChildren, RefObject, VNode } from 'preact';
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { KeyAction, KeyChoices } from '../../platform/key-choices.ts';
import { KeysHelp } from './KeysHelp.tsx';
import { ACTIONS, pressedAction } from './usual-keys.ts';
import { KeyboardContext, type KeyActions } from './use-keys.ts';

export interface KeysProps {
  /** Where keys are heard: the document, or the overlay's shadow root. */
  root: Document | ShadowRoot;
  choices: KeyChoices;
  onChange: (choices: KeyChoices) => void;
  /** Whether an article is shown: some keys of its own are in the help too. */
  isReading: boolean;
  children: ComponentChildren;
}

const TYPING = 'input:not([type=checkbox], [type=file]), textarea, select, [contenteditable]';
/** The overlay is a dialog itself, `.surface`. */
const DIALOG = ':is(dialog, [role=dialog], [role=alertdialog]):not(.surface)';

export function Keys({ root, choices, onChange, isReading, children }: KeysProps): VNode {
  const added = useRef(new Set<RefObject<KeyActions | undefined>>());
  const add = useCallback((actions: RefObject<KeyActions | undefined>) => {
    added.current.add(actions);
    return () => void added.current.delete(actions);
  }, []);
  const [helped, setHelped] = useState<readonly KeyAction[]>();
  const openHelp = useCallback(() => setHelped(ACTIONS.filter((action) => find(action))), []);
  const find = (action: KeyAction): (() => void) | undefined =>
    action === 'help' ? openHelp : [...added.current].map(({ current }) => current?.[action]).find(Boolean);

  const press = (event: KeyboardEvent): void => {
    if (choices.areOff || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const { target } = event;
    if (target instanceof Element && target.closest(`${TYPING}, ${DIALOG}`)) return;
    // The focus may be on nothing, behind it.
    if (root.querySelector('dialog[open]:not(.surface)')) return;
    const action = pressedAction(choices, event);
    const run = action && find(action);
    if (!run) return;
    event.preventDefault();
    run();
  };
  const latest = useRef(press);
  latest.current = press;
  useLayoutEffect(() => {
    const hear = (event: Event): void => latest.current(event as KeyboardEvent);
    root.addEventListener('keydown', hear);
    return () => root.removeEventListener('keydown', hear);
  }, [root]);

  const keyboard = useMemo(() => ({ choices, add, openHelp }), [choices]);
  return (
    <KeyboardContext.Provider value={keyboard}>
      {children}
      {helped && (
        <KeysHelp
          actions={helped}
          choices={choices}
          onChange={onChange}
          isReading={isReading}
          onClose={() => setHelped(undefined)}
        />
      )}
    </KeyboardContext.Provider>
  );
}
