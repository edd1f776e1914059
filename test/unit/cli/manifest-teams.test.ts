import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { strFromU8, unzipSync } from 'fflate';
import { loadVocabulary } from '../../../src/adapters/files/vocabulary.js';
import { asset } from '../../../src/cli/assets.js';
import { teamsPackage } from '../../../src/cli/manifest-teams.js';
import { loadConfig } from '../../../src/config/load.js';
import { SamlingError } from '../../../src/core/errors.js';
import { understand } from '../../../src/core/conversation/understand.js';

const environment = {
  SAMLING_TEAMS_APP_ID: '00000000-0000-4000-8000-00000000a001',
  SAMLING_TEAMS_APP_SECRET: 'not-a-secret',
  SAMLING_TEAMS_TENANT_ID: '00000000-0000-4000-8000-00000000f001',
  SAMLING_KEYS: Buffer.alloc(32, 7).toString('base64'),
  SAMLING_PUBLIC_URL: 'https://samling.example.org',
};

/** Checks with Microsoft's own schemas, as their package has them. */
function faultsOf(name: string, value: { readonly manifestVersion?: string; readonly $schema?: string }) {
  const version = /\/(v[\d.]+)\//.exec(value.$schema ?? '')?.[1] ?? '';
  const home = dirname(createRequire(import.meta.url).resolve('@microsoft/app-manifest/package.json'));
  const file = join(home, 'build', 'json-schemas', 'teams', version, `MicrosoftTeams.${name}schema.json`);
  const ajv = new AjvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
  validate(value);
  return (validate.errors ?? []).map((each) => `${each.instancePath} ${String(each.message)}`);
}

describe('the Teams app package', () => {
  const files = unzipSync(teamsPackage(loadConfig(environment)));
  const json = (name: string) => JSON.parse(strFromU8(files[name]!)) as Record<string, any>;

  it('has a manifest that is valid by the schema of Microsoft', () => {
    assert.deepEqual(faultsOf('', json('manifest.json')), []);
    assert.notDeepEqual(faultsOf('', { ...json('manifest.json'), id: 'no-guid' } as never), []);
  });

  for (const language of ['sv', 'nb', 'nn', 'da']) {
    it(`has the texts in ${language}, valid by the schema of Microsoft`, () => {
      assert.deepEqual(faultsOf('Localization.', json(`${language}.json`)), []);
    });
  }

  it('names every file that it has, and has every file that it names', () => {
    const { icons, localizationInfo } = json('manifest.json');
    const named = [
      'manifest.json',
      ...Object.values(icons as Record<string, string>),
      ...localizationInfo.additionalLanguages.map((each: { file: string }) => each.file),
    ];
    assert.deepEqual(Object.keys(files).sort(), named.sort());
  });

  it('has icons of the sizes that Teams asks for', () => {
    const size = (name: string) => {
      const bytes = Buffer.from(files[name]!);
      assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
      return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
    };
    assert.deepEqual(
      [size('color.png'), size('outline.png')],
      [
        [192, 192],
        [32, 32],
      ],
    );
  });

  it('offers only commands that are understood, in every language', () => {
    const vocabulary = loadVocabulary(asset('data', 'conversation', 'commands.json'));
    const titles = [
      ...json('manifest.json')['bots'][0].commandLists[0].commands.map(
        (each: { title: string }) => each.title,
      ),
      ...['sv', 'nb', 'nn', 'da'].flatMap((language) =>
        Object.entries(json(`${language}.json`))
          .filter(([key]) => key.endsWith('.title'))
          .map(([, title]) => title),
      ),
    ] as string[];
    assert.equal(titles.length, 20);
    const order = ['coming', 'pause', 'language', 'help'];
    for (const [index, title] of titles.entries()) {
      assert.deepEqual(
        understand(title, vocabulary, '2013-11-20'),
        { kind: 'show', what: order[index % 4] },
        title,
      );
    }
  });

  it('is the same, byte for byte, for the same configuration', () => {
    assert.deepEqual(teamsPackage(loadConfig(environment)), teamsPackage(loadConfig(environment)));
  });

  it('is not made without an app id or an https address', () => {
    const { SAMLING_PUBLIC_URL, ...rest } = environment;
    for (const wrong of [{}, rest, { ...rest, SAMLING_PUBLIC_URL: 'http://127.0.0.1:3978' }]) {
      assert.throws(
        () => teamsPackage(loadConfig(wrong)),
        (error) => error instanceof SamlingError && error.code === 'CONFIG_WRONG',
      );
    }
  });
});
