import assert from 'node:assert/strict';
import { ownId } from '../../../../src/core/pulse/settings.js';
import { memberOf, saman } from '../../../support/pulse-cases.js';
import { boss, dataOf, pulseTalk, saidBy } from '../../../support/pulse-talk.js';

const people = [memberOf('voss', 'v-1'), memberOf('lillehammer', 'l-1')];
const settings = {
  template: 'own-questions',
  starts: '2014-03-04',
  repeat: 'once',
  openDays: '7',
  role: 'project-leader',
};
const typed = {
  kind: 'yes-no',
  ...{ title_nn: 'Tid', title_nb: 'Tid', intro_nn: 'Vi spør.', intro_nb: 'Vi spør.' },
  ...{ text_nn: 'Har du tid?', text_nb: 'Har du tid nok?' },
};

describe('own questions in chat', () => {
  let talk: Awaited<ReturnType<typeof pulseTalk>>;
  beforeEach(async () => (talk = await pulseTalk(people)));
  afterEach(() => talk.tables.close());

  /** Fills in the form that an answer shows, as a chat sends it: what was typed over what the button carries. */
  const send = (
    form: { replace?: Parameters<typeof dataOf>[0] },
    verb: string,
    more: Record<string, string>,
  ) => talk.press(verb, { ...more, ...dataOf(form.replace)['about'] });
  const made = async () => send(await talk.press('pulse-make', settings), 'pulse-write-new', typed);

  it('are asked for in the languages that those who are asked read, and in no other', async () => {
    const form = await talk.press('pulse-make', settings);
    assert.equal(form.replace?.template, 'pulse-write');
    assert.deepEqual(dataOf(form.replace)['languages'], ['nb', 'nn']);
    assert.deepEqual(dataOf(form.replace)['fields'], ['title', 'intro', 'text', 'choices']);
  });

  it('are asked for in the writer’s own language first', async () => {
    await talk.tables.preferences.put({ programme: saman.id, id: boss.id, language: 'nn' });
    assert.deepEqual(dataOf((await talk.press('pulse-make', settings)).replace)['languages'], ['nn', 'nb']);
    await talk.tables.preferences.put({ programme: saman.id, id: boss.id, language: 'da' });
    assert.deepEqual(dataOf((await talk.press('pulse-make', settings)).replace)['languages'], ['nb', 'nn']);
  });

  it('are not asked for when whom and when to ask is wrong: that comes first', async () => {
    const wrong = await talk.press('pulse-make', { ...settings, openDays: '99', role: 'nobody-has-it' });
    assert.equal(wrong.say[0]?.template, 'pulse-faults');
    assert.match(dataOf(wrong.say[0])['faults'].join(), /openDays/);
  });

  it('show all that is missing, and nothing typed is lost', async () => {
    const form = await talk.press('pulse-make', settings);
    const again = await send(form, 'pulse-write-new', {
      ...typed,
      kind: 'single',
      text_nb: '',
      choices_nn: 'Ja',
    });
    assert.deepEqual(
      dataOf(again.replace)
        ['missing'].map((each: any) => `${each.field} ${each.language} ${each.problem}`)
        .sort(),
      ['choices nb few', 'choices nn few', 'text nb empty'],
    );
    assert.equal(dataOf(again.replace)['typed']['text_nn'], 'Har du tid?');
    assert.equal(dataOf(again.replace)['typed']['choices_nn'], 'Ja');
    assert.equal(dataOf(again.replace)['typed']['kind'], 'single');
    assert.deepEqual(await talk.tables.pulses.list(saman.id), []);
    const done = await send(again, 'pulse-write-new', { ...typed });
    assert.equal(done.replace?.template, 'pulse-detail');
  });

  it('become a draft with the settings of the form, previewed in any language and started', async () => {
    const shown = dataOf((await made()).replace);
    assert.deepEqual(
      [shown['id'], shown['state'], shown['own'], shown['audience']],
      ['own-2014-03-04', 'draft', true, 2],
    );
    const [row] = await talk.tables.pulses.list(saman.id);
    assert.deepEqual(row!.pulse.audience, { roles: ['project-leader'] });
    assert.equal(row!.pulse.schedule.starts, '2014-03-04');
    const preview = await talk.press('pulse-preview', { pulse: row!.id, language: 'nn' });
    assert.equal(dataOf(preview.say[0])['question'].text.nn, 'Har du tid?');
    const started = await talk.press('pulse-start', { pulse: row!.id });
    assert.equal(dataOf(started.replace)['state'], 'active');
    assert.equal(dataOf(started.replace)['own'], undefined);
    for (const [verb, data] of [
      ['pulse-write', { pulse: row!.id }],
      ['pulse-write-send', { pulse: row!.id, ...typed }],
    ] as const)
      assert.equal(saidBy(await talk.press(verb, data)), 'pulse-begun-already');
  });

  it('keep time, repetition, network and naming that were chosen', async () => {
    const more = { time: '10:15', repeat: 'month', network: 'sykefravaer-pulje-2', named: 'true' };
    const form = await talk.press('pulse-make', { ...settings, ...more, role: 'everybody', openDays: '2' });
    assert.deepEqual(dataOf(form.replace)['languages'], ['nn'], 'of that network nobody reads bokmål');
    await send(form, 'pulse-write-new', typed);
    const [row] = await talk.tables.pulses.list(saman.id);
    assert.deepEqual(row!.pulse.audience, { networks: ['sykefravaer-pulje-2'] });
    const { time, rule, remindAfterDays } = row!.pulse.schedule;
    assert.deepEqual([time, rule, remindAfterDays], ['10:15', 'FREQ=MONTHLY;BYDAY=1MO', [1]]);
    assert.equal(row!.pulse.named, true);
  });

  it('of a second pulse on the same day do not write over the first', async () => {
    await made();
    await made();
    assert.deepEqual((await talk.tables.pulses.list(saman.id)).map((each) => each.id).sort(), [
      'own-2014-03-04',
      'own-2014-03-04-2',
    ]);
    assert.equal(ownId('x', new Set(['own-x', 'own-x-2'])), 'own-x-3');
  });

  it('can be added to, each with what is missing in it', async () => {
    await made();
    const form = await talk.press('pulse-write', { pulse: 'own-2014-03-04' });
    assert.deepEqual(dataOf(form.replace)['fields'], ['text', 'choices']);
    assert.deepEqual(dataOf(form.replace)['typed'], {});
    const again = await send(form, 'pulse-write-send', { kind: 'text', text_nn: 'Kva meir?' });
    assert.equal(dataOf(again.replace)['missing'].length, 1);
    const done = await send(again, 'pulse-write-send', {
      kind: 'text',
      text_nn: 'Kva meir?',
      text_nb: 'Hva mer?',
    });
    assert.equal(dataOf(done.replace)['questions'], 2);
    const [row] = await talk.tables.pulses.list(saman.id);
    assert.deepEqual(
      row!.pulse.questions.map((each) => [each.id, each.kind]),
      [
        ['q1', 'yes-no'],
        ['q2', 'text'],
      ],
    );
  });

  it('can be changed, with title and reason, the others left as they are', async () => {
    await made();
    await talk.press('pulse-write-send', {
      pulse: 'own-2014-03-04',
      kind: 'text',
      text_nn: 'Kva meir?',
      text_nb: 'Hva mer?',
    });
    const form = await talk.press('pulse-write', { pulse: 'own-2014-03-04', place: 0 });
    const before = dataOf(form.replace)['typed'];
    assert.deepEqual([before.kind, before.title_nb, before.text_nb], ['yes-no', 'Tid', 'Har du tid nok?']);
    await send(form, 'pulse-write-send', { ...typed, kind: 'scale-often', title_nb: 'Tid til alt' });
    const [row] = await talk.tables.pulses.list(saman.id);
    assert.deepEqual(
      row!.pulse.questions.map((each) => [each.id, each.kind]),
      [
        ['q1', 'scale'],
        ['q2', 'text'],
      ],
    );
    assert.equal((row!.pulse.title as { nb: string }).nb, 'Tid til alt');
  });

  it('of more than twelve are told to be too many', async () => {
    await made();
    const more = { pulse: 'own-2014-03-04', kind: 'text', text_nn: 'Kva meir?', text_nb: 'Hva mer?' };
    for (let question = 2; question <= 12; question += 1) await talk.press('pulse-write-send', more);
    const full = await talk.press('pulse-write-send', more);
    assert.equal(full.say[0]?.template, 'pulse-faults');
    assert.match(dataOf(full.say[0])['faults'].join(), /at most 12/);
  });

  it('are the coordinators’ alone', async () => {
    for (const verb of ['pulse-write-new', 'pulse-write', 'pulse-write-send'])
      assert.equal(
        saidBy(await talk.press(verb, { ...settings, pulse: 'x' }, 'v-1')),
        'pulse-coordinators-only',
      );
    assert.equal(saidBy(await talk.press('pulse-write', { pulse: 'gone' }, boss.id)), 'pulse-gone');
  });
});
