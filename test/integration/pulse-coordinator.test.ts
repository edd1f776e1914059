import assert from 'node:assert/strict';
import { loadPulseTemplates } from '../../src/adapters/files/pulse-templates.js';
import { asset } from '../../src/cli/assets.js';
import { demoPeople } from '../../src/core/programme/demo-people.js';
import { programmeWith } from '../support/programmes.js';
import { buttonData, pulseParts, type PulseParts } from '../support/pulse-parts.js';

const programme = programmeWith('saman');
const day = (text: string) => Date.parse(`${text}Z`);

describe('a coordinator in chat', () => {
  let parts: PulseParts;
  const members = demoPeople(programme);
  const boss = members.find((each) => each.id.startsWith('sekretariat-'))!.id;
  const other = members.find((each) => each.roles.includes('project-leader'))!.id;

  before(async () => {
    const templates = loadPulseTemplates(asset('data', 'pulses'));
    parts = await pulseParts(programme, members, day('2014-03-03T08:00:00'), { templates });
  });
  after(() => parts.close());

  const latest = (member: string) =>
    parts.got.filter((each) => each.member === member && each.delivery.startsWith('reply/')).at(-1)!.message;
  const press = async (verb: string, data: Record<string, string | number>, member = boss) => {
    const received = await parts.press(member, verb, data);
    await parts.samling.tick();
    return received.kind === 'handled' ? received.replace : undefined;
  };
  const say = async (text: string, member = boss) => {
    await parts.say(member, text);
    await parts.samling.tick();
  };

  it('is shown pulses when asking in any language; nobody else is', async () => {
    await say('pulser');
    assert.ok(buttonData(latest(boss).card, 'pulse-new'));
    await say('puls', other);
    assert.equal(buttonData(latest(other).card, 'pulse-new'), undefined);
    await press('pulse-close', { round: 'x' }, other);
    assert.match(latest(other).text, /koordinator/);
  });

  it('makes a draft of a template, and is told everything that is wrong with one', async () => {
    await press('pulse-new', {});
    assert.match(JSON.stringify(latest(boss).card), /Nærvær|nærvær/);
    await press('pulse-make', {
      template: 'naervaer',
      starts: '2014-03-04',
      repeat: 'once',
      openDays: 99,
      role: 'nobody-has-it',
    });
    const faults = latest(boss).text;
    assert.match(faults, /openDays/);
    const made = await press('pulse-make', {
      template: 'naervaer',
      starts: '2014-03-04',
      repeat: 'once',
      openDays: 7,
      role: 'project-leader',
    });
    assert.equal(made?.template, 'pulse-detail');
  });

  it('sees a preview in any language, where answers do not count', async () => {
    await press('pulse-preview', { pulse: 'naervaer-2014-03-04', language: 'sv' });
    assert.match(latest(boss).text, /Jag går hem från jobbet/);
    assert.match(JSON.stringify(latest(boss).card), /Svar räknas inte här/);
    const data = buttonData(latest(boss).card, 'pulse-answer')!;
    const next = await press('pulse-answer', data as Record<string, string>);
    assert.equal((next?.data as { number: number }).number, 2);
    assert.deepEqual(await parts.store.seats.list(programme.id), []);
  });

  it('starts, follows, extends and closes a round, and asks again', async () => {
    await press('pulse-start', { pulse: 'naervaer-2014-03-04' });
    await parts.advance(day('2014-03-04T09:00:00'));
    const asked = parts.got.filter((each) => each.delivery.startsWith('pulse/'));
    assert.ok(asked.length > 10);
    await press('pulse-open', { pulse: 'naervaer-2014-03-04' });
    assert.match(latest(boss).text, new RegExp(`0 av ${String(asked.length)}`));
    const before = (await parts.store.rounds.get(programme.id, 'naervaer-2014-03-04-1'))!.closesMs;
    await press('pulse-extend', { round: 'naervaer-2014-03-04-1', days: 2 });
    const after = (await parts.store.rounds.get(programme.id, 'naervaer-2014-03-04-1'))!.closesMs;
    assert.equal(after - before, 2 * 86_400_000);
    await press('pulse-close', { round: 'naervaer-2014-03-04-1' });
    const closed = await parts.store.rounds.get(programme.id, 'naervaer-2014-03-04-1');
    assert.equal(closed?.state, 'closed');
    await press('pulse-extend', { round: 'naervaer-2014-03-04-1', days: 2 });
    assert.match(latest(boss).text, /steng/);
    const again = await press('pulse-repeat', { pulse: 'naervaer-2014-03-04' });
    assert.equal(again?.template, 'pulse-detail');
    await parts.advance(day('2014-03-12T09:00:00'));
    const rounds = await parts.store.rounds.list(programme.id);
    assert.deepEqual(rounds.map((each) => each.id).sort(), [
      'naervaer-2014-03-04-1',
      'naervaer-2014-03-04-2',
    ]);
  });

  it('says what is done about it, to everybody who was asked', async () => {
    await press('pulse-results', { round: 'naervaer-2014-03-04-1' });
    assert.match(latest(boss).text, /Resultat/);
    await press('pulse-todo', { round: 'naervaer-2014-03-04-1' });
    await press('pulse-todo-send', { round: 'naervaer-2014-03-04-1', todo: 'Kortere møter.' });
    await parts.advance(day('2014-03-13T09:00:00'));
    assert.ok(parts.got.some((each) => each.member === other && each.message.text.includes('Kortere møter')));
    const result = await parts.store.pulseResults.get(programme.id, 'naervaer-2014-03-04-1');
    assert.equal(result?.todo, 'Kortere møter.');
  });
});
