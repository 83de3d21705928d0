/** Save, and what has become of it: the same in popup and overlay. */
import type { VNode } from 'preact';
import type { PhotoCount, Summary } from '../saved/saved-article.ts';
import { useText, type GetText } from './text.ts';

export interface SaveButtonProps {
  /** The saved article, undefined while it is not saved. */
  saved: Summary | undefined;
  isSaving: boolean;
  onSave: () => void;
}

export function SaveButton({ saved, isSaving, onSave }: SaveButtonProps): VNode {
  const getText = useText();
  const label = saved ? getText('saved') : getText(isSaving ? 'saving' : 'save');
  return (
    <span class="save" data-state={saveState(saved, isSaving)}>
      <button
        type="button"
        class="primary"
        aria-disabled={saved !== undefined || isSaving}
        onClick={saved || isSaving ? undefined : onSave}
      >
        {saved && <span aria-hidden="true">✓ </span>}
        {label}
      </button>
      <span class="save-photos" role="status">
        {saved && photosText(saved.photos, getText)}
      </span>
    </span>
  );
}

/** For whoever drives the page and cannot read the language of its words. */
function saveState(saved: Summary | undefined, isSaving: boolean): 'unsaved' | 'saving' | 'photos-coming' | 'saved' {
  if (!saved) return isSaving ? 'saving' : 'unsaved';
  return arePhotosComing(saved.photos) ? 'photos-coming' : 'saved';
}

const arePhotosComing = ({ total, kept, failed }: PhotoCount): boolean => kept + failed < total;

/** "Photos kept: 2 of 3"; empty where the article has no photos. */
export function photosText(photos: PhotoCount, getText: GetText): string {
  if (photos.total === 0) return '';
  return getText(arePhotosComing(photos) ? 'photos_coming' : 'photos_kept', photos.kept, photos.total);
}
