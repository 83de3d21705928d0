/**
 * src/article/trackers.ts, made of the rules of tidy-url that hold on every site. Its rules for one site or another are
 * left where they are: RFI's articles link to thousands of sites, and the reader's code has to stay small.
 *
 * Why tidy-url: it is MIT, on npm, and its general names are the trackers of newsletters and campaigns that articles carry.
 * AdGuard's filter (GPL) and ClearURLs' rules (LGPL) name more, but what is shipped would be bound to their terms; Firefox's
 * and Brave's lists (MPL) are in no npm package that we know, and Firefox 153 has half as many general names, "var" among them.
 */
import { createRequire } from 'node:module';

interface Rule {
  name: string;
  match: RegExp;
  rules?: readonly string[];
}

const require = createRequire(import.meta.url);

/** General names that other sites use for what they show: a tracker more in a link is better than a link that leads elsewhere. */
export const LEFT_OUT: readonly string[] = [
  'mbid', // Condé Nast's mailings; to MusicBrainz, Last.fm and ListenBrainz it says which work: https://musicbrainz.org/doc/MusicBrainz_Identifier
  'ncid', // AOL's and HuffPost's campaigns; to others it may be the id of a category or a case
];

/** What begins so belongs to one tool, which adds names from time to time: Google Analytics, HubSpot's advertisements, Matomo. */
const FAMILIES = ['utm_', 'hsa_', 'mtm_', 'piwik_'];

/** The names that tidy-url takes away from every address. */
export function generalRules(): readonly string[] {
  const rules = require('tidy-url/data/rules.js') as readonly Rule[];
  const general = rules.filter(({ match }) => String(match) === '/.*/').flatMap((rule) => rule.rules ?? []);
  if (general.length < 50)
    throw new Error('tidy-url names its general rules in another way: look at scripts/trackers.ts');
  return general;
}

/** Names in lower case, sorted, each once; a family as its beginning and a `*`. */
export function compact(names: readonly string[]): string[] {
  const kept = names.map((name) => name.toLowerCase()).filter((name) => !LEFT_OUT.includes(name));
  const families = kept.map((name) => {
    const family = FAMILIES.find((start) => name.startsWith(start));
    return family ? `${family}*` : name;
  });
  const short = families.find((name) => name.length < 3);
  if (short) throw new Error(`"${short}" is a tracker to tidy-url and may be anything elsewhere: see LEFT_OUT`);
  return [...new Set(families)].toSorted();
}

/** The text of src/article/trackers.ts, before Prettier. */
export function trackersModule(): string {
  const { version } = require('tidy-url/package.json') as { version: string };
  return `/**
 * Parameters that count readers on any site, in lower case; prefixes end in \`*\`. Written by \`npm run update:trackers\`
 * from tidy-url ${version}, https://github.com/DrKain/tidy-url: the general rules of its data/rules.js without the names in
 * scripts/trackers.ts. Do not edit: what RFI needs besides is in links.ts.
 *
 * Copyright (c) 2021 DrKain. MIT License, in the words of this project's LICENSE.
 */
export const TRACKERS: readonly string[] = ${JSON.stringify(compact(generalRules()))};
`;
}
