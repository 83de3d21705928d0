/** What is selected, in the language of the interface: by the browser's own translator, where it has one. No text leaves the machine. */
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useText } from '../text.ts';

export interface TranslationProps {
  text: string;
  /** The language it is in. */
  lang: string;
}

type State = { step: 'idle' | 'working' | 'failed' } | { step: 'done'; words: string };

/**
 * A button, and what comes of it; nothing in a browser that cannot translate between the two.
 * https://developer.mozilla.org/en-US/docs/Web/API/Translator
 */
export function Translation({ text, lang }: TranslationProps): VNode | null {
  const getText = useText();
  const to = getText('language');
  const [isOffered, setOffered] = useState(false);
  const [state, setState] = useState<State>({ step: 'idle' });
  const ending = useRef<AbortController | undefined>(undefined);

  useEffect(() => {
    let isCurrent = true;
    setOffered(false);
    if ('Translator' in globalThis)
      void Translator.availability({ sourceLanguage: lang, targetLanguage: to })
        .then((availability) => isCurrent && setOffered(availability !== 'unavailable'))
        // A page's policy may forbid it.
        .catch(() => undefined);
    return () => void (isCurrent = false);
  }, [lang, to]);
  useEffect(() => {
    setState({ step: 'idle' });
    return () => ending.current?.abort();
  }, [text]);

  const translate = async (): Promise<void> => {
    ending.current?.abort();
    const { signal } = (ending.current = new AbortController());
    setState({ step: 'working' });
    try {
      // The browser may have to fetch the two languages first.
      const translator = await Translator.create({ sourceLanguage: lang, targetLanguage: to, signal });
      const words = await translator.translate(text, { signal });
      translator.destroy();
      if (!signal.aborted) setState({ step: 'done', words });
    } catch {
      if (!signal.aborted) setState({ step: 'failed' });
    }
  };

  if (!isOffered) return null;
  return (
    <>
      <button type="button" onClick={() => void translate()}>
        {getText('translate')}
      </button>
      <p role="status" class="translation" {...(state.step === 'done' && { lang: to, dir: 'auto' })}>
        {state.step === 'working' && getText('translating')}
        {state.step === 'failed' && getText('translate_failed')}
        {state.step === 'done' && state.words}
      </p>
    </>
  );
}
