/** Interface strings: every language has every message, none is unused, none is asked for that does not exist. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const SOURCE = join(import.meta.dirname, '../../src');
type Messages = Record<string, { message: string }>;
const read = (locale: string): Messages =>
  JSON.parse(readFileSync(join(SOURCE, '_locales', locale, 'messages.json'), 'utf8')) as Messages;
const locales = readdirSync(join(SOURCE, '_locales'));
const english = read('en');

const code = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(join(SOURCE, file), 'utf8'))
  .concat(readFileSync(join(SOURCE, '../manifest.json'), 'utf8'))
  .join('\n');
/** Keys put together in code from a prefix and a value: `reason_${reason}`. */
const composed = [...code.matchAll(/[`]([a-z]+_)\$\{/g)]
  .map((match) => match[1] ?? '')
  .concat('theme_', 'width_', 'spacing_');

it('there are English, French and both Chinese', () => {
  expect(locales.toSorted()).toEqual(['en', 'fr', 'zh_CN', 'zh_TW']);
});

describe.each(locales)('%s', (locale) => {
  const messages = read(locale);

  it('has every message, with the same substitutions', () => {
    expect(Object.keys(messages).toSorted()).toEqual(Object.keys(english).toSorted());
    const places = (text: string): string[] => [...text.matchAll(/\$\d/g)].map((match) => match[0]).toSorted();
    for (const [key, { message }] of Object.entries(messages)) {
      expect(message.trim(), key).not.toBe('');
      expect(places(message), key).toEqual(places(english[key]?.message ?? ''));
    }
  });

  it('names itself', () => {
    expect(messages['language']?.message).toBe({ en: 'en', fr: 'fr', zh_CN: 'zh-Hans', zh_TW: 'zh-Hant' }[locale]);
  });
});

it('French is set as French is: no-break spaces and typographic apostrophes', () => {
  for (const [key, { message }] of Object.entries(read('fr'))) expect(message, key).not.toMatch(/'| [:;!?»]|« /);
});

it('no message is unused', () => {
  const unused = Object.keys(english).filter(
    (key) =>
      !code.includes(`'${key}'`) &&
      !code.includes(`"${key}"`) &&
      !code.includes(`__MSG_${key}__`) &&
      !composed.some((prefix) => key.startsWith(prefix)),
  );
  expect(unused).toEqual([]);
});
