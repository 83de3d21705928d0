/** What the bin is, and the button that empties it, which asks first: after some days nothing brings back what was in it. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { useText } from '../../ui/text.ts';

export function BinBar({ count, onEmpty }: { count: number; onEmpty: () => void }): VNode {
  const getText = useText();
  const [isAsking, setAsking] = useState(false);
  return (
    <div class="library-bin">
      <p>{getText('bin_is')}</p>
      {count > 0 && !isAsking && (
        <button type="button" onClick={() => setAsking(true)}>
          {getText('empty_bin')}
        </button>
      )}
      {isAsking && (
        <div role="alertdialog" aria-label={getText('empty_bin_sure', count)}>
          <p>{getText('empty_bin_sure', count)}</p>
          <button
            type="button"
            class="primary"
            onClick={() => {
              setAsking(false);
              onEmpty();
            }}
          >
            {getText('empty_bin')}
          </button>
          <button type="button" ref={(button) => button?.focus()} onClick={() => setAsking(false)}>
            {getText('keep_bin')}
          </button>
        </div>
      )}
    </div>
  );
}
