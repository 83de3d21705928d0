/** What finds what, in every language that RFI writes: two spellings are one where a reader takes them for one. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { variantTable } from '../../scripts/variants.ts';
import { fold } from '../../src/saved/fold.ts';
import { STANDING, VARIANTS } from '../../src/saved/variants.ts';

describe('a word finds a text', () => {
  it.each<[language: string, typed: string, text: string]>([
    ['Simplified Chinese', '国家', '两个国家的代表昨天见面'],
    ['one character', '面', '两个国家的代表昨天见面'],
    ['Traditional finds Simplified', '國家', '两个国家的代表昨天见面'],
    ['Simplified finds Traditional', '国会', '國會今天討論預算'],
    ['both letters that became one', '发', '他的頭髮很長，經濟發展很快'],
    ['one of two that became one', '頭髮', '他的头发很长'],
    ['what Taiwan writes in its own way', '看著 裡面 台灣', '看着 里面 臺湾'],
    ['full width', 'rfi 2024', 'ＲＦＩ　２０２４年的节目'],
    ['quotes of Taiwan and China', '「自由」', '他谈到“自由”这个词'],
    ['Vietnamese without marks', 'duong pho da nang', 'Đường phố Đà Nẵng sáng nay'],
    ['Vietnamese with marks', 'đường phố', 'duong pho'],
    ['Vietnamese taken apart', 'Việt'.normalize('NFD'), 'Việt Nam'],
    ['French accents', 'eleve a noel', 'L’élève à Noël'],
    ['French ligatures', 'coeur', 'Le CŒUR du sujet'],
    ['ligature typed', 'œuvre', 'Les oeuvres'],
    ['æ', 'ex aequo', 'ex æquo'],
    ['apostrophe', "aujourd'hui", 'Aujourd’hui'],
    ['no-break spaces', '« vraiment ?', '«\u00a0Vraiment\u202f? Oui'],
    ['no-break space in a number', '12 000', '12\u202f000 habitants'],
    ['dashes and hyphens', 'porte-parole', 'porte\u2011parole'],
    ['what parts a word unseen', 'anticonstitutionnel', 'anti\u00adconstitu\u200btionnel'],
    ['Spanish', 'espana', 'ESPAÑA'],
    ['Portuguese', 'sao paulo nacao', 'São Paulo nação'],
    ['Romanian comma and cedilla', 'tara bucurestenilor', 'Țara bucureștenilor'],
    ['Romanian old letters', 'şi ţara', 'și țara'],
    ['Hausa hooks', "kasa dan barawo 'yar", 'ƙasa ɗan ɓarawo ʼyar'],
    ['Hausa capitals', 'yanci', 'Ƴanci'],
    ['Fulfulde', 'nebbam duum', 'ɲeɓɓam ɗuum'],
    ['Mandenkan', 'kene so', 'kɛnɛ sɔ'],
    ['Kiswahili', "ng'ombe", 'Ng’ombe wa jirani'],
    ['Russian ё', 'елка', 'Ёлка стоит'],
    ['Russian stress', 'замок', 'за\u0301мок'],
    ['Ukrainian apostrophe', "п'ять", 'Пʼять днів'],
    ['Ukrainian capitals', 'їжак', 'ЇЖАК'],
    ['й taken apart', 'йод', 'Йод'.normalize('NFD')],
    ['Persian with Arabic letters', 'كتاب علي', 'کتاب علی'],
    ['Persian without the non-joiner', 'میشود', 'کار می\u200cشود'],
    ['Persian with the non-joiner', 'می\u200cشود', 'کار میشود'],
    ['Persian tatweel and vowel signs', 'سلام', 'سَلـــام'],
    ['Persian hamza', 'مسئله', 'مسئلهٔ'],
    ['Persian digits', '1402', 'سال ۱۴۰۲'],
    ['Arabic digits', '۱۴۰۲', '١٤٠٢'],
    ['Khmer', 'ខ្មែរ', 'ភាសាខ្មែរពិរោះ'],
    ['Khmer with the unseen space', 'ភាសាខ្មែរ', 'ភាសា\u200bខ្មែរ'],
    ['Khmer digits', '2024', 'ឆ្នាំ២០២៤'],
    ['Greek', 'αθηνας', 'ΑΘΗΝΆΣ'],
    ['Turkish', 'istanbul isi', 'İstanbul ısı'],
    ['German', 'strasse', 'Straße'],
    ['Polish', 'lodz', 'Łódź'],
  ])('%s: %s', (_, typed, text) => expect(fold(text)).toContain(fold(typed)));

  it.each<[language: string, typed: string, text: string]>([
    ['Russian й is not и', 'мои', 'мой'],
    ['Ukrainian ї is not і', 'іжак', 'їжак'],
    ['Ukrainian ґ is not г', 'грати', 'ґрати'],
    ['Khmer vowels', 'កា', 'កី'],
    ['Khmer letters below', 'ខម', 'ខ្ម'],
    ['Chinese that only sounds alike', '事', '是'],
    ['lines', 'a b', 'a\nb'],
  ])('%s: %s', (_, typed, text) => expect(fold(text)).not.toContain(fold(typed)));
});

describe('fold', () => {
  it('takes no letter of Khmer away', () => {
    const text = 'ព្រះរាជាណាចក្រកម្ពុជា';
    expect(fold(text)).toBe(text);
  });

  it('leaves the lines of a text', () => expect(fold('Un\nDeux\n\nTrois')).toBe('un\ndeux\n\ntrois'));

  it('changes nothing when it folds again', () => {
    const any = fc.string({ unit: 'grapheme', maxLength: 30 });
    fc.assert(fc.property(any, (text) => fold(fold(text)) === fold(text)));
  });

  it('finds a text by any piece of it', () => {
    const letters = fc.constantFrom(
      ...'aéœđ’ \n«ßИйёї國国發髮中𠮷یكك۱ＡÉ',
      'ខ្មែ',
      'e\u0301',
      'ệ',
      'می\u200cش',
      'İ',
      '😀',
    );
    const pieces = fc.tuple(fc.array(letters), fc.array(letters), fc.array(letters));
    fc.assert(
      fc.property(pieces, ([before, piece, after]) =>
        fold([...before, ...piece, ...after].join('')).includes(fold(piece.join(''))),
      ),
    );
  });
});

describe('the table of Chinese characters', () => {
  it('is the one that `npm run update:variants` writes', () => {
    expect([...VARIANTS].map((character, index) => [character, STANDING.charAt(index)])).toEqual(variantTable());
  });

  it('leads to characters that stand for themselves', () => {
    expect([...STANDING].filter((character) => VARIANTS.includes(character))).toEqual([]);
  });
});
