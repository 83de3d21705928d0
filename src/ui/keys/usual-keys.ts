/** Which single key does what: what the reader chose, else what is known from mail and feed readers. */
import type { KeyAction, KeyChoices } from '../../platform/key-choices.ts';

export const USUAL_KEYS: Readonly<Record<KeyAction, string>> = {
  next: 'j',
  previous: 'k',
  open: 'o',
  back: 'u',
  archive: 'e',
  favourite: 'f',
  remove: '#',
  highlight: 'h',
  select: 'x',
  range: 'X',
  undo: 'z',
  search: '/',
  help: '?',
};

export const ACTIONS = Object.keys(USUAL_KEYS) as KeyAction[];

/** The key of an action; empty where another action took its usual one. */
export function keyOf({ own }: KeyChoices, action: KeyAction): string {
  const usual = USUAL_KEYS[action];
  return own[action] ?? (Object.values(own).includes(usual) ? '' : usual);
}

/** What a key does; undefined where it does nothing. */
export function actionOf(choices: KeyChoices, key: string): KeyAction | undefined {
  return ACTIONS.find((action) => keyOf(choices, action) === key);
}

/** The choices with another key for an action. The caller has seen that no other action has it. */
export function withKey({ areOff, own }: KeyChoices, action: KeyAction, key: string): KeyChoices {
  const { [action]: _, ...others } = own;
  return { areOff, own: key === USUAL_KEYS[action] ? others : { ...others, [action]: key } };
}

/** A letter that is not Latin, as Persian and Russian keyboards type them. */
const OTHER_LETTER = /^(?!\p{Script=Latin})\p{L}$/u;

/** What a pressed key does: by what it types, else, on a keyboard without Latin letters, by the Latin one in its place. */
export function pressedAction(
  choices: KeyChoices,
  { key, code, shiftKey }: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>,
): KeyAction | undefined {
  const action = actionOf(choices, key);
  const latin = /^Key([A-Z])$/.exec(code)?.[1];
  if (action || !latin || !OTHER_LETTER.test(key)) return action;
  return actionOf(choices, shiftKey ? latin : latin.toLowerCase());
}
