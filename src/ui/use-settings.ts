/** The reader's settings on a surface: the attributes and the one property that tokens.css reads. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Settings } from '../platform/settings-shape.ts';
import { typeFor } from './type.ts';

/** Applies settings to a `.surface` element that shows text in a BCP 47 language, or none. */
export function applySettings(surface: HTMLElement, settings: Settings, lang: string): void {
  const { font, size, width, lineHeight, spacing, isJustified, isIndented } = typeFor(settings, lang);
  Object.assign(surface.dataset, { theme: settings.theme, font, width, lineHeight, spacing });
  surface.toggleAttribute('data-justified', isJustified);
  surface.toggleAttribute('data-indented', isIndented);
  // Through the object model: a page's Content Security Policy blocks style attributes.
  surface.style.setProperty('--text-size', `${size}px`);
}

/** Where settings are kept, as platform/settings.ts does it. */
export interface SettingsKeeper {
  write: (settings: Settings) => Promise<void>;
  /** Calls the listener after each change, wherever it was made, until the signal aborts. */
  follow: (listener: (settings: Settings) => void, signal: AbortSignal) => void;
}

/**
 * The settings of a surface, applied before it is drawn and at once whenever they change here or elsewhere.
 *
 * @param lang of the article that is shown, empty where none is
 * @returns the settings, and what changes and keeps them
 */
export function useSettings(
  surface: HTMLElement,
  initial: Settings,
  lang: string,
  { write, follow }: SettingsKeeper,
): [settings: Settings, change: (settings: Settings) => void] {
  const [settings, setSettings] = useState(initial);
  useLayoutEffect(() => applySettings(surface, settings, lang), [settings, lang]);
  /** Changes that are not kept yet: until they are, what comes from elsewhere is older. */
  const writing = useRef(0);
  useEffect(() => {
    const ending = new AbortController();
    follow((changed) => {
      if (writing.current === 0) setSettings(changed);
    }, ending.signal);
    return () => ending.abort();
  }, []);
  const change = (changed: Settings): void => {
    setSettings(changed);
    writing.current++;
    // Not kept, they still are those of this page.
    void write(changed)
      .catch(() => undefined)
      .then(() => writing.current--);
  };
  return [settings, change];
}
