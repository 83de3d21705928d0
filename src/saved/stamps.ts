/** Stamps: when and on which installation a value was written, so that the later of two versions is known without guessing. */
import { stampHighlights, toParts } from './highlights.ts';
import type { Field, Marks, Stamp, Stamps, Summary } from './saved-article.ts';

/** Nine digits of base 36 hold the milliseconds until the year 5188: as strings, stamps sort as their times do. */
const TIME_DIGITS = 9;

/** A name for this installation, made once, with its database. */
export function makeInstallation(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return [...bytes].map((byte) => (byte % 36).toString(36)).join('');
}

/** The stamp of a change at a time (milliseconds since 1970): greater than those it replaces, also where the clock went back. */
export function makeStamp(installation: string, now: number, ...replaced: Stamp[]): Stamp {
  const times = replaced.map((stamp) => parseInt(stamp.slice(0, TIME_DIGITS), 36) + 1);
  const time = Math.max(0, Math.floor(now), ...times);
  return `${time.toString(36).padStart(TIME_DIGITS, '0')}-${installation}`;
}

/** Makes the stamp of a change from those that it replaces. */
export type Stamping = (...replaced: Stamp[]) => Stamp;

/** The database, as far as it says which installation this is. */
interface Named {
  get(store: 'installation', key: 'id'): Promise<string | undefined>;
}

/** What stamps the changes that this installation makes now. */
export async function stampsAt(database: Named, now: number): Promise<Stamping> {
  const installation = (await database.get('installation', 'id')) ?? '';
  return (...replaced) => makeStamp(installation, now, ...replaced);
}

/** The same stamp for everything of an article: what one that is new has. */
export function sameStamps(stamp: Stamp): Stamps {
  return {
    text: stamp,
    removedTime: stamp,
    archivedTime: stamp,
    isFavourite: stamp,
    position: stamp,
    tags: stamp,
    note: stamp,
  };
}

/** The last of an article's stamps. */
export const newestStamp = ({ highlights, ...stamps }: Stamps): Stamp =>
  [...Object.values(stamps), ...Object.values(highlights ?? {})].reduce((newest, stamp) =>
    stamp > newest ? stamp : newest,
  );

/** The summary with other marks; those that change get a new stamp. */
export function withMarks(summary: Summary, marks: Partial<Marks>, stamp: Stamping): Summary {
  const { highlights, ...others } = marks;
  const stamps = { ...summary.stamps };
  for (const name of Object.keys(others) as Exclude<Field, 'text'>[]) {
    if (JSON.stringify(others[name]) !== JSON.stringify(summary[name])) stamps[name] = stamp(stamps[name]);
  }
  if (!('highlights' in marks)) return { ...summary, ...others, stamps };
  const { highlights: known, ...rest } = summary;
  const { highlights: knownStamps, ...fields } = stamps;
  const before = { ...(known && { highlights: known }), ...(knownStamps && { stamps: knownStamps }) };
  const parts = toParts(stampHighlights(before, highlights, stamp));
  return { ...rest, ...others, ...parts.marks, stamps: { ...fields, ...parts.stamps } };
}
