/** What the type of a language asks of the text itself. Only what is shown is changed, never what is saved. */
import { primaryLanguage } from '../article/language.ts';

/** A space of French type that the browser would break at, and the sign before or behind it. */
const FRENCH_SPACE = /[ \n\t]+(?=[;:!?»%])|(?<=«)[ \n\t]+/g;
/** Where the dictionary that parts the words of Khmer may part a sign from its word. */
const KHMER_SIGN = /(?=[។៕៖ៗ])/g;
/** Words in Latin letters that stand together, with the signs inside them: "AFP", "Radio France Internationale", "C++". */
const LATIN =
  /(\p{Script=Latin}[\p{Script=Latin}\p{M}0-9]*(?:[ .'’&@/:_-]+\p{Script=Latin}[\p{Script=Latin}\p{M}0-9]*)*\+*)/u;

/**
 * Text whose signs stay on the line of their word. French ones keep a space, narrow before ; ! and ?, as printers have it;
 * Khmer ones have none.
 */
export function bindSigns(text: string, lang: string): string {
  switch (primaryLanguage(lang)) {
    case 'fr':
      return text.replace(FRENCH_SPACE, (_, place: number) =>
        /^\s+[;!?]/.test(text.slice(place)) ? '\u202f' : '\u00a0',
      );
    case 'km':
      return text.replace(KHMER_SIGN, '\u2060');
    default:
      return text;
  }
}

/** The text in pieces: every second one is in Latin letters. */
export const splitLatin = (text: string): string[] => text.split(LATIN);

/** Text whose every character is meant. */
const VERBATIM = 'pre, code, kbd, samp';

/**
 * Sets the text of a fragment as its language has it: signs are bound to their words, and among letters that run from
 * the right, Latin words are isolated, so that numbers and signs beside them stay where they are read.
 *
 * @param lang of what names no language itself
 */
export function setType(fragment: DocumentFragment, lang: string, dir: 'ltr' | 'rtl'): void {
  const texts = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (texts.nextNode()) found.push(texts.currentNode as Text);
  for (const text of found) {
    const parent = text.parentElement;
    if (parent?.closest(VERBATIM)) continue;
    text.data = bindSigns(text.data, parent?.closest<HTMLElement>('[lang]')?.lang ?? lang);
    if (dir === 'rtl' && !parent?.closest('bdi, bdo')) isolateLatin(text);
  }
}

function isolateLatin(text: Text): void {
  const pieces = splitLatin(text.data);
  // Alone in its element it has nothing beside it.
  if (pieces.length === 1) return;
  text.replaceWith(
    ...pieces.map((piece, index) => {
      if (index % 2 === 0) return piece;
      const word = document.createElement('bdi');
      word.textContent = piece;
      return word;
    }),
  );
}
