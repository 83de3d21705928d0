/** The order and the groups that a reader wants the list in. */
import type { Arrangement } from '../../platform/settings.ts';
import { sectionOf } from '../../saved/newsroom.ts';
import type { Summary } from '../../saved/saved-article.ts';
import { formatDate, languageName } from '../../ui/format.ts';
import type { GetText } from '../../ui/text.ts';

/** A row of the list: an article, or the heading of a group. */
export type Entry = { summary: Summary; heading?: never } | { heading: string; summary?: never };

const published = ({ publishedTime, savedTime }: Summary): string => publishedTime ?? new Date(savedTime).toISOString();

const ORDERS: Readonly<Record<Arrangement['sort'], ((one: Summary, other: Summary) => number) | undefined>> = {
  // As the list comes.
  saved: undefined,
  published: (one, other) => (published(one) < published(other) ? 1 : -1),
  length: (one, other) => other.readingMinutes - one.readingMinutes,
};

/**
 * The rows of a list. Groups stand in the order of their first article.
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
  const groups = new Map<string, Entry[]>();
  for (const summary of sorted) {
    const heading = headingOf(summary);
    const entries = groups.get(heading) ?? [{ heading }];
    entries.push({ summary });
    groups.set(heading, entries);
  }
  return [...groups.values()].flat();
}
