/** How the text of a language is set: what the reader chose for it, else for all languages, else what is usual here. */
import { primaryLanguage } from '../article/language.ts';
import type { Settings, TypeChoices } from '../platform/settings-shape.ts';

export type Type = Required<TypeChoices>;

const USUAL: Type = {
  font: 'serif',
  size: 19,
  width: 'medium',
  lineHeight: 'normal',
  spacing: 'normal',
  isJustified: false,
  isIndented: false,
};

/** The type of a BCP 47 language; of all languages that have none of their own where it is empty. */
export function typeFor({ all, languages }: Settings, lang: string): Type {
  return { ...USUAL, ...all, ...languages[primaryLanguage(lang)] };
}

/** The settings with a choice more, for the language that it was made in. */
export function withChoice(settings: Settings, lang: string, choice: TypeChoices): Settings {
  const language = primaryLanguage(lang);
  if (!language) return { ...settings, all: { ...settings.all, ...choice } };
  const chosen = { ...settings.languages[language], ...choice };
  return { ...settings, languages: { ...settings.languages, [language]: chosen } };
}

/** The settings with the usual type for a language, whatever all others have; the theme stays. */
export function withUsualType(settings: Settings, lang: string): Settings {
  return withChoice(settings, lang, USUAL);
}
