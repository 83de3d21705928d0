/** How the bench knows that somebody found the whole article: its last paragraph is in what was found. */

/**
 * The last paragraph of the article of an RFI page, as it stands in that page, without white space; empty where there is
 * none. Short ones are signatures and labels. It is also sent to a browser as text, so it uses nothing from outside itself.
 */
export function lastParagraph(): string {
  return (
    [...document.querySelectorAll('.t-content__body > p')]
      .map((paragraph) => (paragraph.textContent ?? '').replace(/\s+/g, ''))
      .filter((text) => text.length > 20)
      .at(-1) ?? ''
  );
}
