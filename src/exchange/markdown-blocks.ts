/** The blocks of an article out of Markdown, in the conventions that write-markdown.ts keeps. What is in it is hostile. */
import { micromark } from 'micromark';
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table';
import type { HtmlExtension } from 'micromark-util-types';
import { collapseWhiteSpace } from '../article/white-space.ts';

/** A photo as front matter names it. Markdown cannot say how large one is. */
export interface PhotoEntry {
  src: string;
  /** The file beside the Markdown; none where the photo is not kept. */
  file?: string;
  width?: number;
  height?: number;
}

/** Tells a paragraph of Markdown from one that is written as HTML and is meant as it stands. */
const MARK = 'data-markdown';

const markParagraphs: HtmlExtension = {
  enter: {
    // The library's own handler (micromark/lib/compile.js), with an attribute.
    paragraph() {
      if (this.getData('tightStack').at(-1) !== true) {
        this.lineEndingIfNeeded();
        this.tag(`<p ${MARK}>`);
      }
      this.setData('slurpAllLineEndings');
    },
  },
};

/**
 * The blocks as the children of an element of an inert document, not sanitized. A paragraph that begins with a photo is a figure,
 * the rest of it the caption; the first paragraph, if all of it is strong, is the lead.
 */
export function toBlocks(markdown: string, photos: readonly PhotoEntry[]): HTMLElement {
  const html = micromark(markdown, {
    // What HTML is dangerous is for article/sanitize.ts to say.
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfmTable()],
    htmlExtensions: [gfmTableHtml(), markParagraphs],
  });
  const root = new DOMParser().parseFromString(html, 'text/html').body;
  placePhotos(root, photos);
  collapseWhiteSpace(root);
  for (const paragraph of root.querySelectorAll(`:scope > p[${MARK}]`)) makeFigures(paragraph);
  markLead(root);
  for (const paragraph of root.querySelectorAll(`[${MARK}]`)) paragraph.removeAttribute(MARK);
  return root;
}

/** Gives photos the addresses that they have in the web; a file that front matter does not know is nowhere. */
function placePhotos(root: Element, photos: readonly PhotoEntry[]): void {
  const known = new Map(photos.flatMap((photo) => [photo.file ?? photo.src, photo.src].map((name) => [name, photo])));
  for (const img of root.querySelectorAll('img')) {
    const name = img.getAttribute('src') ?? '';
    const photo = known.get(name);
    if (photo) {
      img.setAttribute('src', photo.src);
      if (photo.width && photo.height && !img.hasAttribute('width')) {
        img.setAttribute('width', String(photo.width));
        img.setAttribute('height', String(photo.height));
      }
    } else if (!/^(https?:)?\/\//i.test(name)) img.remove();
  }
}

function makeFigures(paragraph: Element): void {
  if (paragraph.firstChild?.nodeName !== 'IMG') return;
  const make = (name: string): HTMLElement => paragraph.ownerDocument.createElement(name);
  let figure = make('figure');
  let caption = make('figcaption');
  for (const child of [...paragraph.childNodes]) {
    if (child.nodeName === 'IMG') {
      figure = make('figure');
      caption = make('figcaption');
      figure.append(child);
      paragraph.before(figure);
    } else if (caption.hasChildNodes() || (child.textContent ?? '').trim() !== '') {
      if (!caption.hasChildNodes()) figure.append(caption);
      caption.append(child);
    }
  }
  paragraph.remove();
  for (const made of [figure, ...(paragraph.parentElement?.querySelectorAll('figure') ?? [])]) collapseWhiteSpace(made);
}

function markLead(root: Element): void {
  const first = root.querySelector(':scope > p');
  const [strong, ...rest] = first?.childNodes ?? [];
  if (!first?.hasAttribute(MARK) || rest.length > 0 || strong?.nodeName !== 'STRONG') return;
  first.className = 'lead';
  first.replaceChildren(...strong.childNodes);
}
