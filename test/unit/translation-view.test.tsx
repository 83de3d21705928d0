/** Translating what is selected. The browser's translator is a stand-in here: jsdom has none, and a real one fetches its languages. */
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Translation } from '../../src/ui/highlights/Translation.tsx';
import { draw, findButton, openPage, press, root } from '../fixtures/draw.tsx';
import { say } from '../fixtures/english.ts';

let asked: TranslatorCreateOptions[];
/** What the stand-in answers to a word, and what it says of two languages. */
let answer: (word: string) => Promise<string>;
let availability: Availability;

beforeEach(() => {
  asked = [];
  availability = 'downloadable';
  answer = async (word) => `${word} in English`;
  vi.stubGlobal('Translator', {
    availability: async () => availability,
    create: async (options: TranslatorCreateOptions) => {
      asked.push(options);
      return { translate: answer, destroy: () => undefined };
    },
  });
});
afterEach(() => void vi.unstubAllGlobals());

const show = (text = 'bibliothèque'): Promise<void> => draw(<Translation text={text} lang="fr" />);
const see = (words: string): Promise<void> =>
  vi.waitFor(() => expect(root.querySelector('[role=status]')?.textContent).toBe(words));
/** Whether the browser can translate is only known a moment later. */
const translate = async (): Promise<void> => {
  await vi.waitFor(() => findButton('Translate'));
  await press('Translate');
};

it('is not offered where the browser has no translator', async () => {
  vi.unstubAllGlobals();
  await show();
  await act(async () => undefined);
  expect(root.innerHTML).toBe('');
});

it('is not offered where the browser cannot translate between the two languages', async () => {
  availability = 'unavailable';
  await show();
  await act(async () => undefined);
  expect(root.innerHTML).toBe('');
});

it('says what is selected in the language of the interface, and forgets it when something else is', async () => {
  await show();
  await translate();
  await see('bibliothèque in English');
  expect(root.querySelector('[role=status]')?.getAttribute('lang')).toBe('en');
  expect(asked).toMatchObject([{ sourceLanguage: 'fr', targetLanguage: 'en' }]);
  await show('lampe');
  await see('');
});

it('says that it takes its time, and asks for no more when the selection goes', async () => {
  answer = () => new Promise(() => undefined);
  await show();
  await translate();
  await see(say('translating'));
  await openPage();
  expect(asked[0]?.signal?.aborted).toBe(true);
});

it('says so where the browser could not', async () => {
  answer = () => Promise.reject(new DOMException('no', 'NotSupportedError'));
  await show();
  await translate();
  await see(say('translate_failed'));
});
