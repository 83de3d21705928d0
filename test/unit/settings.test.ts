/** What the reader chose, as it is kept: read whatever stands there, remembered by language, set back. */
import { describe, expect, it } from 'vitest';
import { repair } from '../../src/platform/settings-shape.ts';
import { typeFor, withChoice, withUsualType } from '../../src/ui/type.ts';

const NOTHING = repair(undefined);

describe('settings that were kept', () => {
  it('by the first version are read, and count for every language', () => {
    const settings = repair({ theme: 'sepia', font: 'sans', size: 24, width: 'wide' });
    expect(settings.theme).toBe('sepia');
    for (const lang of ['', 'fr', 'zh-Hans'])
      expect(typeFor(settings, lang)).toMatchObject({ font: 'sans', size: 24, width: 'wide', isJustified: false });
  });

  it('come back as they went', () => {
    const settings = withChoice(withChoice({ ...NOTHING, theme: 'black' }, '', { size: 22 }), 'zh-Hans', {
      font: 'kai',
      lineHeight: 'loose',
      spacing: 'tight',
      isIndented: true,
      isJustified: true,
    });
    expect(repair(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
  });

  it.each([null, 7, 'dark', [], { theme: 'pink', languages: 3 }, { languages: [1, 2] }])(
    'as %j are the usual ones',
    (stored) => expect(repair(stored)).toEqual(NOTHING),
  );

  it('by somebody else bring nothing that is no choice', () => {
    const hostile = JSON.parse(
      `{"theme": "dark", "size": 4000, "font": "<style>", "isJustified": "yes", "more": 1, "languages": {
        "__proto__": {"size": 30}, "constructor": {"size": "20px"}, "zh": {"size": 30, "font": "comic"},
        "fr; color: red": {"size": 30}}}`,
    ) as unknown;
    expect(repair(hostile)).toEqual({ ...NOTHING, theme: 'dark', languages: { zh: { size: 30 } } });
    expect({}).not.toHaveProperty('size');
  });

  it('name no more languages than there may be', () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    const languages = Object.fromEntries(letters.flatMap((a) => letters.map((b) => [a + b, { size: 20 }])));
    expect(Object.keys(repair({ languages }).languages).length).toBeLessThanOrEqual(200);
  });
});

describe('type', () => {
  it('that is changed in a Chinese article is that of both Chinese scripts, and of no other language', () => {
    const settings = withChoice(NOTHING, 'zh-Hant', { size: 26 });
    expect(typeFor(settings, 'zh-Hans').size).toBe(26);
    expect(typeFor(settings, 'zh-TW').size).toBe(26);
    expect(typeFor(settings, 'fr').size).toBe(typeFor(NOTHING, 'fr').size);
  });

  it('of all languages changes those that have none of their own, choice by choice', () => {
    const settings = withChoice(withChoice(NOTHING, 'fa', { size: 26 }), '', { size: 16, width: 'narrow' });
    expect(typeFor(settings, 'fa')).toMatchObject({ size: 26, width: 'narrow' });
    expect(typeFor(settings, 'ru')).toMatchObject({ size: 16, width: 'narrow' });
  });

  it('is the usual again where it is set back, whatever all have, and there only', () => {
    const chosen = withChoice(withChoice(withChoice(NOTHING, '', { size: 16 }), 'vi', { size: 28 }), 'km', {
      size: 24,
    });
    const settings = withUsualType({ ...chosen, theme: 'dark' }, 'vi');
    expect(typeFor(settings, 'vi')).toEqual(typeFor(NOTHING, 'vi'));
    expect(typeFor(settings, 'km').size).toBe(24);
    expect(settings.theme).toBe('dark');
    expect(typeFor(withUsualType(settings, ''), 'ru')).toEqual(typeFor(NOTHING, 'ru'));
  });

  it('of a page that names a nonsense language is that of all', () => {
    for (const lang of ['constructor', '__proto__', '-']) expect(typeFor(NOTHING, lang)).toEqual(typeFor(NOTHING, ''));
  });
});
