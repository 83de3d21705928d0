/** Says that the browser has thrown the saved articles away, until the reader has read it. */
import type { VNode } from 'preact';
import { countLost, forgetLost, onNoteChanged } from '../../platform/library-note.ts';
import { Notice } from '../../ui/Notice.tsx';
import { useText } from '../../ui/text.ts';
import { useWatched } from '../../ui/use-watched.ts';

export function LostNotice(): VNode | null {
  const getText = useText();
  const lost = useWatched(countLost, onNoteChanged);
  if (lost.state !== 'ready' || lost.value === 0) return null;
  return (
    <Notice
      text={getText('library_lost', lost.value, getText('backup'))}
      isUrgent
      action={{ label: getText('close'), onClick: () => void forgetLost() }}
    />
  );
}
