/** Times, languages and minutes. */
import { describe, expect, it } from 'vitest';
import { directionOf, readingMinutes } from '../../src/article/language.ts';
import { parseParisTime, toIsoTime } from '../../src/article/paris-time.ts';

describe('RFI’s printed date', () => {
  it.each([
    ['summer', '10/10/2023 - 16:16', '2023-10-10T14:16:00Z'],
    ['winter', '30/11/2025 - 10:13', '2025-11-30T09:13:00Z'],
    ['the day before', '01/01/2021 - 00:30', '2020-12-31T23:30:00Z'],
    ['the hour that comes twice', '25/10/2020 - 02:30', '2020-10-25T00:30:00Z'],
    ['the hour that never was', '28/03/2021 - 02:30', '2021-03-28T01:30:00Z'],
  ])('in %s', (_, text, instant) => expect(parseParisTime(text)).toBe(instant));

  it.each(['10/10/2023', '31/02/2023 - 10:00', '10/13/2023 - 10:00', '10/10/2023 - 25:00', 'x'])('%s is none', (text) =>
    expect(parseParisTime(text)).toBeNull(),
  );
});

it('a time without a zone is UTC, wherever it is read', () => {
  expect(toIsoTime('2025-11-30T09:13:47')).toBe('2025-11-30T09:13:47Z');
  expect(toIsoTime('2025-11-30T10:13:47+01:00')).toBe('2025-11-30T09:13:47Z');
  expect(toIsoTime('hier')).toBeNull();
});

describe('reading time', () => {
  it('counts characters, by language', () => {
    expect(readingMinutes('字'.repeat(1020), 'zh-Hans')).toBe(4);
    expect(readingMinutes('a'.repeat(998 * 3), 'fr')).toBe(3);
    expect(readingMinutes('', 'fr')).toBe(1);
  });

  it('does not count the page’s indentation', () => {
    expect(readingMinutes(`字${' \n'.repeat(9000)}字`, 'zh-Hans')).toBe(1);
  });
});

it('Persian runs from the right, Chinese does not', () => {
  expect([directionOf('fa'), directionOf('fa-IR'), directionOf('zh-Hans'), directionOf('fr')]).toEqual([
    'rtl',
    'rtl',
    'ltr',
    'ltr',
  ]);
});
