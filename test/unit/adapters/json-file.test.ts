import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseJson } from '../../../src/adapters/files/json-file.js';

const pathOf = (text: string) => {
  const read = parseJson('a.json', text);
  return 'fault' in read ? read.fault.path : undefined;
};

describe('a text that should be JSON', () => {
  it('is read, with or without a byte order mark', () => {
    assert.deepEqual(parseJson('a.json', '\uFEFF{"a":[1]}'), { json: { a: [1] } });
  });

  it('says where the first mistake is, or where it ends too early', () => {
    assert.equal(pathOf('{\n  "id": oops\n}'), 'line 2, column 9');
    assert.equal(pathOf('{"a":1,}'), 'line 1, column 8');
    assert.equal(pathOf('{"a" 1}'), 'line 1, column 6');
    assert.equal(pathOf('[1,\n2\n'), 'line 3, column 1');
    assert.equal(pathOf(''), 'line 1, column 1');
  });

  it('says so wherever a sign stands that JSON never has', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, seed) => {
        const at = seed % (json.length + 1);
        const text = `${json.slice(0, at)}\u0001${json.slice(at)}`;
        assert.equal(pathOf(text), `line 1, column ${String(at + 1)}`);
      }),
    );
  });
});
