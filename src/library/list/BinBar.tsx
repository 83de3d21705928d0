/** What the bin is, and the button that empties it of all or of what is selected; it asks first: after some days nothing brings that back. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { useText } from '../../ui/text.ts';

export interface BinBarProps {
  /** Articles in the bin, and how many of them are selected. */
  count: number;
  selected: number;
  /** Resolves to whether the disk is too full for the snapshot of what was in the bin; for good, there is none. */
  onEmpty: (isForGood: boolean) => Promise<boolean>;
}

export function BinBar({ count, selected, onEmpty }: BinBarProps): VNode {
  const getText = useText();
  /** What is asked; `full` after the disk had no room. */
  const [asked, setAsked] = useState<'sure' | 'full'>();
  const question = asked && getText(asked === 'full' ? 'empty_bin_full' : 'empty_bin_sure', selected || count);
  const label = getText(selected > 0 ? 'delete_selected' : 'empty_bin');
  const empty = async (): Promise<void> => {
    setAsked(undefined);
    if (await onEmpty(asked === 'full')) setAsked('full');
  };
  return (
    <div class="library-bin">
      <p>{getText('bin_is')}</p>
      {count > 0 && !asked && (
        <button type="button" onClick={() => setAsked('sure')}>
          {label}
        </button>
      )}
      {asked && (
        <div role="alertdialog" aria-label={question}>
          <p>{question}</p>
          <button type="button" class="primary" onClick={() => void empty()}>
            {asked === 'full' ? getText('empty_bin_for_good') : label}
          </button>
          <button type="button" ref={(button) => button?.focus()} onClick={() => setAsked(undefined)}>
            {getText('keep_bin')}
          </button>
        </div>
      )}
    </div>
  );
}
