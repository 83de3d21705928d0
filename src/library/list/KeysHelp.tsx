/** The keys of the list, shown by "?". */
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useText } from '../../ui/text.ts';

const KEYS = ['j', 'k', 'o', 'e', 'f', '#', 'h', 'x', 'X', 'z', '/', '?'] as const;
/** What a key does, under `key_<name>`. */
const NAMES: Readonly<
  Record<
    (typeof KEYS)[number],
    | 'next'
    | 'previous'
    | 'open'
    | 'archive'
    | 'favourite'
    | 'remove'
    | 'highlight'
    | 'select'
    | 'range'
    | 'undo'
    | 'search'
    | 'help'
  >
> = {
  j: 'next',
  k: 'previous',
  o: 'open',
  e: 'archive',
  f: 'favourite',
  '#': 'remove',
  h: 'highlight',
  x: 'select',
  X: 'range',
  z: 'undo',
  '/': 'search',
  '?': 'help',
};

export function KeysHelp({ onClose }: { onClose: () => void }): VNode {
  const getText = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="keys-help" aria-labelledby="keys-help" onClose={onClose}>
      <h2 id="keys-help">{getText('keys')}</h2>
      <dl>
        {KEYS.map((key) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{getText(`key_${NAMES[key]}`)}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={() => dialog.current?.close()}>
        {getText('close')}
      </button>
    </dialog>
  );
}
