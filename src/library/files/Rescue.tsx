/** Where the saved list could not be upgraded: what happened, and the button that saves a backup of it as it is. */
import type { VNode } from 'preact';
import { readOldLibrary } from '../../saved/old-library.ts';
import { Notice } from '../../ui/Notice.tsx';
import { useText } from '../../ui/text.ts';
import { statusText } from './Backup.tsx';
import { useBackup } from './use-backup.ts';

export function Rescue(): VNode {
  const getText = useText();
  const { state, save, stop } = useBackup(readOldLibrary);
  return (
    <div class="library-list">
      <Notice text={getText('upgrade_failed')} isUrgent action={{ label: getText('backup_save'), onClick: save }} />
      <p role="status">{statusText(state, getText)}</p>
      {state.step === 'saving' && (
        <button type="button" onClick={stop}>
          {getText('cancel')}
        </button>
      )}
      {state.step === 'failed' && <Notice text={getText(`backup_${state.reason}`)} isUrgent />}
    </div>
  );
}
