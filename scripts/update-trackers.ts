/**
 * `npm run update:trackers`: writes src/article/trackers.ts anew from the installed tidy-url, without a network. For a newer
 * list, `npm install --save-dev --save-exact tidy-url@latest` first; review the difference before you commit it.
 */
import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { trackersModule } from './trackers.ts';

const file = new URL('../src/article/trackers.ts', import.meta.url);
await writeFile(file, await format(trackersModule(), { ...(await resolveConfig(file)), parser: 'typescript' }));
