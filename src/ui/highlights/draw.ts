/** Colours ranges of a page without touching it: https://developer.mozilla.org/docs/Web/API/CSS_Custom_Highlight_API */

/** @param ranges by the name that `::highlight()` has for them; where one has none, nothing has that name any longer */
export function drawRanges(ranges: ReadonlyMap<string, readonly Range[]>): void {
  // Node has no such thing.
  if (typeof CSS === 'undefined' || !CSS.highlights) return;
  for (const [name, drawn] of ranges) {
    if (drawn.length > 0) CSS.highlights.set(name, new Highlight(...drawn));
    else CSS.highlights.delete(name);
  }
}
