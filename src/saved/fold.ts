/**
 * Text as a search sees it: letter case, width, accents, the shape of quotes, and Simplified or Traditional Chinese make no
 * difference to somebody who looks for a word. What is saved in the store `texts` is folded by this: whoever changes what it
 * answers has to make all of them old (texts.ts) in a step of schema.ts.
 *
 * Every letter is folded by itself, whatever stands beside it. So any piece of a text finds the text, and hits.ts knows which
 * letters a piece of the folded text was.
 */
import { STANDING, VARIANTS } from './variants.ts';

/**
 * Marks that only adorn a letter: accents, the vowel signs of Arabic and Hebrew, variation selectors. Those of Khmer and its
 * relatives are letters and stay, as do the voice marks of Japanese.
 */
const ADORNMENTS =
  /(?=\p{M})(?![\u3099\u309a])[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Cyrillic}]/gu;

/** Letters that Unicode takes apart into another letter and an adornment, and that nobody takes for the other one. */
const WHOLE = 'йїў';

/** What nobody types: it joins, parts or turns letters and is not seen. The zero-width non-joiner is among it, and the tatweel. */
const UNSEEN = /[\p{Cf}\u0640]/gu;

/** What Unicode does not take apart, and readers write with the letters or signs of their keyboard: the first of each row. */
const WRITTEN_AS = [
  ['ae', 'æ'],
  ['b', 'ɓ'],
  ['d', 'đɗð'],
  ['e', 'ɛ'],
  ['h', 'ħ'],
  ['i', 'ı'],
  ['k', 'ƙ'],
  ['l', 'ł'],
  ['n', 'ŋɲ'],
  ['o', 'øɔ'],
  ['oe', 'œ'],
  ['ss', 'ß'],
  ['y', 'ƴ'],
  ['σ', 'ς'],
  ['ی', 'يى'],
  ['ک', 'ك'],
  ['ه', 'ةە'],
  ["'", '‘’‚‛ʼʻ′‹›『』'],
  ['"', '“”„‟″«»「」'],
  ['-', '‐‒–—−'],
] as const;

/** Digits of Arabic, Persian and Khmer: the last four bits of each are its value. */
const DIGIT = /[\u0660-\u0669\u06f0-\u06f9\u17e0-\u17e9]/;

/** The folded form of a text in any of RFI's languages: "Việt" and "viet" are one, "國" and "国" too. Lines stay lines. */
export function fold(text: string): string {
  let folded = '';
  // First whole letters, for a letter and its adornment may come apart ("и" and a breve) and are one all the same.
  for (const letter of text.normalize('NFKC')) folded += forms.get(letter) ?? remember(letter);
  return folded;
}

/** The form of every letter that was met: a text has few different ones. */
const forms = new Map<string, string>();

function remember(letter: string): string {
  if (forms.size === 0) fillForms();
  const form = forms.get(letter) ?? formOf(letter);
  forms.set(letter, form);
  return form;
}

function fillForms(): void {
  for (const [form, letters] of WRITTEN_AS) for (const letter of letters) forms.set(letter, form);
  for (let index = 0; index < VARIANTS.length; index++) forms.set(VARIANTS.charAt(index), STANDING.charAt(index));
}

function formOf(letter: string): string {
  const small = letter.toLowerCase();
  if (WHOLE.includes(small)) return small;
  if (DIGIT.test(small)) return String(small.charCodeAt(0) & 15);
  const bare = small.normalize('NFD').replace(ADORNMENTS, '').replace(UNSEEN, '').normalize('NFC');
  if (/^[^\S\n]$/.test(bare)) return ' ';
  return forms.get(bare) ?? bare;
}
