/** A sentence for a live region that has just come, as screen readers need it. */
import { useEffect, useState } from 'preact/hooks';

/**
 * Screen readers say what changes in a live region, and may pass over one that comes with its words in it.
 *
 * @returns nothing first, then the text
 */
export function useSaid(text: string): string {
  const [said, setSaid] = useState('');
  useEffect(() => setSaid(text), [text]);
  return said;
}
