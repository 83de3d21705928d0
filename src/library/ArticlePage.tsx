/** One saved article, with its photos from the store. Nothing here asks the network. */
import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import type { Article } from '../article/article.ts';
import type { Highlight } from '../article/highlight.ts';
import { tellBackground } from '../platform/messaging.ts';
import { onSavedListChanged } from '../saved/changes.ts';
import { wantDroppedPhotos, wantFailedPhotos } from '../saved/photos.ts';
import type { Query } from '../saved/query.ts';
import type { SavedPhoto, Summary } from '../saved/saved-article.ts';
import { getArticle, getPhotos } from '../saved/store.ts';
import { ArticleView } from '../ui/ArticleView.tsx';
import { Highlighted } from '../ui/highlights/Highlighted.tsx';
import { useKeys } from '../ui/keys/use-keys.ts';
import { Notice } from '../ui/Notice.tsx';
import { PhotoZoom } from '../ui/PhotoZoom.tsx';
import type { ScriptSwitchProps } from '../ui/ScriptSwitch.tsx';
import { photosText } from '../ui/SaveButton.tsx';
import { useText } from '../ui/text.ts';
import { useOtherScript } from '../ui/use-other-script.ts';
import { usePosition, type Frame } from '../ui/use-position.ts';
import { useWatched } from '../ui/use-watched.ts';
import { ArticleMarks } from './ArticleMarks.tsx';
import type { Deeds } from './deeds.ts';
import { scriptSources } from './script-sources.ts';
import { useHighlight } from './use-highlight.ts';

/** Always the same list where there are no highlights. */
const NONE: readonly Highlight[] = [];

/** Another version of an article changes its summary; nothing else changes it. */
const never = (): void => undefined;

/** Where the article is shown; null where none is. */
export const getFrame = (): Frame | null => {
  const bar = document.querySelector('.library-bar');
  const content = document.querySelector('.library-article .article-content');
  return bar && content ? { scroller: document.documentElement, bar, content } : null;
};

export interface ArticlePageProps {
  id: string;
  summary: Summary | undefined;
  /** The reader's tags, to complete what is typed. */
  allTags: readonly string[];
  deeds: Deeds;
  /** What was searched when the article was opened. */
  query: Query | undefined;
  onUndo: () => void;
  /** Is given what is shown, and undefined when it no longer is. */
  onShown: (shown: ShownArticle | undefined) => void;
}

/** What the bar of the window is about. */
export interface ShownArticle {
  article: Article;
  /** The control of its script, where it has one. */
  control: ScriptSwitchProps | undefined;
}

export function ArticlePage({ id, summary, allTags, deeds, query, onUndo, onShown }: ArticlePageProps): VNode | null {
  const getText = useText();
  const saved = useWatched(() => getArticle(id), never, [id, summary?.version]);
  const photos = useWatched(() => getPhotos(id), onSavedListChanged, [id]);
  const keptPhotos = usePhotoAddresses(photos.state === 'ready' ? photos.value : undefined);

  const isShown = saved.state === 'ready' && saved.value !== undefined && keptPhotos !== undefined;
  // The place in the list is not one in the article.
  useLayoutEffect(() => {
    if (isShown) scrollTo({ top: 0, behavior: 'instant' });
  }, [isShown]);
  usePosition(isShown ? id : undefined, summary?.position ?? null, getFrame, (position) => {
    // By the background: a page that is being closed has no time to write.
    tellBackground('notePosition', { id, position });
  });
  const [photo, setPhoto] = useState<HTMLImageElement>();
  const own = isShown ? saved.value?.article : undefined;
  const { article, twin, control } = useOtherScript(own, scriptSources, getFrame);
  useEffect(() => {
    onShown(article && { article, control });
    return () => onShown(undefined);
  }, [article, control?.state]);
  useHighlight(query, article);
  useKeys(
    isShown && summary
      ? {
          archive: () => deeds.archive([id], summary.archivedTime === null),
          favourite: () => deeds.favour([id], !summary.isFavourite),
          remove: () => (summary.removedTime === null ? deeds.remove([id]) : deeds.restore([id])),
          undo: onUndo,
        }
      : undefined,
  );

  if (saved.state === 'failed' || photos.state === 'failed')
    return (
      <>
        <h1>{summary?.title || getText('untitled')}</h1>
        <Notice text={getText('list_refused')} isUrgent />
      </>
    );
  if (saved.state === 'loading' || !keptPhotos) return null;
  if (!saved.value || !summary) return <h1>{getText('not_kept')}</h1>;

  const { failed, dropped = 0 } = summary.photos;
  return (
    <>
      <Highlighted
        highlights={summary.highlights ?? NONE}
        isOwnText={article === own}
        onKeep={(highlight) => deeds.highlight(id, highlight)}
        // By the background: a page that is being closed has no time to write.
        onLeave={(highlight) => tellBackground('keepHighlight', { id, highlight })}
        onRemove={(highlight) => deeds.removeHighlight(id, highlight)}
        below={<ArticleMarks summary={summary} allTags={allTags} deeds={deeds} />}
      >
        {/* RFI's edition has photos of its own, and comes from the network as a whole. */}
        <ArticleView article={article ?? saved.value.article} {...(twin ? {} : { keptPhotos })} onPhoto={setPhoto} />
      </Highlighted>
      {photo && <PhotoZoom photo={photo} onClose={() => setPhoto(undefined)} />}
      <div class="library-photos">
        <p role="status">{photosText(summary.photos, getText)}</p>
        {failed > 0 && <FetchButton label={getText('photos_retry')} want={() => wantFailedPhotos(id)} />}
        {dropped > 0 && (
          <>
            <p>{getText('photos_dropped', dropped)}</p>
            <FetchButton label={getText('photos_fetch')} want={() => wantDroppedPhotos(id)} />
          </>
        )}
      </div>
    </>
  );
}

/** @param want notes that photos are wanted; the background fetches them */
function FetchButton({ label, want }: { label: string; want: () => Promise<void> }): VNode {
  return (
    <button
      type="button"
      onClick={({ currentTarget }) => {
        // The button goes while the photos come.
        currentTarget.closest<HTMLElement>('[role=region]')?.focus({ preventScroll: true });
        void want().then(() => tellBackground('savedListChanged'));
      }}
    >
      {label}
    </button>
  );
}

/** Addresses of this page for the kept photos, given back to the browser when they are no longer shown. */
function usePhotoAddresses(photos: SavedPhoto[] | undefined): ReadonlyMap<string, string> | undefined {
  const kept = photos?.filter(({ blob }) => blob !== null);
  const [addresses, setAddresses] = useState<ReadonlyMap<string, string>>();
  // The list changes for many reasons; the photos of an open article only when one more has come.
  const names = useMemo(() => kept?.map(({ src }) => src).join('\n'), [photos]);
  useEffect(() => {
    if (!kept) return;
    const made = new Map(kept.flatMap(({ src, blob }) => (blob ? [[src, URL.createObjectURL(blob)] as const] : [])));
    setAddresses(made);
    return () => {
      for (const address of made.values()) URL.revokeObjectURL(address);
    };
  }, [names]);
  return addresses;
}
