/** The choices of a box, drawn once: a reader may have twenty thousand tags, and every letter typed draws the page again. */
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';

/** @param values the same list as long as the choices are the same */
export function Options({ values }: { values: readonly string[] }): VNode {
  return useMemo(
    () => (
      <>
        {values.map((value) => (
          <option key={value} value={value}>
            {value}
          </option>
        ))}
      </>
    ),
    [values],
  );
}
