/** What an extraction did, for the reader who asks what is missing and why. */

/** Why a block, a link or a picture is not in the article. Each reason has its words in _locales under `removed_<reason>`. */
export type RemovalReason = 'advertisement' | 'promotion' | 'share' | 'related' | 'consent' | 'tracker';

export interface Removal {
  reason: RemovalReason;
  /** The selector or the rule that matched. */
  rule: string;
  /** How many of what the reason names: a share bar counts its links. */
  count: number;
  /** The first words of what was removed, empty where it had none. */
  words: string;
  /** The number by which `extractArticle` brings this block back; null where nothing of it could be read. */
  block: number | null;
}

export interface Receipt {
  kept: { paragraphs: number; photos: number; captions: number; sounds: number };
  removed: Removal[];
}

const MAX_WORDS = 80;

/** The words that a removal is remembered by. */
export function firstWords(text: string | null | undefined): string {
  // Far more than the words need: an advertisement may hold a whole script.
  const start = (text ?? '').trimStart().slice(0, 10 * MAX_WORDS);
  const words = start.replace(/\s+/g, ' ').trimEnd();
  return words.length > MAX_WORDS ? `${words.slice(0, MAX_WORDS)}…` : words;
}

/** The first words in an element, one text node after the other: a block of junk may hold thousands. */
export function firstWordsIn(element: Element): string {
  const texts = element.ownerDocument.createTreeWalker(element, 4 /* NodeFilter.SHOW_TEXT; Node has no such global */);
  let words = '';
  while (words.length <= MAX_WORDS && texts.nextNode())
    words = `${words} ${texts.currentNode.nodeValue?.trim()}`.trim();
  return firstWords(words);
}

/** Counts what is in an article's content. */
export function countKept(content: ParentNode): Receipt['kept'] {
  const count = (name: string): number => content.querySelectorAll(name).length;
  return {
    paragraphs: count('p'),
    photos: count('img'),
    captions: count('figcaption'),
    sounds: count('audio'),
  };
}

const REASONS: readonly RemovalReason[] = ['advertisement', 'promotion', 'share', 'related', 'consent', 'tracker'];

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isRemoval = (value: unknown): value is Removal =>
  isRecord(value) &&
  REASONS.some((reason) => reason === value['reason']) &&
  typeof value['rule'] === 'string' &&
  typeof value['words'] === 'string' &&
  Number.isFinite(value['count']) &&
  (value['block'] === null || Number.isFinite(value['block']));

/** Whether a value from a message or a script's answer has the shape of a `Receipt`. */
export function isReceipt(value: unknown): value is Receipt {
  if (!isRecord(value) || !isRecord(value['kept']) || !Array.isArray(value['removed'])) return false;
  const { kept, removed } = value;
  return (
    ['paragraphs', 'photos', 'captions', 'sounds'].every((name) => Number.isFinite(kept[name])) &&
    removed.every(isRemoval)
  );
}

/** How many were removed, by reason, in the order in which the reasons are named. */
export function countRemoved({ removed }: Receipt): { reason: RemovalReason; count: number }[] {
  return REASONS.map((reason) => ({
    reason,
    count: removed.filter((removal) => removal.reason === reason).reduce((sum, { count }) => sum + count, 0),
  })).filter(({ count }) => count > 0);
}
