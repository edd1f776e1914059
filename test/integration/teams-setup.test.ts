import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { checkTeams } from '../../src/adapters/chat/teams/doctor.js';
import type { TeamsApp } from '../../src/adapters/chat/teams/settings.js';
import { asset } from '../../src/cli/assets.js';
import { APP_ID, APP_TENANT, startLocalTeams, type LocalTeams } from '../local/teams/index.js';
import { teamsApp } from '../support/teams-samling.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const run = promisify(execFile);

describe('the doctor of Teams', () => {
  const folder = temporaryFolder();
  let teams: LocalTeams;
  beforeEach(async () => {
    teams = await startLocalTeams();
  });
  afterEach(() => teams.close());

  const check = async (app: Partial<TeamsApp> = {}, changes: object = {}) => {
    const options = { app: teamsApp(teams, app), clock: { nowMs: () => Date.now() } };
    return checkTeams({ ...options, publicUrl: 'https://samling.example', ...changes });
  };
  const wrong = async (...given: Parameters<typeof check>) =>
    (await check(...given)).filter((each) => !each.isOk).map((each) => `${each.says} ${each.todo ?? ''}`);

  it('finds nothing wrong where nothing is, and says where the bot has to call', async () => {
    const findings = await check();
    assert.deepEqual(
      findings.filter((each) => !each.isOk),
      [],
    );
    assert.match(findings[1]!.says, /https:\/\/samling\.example\/api\/messages/);
  });

  const nowhere = 'http://127.0.0.1:9/';
  for (const [what, run, wanted] of [
    [
      'a secret that is refused',
      () => wrong({ password: 'wrong' }),
      /answered 401.*SAMLING_TEAMS_APP_SECRET/,
    ],
    [
      'a token endpoint out of reach',
      () => wrong({ loginUrl: nowhere }),
      /could not be reached.*127\.0\.0\.1:9 over HTTPS/,
    ],
    ['a Bot Connector out of reach', () => wrong({ openIdUrl: nowhere }), /Connector cannot be reached/],
    [
      'keys that cannot be read',
      () => {
        teams.issuer.fail('keys', 500);
        return wrong();
      },
      /keys cannot be read/,
    ],
    ['no way in', () => wrong({}, { publicUrl: undefined }), /no way to reach Samling.*SAMLING_PUBLIC_URL/],
    [
      'a clock that goes wrong',
      () => wrong({}, { clock: { nowMs: () => Date.now() + 400_000 } }),
      /40\d s apart.*NTP/,
    ],
  ] as const) {
    it(`names ${what}, and what to do`, async () => {
      const findings = await run();
      assert.equal(findings.length, 1, findings.join('\n'));
      assert.match(findings[0]!, wanted);
    });
  }

  it('is asked by `samling doctor`, in a line for each thing', async function () {
    this.timeout(60_000);
    const said = await run(process.execPath, ['--import', 'tsx', asset('src', 'cli.ts'), 'doctor'], {
      env: {
        ...{ PATH: process.env['PATH'], SAMLING_DATA_DIR: folder() },
        ...{ SAMLING_KEYS: Buffer.alloc(32).toString('base64'), SAMLING_TEAMS_APP_ID: APP_ID },
        ...{ SAMLING_TEAMS_APP_SECRET: 'not-a-secret', SAMLING_TEAMS_TENANT_ID: APP_TENANT },
        SAMLING_TEAMS_OPENID_URL: teams.issuer.openIdUrl,
        SAMLING_TEAMS_LOGIN_URL: teams.issuer.loginUrl,
      },
    }).then(
      () => assert.fail('there is no way in'),
      (error: unknown) => (error as { stdout: string }).stdout.trim().split('\n'),
    );
    assert.deepEqual(
      said.map((line) => /^(\w+) +([\w ]+(?:: [\w ]+)?): /.exec(line)?.slice(1).join(' ')),
      [
        ...['ok configuration', 'ok programmes', 'ok public address', 'ok store'],
        ...['ok Teams: reach and clock', 'WRONG Teams: the way in', 'ok Teams: credentials'],
      ],
    );
  });

  it('wants no credentials of a client for trying out', async () => {
    assert.deepEqual(await wrong({ type: 'playground' }, { publicUrl: undefined }), []);
  });
});
