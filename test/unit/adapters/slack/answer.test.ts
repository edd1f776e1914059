import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readAnswer } from '../../../../src/adapters/chat/slack/answer.js';

/** Slack's answer to a message that was taken: the message follows, with all its blocks. */
const answerTo = (ts: string, length: number) =>
  Buffer.from(
    JSON.stringify({ ok: true, channel: 'D0123456789', ts, message: { text: 'x'.repeat(length) } }),
  );
const read = (bytes: Buffer) => readAnswer(() => Promise.resolve({ status: 200, headers: {}, bytes }));

describe('what is read of an answer of Slack', () => {
  it('is the channel and the time of a message that was taken', async () => {
    const answer = await read(answerTo('1700000000.000100', 10));
    assert.deepEqual(answer, { ok: true, channel: 'D0123456789', ts: '1700000000.000100' });
  });

  it('is all of an answer that begins in another way', async () => {
    const bytes = Buffer.from(JSON.stringify({ channel: 'D1', ok: true, ts: '1.1', more: 'blåbær' }));
    assert.deepEqual(await read(bytes), { channel: 'D1', ok: true, ts: '1.1', more: 'blåbær' });
  });

  it('holds on to nothing else: what is kept of each message sent stays for years', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const used = () => {
      collect();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    };
    const [count, length] = [400, 250_000];
    // So much that what else a process of thousands of tests does in the meantime is little beside it.
    const before = used();
    const kept: unknown[] = [];
    for (let nth = 0; nth < count; nth += 1)
      kept.push((await read(answerTo(`1700000000.${String(nth).padStart(6, '0')}`, length)))['ts']);
    const grown = used() - before;
    assert.equal(kept.length, count);
    assert.ok(grown < (count * length) / 4, `${String(grown)} bytes`);
  });
});
