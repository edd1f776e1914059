import assert from 'node:assert/strict';
import { inflateRawSync } from 'node:zlib';
import {
  makePulse,
  changePulse,
  changeRound,
  listPulses,
  listTemplates,
  previewPulse,
  printResults,
  type PulseCommand,
} from '../../src/cli/pulse.js';
import { csvOf } from '../../src/cli/result-files.js';
import type { Member } from '../../src/core/members/types.js';
import { programmeWith } from '../support/programmes.js';
import { buttonData, pulseParts, type PulseParts } from '../support/pulse-parts.js';

const programme = programmeWith('saman');
const day = (text: string) => Date.parse(`${text}Z`);
const members: Member[] = ['voss', 'gjovik', 'bodo'].flatMap((organisation) =>
  Array.from({ length: 8 }, (_, index) => ({
    programme: programme.id,
    id: `${organisation}-${String(index)}`,
    organisation,
    roles: ['project-leader'],
    networks: [],
    active: true,
  })),
);
const round = 'omdomme-2014-03-04-1';

describe('samling pulse', () => {
  let parts: PulseParts;
  let printed: (string | Uint8Array)[];
  let command: PulseCommand;
  const text = () => printed.map((each) => Buffer.from(each).toString()).join('');

  before(async () => {
    parts = await pulseParts(programme, members, day('2014-03-03T08:00:00'));
  });
  beforeEach(() => {
    printed = [];
    const write = (each: string | Uint8Array) => void printed.push(each);
    command = { programme, store: parts.store, language: 'nb', nowMs: parts.moment.ms, write };
  });
  after(() => parts.close());

  it('lists the templates', () => {
    listTemplates(command);
    assert.match(text(), /^naervaer: Sykefravær og nærvær \(5 questions\)$/m);
  });

  it('makes, previews, starts and lists a pulse', async () => {
    await makePulse(command, 'omdomme', '2014-03-04');
    await previewPulse(command, 'omdomme-2014-03-04');
    assert.match(text(), /1\. Jeg forteller gjerne at jeg jobber her\.\n {3}- Svært uenig/);
    await changePulse(command, 'start', 'omdomme-2014-03-04');
    await parts.advance(day('2014-03-04T09:00:00'));
    await listPulses(command);
    assert.match(text(), new RegExp(`${round}: open, 0 of 24 answered, closes 2014-03-11 16:00`));
  });

  it('says what is wrong, all at once, and what there is', async () => {
    await assert.rejects(makePulse(command, 'omdomme', undefined), { code: 'PULSE_WRONG' });
    await assert.rejects(makePulse(command, '/nowhere.json', undefined), { code: 'ARGUMENT_WRONG' });
    await assert.rejects(changePulse(command, 'start', 'nothing'), {
      code: 'PULSE_UNKNOWN',
      message: /omdomme-2014-03-04/,
    });
    await assert.rejects(changeRound(command, 'nothing', 'close'), { code: 'PULSE_UNKNOWN' });
    await assert.rejects(printResults(command, round, 'csv'), { code: 'ARGUMENT_WRONG' });
  });

  it('extends and closes a round, which then stays closed', async () => {
    for (const [index, { id }] of members.entries()) {
      if (index === 23) continue;
      const card = parts.got.find((each) => each.member === id && each.delivery.startsWith('pulse/'))!.message
        .card;
      await parts.press(id, 'pulse-answer', {
        ...buttonData(card, 'pulse-answer')!,
        value: index % 4 === 0 ? '2' : '5',
      });
    }
    await changeRound(command, round, { days: 3 });
    assert.match(text(), /closes at 2014-03-14T15:00:00Z/);
    await changeRound(command, round, 'close');
    await parts.advance(parts.moment.ms + 60_000);
    await assert.rejects(changeRound(command, round, { days: 3 }), { code: 'ARGUMENT_WRONG' });
  });

  it('gives the same numbers as sentences, CSV and workbook', async () => {
    await printResults(command, round, 'text');
    assert.match(text(), /74 % er enige \(23 svar\)/);
    printed = [];
    await printResults(command, round, 'csv');
    const rows = text()
      .replace('\uFEFF', '')
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
    const first = Object.fromEntries(rows[0]!.map((name, column) => [name, rows[5]![column]]));
    assert.equal(first['option'], 'Svært enig');
    assert.equal(first['count'], '17');
    assert.equal(first['answers'], '23');
    assert.equal(Number(first['share']).toFixed(4), (17 / 23).toFixed(4));
    printed = [];
    await printResults(command, round, 'xlsx');
    const sheet = sheetOf(Buffer.from(printed[0] as Uint8Array));
    assert.match(sheet, /<v>23<\/v>/);
    assert.match(sheet, /<v>17<\/v>/);
  });

  it('stands in the log of who did what, once it is done, as what is done in chat', async () => {
    const log = await parts.store.audit.list(programme.id);
    const acts = log.map(({ act, subject, by }) => `${by}: ${act} ${subject}`).sort();
    assert.deepEqual(acts, [
      `console: pulse-close ${round}`,
      'console: pulse-draft omdomme-2014-03-04',
      `console: pulse-extend ${round}`,
      `console: pulse-file ${round}`,
      'console: pulse-start omdomme-2014-03-04',
    ]);
  });

  it('keeps what people wrote from becoming a formula', () => {
    assert.equal(csvOf([['=1+1', 'a,b', '"', undefined, -2]]), '\uFEFF\'=1+1,"a,b","""",,-2\r\n');
  });
});

/** The first worksheet of a workbook: an entry of a ZIP file, found by its local header. */
function sheetOf(zip: Buffer): string {
  for (let at = zip.indexOf('PK\u0003\u0004'); at >= 0; at = zip.indexOf('PK\u0003\u0004', at + 4)) {
    const nameLength = zip.readUInt16LE(at + 26);
    const name = zip.toString('utf8', at + 30, at + 30 + nameLength);
    if (!name.includes('worksheets/sheet1')) continue;
    const start = at + 30 + nameLength + zip.readUInt16LE(at + 28);
    return inflateRawSync(zip.subarray(start)).toString('utf8');
  }
  return '';
}
