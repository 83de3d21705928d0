/** The order and the groups that a reader wants the list in. */
import type { Arrangement } from '../../platform/settings.ts';
import { sectionOf } from '../../saved/newsroom.ts';
import type { Summary } from '../../saved/saved-article.ts';
import { formatDate, languageName } from '../../ui/format.ts';
import type { GetText } from '../../ui/text.ts';

/** A row of the list: an article, or the heading of a group. */
export type Entry =
  | { summary: Summary; heading?: never; count?: never }
  /** With how many articles are in the group. */
  | { heading: string; count: number; summary?: never };

const published = ({ publishedTime, savedTime }: Summary): string => publishedTime ?? new Date(savedTime).toISOString();

const ORDERS: Readonly<Record<Arrangement['sort'], ((one: Summary, other: Summary) => number) | undefined>> = {
  // As the list comes.
  saved: undefined,
  published: (one, other) => (published(one) < published(other) ? 1 : -1),
  length: (one, other) => other.readingMinutes - one.readingMinutes,
};

/**
 * The rows of a list. Days stand the newest first, other groups in the order of their names, what is in no section last, and in each its articles as they
 * are sorted.
 *
 * @param summaries the last saved first
 */
export function arrange(summaries: readonly Summary[], { sort, group }: Arrangement, getText: GetText): Entry[] {
  const order = ORDERS[sort];
  const sorted = order ? summaries.toSorted(order) : summaries;
  if (group === 'none') return sorted.map((summary) => ({ summary }));
  const headingOf = (summary: Summary): string => {
    if (group === 'section') return sectionOf(summary) ?? getText('no_section');
    if (group === 'edition')
      return (!summary.edition && summary.siteName) || languageName(summary.lang, getText('language')) || summary.lang;
    if (sort === 'published') return formatDate(published(summary));
    return getText('saved_on', formatDate(new Date(summary.savedTime).toISOString()));
  };
  const groups = new Map<string, Summary[]>();
  // Also where the longest comes first, the days are met from the newest on.
  for (const summary of sort === 'length' ? summaries : sorted) {
    const heading = headingOf(summary);
    const members = groups.get(heading);
    if (members) members.push(summary);
    else groups.set(heading, [summary]);
  }
  const { compare } = new Intl.Collator(getText('language'));
  const none = getText('no_section');
  const byName = (one: string, other: string): number =>
    Number(one === none) - Number(other === none) || compare(one, other);
  const headings = group === 'day' ? [...groups.keys()] : [...groups.keys()].toSorted(byName);
  return headings.flatMap((heading) => {
    const members = groups.get(heading) ?? [];
    const inOrder = sort === 'length' ? members.toSorted(order) : members;
    return [{ heading, count: members.length }, ...inOrder.map((summary) => ({ summary }))];
  });
}
