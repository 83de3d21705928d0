/**
 * All that is known of rfi.fr's markup, and nowhere else: which element is the article, where its facts stand, what in it
 * is not the newsroom's work. Each line says where the markup was seen; test/fixtures holds a page for each. The same
 * publisher's france24.com has the same markup.
 */
import type { RemovalReason } from './receipt.ts';

/** The article element. The second form is a page without it (2022 templates, programme pages). */
export const ARTICLE = 'article.t-content__article-wrapper, article[data-article-content]';
export const ARTICLE_FALLBACK = '.t-content--article, .t-content:has(.t-content__body, .t-content__transcription)';

/** The facts of an article. They become fields and leave the text. */
export const FACTS = {
  kicker: '.t-content__section',
  title: 'h1',
  lead: '.t-content__chapo',
  dates: '.t-content__dates time[datetime]',
  authors: '.m-from-author__name',
  tags: '.t-content__tags a, .m-tags-list a',
} as const;

/** Elements whose whole content is one of the facts above. */
export const FACT_BLOCKS = [
  '.t-content__section',
  'h1.t-content__title',
  'h1.a-page-title',
  '.t-content__dates',
  // An entry of a live blog may have its time in the same block.
  '.m-pub-dates:not(.m-em-liveblog *)',
  '.a-reading-time',
  '.t-content__authors',
  '.m-authors',
  '.m-from-author',
  '.t-content__tags',
].join(',');

/** What the site puts behind its titles in `<title>` and in old feeds: " – 法国国际广播电台 - RFI" (4,509 of 10,754 files of 2020). */
export const SITE_IN_TITLE = /(\s+[–—|-]\s+(法国国际广播电台|法國國際廣播電台|RFI))+\s*$/;

/** The site's own picture, for articles that have none when they are shared (feeds of 2020). */
export const SITE_PICTURE = /\/meta_og_twcards\//;

export const BODY = '.t-content__body';

/** A programme's page may have no body, but these: where they were seen is said in test/fixtures/programme-fr. */
export const CHAPTERS = '.t-content__chapters, .m-chapters';
export const CHAPTER = '.a-chapter';
export const CHAPTER_TITLE = '.a-chapter__label';
/** Its value is in seconds, quoted or not, as a Vue binding. */
export const CHAPTER_START = 'v-bind:init-time';
export const TRANSCRIPT = '.t-content__transcription';

/** Never the newsroom's work, by what it is. Attribute selectors are the ones that survive in feeds, which strip every class. */
export const JUNK: Readonly<Record<Exclude<RemovalReason, 'tracker'>, readonly string[]>> = {
  // With the button that "unlocks" the text below (real page 2025; feeds 2020 to 2023).
  advertisement: [
    '.m-interstitial',
    '[data-readmore-target]',
    '[data-readmore-unlocker]',
    '.m-block-ad',
    '.o-ad-container',
    '.o-ad-sponsoring',
    '[data-tms-ad-type]',
    '[data-tms-ad-container]',
    '[data-tms-ad-report]',
  ],
  // Newsletter and app-store boxes (real page 2025; feeds).
  promotion: ['.o-self-promo', '[data-selfpromo-newsletter]', '[data-selfpromo-app]'],
  // Share bars and their Vue leftovers (real page 2025; feeds 2023).
  share: [
    '.t-content__shares',
    '.m-share-bar',
    '.a-share-bar-label',
    '[data-root-share]',
    'share-button',
    'share-modal',
  ],
  // Inside the text ("Lire aussi") and below it (stylesheet of the real page).
  related: ['.a-read-more', '.o-aside-content', '.t-content__related', '.t-content__list-content'],
  // In front of a video (RFI's script bundle), and of what else comes from other hosts.
  consent: ['[class*="m-em-"][class*="__cmp"]'],
};

/** The page's furniture: it says nothing, or what is said elsewhere on the page. */
export const FURNITURE = [
  '.m-breadcrumb',
  // "Show more" under a folded transcript (saved pages of Journal en français facile, 2026).
  '.m-box-expand__button',
  // Labels for screen readers that repeat a picture, and the layer over a photo (real page).
  '.u-sr-only',
  '.m-item-image__overlay-wrapper',
  '.m-main-media-btn',
].join(',');

/** RFI's block for quoted words, and the words in it. */
export const QUOTE = '.m-em-quote';
export const QUOTE_BODY = '.m-em-quote__body';
/** Boxed text. */
export const TEXT_BOX = '.m-em-textbox';
/** A sound: its data, its player, its title. Feeds keep the script and the player's attribute only. */
export const SOUND_DATA = 'script[data-media-id][type="application/json"]';
export const SOUND_PLAYER = '[data-root-audio-player-button], play-media, .m-em-audio__sound__button-wrapper';
export const SOUND_TITLE = '.m-em-audio__title, .m-em-audio__show-infos__emission, .m-audio-infos__title';
export const SOUND_DURATION =
  '.m-em-audio__duration, .m-em-audio__sound__duration, [data-root-audio-player-button] > span';
/** A video: the player is a custom element, its still a figure beside it, its title in a script's JSON. */
export const VIDEO_BLOCK = '[data-wrapper-video-player], .m-em-video';
export const VIDEO_PLAYER = 'youtube-player, video-player';
export const VIDEO_DATA = 'script[data-media-video-id][type="application/json"]';
/** A live blog. Only its class and that of its text are known; times are HTML's. */
export const LIVE_BLOG = '.m-em-liveblog';
/** A gallery: its photos are JSON in an attribute; the full-screen twin repeats them. */
export const GALLERY = '[inlined-images-data]';
export const GALLERY_TWIN = 'diaporama-fullscreen';

/** Any of the blocks above. Most articles have none of them. */
export const SPECIAL_BLOCKS = [
  ...[QUOTE, TEXT_BOX, SOUND_DATA, SOUND_PLAYER, VIDEO_PLAYER, VIDEO_DATA, LIVE_BLOG, GALLERY, GALLERY_TWIN],
  ...[CHAPTERS, TRANSCRIPT, 'iframe'],
].join(',');

/**
 * The article element of a page with RFI's markup, null where the page has none. Of several, the first with a body. What a
 * programme's page has beside its article element, chapters and transcript, belongs to the article too.
 */
export function findRfiArticle(document: Document): Element | null {
  const marked = [...document.getElementsByTagName('article')].filter((article) => article.matches(ARTICLE));
  const found =
    marked.find((article) => article.querySelector(BODY)) ?? marked[0] ?? document.querySelector(ARTICLE_FALLBACK);
  const around = found?.closest('.t-content');
  const isBeside = (block: Element): boolean => around?.contains(block) === true && found?.contains(block) === false;
  // Collections by class are kept by the browser; a query over a whole page takes longer than most of the extraction.
  const programme = ['t-content__chapters', 't-content__transcription'].flatMap((name) => [
    ...document.getElementsByClassName(name),
  ]);
  return (programme.some(isBeside) ? around : found) ?? null;
}
