/** What lies beside a file, in the same folder or container: found by its path, which only ever leads to what was chosen too. */

/** Gives the image at a path from where a file lies; undefined where there is none. */
export type ReadBeside = (path: string) => Promise<Blob | undefined>;

/** Where a path leads from a file: "a/b.md" and "../c/d.jpg" are "c/d.jpg". What leads out of everything leads to its top. */
export function resolvePath(from: string, path: string): string {
  const steps = from.split('/').slice(0, -1);
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

/** Where the type is not called like the file. */
const TYPES: Readonly<Record<string, string>> = { jpg: 'jpeg', svg: 'svg+xml' };

/** The media type that a name says, undefined where it is no image that browsers draw. */
export function imageTypeOf(path: string): string | undefined {
  const extension = /\.(jpe?g|png|webp|gif|avif|svg)$/i.exec(path)?.[1]?.toLowerCase();
  return extension && `image/${TYPES[extension] ?? extension}`;
}
