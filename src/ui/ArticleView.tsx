/** An article as it is read, the same in popup, overlay and library: the only place where article HTML enters a DOM. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ComponentChildren, VNode } from 'preact';
import { isRfiAddress } from '../article/address.ts';
import type { Article } from '../article/article.ts';
import { sanitizeToFragment } from '../article/sanitize.ts';
import { formatDateTime, languageName } from './format.ts';
import { bindSigns, setType, splitLatin } from './set-type.ts';
import { useText } from './text.ts';

export interface ArticleViewProps {
  article: Article;
  /**
   * The kept photos by their address, as addresses of this page (`blob:`). Given, nothing is asked of the network: a photo
   * that is not among them leaves its caption and a sentence. Not given, photos come from where they were published.
   */
  keptPhotos?: ReadonlyMap<string, string> | undefined;
  /** Is given the photo that the reader wants to see large; without it, photos are not pressed. */
  onPhoto?: ((photo: HTMLImageElement) => void) | undefined;
}

export function ArticleView({ article, keptPhotos, onPhoto }: ArticleViewProps): VNode {
  const getText = useText();
  const content = useRef<HTMLDivElement>(null);
  const photoMissing = getText('photo_missing');
  const photoElsewhere = getText('photo_elsewhere');
  const photoFailed = getText('photo_failed');
  const photoZoom = getText('photo_zoom');

  useLayoutEffect(() => {
    const fragment = sanitizeToFragment(article.content);
    prepareLinks(fragment);
    markEntries(fragment);
    if (isRfiAddress(article.url)) replaceForeignPhotos(fragment, photoElsewhere);
    setType(fragment, article.lang, article.dir);
    preparePhotos(fragment, keptPhotos, photoMissing);
    for (const img of fragment.querySelectorAll('img')) {
      describeFailure(img, photoFailed);
      if (onPhoto) makePressable(img, photoZoom, onPhoto);
    }
    content.current?.replaceChildren(fragment);
  }, [article, keptPhotos, onPhoto, photoMissing, photoElsewhere, photoFailed, photoZoom]);

  return (
    <article class="article" lang={article.lang} dir={article.dir}>
      <ArticleHeader article={article} />
      <div class="article-content" ref={content} />
      <ArticleFooter article={article} />
    </article>
  );
}

function ArticleHeader({ article }: { article: Article }): VNode {
  const getText = useText();
  const interfaceLang = getText('language');
  const { section, kicker, publishedTime, modifiedTime } = article;
  return (
    <header class="article-header">
      {(section ?? kicker) && <p class="article-section">{[section, kicker].filter(Boolean).join(' · ')}</p>}
      <h1>{article.title ? setTitle(article) : getText('untitled')}</h1>
      {article.byline && <p class="article-byline">{article.byline}</p>}
      <p class="article-times" lang={interfaceLang}>
        {publishedTime && (
          <time dir="auto" dateTime={publishedTime}>
            {getText('published', formatDateTime(publishedTime))}
          </time>
        )}
        {modifiedTime && modifiedTime !== publishedTime && (
          <time dir="auto" dateTime={modifiedTime}>
            {getText('modified', formatDateTime(modifiedTime))}
          </time>
        )}
        <span dir="auto">{getText('minutes', article.readingMinutes)}</span>
      </p>
    </header>
  );
}

function setTitle({ title, lang, dir }: Article): ComponentChildren {
  return dir === 'rtl'
    ? splitLatin(title).map((piece, index) => (index % 2 ? <bdi>{piece}</bdi> : piece))
    : bindSigns(title, lang);
}

function ArticleFooter({ article }: { article: Article }): VNode {
  const getText = useText();
  const interfaceLang = getText('language');
  return (
    <footer class="article-footer">
      {article.tags.length > 0 && (
        <ul class="article-tags" aria-label={getText('tags')}>
          {article.tags.map((tag) => (
            <li key={tag}>{tag}</li>
          ))}
        </ul>
      )}
      <p lang={interfaceLang}>
        <a dir="auto" href={article.url} target="_blank" rel="noopener noreferrer">
          {getText('original')}
        </a>
        {article.twin && (
          <a dir="auto" href={article.twin.url} target="_blank" rel="noopener noreferrer" hreflang={article.twin.lang}>
            {getText('twin', languageName(article.twin.lang, interfaceLang) || article.twin.lang)}
          </a>
        )}
      </p>
    </footer>
  );
}

/** Reading goes on where it was: a link opens beside it, and the site it leads to is not told where it came from. */
function prepareLinks(fragment: DocumentFragment): void {
  for (const link of fragment.querySelectorAll('a')) {
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
  }
}

/** On a live page a paragraph that is a time and nothing else begins an entry. */
function markEntries(fragment: DocumentFragment): void {
  for (const paragraph of fragment.querySelectorAll('p:has(> time)')) {
    if (paragraph.textContent?.trim() === paragraph.firstElementChild?.textContent) paragraph.className = 'entry-time';
  }
}

/** An article of RFI's asks RFI's hosts only: a photo of another host is a link, which asks when the reader follows it. */
function replaceForeignPhotos(fragment: DocumentFragment, elsewhere: string): void {
  for (const img of fragment.querySelectorAll('img')) {
    const src = img.getAttribute('src') ?? '';
    if (isRfiAddress(src)) continue;
    if (!URL.canParse(src)) {
      img.remove();
      continue;
    }
    const link = document.createElement('a');
    Object.assign(link, { href: src, target: '_blank', rel: 'noopener noreferrer' });
    link.textContent = `${elsewhere} ${img.alt || new URL(src).hostname}`;
    const note = document.createElement('p');
    note.className = 'photo-elsewhere';
    note.append(link);
    img.replaceWith(note);
  }
}

/** The fragment is inert until it is inserted: an address that is replaced here is never asked for. */
function preparePhotos(fragment: DocumentFragment, kept: ArticleViewProps['keptPhotos'], missing: string): void {
  for (const [index, img] of [...fragment.querySelectorAll('img')].entries()) {
    img.referrerPolicy = 'no-referrer';
    img.decoding = 'async';
    if (index > 0) img.loading = 'lazy';
    if (!kept) continue;
    const local = kept.get(img.getAttribute('src') ?? '');
    if (local) {
      img.src = local;
    } else {
      img.replaceWith(noteInPlaceOf(img, missing));
    }
  }
}

/** What stands where a photo would: the reason, and what is on it. */
function noteInPlaceOf(img: HTMLImageElement, reason: string): HTMLElement {
  const note = document.createElement('p');
  note.className = 'photo-missing';
  note.textContent = img.alt ? `${reason} ${img.alt}` : reason;
  return note;
}

/** A photo that does not come leaves words, not a hole. */
function describeFailure(img: HTMLImageElement, reason: string): void {
  img.addEventListener('error', ({ isTrusted }) => {
    // The page under an overlay can make up events.
    if (isTrusted) (img.closest('.photo-button') ?? img).replaceWith(noteInPlaceOf(img, reason));
  });
}

/** Puts a button around a photo, called by what is on it; one that is a link already stays that. */
function makePressable(img: HTMLImageElement, words: string, onPress: (photo: HTMLImageElement) => void): void {
  if (img.closest('a')) return;
  const button = document.createElement('button');
  Object.assign(button, { type: 'button', className: 'photo-button', title: words, ariaHasPopup: 'dialog' });
  button.addEventListener('click', () => onPress(img));
  img.replaceWith(button);
  button.append(img);
}
