import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { createSealer } from '../../../src/runtime/sealed.js';

const key = () => randomBytes(32).toString('base64');

describe('a sealed box', () => {
  const keys = [key(), key()];
  const sealer = createSealer(keys);

  it('opens to what was put in, and shows nothing of it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 3 }), (content) => {
        const box = sealer.seal(content, 'place');
        assert.equal(sealer.open(box, 'place')?.toString(), content);
        assert.ok(!Buffer.from(box, 'base64url').includes(content));
      }),
    );
  });

  it('does not open elsewhere, nor with one bit changed, nor when it is no box', () => {
    const box = sealer.seal('token', 'place');
    assert.equal(sealer.open(box, 'other'), undefined);
    const bytes = Buffer.from(box, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      assert.equal(sealer.open(changed.toString('base64url'), 'place'), undefined, String(at));
    }
    for (const none of ['', 'x', 'not a box', box.slice(0, 20)])
      assert.equal(sealer.open(none, 'place'), undefined);
  });

  it('opens with an older key, and says that it should be closed anew', () => {
    const old = createSealer([keys[1]!]).seal('token', 'place');
    assert.equal(sealer.open(old, 'place')?.toString(), 'token');
    assert.ok(sealer.isOld(old) && !sealer.isOld(sealer.seal('token', 'place')));
    assert.equal(createSealer([keys[0]!]).open(old, 'place'), undefined);
  });

  it('is never made twice alike', () => {
    assert.notEqual(sealer.seal('token', 'place'), sealer.seal('token', 'place'));
  });

  it('wants keys of 32 bytes', () => {
    for (const wrong of [[], [''], ['short'], [randomBytes(31).toString('base64')]])
      assert.throws(() => createSealer(wrong), { code: 'CONFIG_WRONG' });
  });
});
