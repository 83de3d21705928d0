/**
 * `npm run fixtures`: writes what extraction makes of each test/fixtures/NAME/source.* beside it, as expected.html (the
 * content) and expected.json (all other fields). Review the difference before you commit it: tests hold it for right.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extractFixture, fixtureNames, FIXTURES } from '../test/fixtures/fixture.ts';
import { installDom } from './node-dom.ts';

installDom();
for (const name of fixtureNames()) {
  const { content, textContent: _, ...facts } = extractFixture(name);
  await writeFile(join(FIXTURES, name, 'expected.html'), `${content}\n`);
  await writeFile(join(FIXTURES, name, 'expected.json'), `${JSON.stringify(facts, null, 2)}\n`);
}
