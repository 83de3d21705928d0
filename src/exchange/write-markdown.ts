/** An article as a Markdown file with YAML front matter, which Obsidian and any text editor open. */
import { tables } from '@joplin/turndown-plugin-gfm';
import TurndownService from 'turndown';
import { removeEmpty } from '../article/prune.ts';
import { sanitizeToFragment } from '../article/sanitize.ts';
import { listHighlights } from './markdown-highlights.ts';
import { writeFrontMatter, type WrittenArticle } from './front-matter.ts';
import { toBlocks, type PhotoEntry } from './markdown-blocks.ts';
import { isTangled } from './tangled.ts';

/**
 * The Markdown file of an article. Read again (read-markdown.ts), it is the same article with the same marks; only the bin is
 * not in it. What Markdown cannot say (a sound, a box, a table without a head) is in it as HTML.
 *
 * @param files the photos that lie beside it: their paths, from where the file lies, by their addresses
 */
export function writeMarkdown(written: WrittenArticle, files: ReadonlyMap<string, string>): string {
  const content = document.implementation.createHTMLDocument('').createElement('div');
  content.append(sanitizeToFragment(written.article.content));
  removeEmpty(content);
  const blocks = [...content.childNodes].filter((node) => (node.textContent ?? '').trim() !== '' || isElement(node));
  const photos = photosOf(content, files);
  const text = `---\n${writeFrontMatter(written, photos)}---\n\n${writeBlocks(blocks, photos)}\n`;
  return text + listHighlights(written.marks.highlights);
}

const isElement = (node: Node): node is Element => node.nodeType === Node.ELEMENT_NODE;

/** Each photo once, with what Markdown cannot say of it. */
function photosOf(content: Element, files: ReadonlyMap<string, string>): PhotoEntry[] {
  const photos = new Map<string, PhotoEntry>();
  for (const img of content.querySelectorAll('img')) {
    const src = img.getAttribute('src') ?? '';
    const file = files.get(src);
    const [width, height] = ['width', 'height'].map((name) => Number(img.getAttribute(name)));
    if (src === '' || photos.has(src)) continue;
    photos.set(src, { src, ...(file ? { file } : {}), ...(width && height ? { width, height } : {}) });
  }
  return [...photos.values()];
}

/** Each block in the first form that is the same block when it is read: mostly all in the plainest, which is tried on all at once. */
function writeBlocks(blocks: Node[], photos: PhotoEntry[]): string {
  const loose = makeService(photos, false);
  const wanted = blocks.map(htmlOf);
  const isSame = (body: string): boolean =>
    [...toBlocks(body, photos).childNodes]
      .filter((node) => !isComment(node))
      .map(htmlOf)
      .join('\n') === wanted.join('\n');
  const inHtml = `<div>${wanted.map(toOneLine).join('')}</div>`;
  const plain = joinBlocks(
    blocks,
    blocks.map((block, index) => {
      const markdown = loose.turndown(holderOf(block));
      return isTangled(markdown) ? toOneLine(wanted[index] ?? '') : markdown;
    }),
  );
  // Each by itself can be read, but not one after the other.
  if (isTangled(plain)) return inHtml;
  if (isSame(plain)) return plain;

  const services = [loose, makeService(photos, true)];
  const written: string[] = [];
  let hasParagraph = false;
  for (const [index, block] of blocks.entries()) {
    const html = wanted[index] ?? '';
    // The first paragraph may be the lead.
    const context = hasParagraph ? 'x\n\n' : '';
    let form: string | undefined;
    for (const service of services) {
      const markdown = service.turndown(holderOf(block));
      if (isTangled(markdown)) continue;
      const read = toBlocks(context + markdown, photos);
      if (hasParagraph) read.firstElementChild?.remove();
      if (read.childNodes.length !== 1 || htmlOf(read.firstChild) !== html) continue;
      form = markdown;
      break;
    }
    written.push(form ?? toOneLine(html));
    hasParagraph ||= block.nodeName === 'P';
  }
  const body = joinBlocks(blocks, written);
  return isSame(body) ? body : inHtml;
}

/** The Markdown of the blocks, one behind the other; side by side, two lists would be one. */
const joinBlocks = (blocks: Node[], written: string[]): string =>
  written
    .flatMap((markdown, index) => {
      const isAfterList = [blocks[index - 1], blocks[index]].every((block) => /^[OU]L$/.test(block?.nodeName ?? ''));
      return isAfterList ? ['<!-- -->', markdown] : [markdown];
    })
    .join('\n\n');

const isComment = (node: Node): boolean => node.nodeType === Node.COMMENT_NODE;

const holderOf = (block: Node): HTMLElement => {
  const holder = (block.ownerDocument ?? document).createElement('div');
  holder.append(block.cloneNode(true));
  return holder;
};

const htmlOf = (node: Node | null): string => (node ? holderOf(node).innerHTML : '');

/** HTML ends at an empty line in Markdown. */
const toOneLine = (html: string): string => html.replaceAll('\n', '&#10;').replaceAll('\r', '&#13;');

/** Elements within a line that Markdown has no sign for. */
const AS_HTML = [
  ...([
    'abbr',
    'b',
    'bdi',
    'bdo',
    'cite',
    'del',
    'i',
    'ins',
    'kbd',
    'mark',
    'q',
    'ruby',
    's',
    'samp',
    'small',
  ] as const),
  ...(['span', 'sub', 'sup', 'time', 'u', 'var'] as const),
];

/** @param isStrict Whether emphasis is HTML too: beside Chinese punctuation, `**` is not what it is elsewhere */
function makeService(photos: readonly PhotoEntry[], isStrict: boolean): TurndownService {
  const service = new TurndownService({
    headingStyle: 'atx',
    hr: '---',
    bulletListMarker: '-',
    codeBlockStyle: 'fenced',
    emDelimiter: '*',
    br: '\\',
  });
  service.use(tables);
  const escape = service.escape.bind(service);
  service.escape = (text) => escape(text).replace(/<|&(?=#?\w+;)/g, String.raw`\$&`);
  const toHtml = (_: string, node: Node): string => toOneLine((node as Element).outerHTML);
  service.addRule('asHtml', { filter: isStrict ? [...AS_HTML, 'em', 'strong'] : AS_HTML, replacement: toHtml });
  service.addRule('lead', {
    filter: (node) => node.matches('p.lead'),
    replacement: (content) => `\n\n**${content.trim()}**\n\n`,
  });
  service.addRule('figure', {
    filter: (node) => node.matches('figure:has(> img:first-child)'),
    replacement: (_, node) => {
      const caption = (node as Element).querySelector('figcaption');
      const words = caption ? service.turndown(holderOfChildren(caption)) : '';
      const photo = (node as Element).querySelector('img');
      return `\n\n${photo ? photoMarkdown(photo, photos) : ''}${words ? `\n${words}` : ''}\n\n`;
    },
  });
  service.addRule('photo', { filter: 'img', replacement: (_, node) => photoMarkdown(node as Element, photos) });
  return service;
}

const holderOfChildren = (element: Element): HTMLElement => {
  const holder = element.ownerDocument.createElement('div');
  holder.append(...[...element.childNodes].map((child) => child.cloneNode(true)));
  return holder;
};

function photoMarkdown(img: Element, photos: readonly PhotoEntry[]): string {
  const src = img.getAttribute('src') ?? '';
  const alt = (img.getAttribute('alt') ?? '').replace(/[\\`*_[\]<>&!]/g, String.raw`\$&`);
  const target = photos.find((photo) => photo.src === src)?.file ?? src;
  return `![${alt}](${/[()<>\s]/.test(target) ? `<${target}>` : target})`;
}
