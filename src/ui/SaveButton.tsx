/** Save, and what has become of it: the same in popup and overlay. */
import type { VNode } from 'preact';
import { isOtherVersion, type Article } from '../article/article.ts';
import type { PhotoCount, Summary } from '../saved/saved-article.ts';
import { useText, type GetText } from './text.ts';

export interface SaveButtonProps {
  /** What the reader sees. */
  article: Article;
  /** The saved article, undefined while it is not saved. */
  saved: Summary | undefined;
  isSaving: boolean;
  onSave: () => void;
}

export function SaveButton({ article, saved, isSaving, onSave }: SaveButtonProps): VNode {
  const getText = useText();
  const isOther = saved !== undefined && isOtherVersion(saved, article);
  const isDone = saved !== undefined && !isOther;
  const isIdle = isDone || isSaving;
  return (
    <span class="save" data-state={isOther ? 'other-version' : saveState(saved, isSaving)}>
      <button type="button" class="primary" aria-disabled={isIdle} onClick={isIdle ? undefined : onSave}>
        {isDone && <span aria-hidden="true">✓ </span>}
        {getText(isDone ? 'saved' : isSaving ? 'saving' : isOther ? 'save_version' : 'save')}
      </button>
      <span class="save-photos" role="status">
        {saved && stateText(saved, isOther, getText)}
      </span>
    </span>
  );
}

/** For whoever drives the page and cannot read the language of its words. */
function saveState(saved: Summary | undefined, isSaving: boolean): 'unsaved' | 'saving' | 'photos-coming' | 'saved' {
  if (!saved) return isSaving ? 'saving' : 'unsaved';
  return arePhotosComing(saved.photos) ? 'photos-coming' : 'saved';
}

const arePhotosComing = ({ total, kept, failed, dropped = 0 }: PhotoCount): boolean => kept + failed + dropped < total;

const stateText = (saved: Summary, isOther: boolean, getText: GetText): string => {
  if (saved.isPassage) return getText('saved_passage');
  return isOther ? getText('saved_other') : photosText(saved.photos, getText);
};

/** "Photos kept: 2 of 3"; empty where the article has no photos. */
export function photosText(photos: PhotoCount, getText: GetText): string {
  if (photos.total === 0) return '';
  return getText(arePhotosComing(photos) ? 'photos_coming' : 'photos_kept', photos.kept, photos.total);
}
