import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadConfig } from '../../../src/config/load.js';
import { configSchema } from '../../../src/config/schema.js';
import { ERROR_CODES, SamlingError } from '../../../src/core/errors.js';
import { asset } from '../../../src/cli/assets.js';

const read = (...path: string[]) => readFileSync(asset(...path), 'utf8');
const names = Object.keys(configSchema.shape);

describe('the documents', () => {
  it('name a test for each threat, and only tests that are there', () => {
    const folder = asset('test');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const sourcesOf = (name: string) => {
      const own = files.filter((file) => basename(file) === `${name}.test.ts`);
      // Cases and suites of a test lie beside it.
      const beside = files.filter((file) =>
        new RegExp(`(^|/)(${name}/[^/]+|${name}-contract)\\.ts$`).test(file),
      );
      assert.ok(own.length > 0, `there is no test ${name}`);
      return [...own, ...beside].map((file) => readFileSync(join(folder, file), 'utf8'));
    };
    const rows = read('docs', 'security.md')
      .split('\n')
      .filter((line) => line.startsWith('| ') && !/^\| (threat|-+) /.test(line));
    assert.ok(rows.length > 30);
    for (const row of rows) {
      const [, , , shown = ''] = row.split(/(?:^| )\|(?: |$)/);
      const named = [...shown.matchAll(/`([\w-]+)`/g)].map((match) => match[1]!);
      assert.ok(named.length > 0, `no test: ${row}`);
      const sources = named.flatMap(sourcesOf);
      for (const [, title = ''] of shown.matchAll(/"([^"]+)"/g))
        assert.ok(
          sources.some((source) => source.includes(title)),
          `no test of ${named.join(', ')} is called ${title}`,
        );
    }
  });

  it('list every error code, and no other', () => {
    const listed = [...read('docs', 'errors.md').matchAll(/^\| `([A-Z_]+)`/gm)].map((match) => match[1]);
    assert.deepEqual(listed, [...ERROR_CODES]);
  });

  it('list every setting with its default, and no other', () => {
    const listed = [...read('docs', 'configuration.md').matchAll(/^\| `([A-Z_]+)` +\| `([^`]*)`/gm)];
    assert.deepEqual(
      listed.map((match) => match[1]),
      names,
    );
    const example = [...read('.env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)];
    assert.deepEqual(
      example.map((match) => match[1]),
      names,
    );
    const defaults = configSchema.parse({}) as Record<string, unknown>;
    for (const [, name, value] of [...listed, ...example]) assert.equal(String(defaults[name!]), value);
  });
});

describe('settings', () => {
  const faultsOf = (environment: Record<string, string>) => {
    try {
      loadConfig(environment);
    } catch (error) {
      if (error instanceof SamlingError)
        return error.faults.map((each) => `${each.path}: ${each.found}, ${each.expected}`);
      throw error;
    }
    return [];
  };

  it('have defaults', () => {
    assert.deepEqual(loadConfig({ HOME: '/x' }), {
      dataDir: '.samling',
      host: '127.0.0.1',
      port: 3978,
      mode: 'development',
      logLevel: 'info',
      keys: [],
    });
    assert.ok(loadConfig());
  });

  const wrong: readonly [string, string, string][] = [
    ['SAMLING_PORT', 'http', 'a port from 0 to 65535'],
    ['SAMLING_PORT', '70000', 'a port from 0 to 65535'],
    ['SAMLING_PORT', '-1', 'a port from 0 to 65535'],
    ['SAMLING_PORT', '1.5', 'a port from 0 to 65535'],
    ['SAMLING_MODE', 'prod', 'development or production'],
    ['SAMLING_PROT', '1', 'one of'],
  ];
  for (const [name, value, expected] of wrong) {
    it(`${name}=${value} is refused`, () => {
      const [fault] = faultsOf({ [name]: value });
      assert.ok(fault?.startsWith(`${name}: `) && fault.includes(expected), fault);
    });
  }

  it('name a database, whose address is not shown when it is wrong', () => {
    const url = 'postgres://samling:secret@127.0.0.1:5432/samling';
    assert.equal(loadConfig({ DATABASE_URL: url }).databaseUrl, url);
    assert.deepEqual(faultsOf({ DATABASE_URL: 'mysql://samling:secret@127.0.0.1/samling' }), [
      'DATABASE_URL: something else, an address such as postgres://samling:secret@127.0.0.1:5432/samling',
    ]);
  });

  it('let nobody in without credentials but on this machine', () => {
    const playground = {
      SAMLING_TEAMS_APP_TYPE: 'playground',
      SAMLING_KEYS: Buffer.alloc(32).toString('base64'),
    };
    assert.deepEqual(faultsOf(playground), []);
    for (const exposed of [
      { SAMLING_MODE: 'production' },
      { SAMLING_HOST: '0.0.0.0' },
      { SAMLING_HOST: 'samling.example.org' },
    ])
      assert.deepEqual(faultsOf({ ...playground, ...exposed }), [
        'SAMLING_TEAMS_APP_TYPE: playground, a registered bot, or development on 127.0.0.1',
      ]);
  });

  it('are refused all at once', () => {
    assert.equal(faultsOf({ SAMLING_PORT: 'x', SAMLING_MODE: 'y', SAMLING_X: 'z' }).length, 3);
  });
});
