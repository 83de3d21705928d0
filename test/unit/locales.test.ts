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

/** What each interface calls its language in HTML. */
const LANGUAGES: Record<string, string> = {
  en: 'en',
  es: 'es',
  fa: 'fa',
  fr: 'fr',
  pt_BR: 'pt-BR',
  ro: 'ro',
  ru: 'ru',
  uk: 'uk',
  vi: 'vi',
  zh_CN: 'zh-Hans',
  zh_TW: 'zh-Hant',
};

/**
 * The messages on buttons, and on labels that are drawn as buttons, as the components say: what stands between their tags,
 * what is given to a component or function that draws one, and no name that is only read out. A summary is the title of what
 * it opens, and no button.
 */
const onButtons = new Set(
  readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .map((file) => readFileSync(join(SOURCE, file), 'utf8').replace(/aria-label=\{getText\([^}]*\}/g, ''))
    .flatMap((view) => [
      ...(view.match(/<(button|label class="button")[^]*?<\/(button|label)>/g) ?? []),
      ...(view.match(/label(: |=\{)getText\('\w+'\)/g) ?? []),
      ...(view.match(/\b(button|toggle)\(\s*('\w+', )?getText\('\w+'\),?/g) ?? []),
    ])
    .flatMap((drawn) => [...drawn.matchAll(/getText\(([^)]*)/g)])
    .flatMap(([, asked = '']) => asked.match(/\w+/g) ?? [])
    .filter((word) => word in english),
);

/**
 * How long a button's text may be: about 1.6 times the English one, and 28 characters, which fill a telephone's width. A short
 * word has few short translations, so 18 characters are never too long; some buttons are sentences in English too, and wrap.
 */
const buttonLimit = (text: string): number => {
  const longer = Math.round(text.length * 1.6);
  return text.length > 28 ? longer : Math.min(28, Math.max(18, longer));
};

it('there is a language for each of these editions', () => {
  expect(locales.toSorted()).toEqual(Object.keys(LANGUAGES));
});

it('the buttons are found in the code', () => {
  expect([...onButtons]).toEqual(
    expect.arrayContaining([
      'save',
      'saved',
      'backup_bring',
      'import_files',
      'export_markdown',
      'photos_retry',
      'undo',
    ]),
  );
});

describe.each(locales)('%s', (locale) => {
  const messages = read(locale);

  it('has every message, with the same substitutions', () => {
    expect(Object.keys(messages).toSorted()).toEqual(Object.keys(english).toSorted());
    // A sentence may have them in the order that its language wants.
    const places = (text: string): string[] => (text.match(/\$\d|%s/g) ?? []).toSorted();
    for (const [key, { message }] of Object.entries(messages)) {
      expect(message.trim(), key).not.toBe('');
      expect(places(message), key).toEqual(places(english[key]?.message ?? ''));
    }
  });

  it('names itself', () => {
    expect(messages['language']?.message).toBe(LANGUAGES[locale]);
    expect(messages['direction']?.message).toBe(locale === 'fa' ? 'rtl' : 'ltr');
  });

  it.each([...onButtons])('has %s short enough for a button', (key) => {
    const text = messages[key]?.message ?? '';
    expect([...text].length, text).toBeLessThanOrEqual(buttonLimit(english[key]?.message ?? ''));
  });

  it('fits where browsers and their stores show name and description', () => {
    // https://developer.chrome.com/docs/extensions/reference/manifest
    expect(messages['app_name']?.message.length).toBeLessThanOrEqual(45);
    expect(messages['app_description']?.message.length).toBeLessThanOrEqual(132);
  });
});

it('French is set as French is: no-break spaces and typographic apostrophes', () => {
  for (const [key, { message }] of Object.entries(read('fr'))) expect(message, key).not.toMatch(/'| [:;!?»]|« /);
});

it('Russian and Ukrainian keep a dash with the word before it, and quote as they do', () => {
  for (const locale of ['ru', 'uk'])
    for (const [key, { message }] of Object.entries(read(locale))) expect(message, key).not.toMatch(/ [—–]|["“”]/);
});

it('Persian has its own comma, semicolon, letters and question mark', () => {
  for (const [key, { message }] of Object.entries(read('fa')))
    expect(message, key).not.toMatch(/[\u0600-\u06ff][,;?]|[يك"“”]/);
});

it('Romanian has its quotes, and commas under its letters', () => {
  for (const [key, { message }] of Object.entries(read('ro'))) expect(message, key).not.toMatch(/["“«»şţŞŢ]/);
});

describe('what a sentence names', () => {
  const QUOTED = /[“„«「]([^“”„«»」]*)[”“»」]/g;

  it.each(locales)('in quotes is put in, in %s: a button and what is said of it cannot differ', (locale) => {
    for (const [key, { message }] of Object.entries(read(locale))) {
      // The first is looked at below; the others are words of pages, not of the interface.
      if (key === 'nothing_saved' || key.startsWith('removed_')) continue;
      const names = [...message.matchAll(QUOTED)].map(([, name = '']) => name.trim());
      expect(
        names.filter((name) => !/^\$\d$|^url:$/.test(name)),
        key,
      ).toEqual([]);
    }
  });

  it.each(locales)('without quotes is the text of the button, in %s', (locale) => {
    const { nothing_saved, save } = read(locale);
    expect(nothing_saved?.message).toContain(save?.message);
  });
});

it('what was done is said without a word that is right for one article alone: there may be many', () => {
  const singular = /^(Archivé|Mis|Archivado|Arquivado|Mutat|Now a|No longer a)\b|está\b/;
  for (const locale of locales) {
    const messages = read(locale);
    for (const key of ['archived', 'unarchived', 'favoured', 'unfavoured', 'removed', 'restored'])
      expect(messages[key]?.message, `${locale} ${key}`).not.toMatch(singular);
    // Nor for many alone.
    expect(messages['selected']?.message, locale).not.toMatch(/sélectionnés|eccionados|ecionados|Selectate/);
  }
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
