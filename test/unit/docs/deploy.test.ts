import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { asset } from '../../../src/cli/assets.js';
import { ballotFolders, loadConfig } from '../../../src/config/load.js';
import type { Config } from '../../../src/config/schema.js';

const read = (...path: string[]) => readFileSync(asset(...path), 'utf8');
const dockerfile = read('Dockerfile').replaceAll('\\\n', ' ');
const compose = read('deploy', 'compose.yaml');
const service = read('deploy', 'samling.service');
const packaged = JSON.parse(read('package.json')) as {
  readonly bin: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly engines: { readonly node: string };
};

/** What follows a word at the beginning of a line, for each such line. */
const after = (text: string, word: string) =>
  [...text.matchAll(new RegExp(`^${word}[ =](.*)$`, 'gm'))].map((match) => match[1] ?? '');
const only = (text: string, word: string) => {
  const found = after(text, word);
  assert.equal(found.length, 1, `${word} ${String(found.length)} times`);
  return found[0]!;
};
const pairs = (text: string) =>
  Object.fromEntries(text.split(' ').map((each) => each.split(/=(.*)/).slice(0, 2) as [string, string]));
/** The block of a service in the compose file, and the settings that stand in it. */
const block = /^ {2}samling:\n((?: {4}.*\n)+)/m.exec(compose)?.[1] ?? '';
const given = Object.fromEntries(
  [...block.matchAll(/^ {6}([A-Z_]+): (.*)$/gm)].map(([, name, value]) => [name, value]),
) as Readonly<Record<string, string>>;
const folders = (config: Config) => [config.dataDir, ballotFolders(config).keysFolder] as const;

describe('the image', () => {
  // `process.env.X` and NODE_ENV are Node's own.
  const { NODE_ENV, ...settings } = pairs(
    after(dockerfile, 'ENV')
      .join(' ')
      .replace(/\s{2,}/g, ' '),
  );
  const config = loadConfig(settings);
  const last = dockerfile.slice(dockerfile.lastIndexOf('FROM '));

  it('runs in production on all of its addresses, at the port that it tells', () => {
    assert.deepEqual([NODE_ENV, config.mode, config.host], ['production', 'production', '0.0.0.0']);
    assert.equal(only(dockerfile, 'EXPOSE'), String(config.port));
    assert.ok(last.includes('/healthz') && last.includes(String(config.port)));
  });

  it('keeps data and ballot keys in volumes of their own, which belong to whoever it runs as', () => {
    const volumes = JSON.parse(only(dockerfile, 'VOLUME')) as string[];
    assert.deepEqual(volumes, folders(config));
    const made = after(last, 'RUN').join(' ');
    for (const folder of volumes) assert.ok(made.includes(` ${folder}`), `${folder} is not made`);
    const user = only(last, 'USER');
    assert.notEqual(user, 'root');
    assert.ok(made.includes(`chown -R ${user}:`) && last.indexOf('chown') < last.indexOf('\nUSER'));
  });

  it('has all that is needed and starts what the package calls samling', () => {
    const copied = after(last, 'COPY').map((each) => /\/app\/(\S+)/.exec(each)?.[1]);
    assert.deepEqual([...copied].sort(), [...packaged.files, 'node_modules', 'package.json'].sort());
    assert.deepEqual(JSON.parse(only(last, 'CMD')), ['node', packaged.bin['samling'], 'start']);
    const [major] = packaged.engines.node.match(/\d+/) ?? [];
    assert.ok(after(dockerfile, 'FROM').every((image) => image.startsWith(`node:${String(major)}-slim`)));
  });

  it('is made of the sources, without settings, data or keys of whoever makes it', () => {
    const ignored = read('.dockerignore').split('\n');
    const { dataDir, keysFolder } = { ...loadConfig({}), ...ballotFolders(loadConfig({})) };
    for (const each of ['.env', '.git', 'node_modules', dataDir, keysFolder])
      assert.ok(ignored.includes(each), each);
    for (const each of ['src', 'cards', 'locales', 'data', 'package-lock.json', 'tsconfig.build.json'])
      assert.ok(existsSync(asset(each)) && !ignored.includes(each), each);
  });
});

describe('the compose file', () => {
  it('gives settings that Samling takes, whatever stands in .env', () => {
    const url = given['DATABASE_URL']?.replace(/\$\{.*\}/, 'secret');
    const config = loadConfig({ ...given, DATABASE_URL: url });
    assert.deepEqual([config.mode, config.host], ['production', '0.0.0.0']);
    assert.match(config.databaseUrl ?? '', /@postgres\//);
    assert.match(block, new RegExp(`ports: \\['127\\.0\\.0\\.1:\\d+:${String(config.port)}'\\]`));
  });

  it('keeps data and ballot keys in two volumes, so that a copy of the one has no key in it', () => {
    const mounts = new Map(
      [...(/volumes: \[(.*)\]/.exec(block)?.[1] ?? '').matchAll(/'([\w-]+):([^']+)'/g)].map(
        ([, volume, folder]) => [folder, volume],
      ),
    );
    const used = folders(loadConfig({ SAMLING_DATA_DIR: given['SAMLING_DATA_DIR'] })).map((folder) =>
      mounts.get(folder),
    );
    assert.ok(used[0] !== undefined && used[1] !== undefined && used[0] !== used[1], String(used));
    const declared = compose.slice(compose.indexOf('\nvolumes:'));
    for (const volume of used) assert.ok(declared.includes(`\n  ${String(volume)}:`), String(volume));
  });

  it('lets it write nowhere else, and gives it more than the ten seconds that it takes to stop', () => {
    for (const line of ['read_only: true', 'cap_drop: [ALL]', "security_opt: ['no-new-privileges:true']"])
      assert.ok(block.includes(line), line);
    assert.ok(Number(/stop_grace_period: (\d+)s/.exec(block)?.[1]) > 10);
  });
});

describe('the systemd unit', () => {
  it('keeps data and ballot keys where it may write, as the guides say it too', () => {
    const config = loadConfig(pairs(only(service, 'Environment')));
    assert.equal(config.mode, 'production');
    const state = `/var/lib/${only(service, 'StateDirectory')}/`;
    const guides = ['setup-slack.md', 'setup-teams.md'].flatMap((guide) =>
      [...read('docs', guide).matchAll(/SAMLING_DATA_DIR=(\S+)/g)].map((match) => match[1]!),
    );
    for (const dataDir of [config.dataDir, ...guides])
      for (const folder of folders({ ...config, dataDir })) assert.ok(folder.startsWith(state), folder);
    assert.equal(only(service, 'ProtectSystem'), 'strict');
  });

  it('starts what the package calls samling, as somebody without rights, and lets it stop', () => {
    const [program, file, command] = only(service, 'ExecStart').split(' ');
    assert.deepEqual([program, file, command], ['/usr/bin/node', packaged.bin['samling'], 'start']);
    assert.notEqual(only(service, 'User'), 'root');
    assert.ok(Number(only(service, 'TimeoutStopSec')) > 10);
  });
});
