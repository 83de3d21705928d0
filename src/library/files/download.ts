/** Files that the library makes: gathered from a stream, and handed to the browser as a download. */

/** The day where the reader is, as files are sorted: "2026-11-23". */
export const today = (): string => {
  const now = new Date();
  const twoDigits = (number: number): string => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`;
};

/** A zip that `write` writes, with what it resolves to. Rejects where it does, or where the browser cannot keep the file. */
export async function gatherZip<Answer>(
  write: (file: WritableStream<Uint8Array>) => Promise<Answer>,
): Promise<{ answer: Answer; zip: Blob }> {
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  // The browser gathers a response as it comes, on the disk where it is large.
  const [answer, zip] = await Promise.all([
    write(writable as WritableStream<Uint8Array>),
    new Response(readable, { headers: { 'content-type': 'application/zip' } }).blob(),
  ]);
  return { answer, zip };
}

let address: string | undefined;

/** Hands a file to the browser's downloads. It is kept until the next one: no page is told when a download has ended. */
export function download(file: Blob, name: string): void {
  if (address) URL.revokeObjectURL(address);
  address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
