import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBundle, writeCodeCache } from '../../src/cli/code-cache.js';
import { asset } from '../../src/cli/assets.js';

describe('samling start', function () {
  this.timeout(60_000);

  /** Modules that starting with some settings has loaded, in a process of its own. */
  function loadedWith(settings: Readonly<Record<string, string>>) {
    const folder = mkdtempSync(join(tmpdir(), 'samling-start-'));
    const script = `
      const { loadConfig } = await import(${JSON.stringify(asset('src', 'config', 'load.ts'))});
      const { startSamling } = await import(${JSON.stringify(asset('src', 'cli', 'start.ts'))});
      const { createRequire } = await import('node:module');
      const log = { info() {}, warn() {}, error() {} };
      const running = await startSamling({ config: loadConfig(), log });
      const health = await fetch(running.url + '/healthz');
      const loaded = () => Object.keys(createRequire(${JSON.stringify(asset('package.json'))}).cache).join(' ');
      console.log(health.status, loaded());
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      console.log('later', loaded());
      await running.close();
      process.exit(0);
    `;
    const file = join(folder, 'start.mjs');
    writeFileSync(file, script);
    const { PATH = '' } = process.env;
    const run = spawnSync(process.execPath, ['--import', 'tsx', file], {
      cwd: asset(),
      encoding: 'utf8',
      env: {
        PATH,
        SAMLING_DATA_DIR: folder,
        SAMLING_PORT: '0',
        SAMLING_KEYS: Buffer.alloc(32).toString('base64'),
        ...settings,
      },
    });
    rmSync(folder, { recursive: true, force: true });
    assert.match(run.stdout, /^200 /, run.stderr);
    const [atOnce = '', later = ''] = run.stdout.split('\nlater ');
    return { atOnce, later };
  }

  it('loads the SDK of Slack alone where Slack alone is configured', () => {
    const { atOnce, later } = loadedWith({
      SAMLING_SLACK_SIGNING_SECRET: 'x',
      SAMLING_SLACK_API_URL: 'http://127.0.0.1:9/api/',
    });
    assert.match(atOnce, /@slack/);
    assert.doesNotMatch(later, /botbuilder|node_modules\/(pg|graphile-worker)\//);
  });

  it('loads the SDK of Teams alone where Teams alone is configured, once it has started', () => {
    const { atOnce, later } = loadedWith({
      ...{ SAMLING_TEAMS_APP_ID: 'x', SAMLING_TEAMS_APP_SECRET: 'x', SAMLING_TEAMS_TENANT_ID: 'x' },
      ...{ SAMLING_TEAMS_OPENID_URL: 'http://127.0.0.1:9/', SAMLING_TEAMS_LOGIN_URL: 'http://127.0.0.1:9/' },
    });
    assert.doesNotMatch(atOnce, /botbuilder/);
    assert.match(later, /botbuilder/);
    assert.doesNotMatch(later, /@slack/);
  });
});

describe('the code cache', () => {
  it('is written beside a bundle, and gives the same program', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'samling-cache-'));
    const file = join(folder, 'start.cjs');
    const source =
      "(function(exports,require,module){module.exports={warm:async()=>{},startCommand:()=>/^[–å]+$/.test('å–')};})";
    writeFileSync(file, source);
    await writeCodeCache(file);
    assert.equal(loadBundle(file).startCommand(), true);
    // One of another version is as good as none.
    writeFileSync(file.replace('.cjs', '.cache'), 'not a cache');
    assert.equal(loadBundle(file).startCommand(), true);
    rmSync(folder, { recursive: true });
  });
});
