/** Single keys as a reader meets them: they work, are shown, changed, put back and turned off, and never get in the way of typing. */
import type { VNode } from 'preact';
import { act } from 'preact/test-utils';
import { useState } from 'preact/hooks';
import { beforeEach, describe, expect, it } from 'vitest';
import messages from '../../src/_locales/en/messages.json';
import { repairKeys, type KeyChoices } from '../../src/platform/key-choices.ts';
import { Keys } from '../../src/ui/keys/Keys.tsx';
import { useKeyboard, useKeys, type KeyActions } from '../../src/ui/keys/use-keys.ts';
import { draw } from '../fixtures/draw.tsx';
import { say } from '../fixtures/english.ts';

// The parts of the browser that jsdom has not.
HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
};
HTMLDialogElement.prototype.close = function () {
  this.open = false;
  this.dispatchEvent(new Event('close'));
};

const NOTHING = repairKeys(undefined);
let done: string[];
let kept: KeyChoices;
const does = (...names: (keyof KeyActions)[]): KeyActions =>
  Object.fromEntries(names.map((name) => [name, () => done.push(name)]));

function Page({ actions }: { actions: KeyActions }): VNode {
  useKeys(actions);
  const { openHelp } = useKeyboard();
  return (
    <>
      <button type="button" onClick={openHelp}>
        Keys
      </button>
      <input type="checkbox" />
      <input type="radio" />
      <input type="search" />
      <textarea />
      <select />
      <div contentEditable>words</div>
      <section role="dialog">
        <button type="button">Close</button>
      </section>
      <dialog>
        <p>A large photo</p>
      </dialog>
    </>
  );
}

interface SurfaceProps {
  actions: KeyActions;
  isReading?: boolean;
  initial?: KeyChoices;
}

function Surface({ actions, isReading = false, initial = NOTHING }: SurfaceProps): VNode {
  const [choices, setChoices] = useState(initial);
  kept = choices;
  return (
    <Keys root={document} choices={choices} onChange={setChoices} isReading={isReading}>
      <Page actions={actions} />
    </Keys>
  );
}

beforeEach(() => void (done = []));

/** Presses a key on what has a selector. Answers whether the browser would still do what it does at that key. */
async function press(key: string, more: KeyboardEventInit = {}, on = 'body'): Promise<boolean> {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  await act(() => void document.querySelector(on)?.dispatchEvent(event));
  return !event.defaultPrevented;
}
const help = (): Element | null => document.querySelector('.keys-help');
const rows = (): string[] =>
  [...document.querySelectorAll('.keys-help li')].map(
    (row) =>
      `${row.querySelector('span')?.textContent}: ${row.querySelector('input')?.value ?? row.querySelector('span + span')?.textContent}`,
  );
const box = (words: string): HTMLInputElement => {
  const label = [...document.querySelectorAll('.keys-help label')].find(({ textContent }) => textContent === words);
  const found = label?.querySelector('input');
  if (!found) throw new Error(`There is no box for “${words}”.`);
  return found;
};
async function type(words: string, text: string): Promise<void> {
  await act(() => {
    box(words).value = text;
    box(words).dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
}
const said = (): string => document.querySelector('.keys-help [role=status]')?.textContent ?? '';
const { key_archive, key_favourite, key_help, key_next, keys_on } = messages;

describe('a single key', () => {
  it('does what it is for, and nothing else', async () => {
    await draw(<Surface actions={does('archive', 'remove', 'range')} />);
    expect(await press('e')).toBe(false);
    await press('#');
    await press('X', { shiftKey: true });
    expect(done).toEqual(['archive', 'remove', 'range']);
    expect(await press('j')).toBe(true);
    expect(await press('q')).toBe(true);
    expect(done).toHaveLength(3);
  });

  it.each([
    '[type=search]',
    '[type=radio]',
    'textarea',
    'select',
    '[contenteditable]',
    '[role=dialog] button',
    'dialog p',
  ])('does nothing on %s', async (on) => {
    await draw(<Surface actions={does('archive')} />);
    expect(await press('e', {}, on)).toBe(true);
    expect(await press('?', {}, on)).toBe(true);
    expect(done).toEqual([]);
    expect(help()).toBeNull();
  });

  it('does something on a box that is ticked, which takes no letters', async () => {
    await draw(<Surface actions={does('archive')} />);
    await press('e', {}, '[type=checkbox]');
    expect(done).toEqual(['archive']);
  });

  it.each([{ ctrlKey: true }, { altKey: true }, { metaKey: true }, { isComposing: true }])(
    'does nothing with %j',
    async (more) => {
      await draw(<Surface actions={does('archive')} />);
      expect(await press('e', more)).toBe(true);
      expect(done).toEqual([]);
    },
  );

  it('does nothing behind an open dialog, wherever the focus is', async () => {
    await draw(<Surface actions={does('archive')} />);
    document.querySelector('dialog')?.showModal();
    await press('e');
    expect(done).toEqual([]);
  });

  it('works on a keyboard that types no Latin letters, by its place', async () => {
    await draw(<Surface actions={does('archive', 'select', 'range')} />);
    await press('у', { code: 'KeyE' });
    await press('ط', { code: 'KeyX' });
    await press('Ч', { code: 'KeyX', shiftKey: true });
    expect(done).toEqual(['archive', 'select', 'range']);
    // Where a French keyboard has its a, an English one has q.
    await press('a', { code: 'KeyE' });
    expect(done).toHaveLength(3);
  });
});

describe('the help', () => {
  it('opens by its key and by a button, and shows what works here and nothing else', async () => {
    await draw(<Surface actions={does('archive', 'next')} isReading />);
    await press('?');
    const shown = [`${key_next.message}: j`, `${key_archive.message}: e`, `${key_help.message}: ?`];
    expect(rows().slice(0, 3)).toEqual(shown);
    expect(rows().slice(3)).toEqual([`${messages.key_close.message}: Esc`, `${messages.key_zoom.message}: +−←↑→↓`]);
    await press('Escape', {}, '.keys-help');
    expect(help()).toBeNull();
    await act(() => document.querySelector('button')?.click());
    expect(rows().slice(0, 3)).toEqual(shown);
  });

  it('takes another key, which works from then on, and the old one no longer', async () => {
    await draw(<Surface actions={does('archive')} />);
    await press('?');
    await type(key_archive.message, 'ev');
    expect(said()).toBe(say('key_now', key_archive.message, 'v'));
    expect(box(key_archive.message).value).toBe('v');
    await press('Escape', {}, '.keys-help');
    await press('v');
    await press('e');
    expect(done).toEqual(['archive']);
    expect(kept).toEqual({ areOff: false, own: { archive: 'v' } });
  });

  it('says so when the key is that of something else, here or elsewhere, and changes nothing', async () => {
    await draw(<Surface actions={does('archive')} />);
    await press('?');
    await type(key_archive.message, 'f');
    expect(said()).toBe(say('key_taken', 'f', key_favourite.message));
    expect(box(key_archive.message).value).toBe('e');
    expect(kept).toEqual(NOTHING);
  });

  it.each([' ', '', '\u200c', 'e'])('keeps the key where %j is typed', async (text) => {
    await draw(<Surface actions={does('archive')} />);
    await press('?');
    await type(key_archive.message, text);
    expect(box(key_archive.message).value).toBe('e');
    expect(kept).toEqual(NOTHING);
  });

  it('puts a key back, and keeps nothing of it', async () => {
    await draw(<Surface actions={does('archive')} initial={{ areOff: false, own: { archive: 'v' } }} />);
    await press('?');
    const back = say('key_reset', 'e', key_archive.message);
    await act(() => document.querySelector<HTMLElement>(`[aria-label="${back}"]`)?.click());
    expect(kept).toEqual(NOTHING);
    expect(document.activeElement).toBe(box(key_archive.message));
    expect(document.querySelector(`[aria-label="${back}"]`)).toBeNull();
  });

  it('turns all keys off, and on again by its button', async () => {
    await draw(<Surface actions={does('archive')} />);
    await press('?');
    const turn = (): Promise<void> => act(() => box(keys_on.message).click());
    await turn();
    expect(document.querySelector('.keys-help fieldset')).toMatchObject({ disabled: true });
    await press('Escape', {}, '.keys-help');
    await press('e');
    await press('?');
    expect(done).toEqual([]);
    expect(help()).toBeNull();
    await act(() => document.querySelector('button')?.click());
    await turn();
    await press('Escape', {}, '.keys-help');
    await press('e');
    expect(done).toEqual(['archive']);
  });
});

describe('keys that were kept', () => {
  it('come back as they went', () => {
    const choices: KeyChoices = { areOff: true, own: { next: 'n', help: 'ش' } };
    expect(repairKeys(JSON.parse(JSON.stringify(choices)))).toEqual(choices);
  });

  it.each([null, 7, 'x', { own: 3 }, { areOff: 'yes', own: { fly: 'y', open: 'oo', next: 4, undo: '' } }])(
    'as %j are the usual ones',
    (stored) => expect(repairKeys(stored)).toEqual(NOTHING),
  );

  it('twice the same are that of the first; what took a usual key leaves the other without', async () => {
    const choices = repairKeys({ own: { next: 'e', previous: 'e' } });
    expect(choices.own).toEqual({ next: 'e' });
    await draw(<Surface actions={does('next', 'previous', 'archive')} initial={choices} />);
    for (const key of ['e', 'k', 'j']) await press(key);
    expect(done).toEqual(['next', 'previous']);
  });
});
