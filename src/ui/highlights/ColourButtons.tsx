/** The four colours of a highlight, as buttons. */
import type { VNode } from 'preact';
import { COLOURS, type Colour } from '../../article/highlight.ts';
import { useText } from '../text.ts';

export interface ColourButtonsProps {
  /** The one that it has, undefined where there is no highlight yet. */
  colour?: Colour;
  onColour: (colour: Colour) => void;
}

export function ColourButtons({ colour, onColour }: ColourButtonsProps): VNode {
  const getText = useText();
  return (
    <>
      {COLOURS.map((each) => (
        <button
          key={each}
          type="button"
          class="highlight-colour"
          data-colour={each}
          aria-label={getText(`highlight_${each}`)}
          {...(colour && { 'aria-pressed': each === colour })}
          onClick={() => onColour(each)}
        >
          <span aria-hidden="true" title={getText(`highlight_${each}`)} />
        </button>
      ))}
    </>
  );
}
