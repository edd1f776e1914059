import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPlaygroundChat } from '../../../src/adapters/chat/playground/chat.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { chatContract } from './chat-contract.js';

const clock = { nowMs: () => 0 };
const kari = { programme: 'saman', member: 'kari', workspace: 'playground', account: {} };

chatContract(
  'playground',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'samling-chat-'));
    const chat = openPlaygroundChat(join(folder, 'chat.jsonl'), clock);
    return {
      chat,
      reachable: kari,
      seen: () =>
        Promise.resolve(
          chat.linesOf('kari').map((line) => (line.from === 'samling' ? line.message.text : line.text)),
        ),
      async close() {
        chat.close();
        await rm(folder, { recursive: true });
      },
    };
  },
  { canMiss: false, canOvertake: false },
);

describe('the playground chat', () => {
  const folder = temporaryFolder();

  it('still has everything, replaced cards included, when it is opened again', async () => {
    const file = join(folder(), 'chat.jsonl');
    const card = (text: string) => ({
      card: { type: 'AdaptiveCard' as const },
      text,
      language: 'nb' as const,
    });
    const first = openPlaygroundChat(file, clock);
    await first.send(kari, card('before'), 'd/1');
    first.said('kari', 'hei');
    await first.update(kari, { delivery: 'd/1' }, card('after'));
    const lines = JSON.stringify(first.linesOf('kari'));
    first.close();
    const second = openPlaygroundChat(file, clock);
    assert.equal(JSON.stringify(second.linesOf('kari')), lines);
    assert.match(lines, /after/);
    assert.notEqual(await second.find(kari, 'd/1'), 'not-sent');
    second.close();
  });
});
