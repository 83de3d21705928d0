/** Translating what is selected. The browser's translator is a stand-in here: jsdom has none, and a real one fetches its languages. */
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Translation } from '../../src/ui/highlights/Translation.tsx';
import { TextProvider } from '../../src/ui/text.ts';
import { say } from '../fixtures/english.ts';

let root: HTMLElement;
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
  root = document.createElement('div');
});
afterEach(async () => {
  await act(() => render(null, root));
  vi.unstubAllGlobals();
});

const show = (text = 'bibliothèque'): Promise<void> =>
  act(async () =>
    render(
      <TextProvider value={say}>
        <Translation text={text} lang="fr" />
      </TextProvider>,
      root,
    ),
  );
const see = (words: string): Promise<void> =>
  vi.waitFor(() => expect(root.querySelector('[role=status]')?.textContent).toBe(words));
async function press(): Promise<void> {
  const button = await vi.waitFor(() => root.querySelector('button') ?? expect.fail('There is no button.'));
  await act(() => button.click());
}

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
  await press();
  await see('bibliothèque in English');
  expect(root.querySelector('[role=status]')?.getAttribute('lang')).toBe('en');
  expect(asked).toMatchObject([{ sourceLanguage: 'fr', targetLanguage: 'en' }]);
  await show('lampe');
  await see('');
});

it('says that it takes its time, and asks for no more when the selection goes', async () => {
  answer = () => new Promise(() => undefined);
  await show();
  await press();
  await see(say('translating'));
  await act(() => render(null, root));
  expect(asked[0]?.signal?.aborted).toBe(true);
});

it('says so where the browser could not', async () => {
  answer = () => Promise.reject(new DOMException('no', 'NotSupportedError'));
  await show();
  await press();
  await see(say('translate_failed'));
});
