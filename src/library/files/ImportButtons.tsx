/** The two ways to choose what is imported: files, or a folder with all that is in it. */
import type { RefObject, VNode } from 'preact';
import type { Chosen } from '../../exchange/unpack.ts';
import { useText } from '../../ui/text.ts';
import { toChosen } from './use-file-drop.ts';

const ACCEPTED =
  '.md,.txt,.zip,.tar,.gz,.tgz,text/markdown,text/plain,application/zip,application/x-tar,application/gzip';

/** Preact's types do not know the attribute. */
const takeFolders = (box: HTMLInputElement | null): void => {
  if (box) box.webkitdirectory = true;
};

export interface ImportButtonsProps {
  onFiles: (files: Chosen[]) => void;
  /** Where the focus goes when the report is closed. */
  fileBox: RefObject<HTMLInputElement | null>;
}

export function ImportButtons({ onFiles, fileBox }: ImportButtonsProps): VNode {
  const getText = useText();
  const take = ({ currentTarget }: { currentTarget: HTMLInputElement }): void => {
    onFiles(toChosen(currentTarget.files ?? []));
    // The same files chosen again are a choice too.
    currentTarget.value = '';
  };
  return (
    <>
      <label class="button">
        <input ref={fileBox} type="file" multiple accept={ACCEPTED} onChange={take} />
        <span>{getText('import_files')}</span>
      </label>
      <label class="button">
        <input type="file" ref={takeFolders} onChange={take} />
        <span>{getText('import_folder')}</span>
      </label>
    </>
  );
}
