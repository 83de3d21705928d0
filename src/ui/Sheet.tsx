/** A button in the bar that opens a sheet under it, as that of the settings does. */
import type { ComponentChildren, VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { useClosing } from './use-closing.ts';

export interface SheetProps {
  /** Its class. */
  name: string;
  /** What stands on the button for the eye; `label` is what it is called. */
  sign: string;
  label: string;
  children: ComponentChildren;
}

export function Sheet({ name, sign, label, children }: SheetProps): VNode {
  const details = useRef<HTMLDetailsElement>(null);
  useClosing(details);
  return (
    <details class={`settings ${name}`} ref={details}>
      {/* A press would take the selection away, which the sheet may be about. */}
      <summary onMouseDown={(event) => event.preventDefault()}>
        <span aria-hidden="true" title={label}>
          {sign}
        </span>
        <span class="settings-label">{label}</span>
      </summary>
      <div class="settings-sheet">{children}</div>
    </details>
  );
}
