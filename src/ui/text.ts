/** The interface's words for components, which know no browser: an entry page provides them. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { getText } from '../platform/i18n.ts';

export type GetText = typeof getText;

const TextContext = createContext<GetText>((key) => key);

export const TextProvider = TextContext.Provider;

/** The function that gives the interface's words. */
export const useText = (): GetText => useContext(TextContext);
