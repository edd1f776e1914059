import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPeopleCsv } from '../../../../src/adapters/files/people-csv.js';
import { createMemoryStore } from '../../../../src/adapters/store/lowdb/memory.js';
import { importPeople } from '../../../../src/cli/import-people.js';
import { idOfEmail } from '../../../../src/runtime/member-id.js';
import { describeFault, SamlingError } from '../../../../src/core/errors.js';
import { programmeWith } from '../../../support/programmes.js';
import { cpuMs } from '../../../support/cpu.js';

const programme = programmeWith('saman');
let folder: string;
let count = 0;

async function fileWith(content: string | Buffer): Promise<string> {
  count += 1;
  const file = join(folder, `people-${String(count)}.csv`);
  await writeFile(file, content);
  return file;
}

async function run(
  content: string | Buffer,
  options: { store?: ReturnType<typeof createMemoryStore>; dryRun?: boolean; yes?: boolean } = {},
) {
  const { store = createMemoryStore(), dryRun = false, yes = false } = options;
  let printed = '';
  await importPeople({
    file: await fileWith(content),
    programme,
    store,
    dryRun,
    yes,
    write: (text) => (printed += text),
  });
  return { store, printed, members: await store.members.list('saman') };
}

async function faultsOf(content: string | Buffer, store = createMemoryStore()): Promise<readonly string[]> {
  try {
    await run(content, { store });
  } catch (error) {
    if (!(error instanceof SamlingError)) throw error;
    return error.faults.map((fault) => describeFault(fault).replace(/^people-\d+\.csv: /, ''));
  }
  return [];
}

const HEAD = 'organisation,role,email,language,party,network\n';

/** A wrong file, and the line that its owner needs. */
const FAULTS: readonly [string, string | Buffer, string][] = [
  ['is empty', '', 'line 1: found an empty file, expected a line of headings'],
  [
    'is an Excel workbook',
    Buffer.from('PK\u0003\u0004'),
    '(file): found an Excel workbook, expected a CSV file; save the sheet as "CSV UTF-8"',
  ],
  ['is binary', Buffer.from([65, 0, 66]), '(file): found a file with binary content'],
  [
    'lacks the role',
    'organisation,email\nVoss,a@b.no\n',
    'line 1: found the headings "organisation", "email", expected a column "role"',
  ],
  [
    'lacks the organisation',
    'rolle,e-post\nx,a@b.no\n',
    'line 1: found the headings "rolle", "e-post", expected a column "organisation"',
  ],
  [
    'cannot tell people apart',
    'kommune,rolle\nVoss,prosjektleder\n',
    'line 1: found neither, expected a column "email" or "id"',
  ],
  [
    'has a column twice',
    'kommune,rolle,e-post,email\nVoss,prosjektleder,a@b.no,a@b.no\n',
    'line 1: found two columns for "email", expected one',
  ],
  [
    'has an unknown organisation',
    `${HEAD}Vos,prosjektleder,a@b.no,,,\n`,
    'line 2, column "organisation": found "Vos", expected an organisation of the programme, such as "voss"',
  ],
  [
    'has no organisation in a line',
    `${HEAD},prosjektleder,a@b.no,,,\n`,
    'line 2, column "organisation": found nothing, expected an organisation of the programme',
  ],
  [
    'has an unknown role',
    `${HEAD}Voss,prosjektleter,a@b.no,,,\n`,
    'line 2, column "role": found "prosjektleter", expected a role of the programme, such as "prosjektleder"',
  ],
  [
    'has no role in a line',
    `${HEAD}Voss,,a@b.no,,,\n`,
    'line 2, column "role": found nothing, expected at least one role',
  ],
  [
    'has a role nothing like any',
    `${HEAD}Voss,qqqqqqqqq,a@b.no,,,\n`,
    'line 2, column "role": found "qqqqqqqqq", expected a role of the programme',
  ],
  [
    'has no e-mail in a line',
    `${HEAD}Voss,prosjektleder,,,,\n`,
    'line 2, column "email": found nothing, expected an e-mail address, or an id',
  ],
  [
    'has a wrong e-mail',
    `${HEAD}Voss,prosjektleder,a.b.no,,,\n`,
    'line 2, column "email": found "a.b.no", expected an e-mail address',
  ],
  [
    'has an unknown language',
    `${HEAD}Voss,prosjektleder,a@b.no,finsk,,\n`,
    'line 2, column "language": found "finsk", expected one of sv, nb, nn, da, en',
  ],
  [
    'has an unknown party',
    `${HEAD}Voss,prosjektleder,a@b.no,,grøn,\n`,
    'line 2, column "party": found "grøn", expected one of political, administrative, union',
  ],
  [
    'has an unknown network',
    `${HEAD}Voss,prosjektleder,a@b.no,,,omdom\n`,
    'line 2, column "network": found "omdom", expected a network of the programme, such as "omdomme"',
  ],
  [
    'has too few cells',
    `${HEAD}Voss,prosjektleder\n`,
    'line 2: found 2 cells, expected 6, as there are headings',
  ],
  ['has too many cells', `${HEAD}Voss,prosjektleder,a@b.no,,,,,\n`, 'line 2: found 8 cells, expected 6'],
  [
    'has a person twice',
    `${HEAD}Voss,prosjektleder,a@b.no,,,\nVoss,employee,A@b.no,,,\n`,
    'line 3: found the person of line 2 again, expected each person once',
  ],
  ['has quotes that stay open', `${HEAD}"Voss,prosjektleder,a@b.no,,,\n`, '(file): found'],
];

describe('importing people', () => {
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'samling-people-'));
  });
  after(() => rm(folder, { recursive: true }));

  for (const [name, content, expected] of FAULTS) {
    it(`refuses a file that ${name}, and says what to do`, async () => {
      const store = createMemoryStore();
      const lines = await faultsOf(content, store);
      assert.ok(
        lines.some((line) => line.startsWith(expected)),
        `wanted ${expected}\ngot ${lines.join('\n')}`,
      );
      assert.deepEqual(await store.members.list('saman'), []);
    });
  }

  it('refuses a file that is not there', async () => {
    await assert.rejects(readPeopleCsv(join(folder, 'nowhere.csv')), { code: 'PEOPLE_FILE_WRONG' });
  });

  it('imports nothing when one line is wrong, and names every wrong one', async () => {
    const store = createMemoryStore();
    const lines = await faultsOf(`${HEAD}Voss,prosjektleder,a@b.no,,,\nX,Y,z,,,\n`, store);
    assert.equal(lines.length, 3);
    assert.deepEqual(await store.members.list('saman'), []);
  });

  it('understands headings, names and separators of each language, in UTF-8 and Latin-1', async () => {
    const files: readonly (string | Buffer)[] = [
      'Kommun;Roll;E-post;Språk\nHøyanger;projektledare;a@b.no;svenska\n',
      'Kommune;Rolle;E-post;Målform\r\nHøyanger;prosjektleiar;a@b.no;nynorsk\r\n',
      'Kommune,Rolle,E-mail,Sprog\nHøyanger,projektleder,a@b.no,dansk\n',
      '\ufeffMunicipality\tRole\tE-mail\tLanguage\nHøyanger\tproject leader\ta@b.no\ten-GB\n',
      'sep=;\nkommune;rolle;epost;språk\nhøyanger;project-leader;a@b.no;norsk bokmål\n',
      Buffer.from('Kommune;Rolle;E-post;Språk\nHøyanger;prosjektleder;a@b.no;nb-NO\n', 'latin1'),
    ];
    const languages = [];
    for (const file of files) {
      const { members } = await run(file);
      assert.deepEqual(
        members.map((each) => [each.organisation, each.roles]),
        [['hoyanger', ['project-leader']]],
      );
      languages.push(members[0]?.language);
    }
    assert.deepEqual(languages, ['sv', 'nn', 'da', 'en', 'nb', 'nb']);
  });

  it('reads several roles, networks, a party and a name, and leaves unknown columns alone', async () => {
    const { members, printed } = await run(
      'kommune,rolle,e-post,part,nettverk,navn,telefon\n\n"Voss","prosjektleder / tillitsvalgt",a@b.no,faglig,omdomme,Rolle i Voss,1\n',
    );
    const [member] = members;
    assert.deepEqual(member?.roles, ['project-leader', 'union']);
    assert.deepEqual([member.party, member.networks, member.name], ['union', ['omdomme'], 'Rolle i Voss']);
    assert.match(printed, /column "telefon" is not used/);
    assert.equal(member.id, idOfEmail('A@b.no '));
    assert.doesNotMatch(printed, /@/);
  });

  it('says what a dry run would do, and does nothing', async () => {
    const store = createMemoryStore();
    await run('id,kommune,rolle\n1,Voss,prosjektleder\n2,Voss,prosjekteier\n3,Voss,medarbeider\n', { store });
    const again = 'id,kommune,rolle\n1,Voss,prosjektleder\n2,Gjøvik,prosjekteier\n4,Voss,medarbeider\n';
    const { printed } = await run(again, { store, dryRun: true });
    assert.match(
      printed,
      /\+ 4 .*\n~ 2 .*: organisation\n- 3 .*\n1 added, 1 changed, 1 deactivated, 1 as before/,
    );
    assert.equal((await store.members.get('saman', '3'))?.active, true);
    await run(again, { store });
    assert.equal((await store.members.get('saman', '3'))?.active, false);
    assert.equal((await store.members.get('saman', '2'))?.organisation, 'gjovik');
  });

  it('stops nothing but the wrong line in a dry run, which deactivates nobody', async () => {
    const store = createMemoryStore();
    const head = 'kommune,rolle,e-post\n';
    const line = (name: string, organisation = 'Voss') => `${organisation},prosjektleder,${name}@x.no\n`;
    await run(head + ['a', 'b', 'c', 'd', 'e'].map((name) => line(name)).join(''), { store });
    const before = await store.members.list('saman');
    let printed = '';
    const file = await fileWith(
      head + line('a') + line('b', 'Vos') + line('c', 'Gjøvik') + line('d') + line('f'),
    );
    const dry = importPeople({
      ...{ file, programme, store, dryRun: true, yes: false },
      write: (text) => (printed += text),
    });
    await assert.rejects(dry, (error: SamlingError) => {
      assert.equal(error.faults.length, 1);
      return true;
    });
    assert.match(printed, /1 added, 1 changed, 1 deactivated, 2 as before/);
    assert.ok(printed.includes(`- ${idOfEmail('e@x.no')} `));
    assert.ok(!printed.includes(idOfEmail('b@x.no')), 'the one of the wrong line stays as it is');
    assert.deepEqual(await store.members.list('saman'), before);
  });

  it('asks before it deactivates more than half of the members', async () => {
    const store = createMemoryStore();
    await run('id,kommune,rolle\n1,Voss,prosjektleder\n2,Voss,prosjekteier\n3,Voss,medarbeider\n', { store });
    const wrong = 'id,kommune,rolle\n9,Voss,prosjektleder\n';
    await assert.rejects(run(wrong, { store }), /lacks 3 of 3 members.*--yes/s);
    await run(wrong, { store, yes: true });
    assert.equal((await store.members.list('saman')).filter((each) => each.active).length, 1);
  });

  it('imports 5,000 lines in seconds', async function () {
    this.timeout(10_000);
    const lines = Array.from(
      { length: 5000 },
      (_, index) => `Voss,medarbeider,person${String(index)}@example.test`,
    );
    const started = cpuMs();
    const { members } = await run(`kommune,rolle,e-post\n${lines.join('\n')}\n`);
    assert.equal(members.length, 5000);
    assert.ok(cpuMs() - started < 5000);
  });
});
