/** RFI's special blocks of text as the HTML that means the same: quotes, boxes, live-blog entries, chapters, transcript. */
import {
  CHAPTER,
  CHAPTER_START,
  CHAPTER_TITLE,
  CHAPTERS,
  LIVE_BLOG,
  QUOTE,
  QUOTE_BODY,
  TEXT_BOX,
  TRANSCRIPT,
} from './rfi-page.ts';
import { collapse } from './white-space.ts';

const isBlank = (node: Element): boolean => collapse(node.textContent) === '';

/** Gives an element's children to a new element in its place. */
const rename = (element: Element, name: string, className = ''): HTMLElement => {
  const made = element.ownerDocument.createElement(name);
  if (className) made.className = className;
  made.append(...element.childNodes);
  element.replaceWith(made);
  return made;
};

/** Pull quotes and boxed text. */
export function nameQuotesAndBoxes(root: Element): void {
  for (const quote of root.querySelectorAll(QUOTE)) {
    const blockquote = quote.ownerDocument.createElement('blockquote');
    blockquote.append(...(quote.querySelector(QUOTE_BODY) ?? quote).childNodes);
    const rest = [...quote.children].filter((child) => !child.matches(QUOTE_BODY) && !isBlank(child));
    blockquote.append(...rest);
    quote.replaceWith(blockquote);
  }
  for (const box of root.querySelectorAll(TEXT_BOX)) rename(box, 'section');
}

/** The time of each entry of a live blog stands in a line of its own, in front of the entry. */
export function nameLiveEntries(root: Element): void {
  for (const time of root.querySelectorAll(`:is(${LIVE_BLOG}) time`)) {
    let holder: Element = time;
    while (holder.parentElement && collapse(holder.parentElement.textContent) === collapse(time.textContent)) {
      holder = holder.parentElement;
    }
    // A time among other words of a line stays there.
    if (holder.matches(LIVE_BLOG) || holder.parentElement?.matches('p, li, h2, h3, h4, span, a')) continue;
    const line = root.ownerDocument.createElement('p');
    holder.replaceWith(line);
    line.append(time);
  }
}

/** A programme's chapters as a list of starts and titles, and what is said in it as a section. */
export function nameProgramme(root: Element): void {
  for (const chapters of root.querySelectorAll(CHAPTERS)) {
    const entries = [...chapters.querySelectorAll(CHAPTER)].filter((chapter) => !isBlank(chapter));
    // One of the two blocks holds the other.
    if (entries.length === 0) continue;
    const list = root.ownerDocument.createElement('ol');
    list.className = 'chapters';
    for (const entry of entries) {
      const item = root.ownerDocument.createElement('li');
      const start = startOf(entry);
      if (start !== null) {
        const time = root.ownerDocument.createElement('time');
        time.setAttribute('datetime', `PT${start}S`);
        time.textContent = clock(start);
        item.append(time, ' ');
      }
      item.append(titleOf(entry));
      list.append(item);
    }
    chapters.replaceWith(...chapters.querySelectorAll('h2, h3'), list);
  }
  for (const transcript of root.querySelectorAll(TRANSCRIPT)) rename(transcript, 'section', 'transcript');
}

const CLOCK = /(?<!\d)(?:(\d+):)?(\d{1,2}):(\d\d)(?!\d)/;

/** Seconds: from the binding, else from the printed clock. */
const startOf = (chapter: Element): number | null => {
  const bound = [chapter, ...chapter.querySelectorAll('*')].map((element) => element.getAttribute(CHAPTER_START));
  const seconds = /^\D?(\d+)\D?$/.exec(bound.find((value) => value !== null) ?? '')?.[1];
  if (seconds) return Number(seconds);
  const printed = CLOCK.exec(chapter.textContent ?? '');
  if (!printed) return null;
  const [hours, minutes, rest] = printed.slice(1).map((part) => Number(part ?? 0)) as [number, number, number];
  return hours * 3600 + minutes * 60 + rest;
};

const titleOf = (chapter: Element): string =>
  collapse(chapter.querySelector(CHAPTER_TITLE)?.textContent) ||
  collapse(chapter.textContent).replace(CLOCK, '').trim();

const clock = (seconds: number): string =>
  [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
    .replace(/^00:/, '');
