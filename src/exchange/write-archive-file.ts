/** The archive file out of an article: the form that feed robots write and that archive-file.ts reads, clean. */
import { EDITIONS } from '../article/address.ts';
import type { Article } from '../article/article.ts';
import { printParisTime } from '../article/paris-time.ts';
import { removeEmpty } from '../article/prune.ts';
import { sanitizeToFragment } from '../article/sanitize.ts';
import { collapse } from '../article/white-space.ts';
import { ESCAPED, readArchiveText } from './archive-file.ts';

/**
 * The archive file of an article, to be kept in UTF-8: `<!--seen-->`, `[title](address)`, six dashes, an empty line, and one line
 * of HTML: the date in Paris, the photo, the lead in bold, the body, the authors. Read again, it is the same article.
 *
 * The form has no place for the newsroom's section, kicker and tags, the description of an article without a lead, the short
 * address, the twin, the time of the last change, RFI's own identifier, the name of another site, seconds, and whether the text is
 * only a passage. In the hour that the clock of Paris repeats in October, it means the first. Photos are addresses.
 *
 * @param seen when the article was first seen, in milliseconds since 1970
 */
export function writeArchiveFile(article: Article, seen: number): string {
  const body = make('div');
  body.append(...[...sanitizeToFragment(article.content).childNodes].filter((node) => !isBlank(node)));
  removeEmpty(body);
  const content = [...body.children].map((block) => block.outerHTML).join('\n');
  const head = takeHead(body);
  const asFeed = toFile(article, seen, head + body.outerHTML);
  if (article.lang === EDITIONS[article.edition ?? ''] && comesBack(asFeed, content, article.dir)) return asFeed;
  // What is read like a feed's is looked through for advertisements; a body that says its language is taken as it is.
  body.lang = article.lang;
  body.dir = article.dir;
  return toFile(article, seen, head + body.outerHTML);
}

function comesBack(text: string, content: string, dir: Article['dir']): boolean {
  const reading = readArchiveText(text);
  return reading.ok && reading.article.content === content && reading.article.dir === dir;
}

function toFile(article: Article, seen: number, text: string): string {
  const { title, url, publishedTime } = article;
  const printed = publishedTime && printParisTime(publishedTime);
  const html = [printed ? `<div>${printed}</div>` : '', text, authorsOf(article)].join('');
  // Whoever reads it takes the last "](" of the line for the beginning of the address.
  // A title that has such a sign itself is read as it is.
  const written = collapse(title).replace(ESCAPED, (sign) => sign.replace('&', '&amp;'));
  const header = `[${written}](${url.replaceAll('](', '%5D(')})`;
  return `<!--${Math.floor(seen)}-->\n${header}\n------\n\n${toOneLine(html)}\n`;
}

const make = (name: string, attributes: Record<string, string> = {}): HTMLElement => {
  const made = document.implementation.createHTMLDocument('').createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
};

const isBlank = (node: Node): boolean => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() === '';

/** The line breaks of `pre` are text. */
const toOneLine = (html: string): string => html.replaceAll('\n', '&#10;').replaceAll('\r', '&#13;');

/** The HTML of the photo and the lead, which are taken out of the body where both are read back to the place they had. */
function takeHead(body: Element): string {
  const [first, second] = body.children;
  const lead = first?.matches('p.lead') ? first : undefined;
  const photo = [lead ? second : first].find((block) => block?.matches('figure:has(> img:first-child)'));
  lead?.remove();
  photo?.remove();
  // A photo with nothing besides is written as feeds write it.
  const photoHtml = (photo?.childNodes.length === 1 ? photo.innerHTML : photo?.outerHTML) ?? '';
  return photoHtml + (lead ? `<p><strong>${lead.innerHTML}</strong></p>` : '');
}

/** RFI's Chinese files label the authors; in another language it would be a foreign word. */
function authorsOf({ authors, lang }: Article): string {
  if (authors.length === 0) return '';
  const block = make('div');
  if (/^zh\b/.test(lang)) {
    const label = make('span');
    label.append('作者：');
    block.append(label);
  }
  for (const { name, url } of authors) {
    const link = make('a', { rel: 'author', ...(url ? { href: url } : {}) });
    link.append(name);
    block.append(link);
  }
  return block.outerHTML;
}
