/** Marks what was searched in the text of the article that is shown, without touching the text. */
import { useEffect } from 'preact/hooks';
import { findHits } from '../saved/hits.ts';
import type { Article } from '../article/article.ts';
import type { Query } from '../saved/query.ts';

const NAME = 'liseuse-hit';

/**
 * @param query what was searched, undefined where nothing was
 * @param shown the article that is shown, undefined as long as none is
 */
export function useHighlight(query: Query | undefined, shown: Article | undefined): void {
  useEffect(() => {
    // https://developer.mozilla.org/docs/Web/API/CSS_Custom_Highlight_API
    if (!query || !shown || !CSS.highlights) return;
    const root = document.querySelector('.library-article .article');
    if (!root) return;
    const ranges: Range[] = [];
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode as Text;
      for (const [start, end] of findHits(node.data, query)) {
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, end);
        ranges.push(range);
      }
    }
    CSS.highlights.set(NAME, new Highlight(...ranges));
    return () => void CSS.highlights.delete(NAME);
  }, [query, shown]);
}
