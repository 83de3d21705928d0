/** Judges one answer on an article of RFI's: which of the newsroom's blocks are in it, in which order, and what junk is left. */
import { createHash } from 'node:crypto';

/** What the newsroom made. */
export const KINDS = ['title', 'lead', 'photo', 'caption', 'credit', 'paragraph', 'heading', 'sound', 'video'] as const;
export type Kind = (typeof KINDS)[number];

/**
 * How a text or an address is known again: by itself, or by its length and the start of its SHA-256, both without white
 * space, so that an expectation says nothing of what the newsroom wrote.
 */
export type Mark = { text: string } | { length: number; hash: string };

export type Block = { kind: Kind } & Mark;

/** What an article should give: its blocks in the page's order, and texts of the page that are not the newsroom's work. */
export interface Expectation {
  blocks: Block[];
  junk: Mark[];
}

/** What an extractor gave, in the form that all of them can be brought to. */
export interface Answer {
  title: string;
  content: Element;
}

export interface Verdict {
  wanted: Record<Kind, number>;
  kept: Record<Kind, number>;
  /** Whether the texts that were kept stand in the expected order. */
  inOrder: boolean;
  /** Pieces of text that are an advertisement, a promotion, a label of the share bar, another article's title or code. */
  junkBlocks: number;
  shareLinks: number;
  trackingLinks: number;
  /** The site's name behind the title, and the site's own picture where an article has no photo. */
  siteMarks: number;
}

/** A text without white space and what else no reader sees. */
export const squeeze = (text: string): string => text.replace(/[\s\u00a0\u200b-\u200d\ufeff]+/g, '');

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** The mark of a text that says nothing of it. */
export const toMark = (text: string): { length: number; hash: string } => {
  const squeezed = squeeze(text);
  return { length: squeezed.length, hash: hashOf(squeezed) };
};

/**
 * @param text without white space
 * @param from the position that the search begins at
 * @returns where the marked text begins, -1 where it is not
 */
export function find(text: string, mark: Mark, from = 0): number {
  if ('text' in mark) return text.indexOf(mark.text, from);
  for (let start = from; start + mark.length <= text.length; start++) {
    if (hashOf(text.slice(start, start + mark.length)) === mark.hash) return start;
  }
  return -1;
}

/** Labels of the feed and of the site, code of its templates. Only whole pieces of text are held against it. */
const JUNK_TEXT =
  /获取更多RSS|feedx\.|继续浏览后续|举报广告|^广告$|^分享[:：]?$|电邮新闻|下载法广|\{\{|v-on:|function\(/;
const SHARE_LINK = /rfi\.my\/\w+\.\w|dialog\/share|\/sharer|\/intent\/|whatsapp|^mailto:\?/i;
const SITE_SUFFIX = /[–-](法国国际广播电台)?-?RFI$/;
const SITE_PICTURE = 'img[src*="/meta_og_twcards/"]';
const TRACKING_LINK = /[?&#](utm_\w+|fbclid|gclid|smid|smtyp|ref_src|xtor|at_\w+)=|redir\.aspx/i;

/** Judges an answer. The answer is only read. */
export function judge({ title, content }: Answer, { blocks, junk }: Expectation): Verdict {
  const addresses = (selector: string): string =>
    [...content.querySelectorAll(selector)]
      .flatMap((element) => ['src', 'srcset', 'href'].map((name) => element.getAttribute(name) ?? ''))
      .map((address) => squeeze(decodeSafely(address)))
      .join('\n');
  const text = squeeze(content.textContent ?? '');
  const places: Partial<Record<Kind, string>> = {
    title: `${squeeze(title)}\n${text}`,
    photo: addresses('img, picture source'),
    sound: addresses('audio, audio source, a'),
    video: addresses('video, video source, iframe, a'),
  };
  const verdict: Verdict = { ...countJunk(title, content, junk), wanted: none(), kept: none(), inOrder: true };
  let reached = 0;
  for (const block of blocks) {
    verdict.wanted[block.kind]++;
    const place = places[block.kind];
    const behind = place === undefined ? find(text, block, reached) : find(place, block);
    const found = behind >= 0 || place !== undefined ? behind : find(text, block);
    if (found < 0) continue;
    verdict.kept[block.kind]++;
    if (place !== undefined) continue;
    if (behind < 0) verdict.inOrder = false;
    else reached = behind;
  }
  return verdict;
}

function countJunk(title: string, content: Element, junk: Mark[]): Omit<Verdict, 'wanted' | 'kept' | 'inOrder'> {
  const isJunk = (piece: string): boolean =>
    JUNK_TEXT.test(piece) ||
    junk.some((mark) =>
      'text' in mark ? mark.text === piece : mark.length === piece.length && mark.hash === hashOf(piece),
    );
  const links = [...content.querySelectorAll('a[href]')].map((link) => decodeSafely(link.getAttribute('href') ?? ''));
  return {
    junkBlocks: piecesOf(content).filter(isJunk).length,
    shareLinks: links.filter((link) => SHARE_LINK.test(link)).length,
    trackingLinks: links.filter((link) => TRACKING_LINK.test(link)).length,
    siteMarks: Number(SITE_SUFFIX.test(squeeze(title))) + content.querySelectorAll(SITE_PICTURE).length,
  };
}

/** Every text node that shows something, without white space. */
export function piecesOf(root: Element): string[] {
  return [...root.childNodes].flatMap((node) => {
    if (node.nodeType === Node.TEXT_NODE) return [squeeze(node.textContent ?? '')].filter(Boolean);
    return node.nodeType === Node.ELEMENT_NODE ? piecesOf(node as Element) : [];
  });
}

export const none = (): Record<Kind, number> => ({
  title: 0,
  lead: 0,
  photo: 0,
  caption: 0,
  credit: 0,
  paragraph: 0,
  heading: 0,
  sound: 0,
  video: 0,
});

const decodeSafely = (address: string): string => {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
};
