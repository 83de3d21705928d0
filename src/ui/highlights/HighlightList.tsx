/** The highlights of an article, each a way to its place; those that the text no longer has are listed too. */
import type { VNode } from 'preact';
import type { Highlight } from '../../article/highlight.ts';
import { quoteOf } from '../../article/highlight.ts';
import { useText } from '../text.ts';
import type { Located } from './use-located.ts';

/** Letters of a highlight that are shown of it. */
const LENGTH = 200;

export interface HighlightListProps {
  located: readonly Located[];
  onOpen: (highlight: Highlight) => void;
}

export function HighlightList({ located, onOpen }: HighlightListProps): VNode | null {
  const getText = useText();
  if (located.length === 0) return null;
  return (
    <section class="highlight-list" aria-label={getText('highlights')}>
      <h2>{getText('highlights')}</h2>
      <ol>
        {located.map(({ highlight, place }) => (
          <li key={highlight.id} data-colour={highlight.colour}>
            <button
              type="button"
              aria-description={getText(`highlight_${highlight.colour}`)}
              onClick={() => onOpen(highlight)}
            >
              <bdi>{quoteOf(highlight, LENGTH)}</bdi>
            </button>
            {highlight.note !== '' && <p dir="auto">{highlight.note}</p>}
            {!place && <p class="highlight-lost">{getText('highlight_lost')}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
