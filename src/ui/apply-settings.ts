/** The reader's settings on a surface: the attributes and the one property that tokens.css reads. */
import type { Settings } from '../platform/settings.ts';

/** Applies settings to a `.surface` element. */
export function applySettings(surface: HTMLElement, { theme, font, size, width }: Settings): void {
  Object.assign(surface.dataset, { theme, font, width });
  // Through the object model: a page's Content Security Policy blocks style attributes.
  surface.style.setProperty('--text-size', `${size}px`);
}
