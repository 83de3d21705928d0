/** What the saved articles weigh, whether the browser keeps them, how wide photos are kept, and how to give photos up. */
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { PHOTO_WIDTHS } from '../../platform/settings.ts';
import type { Changed } from '../../saved/changes.ts';
import { askToPersist } from '../../saved/storage.ts';
import { Notice } from '../../ui/Notice.tsx';
import { useText } from '../../ui/text.ts';
import { formatBytes } from './format-bytes.ts';
import { useDropping, usePersistence, usePhotoWidth, useWeight, type Weighed } from './use-storage.ts';

/** @param hasArticles whether there is something to lose: then the browser is asked to keep it */
export function Storage({ hasArticles }: { hasArticles: boolean }): VNode {
  const getText = useText();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (hasArticles) void askToPersist().catch(() => undefined);
  }, [hasArticles]);
  return (
    <details
      name="library-section"
      class="library-filters storage"
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary id="storage">{getText('storage_title')}</summary>
      {/* Nothing is weighed before somebody looks. */}
      {isOpen && <Content />}
    </details>
  );
}

function Content(): VNode {
  const getText = useText();
  const [weight, weighAgain] = useWeight();
  if (weight.state === 'failed') return <Notice text={getText('list_refused')} isUrgent />;
  return (
    <>
      {weight.state === 'loading' ? (
        <p role="status">{getText('storage_counting')}</p>
      ) : (
        <Meters weight={weight.value} />
      )}
      <Promised />
      <WidthChoice />
      <DropPhotos weight={weight.state === 'ready' ? weight.value : undefined} onDropped={weighAgain} />
    </>
  );
}

/** What is kept, and how much of the room it has. */
function Meters({ weight }: { weight: Weighed }): VNode {
  const getText = useText();
  const { texts, photos, photoCount, usage, quota } = weight;
  const counted =
    usage !== undefined && quota !== undefined && getText('storage_counted', formatBytes(usage), formatBytes(quota));
  return (
    <>
      <dl class="storage-meters">
        <div>
          <dt>{getText('storage_texts')}</dt>
          <dd>{getText('storage_about', formatBytes(texts))}</dd>
        </div>
        <div>
          <dt>{getText('storage_photos')}</dt>
          <dd>{getText('storage_counted_photos', formatBytes(photos), photoCount)}</dd>
        </div>
      </dl>
      {counted && <meter aria-label={counted} min={0} max={quota} value={usage} />}
      <p class="library-hint">
        {counted} {getText('storage_explained')}
      </p>
    </>
  );
}

/** What the browser answered, and the button that asks it again. */
function Promised(): VNode {
  const getText = useText();
  const { isPersisted, wasAskedAgain, ask } = usePersistence();
  return (
    <div class="storage-promise">
      <p>{isPersisted !== undefined && getText(isPersisted ? 'storage_persisted' : 'storage_notPersisted')}</p>
      {isPersisted === false && (
        <button type="button" onClick={ask}>
          {getText('storage_ask')}
        </button>
      )}
      <p role="status">{wasAskedAgain && getText(isPersisted ? 'storage_persisted' : 'storage_asked')}</p>
    </div>
  );
}

function WidthChoice(): VNode {
  const getText = useText();
  const [width, choose] = usePhotoWidth();
  return (
    <label>
      {getText('photo_width')}
      <select
        value={String(width)}
        onChange={({ currentTarget }) =>
          choose(PHOTO_WIDTHS.find((known) => String(known) === currentTarget.value) ?? null)
        }
      >
        {PHOTO_WIDTHS.map((known) => (
          <option key={known} value={String(known)}>
            {known === null ? getText('photo_width_published') : getText('photo_width_pixels', known)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface DropPhotosProps {
  /** Undefined while it is being counted. */
  weight: Weighed | undefined;
  onDropped: (changed: Changed) => void;
}

function DropPhotos({ weight, onDropped }: DropPhotosProps): VNode {
  const getText = useText();
  const { state, ask, drop, close } = useDropping(onDropped);
  const { step } = state;
  const canDrop = weight !== undefined && weight.archivedCount > 0;
  const panel = useRef<HTMLDivElement>(null);
  // A button that was pressed may be gone: the keyboard goes on here.
  useEffect(() => {
    if (document.activeElement === document.body) panel.current?.focus({ preventScroll: true });
  }, [step, canDrop]);
  return (
    <div ref={panel} tabIndex={-1} role="group" aria-labelledby="storage">
      <p role="status">
        {step === 'dropping' && getText('photos_dropping')}
        {state.step === 'dropped' && getText('photos_dropped_now', state.count, getText('photos_fetch'))}
      </p>
      {step === 'failed' && <Notice text={getText('photos_notDropped')} isUrgent />}
      {['idle', 'failed', 'dropped'].includes(step) && canDrop && (
        <button type="button" onClick={ask}>
          {getText('photos_drop', formatBytes(weight.archivedPhotos), weight.archivedCount)}
        </button>
      )}
      {state.step === 'asking' && (
        <div role="alertdialog" aria-label={getText('photos_drop_sure', state.count)}>
          <p>{getText('photos_drop_sure', state.count)}</p>
          <div class="button-row">
            <button type="button" class="primary" onClick={drop}>
              {getText('photos_drop_yes')}
            </button>
            <button type="button" ref={(button) => button?.focus()} onClick={close}>
              {getText('cancel')}
            </button>
          </div>
        </div>
      )}
    </div>
  );
}
