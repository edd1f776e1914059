import assert from 'node:assert/strict';
import { previewText } from '../../../src/cli/preview.js';
import { demoPeople } from '../../../src/core/programme/demo-people.js';
import { describeFault, SamlingError } from '../../../src/core/errors.js';
import type { PreviewLine } from '../../../src/core/reminders/preview.js';
import { programmeWith } from '../../support/programmes.js';

const programme = programmeWith('saman');
const shown = (from: string, to: string, more: Partial<Parameters<typeof previewText>[0]> = {}) =>
  previewText({ programme, from, to, json: false, ...more });

describe('samling preview', () => {
  it('says as JSON what would be told to whom, when, in which language and why, both dates included', () => {
    const lines = JSON.parse(shown('2014-01-02', '2014-01-17', { json: true })) as PreviewLine[];
    assert.deepEqual([...new Set(lines.map((each) => each.date))], ['2014-01-02', '2014-01-17']);
    const voss = lines.find((each) => each.member === 'voss-project-leader');
    const { date, time, zone, language, event, due, lead, reason, delivery } = voss!;
    assert.deepEqual(
      { date, time, zone, language, event, due, lead, reason, delivery },
      {
        ...{ date: '2014-01-02', time: '09:00', zone: 'Europe/Oslo', language: 'nn' },
        ...{ event: 'arsrapport-2014', due: '2014-02-01', lead: 'T-30', reason: 'own task' },
        delivery: 'nudge/arsrapport-2014/T-30/voss-project-leader',
      },
    );
  });

  it('is a table for people, with why a day was moved and whom a deputy stands in for', () => {
    const members = demoPeople(programme).filter((each) => each.organisation === 'voss');
    const absence = { from: '2014-01-01', until: '2014-02-28', deputy: 'voss-project-owner' };
    const away = { programme: 'saman', id: 'voss-project-leader', absence };
    const state = {
      ...{ programme, members, submissions: new Set<string>(), preferences: new Map([[away.id, away]]) },
      ...{ snoozes: new Map(), rsvps: new Map(), handovers: new Map() },
    };
    assert.match(
      shown('2014-01-17', '2014-01-17', { state }),
      /^2014-01-17 09:00 .*voss-project-owner .*T-14 .*deputy of voss-project-leader; moved from 2014-01-18 \(weekend\)$/m,
    );
    assert.equal(shown('2014-07-10', '2014-07-12', { state }), 'Nobody would be told anything.\n');
  });

  it('names every wrong date', () => {
    const faults = (from: string, to: string) => {
      try {
        return shown(from, to);
      } catch (error) {
        assert.ok(error instanceof SamlingError && error.code === 'ARGUMENT_WRONG');
        return error.faults.map(describeFault);
      }
    };
    assert.deepEqual(faults('2014-02-30', 'soon'), [
      'preview: --from: found 2014-02-30, expected a date such as 2014-02-01',
      'preview: --to: found soon, expected a date such as 2014-02-01',
    ]);
    assert.deepEqual(faults('2014-02-02', '2014-02-01'), [
      'preview: --to: found 2014-02-01, expected 2014-02-02 or later',
    ]);
  });
});
