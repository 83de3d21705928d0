/** Files and folders that are dropped anywhere on the page; without this, the browser would leave the page and open them. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Chosen } from '../../exchange/unpack.ts';
import { isHidden } from '../../exchange/unpacked.ts';

/** Calls `onFiles` with what was dropped, all that is in its folders too. */
export function useFileDrop(onFiles: (files: Chosen[]) => void): void {
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useLayoutEffect(() => {
    const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const accept = (event: DragEvent): void => {
      if (holdsFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      accept(event);
      if (!holdsFiles(event)) return;
      // What was dropped can be asked for only now.
      const reading = [...(event.dataTransfer?.items ?? [])].map(readDropped);
      void Promise.all(reading).then((files) => latest.current(files.flat()));
    };
    addEventListener('dragover', accept);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', accept);
      removeEventListener('drop', drop);
    };
  }, []);
}

/** Files that were chosen in the browser's dialog, by their names or by their paths in the folder. */
export const toChosen = (files: Iterable<File>): Chosen[] =>
  [...files].flatMap((file) => {
    const path = file.webkitRelativePath;
    return path !== '' && isHidden(path) ? [] : [{ name: path || file.name, file, isInFolder: path !== '' }];
  });

async function readDropped(dropped: DataTransferItem): Promise<Chosen[]> {
  const folder = dropped.webkitGetAsEntry();
  if (folder?.isDirectory) return readFolder(folder as FileSystemDirectoryEntry);
  const file = dropped.getAsFile();
  return file ? toChosen([file]) : [];
}

/** All files in a folder and its folders. One that cannot be read is as if it were empty. */
async function readFolder(folder: FileSystemDirectoryEntry): Promise<Chosen[]> {
  const reader = folder.createReader();
  const files: Chosen[] = [];
  for (;;) {
    // A piece of them, until there is none left.
    const entries = await new Promise<FileSystemEntry[]>((resolve) => {
      reader.readEntries(resolve, () => resolve([]));
    });
    if (entries.length === 0) return files;
    const read = await Promise.all(entries.filter(({ fullPath }) => !isHidden(fullPath)).map(readEntry));
    files.push(...read.flat());
  }
}

async function readEntry(entry: FileSystemEntry): Promise<Chosen[]> {
  if (entry.isDirectory) return readFolder(entry as FileSystemDirectoryEntry);
  const name = entry.fullPath.replace(/^\//, '');
  return new Promise((resolve) => {
    // What is gone since it was dropped has its line in the report, as an empty file.
    const gone = (): void => resolve([{ name, file: new Blob(), isInFolder: true }]);
    (entry as FileSystemFileEntry).file((file) => resolve([{ name, file, isInFolder: true }]), gone);
  });
}
