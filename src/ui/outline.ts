/** The places of an article that a reader may want to go to: headings, chapters of a sound, entries of a live page. */

export interface Place {
  element: HTMLElement;
  label: string;
  /** Whether it belongs to a place above it. */
  isInner: boolean;
}

const PLACES = 'h2, h3, h4, h5, h6, .entry-time, .chapters > li';

const words = (element: Element | null): string => element?.textContent?.trim().replace(/\s+/g, ' ') ?? '';

/** The places of what ui/ArticleView drew, in reading order; an entry of a live page is called by its time and its heading. */
export function findPlaces(content: Element): Place[] {
  const places: Place[] = [];
  const found = [...content.querySelectorAll<HTMLElement>(PLACES)].filter((element) => words(element) !== '');
  const isHeading = (element: Element | null): boolean => element?.nodeName.match(/^H\d$/) !== null;
  const top = found
    .map(({ nodeName }) => nodeName)
    .filter((name) => /^H\d$/.test(name))
    .toSorted()[0];
  for (const element of found) {
    const before = element.previousElementSibling;
    const isEntry = element.matches('.entry-time');
    // It is in the label of the time above it.
    if (isHeading(element) && before?.matches('.entry-time')) continue;
    const next = element.nextElementSibling;
    const label = isEntry && isHeading(next) ? `${words(element)} ${words(next)}` : words(element);
    places.push({ element, label, isInner: !isEntry && element.nodeName !== top });
  }
  return places;
}
