/** Runs on every page of rfi.fr and does one thing: it notes that the page is an article. Nothing is parsed or drawn. */
import { notePage } from '../platform/page-note.ts';

const isArticlePage = document.querySelector(
  '[data-article-content], .t-content--article, meta[property="og:type"][content="article"]',
);
if (isArticlePage) {
  notePage(location.href);
  // A page that the reader goes back to is not loaded again, but its toolbar icon is blank: https://web.dev/articles/bfcache
  addEventListener('pageshow', (event) => {
    if (event.persisted) notePage(location.href);
  });
}
