/** The way from an article that is read to those beside it in the list. */
import { useRef } from 'preact/hooks';

/**
 * While an article is read, the order stays as it was: who archives it in “To read” still has a next one.
 *
 * @param articleId the article that is read, null while the list is shown
 * @param order the ids of the list
 * @param isWhole whether all of the list has been read
 * @returns the id of the next article (1) or of the one before (-1); undefined where there is none
 */
export function useBeside(
  articleId: string | null,
  order: readonly string[],
  isWhole: boolean,
): (step: 1 | -1) => string | undefined {
  const stood = useRef(order);
  if (articleId === null || !isWhole || !stood.current.includes(articleId)) stood.current = order;
  return (step) => {
    const place = stood.current.indexOf(articleId ?? '');
    return place < 0 ? undefined : stood.current[place + step];
  };
}
