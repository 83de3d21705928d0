/**
 * What the reader makes of saved articles, changed and taken back. Each call is one transaction, as in store.ts: it either has
 * happened when its promise resolves, or rejects with the browser's DOMException and has changed nothing.
 */
import { MAX_NOTE, MAX_TYPED_NOTE } from '../article/note.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { announceChange } from './changes.ts';
import { takeBackHighlights } from './highlights.ts';
import { marksOf, type Marks } from './saved-article.ts';
import { openDatabase } from './schema.ts';
import { stampsAt, withMarks } from './stamps.ts';

/** What a change made of an article, and what that replaced. */
export interface MarksChange {
  before: Partial<Marks>;
  after: Partial<Marks>;
}

/** The same by the ids of the articles: given to `putMarks`, the change is taken back. */
export type MarksOf = ReadonlyMap<string, MarksChange>;

/** Changes what the reader made of some articles, all or none of them; resolves to what it was before and what it became. */
export async function changeMarks(
  ids: readonly string[],
  change: Partial<Marks> | ((marks: Marks) => Partial<Marks>),
  now = Date.now(),
): Promise<MarksOf> {
  const changes = new Map<string, MarksChange>();
  const database = await openDatabase();
  const stamp = await stampsAt(database, now);
  const transaction = database.transaction('summaries', 'readwrite', { durability: 'strict' });
  const changeOne = async (id: string): Promise<void> => {
    const summary = await transaction.store.get(id);
    if (!summary) return;
    const marks = marksOf(summary);
    const changed = typeof change === 'function' ? change(marks) : change;
    const names = Object.keys(changed) as (keyof Marks)[];
    changes.set(id, { before: Object.fromEntries(names.map((name) => [name, marks[name]])), after: changed });
    await transaction.store.put(withMarks(summary, changed, stamp));
  };
  await allOrNothing(transaction, () => Promise.all(ids.map(changeOne)));
  announceChange(ids);
  return changes;
}

/**
 * Keeps the note of an article; resolves to it. What another window wrote since stays below it: neither of two writers is lost.
 * Rejects with a RangeError where it is longer than notes are (article/note.ts), and keeps the one that was there.
 *
 * @param seen what the writer saw of the note before, or wrote itself: all that the new note is meant to replace
 */
export async function keepNote(id: string, note: string, seen: readonly string[], now = Date.now()): Promise<string> {
  if (note.length > MAX_TYPED_NOTE) throw new RangeError('The note is too long.');
  let kept = note;
  await changeMarks(
    [id],
    ({ note: current }) => {
      kept = seen.includes(current) || hasParagraphs(note, current) ? note : `${note}\n\n${current}`;
      if (kept.length > MAX_NOTE) throw new RangeError('The notes of two windows are too long.');
      return { note: kept };
    },
    now,
  );
  return kept;
}

/** Whether a text has all of another as paragraphs of its own. */
const hasParagraphs = (text: string, paragraphs: string): boolean =>
  paragraphs === '' || `\n\n${text}\n\n`.includes(`\n\n${paragraphs}\n\n`);

/**
 * Puts marks back as they were. What was changed since, in another window say, stays, and what is no longer kept stays away.
 * Resolves to the ids of the articles that are still kept.
 */
export async function putMarks(marks: MarksOf, now = Date.now()): Promise<string[]> {
  const database = await openDatabase();
  const stamp = await stampsAt(database, now);
  const transaction = database.transaction('summaries', 'readwrite', { durability: 'strict' });
  const kept: string[] = [];
  const putOne = async ([id, change]: [string, MarksChange]): Promise<void> => {
    const summary = await transaction.store.get(id);
    if (!summary) return;
    await transaction.store.put(withMarks(summary, takeBack(change, summary), stamp));
    kept.push(id);
  };
  await allOrNothing(transaction, () => Promise.all([...marks].map(putOne)));
  announceChange(kept);
  return kept;
}

/** The marks with which a change is taken back, where the marks may have been changed again since. */
function takeBack({ before, after }: MarksChange, marks: Marks): Partial<Marks> {
  const names = Object.keys(before) as (keyof Marks)[];
  const unchanged = names.filter(
    (name) => name !== 'highlights' && JSON.stringify(marks[name]) === JSON.stringify(after[name]),
  );
  const back: Partial<Marks> = Object.fromEntries(unchanged.map((name) => [name, before[name]]));
  // Of highlights and of tags, each is a change by itself.
  if ('highlights' in before) {
    back.highlights = takeBackHighlights(before.highlights, after.highlights, marks.highlights);
  }
  if (unchanged.includes('tags') || !before.tags || !after.tags) return back;
  const { tags } = marks;
  const [old, made] = [before.tags, after.tags];
  const staying = tags.filter((tag) => old.includes(tag) || !made.includes(tag));
  const returning = old.filter((tag) => !made.includes(tag) && !tags.includes(tag));
  return { ...back, tags: [...staying, ...returning] };
}
