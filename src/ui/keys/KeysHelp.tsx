/** The keys that work here: shown, changed, put back, and turned off. */
import type { VNode } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { KeyAction, KeyChoices } from '../../platform/key-choices.ts';
import { useText } from '../text.ts';
import { actionOf, keyOf, USUAL_KEYS, withKey } from './usual-keys.ts';

export interface KeysHelpProps {
  /** What has a key here. */
  actions: readonly KeyAction[];
  choices: KeyChoices;
  onChange: (choices: KeyChoices) => void;
  /** Whether an article is shown. */
  isReading: boolean;
  onClose: () => void;
}

/** Neither white space nor a sign that is not seen. */
const SEEN = /^[^\p{C}\p{Z}]$/u;

export function KeysHelp({ actions, choices, onChange, isReading, onClose }: KeysHelpProps): VNode {
  const getText = useText();
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [said, setSaid] = useState('');
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  const close = (): void => {
    dialog.current?.close();
    // Where nothing had the focus before, a box keeps it until the next frame, and the next key would be typed there.
    dialog.current?.querySelector<HTMLElement>(':focus')?.blur();
    // The event comes later, perhaps after a key that opens it again.
    onClose();
  };
  const nameOf = (action: KeyAction): string => getText(`key_${action}`);
  const change = (action: KeyAction, key: string): void => {
    const other = actionOf(choices, key);
    const isFree = other === undefined || other === action;
    setSaid(isFree ? getText('key_now', nameOf(action), key) : getText('key_taken', key, nameOf(other)));
    if (isFree) onChange(withKey(choices, action, key));
  };
  const fixed = (text: string, ...keys: string[]): VNode => (
    <li>
      <span>{text}</span>
      <span dir="ltr">
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </span>
    </li>
  );
  return (
    <dialog
      ref={dialog}
      class="keys-help"
      aria-labelledby={titleId}
      // By the browser's own ways; of what is gone already, nothing is to be closed.
      onClose={() => dialog.current && onClose()}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.isComposing) return;
        // The overlay around closes by it too, and a page may have taken its own effect away.
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      <h2 id={titleId}>{getText('keys')}</h2>
      <label class="keys-switch">
        <input
          type="checkbox"
          role="switch"
          checked={!choices.areOff}
          onChange={({ currentTarget }) => onChange({ ...choices, areOff: !currentTarget.checked })}
        />
        {getText('keys_on')}
      </label>
      <fieldset disabled={choices.areOff}>
        <legend>{getText('keys_hint')}</legend>
        <ul>
          {actions.map((action) => (
            <li key={action}>
              <label>
                <span>{nameOf(action)}</span>
                <KeyBox value={keyOf(choices, action)} onChange={(key) => change(action, key)} />
              </label>
              {choices.own[action] !== undefined && (
                <button
                  type="button"
                  class="quiet"
                  aria-label={getText('key_reset', USUAL_KEYS[action], nameOf(action))}
                  onClick={({ currentTarget }) => {
                    // The button goes with the change.
                    currentTarget.closest('li')?.querySelector('input')?.focus();
                    change(action, USUAL_KEYS[action]);
                  }}
                >
                  <span aria-hidden="true" title={getText('key_reset', USUAL_KEYS[action], nameOf(action))}>
                    ↺
                  </span>
                </button>
              )}
            </li>
          ))}
        </ul>
      </fieldset>
      <p role="status">{said}</p>
      <ul>
        {fixed(getText('key_close'), 'Esc')}
        {isReading && fixed(getText('key_zoom'), '+', '−', '←', '↑', '→', '↓')}
      </ul>
      <button type="button" onClick={close}>
        {getText('close')}
      </button>
    </dialog>
  );
}

/** One key, changed by typing another: in a text box, since a screen reader keeps letters that are pressed elsewhere. */
function KeyBox({ value, onChange }: { value: string; onChange: (key: string) => void }): VNode {
  const take = (box: HTMLInputElement): void => {
    const typed = [...box.value].find((each) => each !== value && SEEN.test(each));
    // Until the change is made, and where it is not.
    box.value = value;
    box.select();
    if (typed !== undefined) onChange(typed);
  };
  return (
    <input
      dir="ltr"
      value={value}
      autocomplete="off"
      autocapitalize="off"
      spellcheck={false}
      onFocus={({ currentTarget }) => currentTarget.select()}
      onInput={(event) => {
        if (!event.isComposing) take(event.currentTarget);
      }}
      onCompositionEnd={({ currentTarget }) => take(currentTarget)}
    />
  );
}
