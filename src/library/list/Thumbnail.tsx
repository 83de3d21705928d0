/** The photo of a row in the list, read from the store when the row comes near the window. */
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Summary } from '../../saved/saved-article.ts';
import { getPhoto } from '../../saved/store.ts';

export function Thumbnail({ summary }: { summary: Summary }): VNode {
  const holder = useRef<HTMLSpanElement>(null);
  const [address, setAddress] = useState<string>();
  const { id, thumbnail } = summary;

  useEffect(() => {
    if (!holder.current || !thumbnail) return;
    let made: string | undefined;
    const near = new IntersectionObserver(
      async ([entry]) => {
        if (!entry?.isIntersecting) return;
        near.disconnect();
        const blob = await getPhoto(id, thumbnail).catch(() => undefined);
        if (blob) setAddress((made = URL.createObjectURL(blob)));
        else setAddress(undefined);
      },
      { rootMargin: '400px' },
    );
    near.observe(holder.current);
    return () => {
      near.disconnect();
      if (made) URL.revokeObjectURL(made);
    };
  }, [id, thumbnail, summary.photos.kept]);

  return (
    <span class="thumbnail" ref={holder}>
      {address && <img src={address} alt="" />}
      {!address && summary.photos.kept === 0 && <span aria-hidden="true">{summary.edition ?? summary.lang}</span>}
    </span>
  );
}
