/** Counts the pictures and figures of an answer that show something. */
import { squeeze } from './judge.ts';

export const COUNTED = ['img', 'figure', 'figcaption'] as const;
export type Counts = Record<(typeof COUNTED)[number], number>;

/** Points, placeholders and files of the author's own disk show nothing, nor does a figure or a caption that holds nothing else. */
const PICTURE = 'img[src]:not([src^="data:"], [src^="file:"], [width="1"][height="1"])';

/** Counts below an element, which is only read. */
export function countPictures(root: Element): Counts {
  const shown = (selector: string): number =>
    [...root.querySelectorAll(selector)].filter(
      (element) =>
        squeeze(element.textContent ?? '') !== '' || element.querySelector(`${PICTURE}, audio, video, iframe`),
    ).length;
  return { img: root.querySelectorAll(PICTURE).length, figure: shown('figure'), figcaption: shown('figcaption') };
}
