import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createInstalls } from '../../src/adapters/chat/slack/installs.js';
import { createMemoryStore } from '../../src/adapters/store/lowdb/memory.js';
import { createSealer } from '../../src/runtime/sealed.js';
import { createFakeClock } from '../support/dispatch.js';

describe('a key of SAMLING_KEYS that is changed', () => {
  const [old, fresh] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
  const store = createMemoryStore();
  const installsWith = (...keys: string[]) =>
    createInstalls({ store, sealer: createSealer(keys), clock: createFakeClock() });
  const workspaces = ['slack/T1', 'slack/T2', 'slack/E1'];
  const tokens = async (...keys: string[]) => {
    const installs = installsWith(...keys);
    return Promise.all(workspaces.map(async (each) => (await installs.get(each))?.botToken));
  };

  before(async () => {
    for (const each of workspaces) await installsWith(old).put(each, each, { botToken: `of ${each}` });
  });

  it('loses no token: with the new one alone nothing opens yet, with both everything, and then the old one can go', async () => {
    const all = workspaces.map((each) => `of ${each}`);
    assert.deepEqual(await tokens(fresh), [undefined, undefined, undefined]);
    assert.deepEqual(await tokens(fresh, old), all);
    assert.deepEqual(await tokens(fresh), all);
    assert.deepEqual(await tokens(old), [undefined, undefined, undefined]);
  });
});
