/**
 * src/saved/variants.ts, made of OpenCC's dictionaries as opencc-js ships them: the characters that Simplified Chinese and
 * the Traditional Chinese of Taiwan and Hong Kong write in different ways. Only single characters: a search has to find any
 * piece of a word, so that words which are converted as a whole are of no use to it.
 */
import { readFileSync } from 'node:fs';
import { from, to } from 'opencc-js/preset';

const PLACES = ['cn', 'tw', 'hk'];

type Dictionary = (typeof from)[string][number][number];

const entriesOf = (dictionary: Dictionary): readonly (readonly string[])[] =>
  typeof dictionary === 'string' ? dictionary.split('|').map((line) => line.split(' ')) : dictionary;

/**
 * All pairs of a character and another way to write it. Those outside the basic plane are left out: a table of 16-bit units
 * stays simple, and what it loses are characters that no newspaper writes.
 */
export function variantPairs(): [string, string][] {
  const dictionaries = PLACES.flatMap((place) => [...(from[place] ?? []), ...(to[place] ?? [])]).flat();
  const pairs = dictionaries
    .flatMap(entriesOf)
    .flatMap(([written = '', ...others]) => others.map((other): [string, string] => [written, other]))
    .filter(([written, other]) => written.length === 1 && other.length === 1 && written !== other);
  if (pairs.length < 5000)
    throw new Error('opencc-js ships its dictionaries in another way: look at scripts/variants.ts');
  return pairs;
}

/**
 * Every character that is written in several ways, with the one that stands for all of them: the simplified one, where there
 * is one. 發 and 髮 are both 发 in Simplified Chinese, and so all three are one.
 */
export function variantTable(): [string, string][] {
  const families = new Map<string, Set<string>>();
  for (const [written, other] of variantPairs()) {
    const family = new Set([...(families.get(written) ?? [written]), ...(families.get(other) ?? [other])]);
    for (const member of family) families.set(member, family);
  }
  const traditional = new Set(
    (to['cn'] ?? [])
      .flat()
      .flatMap(entriesOf)
      .map(([written]) => written),
  );
  return [...families]
    .map(([member, family]): [string, string] => {
      const sorted = [...family].toSorted();
      return [member, sorted.find((each) => !traditional.has(each)) ?? member];
    })
    .filter(([member, standing]) => member !== standing)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** The text of src/saved/variants.ts, before Prettier. */
export function variantsModule(): string {
  const about = readFileSync(new URL('../node_modules/opencc-js/package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(about) as { version: string };
  const rows = variantTable();
  return `/**
 * Chinese characters that are written in several ways (國, 国), and at the same place of the second string the one that stands
 * for them in a search. Written by \`npm run update:variants\` from opencc-js ${version}, https://github.com/nk2028/opencc-js: the
 * single characters of OpenCC's dictionaries for China, Taiwan and Hong Kong. Do not edit: see scripts/variants.ts.
 *
 * The data are OpenCC's, https://github.com/BYVoid/OpenCC, by Carbo Kuo and its contributors. Apache License 2.0,
 * https://www.apache.org/licenses/LICENSE-2.0. Changed: reduced to this table.
 */
export const VARIANTS = '${rows.map(([member]) => member).join('')}';
export const STANDING = '${rows.map(([, standing]) => standing).join('')}';
`;
}
