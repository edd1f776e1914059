import assert from 'node:assert/strict';
import sinon from 'sinon';
import { within } from '../../../src/runtime/within.js';

describe('waiting no longer than a time', () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers();
  });
  afterEach(() => clock.restore());
  const never = () => new Promise<string>(() => undefined);

  it('gives what comes in time, or fails with it, and leaves no timer behind', async () => {
    const late = sinon.spy(() => 'late');
    assert.equal(await within(100, Promise.resolve('here'), late), 'here');
    await assert.rejects(within(100, Promise.reject(new RangeError('wrong')), late), RangeError);
    assert.equal(clock.countTimers(), 0);
    assert.equal(late.callCount, 0);
  });

  it('gives what takes its place once the time is over, not before', async () => {
    const late = sinon.spy(() => 'late');
    const waited = within(100, never(), late);
    await clock.tickAsync(99);
    assert.equal(late.callCount, 0);
    await clock.tickAsync(1);
    assert.equal(await waited, 'late');
  });

  it('fails with what the place of it throws', async () => {
    const waited = within(100, never(), () => {
      throw new TypeError('late');
    });
    const failed = assert.rejects(waited, TypeError);
    await clock.tickAsync(100);
    await failed;
  });
});
