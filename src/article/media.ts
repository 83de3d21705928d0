/**
 * Photos, sounds and videos of RFI's pages as plain HTML: `figure`, `img`, `audio`, and links for videos. RFI's players are
 * custom elements that show nothing without RFI's scripts; lazy photos keep their address in an attribute.
 */
import { isRfiAddress } from './address.ts';
import {
  GALLERY,
  GALLERY_TWIN,
  SITE_PICTURE,
  SOUND_DATA,
  SOUND_DURATION,
  SOUND_PLAYER,
  SOUND_TITLE,
  VIDEO_BLOCK,
  VIDEO_DATA,
  VIDEO_PLAYER,
} from './rfi-page.ts';
import { firstWords, type Removal } from './receipt.ts';
import { collapse } from './white-space.ts';

type Json = Record<string, unknown>;

const parseJson = (text: string | null): unknown => {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
};
const asText = (value: unknown): string => (typeof value === 'string' ? collapse(value) : '');
const asRecord = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const textOf = (element: Element | null): string => collapse(element?.textContent);

const element = (from: Element, name: string, text = '', attributes: Record<string, string> = {}): HTMLElement => {
  const made = from.ownerDocument.createElement(name);
  made.textContent = text;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
};

/** `<figcaption>` with RFI's two parts; null where there is nothing to say. */
const figcaption = (from: Element, caption: string, credit: string): HTMLElement | null => {
  if (!caption && !credit) return null;
  const made = element(from, 'figcaption', caption);
  if (caption && credit) made.append(' ');
  if (credit) made.append(element(from, 'span', credit, { class: 'credit' }));
  return made;
};

/** The address of RFI's lazily loaded photo, from its data set {url, filename, ratio}. */
const addressFromDataSet = (data: Json): string => {
  const folder = asText(data['url']);
  const filename = asText(data['filename']);
  if (!folder || !filename) return '';
  const ratio =
    asText(data['ratio']) ||
    (/^\d+x\d+$/.test(asText(data['displayFormat'])) ? `p:${asText(data['displayFormat'])}` : '');
  return folder + (ratio ? `w:1024/${ratio}/` : '') + encodeURI(decodeSafely(filename));
};

const decodeSafely = (text: string): string => {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
};

const isPlaceholder = (src: string): boolean => src === '' || src.startsWith('data:');

/** The widest candidate of a `srcset`. Candidates are parted at the width behind each: addresses may hold commas. */
const widest = (srcset: string): string => {
  let best = { src: '', width: 0 };
  let src = '';
  for (const token of srcset.trim().split(/\s+/)) {
    const [, width, next = ''] = /^(\d+)w(?:,(.*))?$/.exec(token) ?? [];
    if (Number(width) > best.width) best = { src, width: Number(width) };
    src = width ? next : token;
  }
  return best.src;
};

const photoAddress = (img: Element): string => {
  const src = img.getAttribute('src')?.trim() ?? '';
  if (!isPlaceholder(src)) return src;
  const dataSet = asRecord(parseJson(img.getAttribute('data-image-dataset')));
  const source = img.closest('picture')?.querySelector('source');
  return (
    img.getAttribute('data-src')?.trim() ||
    addressFromDataSet(dataSet) ||
    widest(img.getAttribute('srcset') ?? img.getAttribute('data-srcset') ?? '') ||
    widest(source?.getAttribute('srcset') ?? '')
  );
};

/** `<img>` with nothing but what it shows; null for a placeholder without a photo and for a counting pixel. */
const plainPhoto = (img: Element): HTMLElement | null => {
  const src = photoAddress(img);
  const size = ['width', 'height'].map((name) => Number.parseInt(img.getAttribute(name) ?? '', 10));
  // One side alone is often wrong: a photo of 570 by 0 is shown.
  const known = size.filter((length) => !Number.isNaN(length));
  const isPoint = known.length > 0 && known.every((length) => length <= 1);
  if (!src || isPoint || SITE_PICTURE.test(src)) return null;
  const made = element(img, 'img', '', { src, alt: collapse(img.getAttribute('alt')) });
  const [width, height] = size;
  if (width && height) {
    made.setAttribute('width', String(width));
    made.setAttribute('height', String(height));
  }
  return made;
};

const simplifyCaptions = (root: Element): void => {
  for (const caption of root.querySelectorAll('figcaption')) {
    // A caption with links or further structure is left as the newsroom wrote it.
    if (caption.querySelector('a, p')) continue;
    const credit = caption.querySelector('[class*="credit"]') ?? secondOfTwo(caption.querySelectorAll(':scope > span'));
    const creditText = textOf(credit);
    credit?.remove();
    const plain = figcaption(caption, textOf(caption), creditText);
    if (plain) caption.replaceWith(plain);
    else caption.remove();
  }
};

const secondOfTwo = ([, second, third]: NodeListOf<Element>): Element | null => (third ? null : (second ?? null));

/**
 * Photos: `picture`, lazy placeholders and `noscript` twins become one `<img>` each.
 *
 * @param removed the receipt, to which each counting pixel is added
 */
export function simplifyPhotos(root: Element, removed: Removal[]): void {
  for (const noscript of root.querySelectorAll('noscript')) {
    // Where scripts run, the parser keeps the content of noscript as text: https://html.spec.whatwg.org/#the-noscript-element
    const holder = element(root, 'div');
    if (noscript.children.length > 0) holder.append(...noscript.childNodes);
    else holder.append(...new DOMParser().parseFromString(noscript.textContent ?? '', 'text/html').body.childNodes);
    const twin = holder.querySelector('img');
    const lazy = noscript.previousElementSibling;
    if (twin && lazy?.matches('img')) lazy.replaceWith(twin);
    // Alone, it is a photo of RFI's or somebody's counter for readers without scripts.
    else if (twin && isRfiAddress(twin.getAttribute('src') ?? '')) noscript.before(twin);
    noscript.remove();
  }
  for (const img of root.querySelectorAll('img')) {
    const plain = plainPhoto(img);
    const shown = img.closest('picture') ?? img;
    if (plain) {
      shown.replaceWith(plain);
      continue;
    }
    shown.remove();
    const src = img.getAttribute('src') ?? '';
    if (!isPlaceholder(src))
      removed.push({ reason: 'tracker', rule: firstWords(src), count: 1, words: '', block: null });
  }
  simplifyCaptions(root);
}

/** Galleries: each photo of the JSON attribute as a figure with caption and credit. */
export function expandGalleries(root: Element): void {
  for (const twin of root.querySelectorAll(GALLERY_TWIN)) twin.remove();
  for (const gallery of root.querySelectorAll(GALLERY)) {
    const photos = parseJson(gallery.getAttribute('inlined-images-data'));
    const figures = (Array.isArray(photos) ? photos : []).map((photo) => {
      const { srcset, alt, legend, credits, ...rest } = asRecord(photo);
      const src = asText(asRecord(srcset)['placeholder']) || addressFromDataSet(rest);
      const figure = element(gallery, 'figure');
      figure.append(element(gallery, 'img', '', { src, alt: asText(alt) }));
      figure.append(figcaption(gallery, asText(legend), asText(credits)) ?? '');
      return src ? figure : '';
    });
    gallery.replaceWith(...figures);
  }
}

/** Sounds: RFI's player and its data become a native player with the sound's title and duration. */
export function simplifySounds(root: Element): void {
  for (const data of root.querySelectorAll(SOUND_DATA)) {
    const sound = asRecord(parseJson(data.textContent));
    const source = asRecord(Array.isArray(sound['sources']) ? sound['sources'][0] : null);
    const src = asText(source['url']);
    if (!/^https?:\/\//.test(src)) continue;
    const block = data.closest('.m-em-audio') ?? data.parentElement ?? root;
    const paragraphs = [...block.querySelectorAll('p')].filter((p) => textOf(p) !== '');
    // Without its class, the title is the only paragraph of the block.
    const title =
      block.querySelector(SOUND_TITLE) ?? (block !== root && paragraphs.length === 1 ? paragraphs[0] : null);
    const duration = textOf(block.querySelector(SOUND_DURATION));
    const words = textOf(title ?? null) || asText(asRecord(sound['diffusion'])['title']);
    const figure = soundFigure(root, src, [words, duration].filter(Boolean).join(' · '));
    title?.remove();
    for (const player of block.querySelectorAll(SOUND_PLAYER)) player.remove();
    data.replaceWith(figure);
  }
}

/** A sound as a figure: a native player that loads nothing before it is played, and its caption. */
export function soundFigure(from: Element, src: string, caption: string): HTMLElement {
  const figure = element(from, 'figure');
  figure.append(element(from, 'audio', '', { src, controls: '', preload: 'none' }));
  figure.append(figcaption(from, caption, '') ?? '');
  return figure;
}

/** Frames that count or sell instead of showing something. */
const FRAME_WITHOUT_CONTENT =
  /(doubleclick|googletagmanager|googlesyndication|facebook\.com\/(plugins\/like|tr)|outbrain|batch\.com)/;

const watchAddress = (src: string): string =>
  src.replace(
    /^(?:https?:)?\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/embed\/([\w-]{6,}).*$/,
    'https://www.youtube.com/watch?v=$1',
  );

/**
 * Players and frames would load other hosts as soon as they are shown: what stays is a link that says where it goes.
 *
 * @param removed the receipt, to which each frame that shows nothing is added
 */
export function replacePlayersByLinks(root: Element, removed: Removal[]): void {
  for (const player of root.querySelectorAll(`${VIDEO_PLAYER}, iframe`)) {
    const src = player.getAttribute('source') ?? player.getAttribute('src') ?? player.getAttribute('data-src') ?? '';
    const address = watchAddress(src.trim());
    const isShown = /^(https?:)?\/\//.test(address) && !FRAME_WITHOUT_CONTENT.test(address);
    if (!isShown) {
      if (src) removed.push({ reason: 'tracker', rule: firstWords(src), count: 1, words: '', block: null });
      player.remove();
      continue;
    }
    const block = player.closest(VIDEO_BLOCK);
    const still = block?.querySelector('figure:has(img)');
    const link = element(player, 'a', `${WATCH} ${videoTitle(player, block) || hostOf(address)}`, { href: address });
    if (still) {
      const caption = still.querySelector('figcaption') ?? element(player, 'figcaption');
      if (textOf(caption) !== '') caption.append(' ');
      caption.append(link);
      still.append(caption);
      player.remove();
      // Its duration, printed over the still.
      for (const time of block?.querySelectorAll('time') ?? []) time.remove();
    } else {
      const paragraph = element(player, 'p');
      paragraph.append(link);
      player.replaceWith(paragraph);
    }
  }
  for (const data of root.querySelectorAll(VIDEO_DATA)) data.remove();
}

/** Begins the words of a link to a video. */
export const WATCH = '▶';

const hostOf = (address: string): string => address.replace(/^(https?:)?\/\/(www\.)?/, '').replace(/[/?#].*$/, '');

const videoTitle = (player: Element, block: Element | null): string => {
  const data = asRecord(parseJson(block?.querySelector(VIDEO_DATA)?.textContent ?? null));
  return (
    collapse(player.getAttribute('title')) ||
    asText(data['title']) ||
    collapse(block?.querySelector('figure img')?.getAttribute('alt'))
  );
};
