/**
 * `npm run update:variants`: writes src/saved/variants.ts anew from the installed opencc-js, without a network. For newer
 * dictionaries, `npm install --save-dev --save-exact opencc-js@latest` first; review the difference before you commit it.
 * A table that differs makes every saved text old: see fold.ts.
 */
import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { variantsModule } from './variants.ts';

const file = new URL('../src/saved/variants.ts', import.meta.url);
await writeFile(file, await format(variantsModule(), { ...(await resolveConfig(file)), parser: 'typescript' }));
