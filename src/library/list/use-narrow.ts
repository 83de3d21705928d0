/** Whether the window is as narrow as a telephone's: what it has no room for stands behind a button then. */
import { useEffect, useState } from 'preact/hooks';

/** The width at which the style sheets of the list change too. */
const NARROW = '(max-width: 480px)';

export function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const ending = new AbortController();
    const query = matchMedia(NARROW);
    const follow = (): void => setNarrow(query.matches);
    // It may have changed since it was drawn first.
    follow();
    query.addEventListener('change', follow, { signal: ending.signal });
    return () => ending.abort();
  }, []);
  return isNarrow;
}
