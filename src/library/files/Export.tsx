/** Taking articles out for other programs: the forms, how far it is, and what came of it. */
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ExportForm } from '../../exchange/export.ts';
import { Notice } from '../../ui/Notice.tsx';
import { useText, type GetText } from '../../ui/text.ts';
import { useExport, type ExportState } from './use-export.ts';

export interface ExportProps {
  /** The articles to take out; without them, all that are not in the bin. */
  ids?: readonly string[];
}

export function Export({ ids }: ExportProps): VNode {
  const getText = useText();
  const { state, save, cancel, close } = useExport();
  const panel = useRef<HTMLDivElement>(null);
  const isBusy = state.step === 'writing';

  // "Cancel" goes when the work ends, "Close" when it is pressed: the keyboard goes on where the answer is.
  useEffect(() => {
    if (document.activeElement === document.body) panel.current?.focus({ preventScroll: true });
  }, [state.step]);

  const button = (form: ExportForm, label: string): VNode => (
    <button type="button" aria-disabled={isBusy} onClick={() => save(form, ids)}>
      {label}
    </button>
  );
  return (
    <div class="library-export" ref={panel} tabIndex={-1} role="group" aria-label={getText('export_selected')}>
      <div class="button-row">
        {button('markdown', getText('export_markdown'))}
        {button('archive', getText('export_archive'))}
        {isBusy && (
          <button type="button" onClick={cancel}>
            {getText('cancel')}
          </button>
        )}
      </div>
      <p class="library-hint">{getText('export_photos')}</p>
      <p role="status">{statusText(state, getText)}</p>
      {state.step === 'failed' && <Notice text={getText(`export_${state.reason}`)} isUrgent />}
      {['saved', 'stopped', 'failed'].includes(state.step) && (
        <button type="button" onClick={close}>
          {getText('close')}
        </button>
      )}
    </div>
  );
}

/** What a screen reader says as it changes. */
function statusText(state: ExportState, getText: GetText): string {
  switch (state.step) {
    case 'writing':
      return getText('export_writing', state.done, state.total);
    case 'saved':
      return getText('export_saved', state.articles, state.photos);
    case 'stopped':
      return getText('export_stopped');
    default:
      return '';
  }
}
