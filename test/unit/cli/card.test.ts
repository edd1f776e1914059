import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printCard } from '../../../src/cli/card.js';

const CARD = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text: '${greeting}, ${name}' }],
};

describe('samling card', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'samling-card-'));
    writeFileSync(join(folder, 'card.json'), JSON.stringify(CARD));
    writeFileSync(join(folder, 'data.json'), JSON.stringify({ greeting: 'Hei', name: 'Voss' }));
    writeFileSync(join(folder, 'less.json'), JSON.stringify({ greeting: 'Hei' }));
    writeFileSync(join(folder, 'broken.json'), '{');
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const run = async (rest: { file?: string; data?: string; to?: string; surface?: string }) => {
    let out = '';
    let err = '';
    await printCard({
      to: 'slack',
      surface: 'message',
      ...rest,
      file: join(folder, rest.file ?? 'card.json'),
      ...(rest.data === undefined ? {} : { data: join(folder, rest.data) }),
      out: (text) => (out += text),
      err: (text) => (err += text),
    });
    return { json: JSON.parse(out) as Record<string, unknown>, err };
  };

  it('fills a template and prints it for Slack as JSON', async () => {
    const { json, err } = await run({ data: 'data.json' });
    assert.match(JSON.stringify(json['messages']), /Hei, Voss/);
    assert.equal(err, '');
  });

  it('prints a card for Teams as it is', async () => {
    const { json } = await run({ data: 'data.json', to: 'teams' });
    assert.deepEqual(json['body'], [{ type: 'TextBlock', text: 'Hei, Voss' }]);
  });

  it('prints a view for a modal', async () => {
    const { json } = await run({ data: 'data.json', surface: 'modal' });
    assert.equal((json['view'] as { type: string }).type, 'modal');
  });

  it('names what the data lacks instead of showing a binding', async () => {
    await assert.rejects(
      run({ data: 'less.json' }),
      (error: { code: string; faults: { path: string }[] }) => {
        assert.equal(error.code, 'CARD_TEMPLATE_WRONG');
        assert.deepEqual(
          error.faults.map((each) => each.path),
          ['body[0].text'],
        );
        return true;
      },
    );
  });

  it('refuses wrong options and files, and says what is expected', async () => {
    await assert.rejects(run({ to: 'irc', surface: 'wall' }), (error: { faults: unknown[] }) => {
      assert.equal(error.faults.length, 2);
      return true;
    });
    await assert.rejects(run({ file: 'broken.json' }), { code: 'ARGUMENT_WRONG' });
    await assert.rejects(run({ file: 'missing.json' }), { code: 'ARGUMENT_WRONG' });
  });
});
