/** Which articles of the list are selected for a bulk change. */
import { useRef, useState } from 'preact/hooks';

export interface Selection {
  selected: ReadonlySet<string>;
  /** Selects an article or takes it back; with `isRange`, all from the one before to this, as they stand in `order`. */
  toggle: (id: string, order: readonly string[], isRange: boolean) => void;
  select: (ids: readonly string[]) => void;
}

export function useSelection(): Selection {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const before = useRef<string | undefined>(undefined);
  return {
    selected,
    toggle: (id, order, isRange) => {
      const places = [order.indexOf(before.current ?? id), order.indexOf(id)].toSorted((one, other) => one - other);
      const [start = -1, end = -1] = places;
      const range = isRange && start >= 0 ? order.slice(start, end + 1) : [id];
      const isSelecting = isRange || !selected.has(id);
      before.current = id;
      setSelected(
        new Set(isSelecting ? [...selected, ...range] : [...selected].filter((other) => !range.includes(other))),
      );
    },
    select: (ids) => setSelected(new Set(ids)),
  };
}
