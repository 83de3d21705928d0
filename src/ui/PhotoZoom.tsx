/** One photo as large as the window, with its caption: nearer and farther by keys, wheel, buttons and two fingers. */
import type { TargetedPointerEvent, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useKeyboard } from './keys/use-keys.ts';
import { useText } from './text.ts';

export interface PhotoZoomProps {
  /** The photo in the article. */
  photo: HTMLImageElement;
  onClose: () => void;
}

const NEAREST = 8;
const STEP = 1.5;
/** Pixels that an arrow key moves the photo. */
const MOVE = 80;
/** Pixels that a press may move and still be one. */
const TREMBLE = 5;

export function PhotoZoom({ photo, onClose }: PhotoZoomProps): VNode {
  const getText = useText();
  const { choices } = useKeyboard();
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const image = useRef<HTMLImageElement>(null);
  /** How near, and how far from the middle of the stage, in pixels. */
  const view = useRef({ scale: 1, x: 0, y: 0 });
  const fingers = useRef(new Map<number, { x: number; y: number }>());
  const travelled = useRef(0);
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);

  const article = photo.closest<HTMLElement>('.article');
  const caption = photo.closest('figure')?.querySelector('figcaption')?.innerText ?? '';

  /** Brings the photo nearer by a factor around a point of the window, by default its middle, and moves it along. */
  const look = (factor: number, at?: { x: number; y: number }, by = { x: 0, y: 0 }): void => {
    const room = stage.current?.getBoundingClientRect();
    if (!room || !image.current) return;
    const { scale, x, y } = view.current;
    const nearer = Math.min(NEAREST, Math.max(1, scale * factor));
    const middle = { x: room.left + room.width / 2, y: room.top + room.height / 2 };
    const from = { x: (at ?? middle).x - middle.x, y: (at ?? middle).y - middle.y };
    /** What is under the point stays there, but no edge of the photo comes nearer than that of the room. */
    const place = (from: number, old: number, by: number, room: number, size: number): number => {
      const most = Math.max(0, (size * nearer - room) / 2);
      return Math.min(most, Math.max(-most, from - ((from - old) * nearer) / scale + by));
    };
    const { naturalWidth, naturalHeight } = image.current;
    const fit = Math.min(room.width / naturalWidth, room.height / naturalHeight);
    view.current = {
      scale: nearer,
      x: place(from.x, x, by.x, room.width, naturalWidth * fit),
      y: place(from.y, y, by.y, room.height, naturalHeight * fit),
    };
    // Through the object model: a page's Content Security Policy blocks style attributes.
    image.current.style.transform = `translate(${view.current.x}px, ${view.current.y}px) scale(${nearer})`;
  };

  const move = (event: TargetedPointerEvent<HTMLElement>): void => {
    const old = fingers.current.get(event.pointerId);
    if (!old) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
    const by = { x: now.x - old.x, y: now.y - old.y };
    travelled.current += Math.hypot(by.x, by.y);
    if (other) {
      const apart = (point: { x: number; y: number }): number => Math.hypot(point.x - other.x, point.y - other.y);
      look(apart(now) / Math.max(1, apart(old)), other);
    } else {
      look(1, undefined, by);
    }
    fingers.current.set(event.pointerId, now);
  };
  const lift = ({ pointerId }: TargetedPointerEvent<HTMLElement>): void => void fingers.current.delete(pointerId);

  const press = (event: KeyboardEvent): void => {
    const factor = choices.areOff ? undefined : { '+': STEP, '=': STEP, '-': 1 / STEP }[event.key];
    const way = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    // Escape: a page may have taken its own effect away, and the overlay around closes by it too.
    if (event.key === 'Escape') dialog.current?.close();
    else if (event.ctrlKey || event.altKey || event.metaKey) return;
    else if (factor) look(factor);
    else if (way) look(1, undefined, { x: MOVE * (way[0] ?? 0), y: MOVE * (way[1] ?? 0) });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <dialog
      class="photo-zoom whole-window"
      ref={dialog}
      aria-label={photo.alt || getText('photo_zoom')}
      onKeyDown={press}
      onClose={onClose}
    >
      <div
        class="photo-zoom-stage"
        ref={stage}
        onWheel={(event) => {
          event.preventDefault();
          look(event.deltaY < 0 ? 1.15 : 1 / 1.15, { x: event.clientX, y: event.clientY });
        }}
        onPointerDown={(event) => {
          if (fingers.current.size === 0) travelled.current = 0;
          fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={move}
        onPointerUp={lift}
        onPointerCancel={lift}
        onClick={() => {
          if (travelled.current < TREMBLE) dialog.current?.close();
        }}
      >
        <img ref={image} src={photo.src} alt={photo.alt} referrerpolicy="no-referrer" draggable={false} />
      </div>
      <div class="photo-zoom-foot">
        <div class="photo-zoom-words" lang={article?.lang} dir={article?.dir === 'rtl' ? 'rtl' : 'ltr'}>
          {caption && <p>{caption}</p>}
          {photo.alt && !caption.includes(photo.alt.trim()) && (
            <p class="photo-zoom-alt" aria-hidden="true">
              {photo.alt}
            </p>
          )}
        </div>
        <div class="photo-zoom-tools">
          <button type="button" aria-label={getText('zoom_out')} onClick={() => look(1 / STEP)}>
            <span aria-hidden="true">−</span>
          </button>
          <button type="button" aria-label={getText('zoom_in')} onClick={() => look(STEP)}>
            <span aria-hidden="true">+</span>
          </button>
          <button type="button" autofocus onClick={() => dialog.current?.close()}>
            {getText('close')}
          </button>
        </div>
      </div>
    </dialog>
  );
}
