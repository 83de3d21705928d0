/** Which single keys the reader has chosen, and how such choices are read from where anything may stand. */

/** What a single key does, in the order in which the help shows it; ui/keys/usual-keys.ts has the usual keys. */
export const KEY_ACTIONS = [
  'next',
  'previous',
  'open',
  'back',
  'archive',
  'favourite',
  'remove',
  'highlight',
  'select',
  'range',
  'undo',
  'search',
  'help',
] as const;
export type KeyAction = (typeof KEY_ACTIONS)[number];

export interface KeyChoices {
  /** Whether no single key does anything. */
  areOff: boolean;
  /** The keys that are not the usual ones, as `KeyboardEvent.key` has them. */
  own: Partial<Record<KeyAction, string>>;
}

/** Choices of keys out of storage or a backup: one character each, and none twice. */
export function repairKeys(stored: unknown): KeyChoices {
  const { areOff, own } = toGiven(stored);
  const given = toGiven(own);
  const repaired: KeyChoices['own'] = {};
  for (const action of KEY_ACTIONS) {
    const key = given[action];
    if (typeof key === 'string' && [...key].length === 1 && !Object.values(repaired).includes(key))
      repaired[action] = key;
  }
  return { areOff: areOff === true, own: repaired };
}

const toGiven = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
