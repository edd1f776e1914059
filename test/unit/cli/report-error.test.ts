import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { reportError } from '../../../src/cli/report-error.js';
import { SamlingError } from '../../../src/core/errors.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

function told(error: unknown): { readonly status: number; readonly text: string } {
  let text = '';
  const status = reportError(error, (part) => (text += part));
  return { status, text };
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new RangeError('nothing was thrown');
}

describe('an error at the terminal', () => {
  const folder = temporaryFolder();

  it('that Samling makes says its code and every fault', () => {
    const faults = [{ source: 'a.json', path: 'id', found: 'nothing', expected: 'an id' }];
    const { status, text } = told(new SamlingError('PULSE_WRONG', 'The pulse is wrong.', { faults }));
    assert.equal(status, 1);
    assert.equal(text, 'PULSE_WRONG: The pulse is wrong.\n  a.json: id: found nothing, expected an id\n');
  });

  it('of the file system says which file, and what is wrong with it', () => {
    const file = join(folder(), 'no', 'file');
    const { status, text } = told(thrownBy(() => writeFileSync(file, '')));
    assert.equal(status, 1);
    assert.equal(text, `SYSTEM_REFUSED: ${file} is not there (ENOENT).\n`);
    assert.match(told(thrownBy(() => writeFileSync(folder(), ''))).text, / is a folder \(EISDIR\)\.\n$/);
  });

  it('of two files names both', () => {
    const [from, to] = [join(folder(), 'a'), join(folder(), 'b')];
    const { text } = told(thrownBy(() => renameSync(from, to)));
    assert.equal(text, `SYSTEM_REFUSED: ${from} or ${to} is not there (ENOENT).\n`);
  });

  it('of a port that is taken names the port', async () => {
    const first = createServer().listen(0, '127.0.0.1');
    await once(first, 'listening');
    const { port } = first.address() as { port: number };
    const second = createServer().listen(port, '127.0.0.1');
    const [error] = (await once(second, 'error')) as [unknown];
    first.close();
    const { status, text } = told(error);
    assert.equal(status, 1);
    assert.equal(
      text,
      `SYSTEM_REFUSED: 127.0.0.1:${String(port)} is taken by another program (EADDRINUSE).\n`,
    );
  });

  it('that nobody makes on purpose is shown whole, for it is a bug', () => {
    const { status, text } = told(new TypeError('x is not a function'));
    assert.equal(status, 70);
    assert.match(text, /^TypeError: x is not a function\n {4}at /);
    assert.equal(told('thrown').text, 'thrown\n');
    // A file of nobody's: what the system refused cannot be named.
    const bare = Object.assign(new Error('failed'), { syscall: 'read', code: 'EIO' });
    assert.equal(told(bare).status, 70);
  });
});
