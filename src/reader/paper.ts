/** The overlay on paper: a dialog is one page high, so its article is laid out in the page's own flow, in the page's place. */

/**
 * While the browser prints, the article that `dialog` shows stands alone in the page; afterwards all is as it was.
 *
 * @param root around the dialog
 */
export function printArticle(root: ShadowRoot, dialog: HTMLElement, signal: AbortSignal): void {
  let putBack: (() => void) | undefined;
  const prepare = (): void => {
    const article = dialog.querySelector('.article');
    if (!article || putBack) return;
    const sheet = document.createElement('div');
    sheet.className = dialog.className;
    Object.assign(sheet.dataset, dialog.dataset);
    sheet.append(article.cloneNode(true));
    root.append(sheet);
    const before = document.body.getAttribute('style');
    // Through the object model: a page's Content Security Policy blocks style attributes.
    document.body.style.setProperty('display', 'none', 'important');
    putBack = () => {
      sheet.remove();
      if (before === null) document.body.removeAttribute('style');
      else document.body.style.cssText = before;
      putBack = undefined;
    };
  };
  const end = (): void => putBack?.();
  addEventListener('beforeprint', prepare, { signal });
  addEventListener('afterprint', end, { signal });
  signal.addEventListener('abort', end, { once: true });
}
