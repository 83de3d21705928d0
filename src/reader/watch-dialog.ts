/** Watches what becomes of the overlay: the reader closes it, the page may take it away or lay something over it. */

export interface Overlay {
  host: Element;
  dialog: HTMLDialogElement;
}

/**
 * Keeps the overlay above what the page shows later.
 *
 * @param onEnd is called when the dialog is closed or taken from its place, whoever did that
 * @param signal ends the watch
 */
export function watchDialog({ host, dialog }: Overlay, onEnd: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(() => {
    // Moved within the document, it is no longer over anything.
    if (!dialog.open || !dialog.matches(':modal')) onEnd();
  });
  observer.observe(dialog, { attributeFilter: ['open'] });
  // A page that is written anew loses its root element.
  for (const parent of [document, document.documentElement, host.shadowRoot]) {
    if (parent) observer.observe(parent, { childList: true });
  }
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });

  const raise = (): void => {
    if (dialog.open && dialog.isConnected) raiseToTop(dialog);
  };
  // Not told: dialogs in shadow roots of the page.
  const onToggle = ({ target }: Event): void => {
    if (target !== host && (target as Element).matches(':modal, :popover-open')) raise();
  };
  const onFullscreen = (): void => {
    if (document.fullscreenElement) raise();
  };
  document.addEventListener('toggle', onToggle, { capture: true, signal });
  document.addEventListener('fullscreenchange', onFullscreen, { signal });
}

/** Of what lies over everything the last that came is on top: https://html.spec.whatwg.org/#top-layer */
function raiseToTop(dialog: HTMLDialogElement): void {
  const scroller = dialog.querySelector('.reader-page');
  const focused = (dialog.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
  const place = scroller?.scrollTop ?? 0;
  dialog.close();
  dialog.showModal();
  (focused ?? dialog.querySelector<HTMLElement>('.reader-page'))?.focus({ preventScroll: true });
  if (scroller) scroller.scrollTop = place;
}
