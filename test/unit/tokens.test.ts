/** The colours of every theme, read out of tokens.css: each is readable on each ground that it stands on (WCAG 2.2, AA). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { THEMES } from '../../src/platform/settings-shape.ts';

const CSS = readFileSync(join(import.meta.dirname, '../../src/ui/tokens.css'), 'utf8').replace(
  /\/\*[\s\S]*?\*\/|@media print[\s\S]*$/g,
  '',
);

type Scheme = 'light' | 'dark';
type Tokens = ReadonlyMap<string, string>;

/** What the rules for a selector declare. */
const declared = (selector: RegExp): [name: string, value: string][] =>
  [...CSS.matchAll(/([^{}]+)\{([^{}]*)\}/g)]
    .filter(([, selectors = '']) => selectors.split(',').some((each) => selector.test(each.trim())))
    .flatMap(([, , body = '']) => [...body.matchAll(/([\w-]+):\s*([^;]+);/g)])
    .map(([, name = '', value = '']) => [name, value.trim()]);

/** The colours of a theme on a machine that likes the light or the dark. */
function colours(theme: string, machine: Scheme): Tokens {
  const tokens = new Map([...declared(/^\.surface$/), ...declared(new RegExp(`^\\[data-theme='${theme}'\\]$`))]);
  const scheme = tokens.get('color-scheme');
  const isDark = (scheme === 'light dark' ? machine : scheme) === 'dark';
  const pick = (value: string): string => {
    const other = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
    if (other) return pick(tokens.get(other) ?? '');
    const pair = /^light-dark\((#\w+), (#\w+)\)$/.exec(value);
    return (isDark ? pair?.[2] : pair?.[1]) ?? value;
  };
  return new Map([...tokens].map(([name, value]) => [name, pick(value)]));
}

const channel = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [, red = '', green = '', blue = ''] = /^#(..)(..)(..)$/.exec(colour) ?? [];
  if (!blue) throw new Error(`“${colour}” is no colour.`);
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((hex) => channel(Number.parseInt(hex, 16) / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ['paper', 'paper-raised', 'warning', 'mark'] as const;

/** What is drawn, the ground that it is drawn on, and the contrast that it needs. */
const PAIRS: readonly (readonly [drawn: string, ground: string, least: number])[] = [
  ...GROUNDS.map((ground) => ['ink', ground, 4.5] as const),
  // A word that was searched may stand in a link or in a caption.
  ...GROUNDS.map((ground) => ['accent', ground, 4.5] as const),
  ...GROUNDS.map((ground) => ['ink-soft', ground, 4.5] as const),
  ['on-accent', 'accent', 4.5],
  ...(['paper', 'paper-raised', 'warning'] as const).flatMap((ground) => [
    ['control-rule', ground, 3] as const,
    ['focus', ground, 3] as const,
  ]),
];

describe.each(THEMES)('the theme “%s”', (theme) => {
  it.each(['light', 'dark'] as const)('is readable on a machine that likes the %s', (machine) => {
    const tokens = colours(theme, machine);
    const weak = PAIRS.flatMap(([drawn, ground, least]) => {
      const ratio = contrast(tokens.get(`--${drawn}`) ?? '', tokens.get(`--${ground}`) ?? '');
      return ratio < least ? [`${drawn} on ${ground}: ${ratio.toFixed(2)}`] : [];
    });
    expect(weak).toEqual([]);
  });
});

it('high contrast is three times what is asked', () => {
  for (const machine of ['light', 'dark'] as const) {
    const tokens = colours('contrast', machine);
    expect(contrast(tokens.get('--ink') ?? '', tokens.get('--paper') ?? '')).toBeGreaterThan(20);
    expect(contrast(tokens.get('--accent') ?? '', tokens.get('--paper') ?? '')).toBeGreaterThan(7);
  }
});

it('every theme is one that the settings offer, and the other way round', () => {
  const named = [...CSS.matchAll(/\[data-theme='(\w+)'\]/g)].map(([, name = '']) => name);
  expect(['auto', ...new Set(named)].toSorted()).toEqual(THEMES.toSorted());
});
