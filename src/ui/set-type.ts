/** What the type of a language asks of the text itself. Only what is shown is changed, never what is saved. */
import { primaryLanguage } from '../article/language.ts';

/** A space of French type that the browser would break at, before a sign or behind one. */
const FRENCH_SPACE = /[ \n\t](?=[;:!?»%])|(?<=«)[ \n\t]/g;
/** The last letter before a sign of Khmer, with all its marks, and the sign: Firefox may begin a line with the sign. */
const KHMER_END = /([\u1780-\u17b3](?:[\u17b4-\u17d1\u17d3\u17dd]|\u17d2.)*[។៕៖ៗ]+)/;
/** Words in Latin letters that stand together, with the signs inside them: "AFP", "Radio France Internationale", "C++". */
const LATIN =
  /(\p{Script=Latin}[\p{Script=Latin}\p{M}0-9]*(?:[ .'’&@/:_-]+\p{Script=Latin}[\p{Script=Latin}\p{M}0-9]*)*\+*)/u;

/** The spaces that `bindSigns` puts in the place of others, one for one. */
const BOUND = /[\u00a0\u202f]/g;

/** The text with plain spaces, whoever bound them: what passages are found in. */
export const unbindSigns = (text: string): string => text.replace(BOUND, ' ');

/** Text whose signs, where it is French, stay on the line of their word: narrow before ; ! and ?, as printers have it. */
export const bindSigns = (text: string, lang: string): string =>
  primaryLanguage(lang) === 'fr'
    ? text.replace(FRENCH_SPACE, (_, place: number) => (/^\s+[;!?]/.test(text.slice(place)) ? '\u202f' : '\u00a0'))
    : text;

/** The text in pieces: every second one is in Latin letters. */
export const splitLatin = (text: string): string[] => text.split(LATIN);

/** Text whose every character is meant. */
const VERBATIM = 'pre, code, kbd, samp';

/**
 * Sets the text of a fragment as its language has it: signs are bound to their words, and among letters that run from the
 * right, Latin words are isolated, so that numbers and signs beside them stay where they are read.
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
    if (dir === 'rtl' && !parent?.closest('bdi, bdo')) wrap(text, splitLatin(text.data), 'bdi');
    if (primaryLanguage(lang) === 'km') wrap(text, text.data.split(KHMER_END), 'span');
  }
}

/** Puts every second piece into an element of its own. */
function wrap(text: Text, pieces: string[], name: 'bdi' | 'span'): void {
  if (pieces.length === 1) return;
  text.replaceWith(
    ...pieces.map((piece, index) => {
      if (index % 2 === 0) return piece;
      const element = document.createElement(name);
      element.textContent = piece;
      return element;
    }),
  );
}
