import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asset } from '../../src/cli/assets.js';

describe('samling start, told to stop', function () {
  this.timeout(60_000);

  it('ends by itself within ten seconds of SIGTERM, and was ready before', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'samling-stop-'));
    const child = spawn(process.execPath, ['--import', 'tsx', asset('src', 'cli.ts'), 'start'], {
      cwd: asset(),
      env: {
        PATH: process.env['PATH'] ?? '',
        SAMLING_DATA_DIR: join(folder, 'data'),
        SAMLING_PORT: '0',
        SAMLING_LOG_LEVEL: 'silent',
        SAMLING_KEYS: Buffer.alloc(32).toString('base64'),
        SAMLING_SLACK_SIGNING_SECRET: 'x',
        SAMLING_SLACK_API_URL: 'http://127.0.0.1:9/api/',
      },
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const url = /http:\/\/[\d.:]+\d/.exec(String(line))?.[0] ?? '';
    assert.equal((await fetch(`${url}/readyz`)).status, 200);
    const toldMs = Date.now();
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];
    assert.equal(code, 0);
    assert.ok(Date.now() - toldMs < 10_000);
    rmSync(folder, { recursive: true, force: true });
  });
});
