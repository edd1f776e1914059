import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const root = join(import.meta.dirname, '../../../..');
const page = readFileSync(join(root, 'docs/blockkit.md'), 'utf8');
const fence = (language: string): string =>
  new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(page)?.[1] ?? '';

describe('Block Kit: the documentation', () => {
  const folder = temporaryFolder();

  it('has an example that gives what it says', async () => {
    const module = pathToFileURL(join(root, 'src/cards/blockkit/index.ts')).href;
    const file = join(folder(), 'example.mts');
    writeFileSync(file, fence('ts').replace('samling/blockkit', module));
    const { messages, onPress } = await import(pathToFileURL(file).href);
    const [, , input, actions] = messages[0].blocks;
    const named = fence('json')
      .replaceAll('ac.in.SEATS', input.block_id)
      .replaceAll('ac.act.ANSWER', actions.elements[0].action_id);
    assert.deepEqual(messages, JSON.parse(named));
    const press = (value: string | null): any =>
      onPress({
        actions: actions.elements,
        state: { values: { [input.block_id]: { [input.block_id]: { type: 'number_input', value } } } },
      });
    assert.deepEqual(press('2').data, { gathering: 3, seats: '2' });
    assert.equal(press(null).errors[0].message, 'Please fill this in');
  });
});
