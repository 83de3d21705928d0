/** Runs on every page of rfi.fr and does one thing: it notes that the page is an article. Nothing is parsed or drawn. */
import { notePage, offerPage, onSavedListChanged } from '../platform/page-note.ts';

const isArticlePage = document.querySelector(
  '[data-article-content], .t-content__article-wrapper, .t-content--article, meta[property="og:type"][content="article"]',
);
if (isArticlePage) {
  const note = (): void => {
    const canonical = document.querySelector<HTMLLinkElement>('link[rel="canonical"]');
    notePage([location.href, canonical?.href ?? location.href]);
  };
  note();
  onSavedListChanged(note);
  // Who reloads an article or goes back to it has read it, or closed the overlay to see the page.
  const [loading] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (loading?.type === 'navigate') {
    // Loaded in advance, it is in no tab yet: https://developer.chrome.com/docs/web-platform/prerender-pages
    if ((document as { prerendering?: boolean }).prerendering)
      document.addEventListener('prerenderingchange', offerPage, { once: true });
    else offerPage();
  }
  // A page that the reader goes back to is not loaded again, but its toolbar icon is blank: https://web.dev/articles/bfcache
  addEventListener('pageshow', (event) => {
    if (event.persisted) note();
  });
}
