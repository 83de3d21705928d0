/** One highlight, opened: its colour, its note, and the button that takes it away. */
import type { VNode } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import { quoteOf, type Highlight } from '../../article/highlight.ts';
import { MAX_TYPED_NOTE } from '../../article/note.ts';
import { useText } from '../text.ts';
import { ColourButtons } from './ColourButtons.tsx';

export interface HighlightPanelProps {
  highlight: Highlight;
  isFound: boolean;
  /** Whether the reader wants to write at once. */
  isWriting: boolean;
  style: Record<string, string>;
  onKeep: (highlight: Highlight) => void;
  /** The same, from a page that is being closed. */
  onLeave: (highlight: Highlight) => void;
  onRemove: () => void;
  onClose: () => void;
}

export function HighlightPanel(props: HighlightPanelProps): VNode {
  const { highlight, isFound, isWriting, style, onRemove, onClose } = props;
  const getText = useText();
  const noteId = useId();
  const panel = useRef<HTMLElement>(null);
  const latest = useRef(props);
  latest.current = props;
  /** What was typed and is not kept yet. */
  const typed = useRef<string>(undefined);
  const take = (): Highlight => {
    const note = typed.current ?? latest.current.highlight.note;
    typed.current = undefined;
    return { ...latest.current.highlight, note };
  };
  const keepTyped = (keep: (highlight: Highlight) => void): void => {
    if (typed.current !== undefined && typed.current !== latest.current.highlight.note) keep(take());
  };
  useLayoutEffect(() => {
    panel.current?.querySelector<HTMLElement>(isWriting ? 'textarea' : 'button')?.focus({ preventScroll: true });
    panel.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  useEffect(() => {
    const leave = (): void => keepTyped(latest.current.onLeave);
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      keepTyped(latest.current.onKeep);
    };
  }, []);
  return (
    <section
      class="highlight-box highlight-panel"
      role="dialog"
      aria-label={quoteOf(highlight, 60)}
      ref={panel}
      style={style}
    >
      {!isFound && (
        <p>
          {getText('highlight_lost')} – <q dir="auto">{quoteOf(highlight, 200)}</q>
        </p>
      )}
      <div class="highlight-colours">
        <ColourButtons colour={highlight.colour} onColour={(colour) => props.onKeep({ ...take(), colour })} />
      </div>
      <label for={noteId}>{getText('highlight_note')}</label>
      <textarea
        id={noteId}
        dir="auto"
        rows={3}
        maxLength={MAX_TYPED_NOTE}
        defaultValue={highlight.note}
        onInput={({ currentTarget }) => (typed.current = currentTarget.value)}
        onChange={() => keepTyped(props.onKeep)}
      />
      <div class="highlight-colours">
        <button
          type="button"
          onClick={() => {
            typed.current = undefined;
            onRemove();
          }}
        >
          {getText('highlight_remove')}
        </button>
        <button type="button" onClick={onClose}>
          {getText('close')}
        </button>
      </div>
    </section>
  );
}
