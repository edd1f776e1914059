import assert from 'node:assert/strict';
import {
  boss,
  leader,
  members,
  network,
  noticeChat,
  programme,
  second,
  TEXTS,
} from '../support/notice-chat.js';
import { buttonData, renderer } from '../support/pulse-parts.js';

const day = (text: string) => Date.parse(`${text}Z`);
const reader = members.find((each) => each.roles.includes('project-leader'))!;

describe('a notice in chat', () => {
  const { parts, press, latest, make, rows, idOf } = noticeChat();
  const notices = () => parts().got.filter((each) => /^notice\/[^/]+\/1\/[^/]+$/.test(each.delivery));
  const later = async (minutes: number) => {
    parts().moment.ms += minutes * 60_000;
    await parts().samling.tick();
  };

  it('is written in a dialog, and shows to whom it goes before it does', async () => {
    const card = await make({ role: 'project-leader' });
    assert.equal(card.template, 'notice-detail');
    const count = members.filter((each) => each.roles.includes('project-leader')).length;
    assert.equal(card.data.count, count);
    assert.equal(
      card.data.languages.reduce((sum: number, each: { count: number }) => sum + each.count, 0),
      count,
    );
    assert.deepEqual(card.data.platforms, [{ platform: 'playground', count }]);
    assert.equal(notices().length, 0);
  });

  it('keeps all that was typed, and says in the own language all that is wrong', async () => {
    const typed = {
      'title-nb': 'x'.repeat(4000),
      'body-nb': 'Tekst',
      'title-nn': '',
      date: '2014-03-02',
      link: 'molde',
      network: 'no-such',
    };
    const card = await make({ ...typed, 'body-nn': '' });
    assert.equal(card.template, 'notice-form');
    for (const [field, value] of Object.entries(typed)) assert.equal(card.data.values[field], value, field);
    assert.deepEqual(card.data.issues.map((each: { code: string }) => each.code).sort(), [
      'link',
      'title-long',
    ]);
    const again = await make({ date: '2014-03-02', network: 'no-such', 'title-nn': '' });
    assert.deepEqual(
      again.data.issues.map((each: { code: string }) => each.code),
      ['unknown', 'title-missing', 'past'],
    );
    const { card: shown } = renderer.render(
      { template: again.template, data: again.data },
      { language: 'nb', programme },
    );
    assert.match(JSON.stringify(shown), /finnes ikke i programmet.*Tittelen på nynorsk mangler.*er forbi/s);
    assert.deepEqual(await rows(), []);
  });

  it('stops at a language that somebody needs, unless another is chosen for them', async () => {
    const card = await make({ 'title-nn': '', 'body-nn': '', network });
    assert.deepEqual(
      card.data.issues.map((each: { code: string }) => each.code),
      ['language'],
    );
    const chosen = await make({ 'title-nn': '', 'body-nn': '', network, instead: 'nb' });
    assert.equal(chosen.template, 'notice-detail');
  });

  it('goes to many only with another coordinator’s yes', async () => {
    await make({ network });
    const card = await press('notice-send', { notice: await idOf() });
    assert.equal(card?.data.state, 'asked');
    assert.equal(notices().length, 0);
    assert.ok(buttonData(latest(second)!.card, 'notice-approve'));
    await press('notice-approve', { notice: await idOf() });
    assert.equal(notices().length, 0, 'nobody says yes to their own');
    await press('notice-approve', { notice: await idOf() }, second);
    const receivers = members.filter((each) =>
      [
        ...each.networks,
        ...programme.organisations.find((one) => one.id === each.organisation)!.networks,
      ].includes(network),
    );
    assert.deepEqual(
      notices()
        .map((each) => each.member)
        .sort(),
      receivers.map((each) => each.id).sort(),
    );
    assert.match(notices()[0]!.message.text, /Nytt om samling/);
  });

  it('goes back to a draft when the other says no', async () => {
    await make({ network });
    await press('notice-send', { notice: await idOf() });
    await press('notice-refuse', { notice: await idOf() }, second);
    assert.equal((await rows())[0]!.state, 'draft');
    assert.equal(notices().length, 0);
    await later(1);
    assert.match(
      parts()
        .got.filter((each) => each.member === boss)
        .at(-1)!.message.text,
      /fikk nei/,
    );
  });

  it('follows its sending on one card, that ends when all is sent', async () => {
    await make({ role: 'network-leader' });
    await press('notice-send', { notice: await idOf() });
    await later(1);
    await later(1);
    const cards = parts().got.filter((each) => each.delivery.includes('/progress'));
    assert.equal(cards.length, 1);
    assert.match(cards[0]!.message.text, /Alt er sendt/);
  });

  it('is changed in place for everybody when it is corrected', async () => {
    await make({ role: 'network-leader' });
    const id = await idOf();
    await press('notice-send', { notice: id });
    const before = notices().length;
    await press('notice-make', { ...TEXTS, 'title-nb': 'Rettet tittel', notice: id });
    assert.equal(notices().length, before);
    const bokmål = notices().filter((each) => each.message.language === 'nb');
    assert.ok(bokmål.length > 0 && bokmål.every((each) => each.message.text.includes('Rettet tittel')));
    assert.match(bokmål[0]!.message.text, /^Rettet · melding fra/);
  });

  it('is taken back from everybody', async () => {
    await make({ role: 'network-leader' });
    const id = await idOf();
    await press('notice-send', { notice: id });
    assert.ok(notices().length > 0);
    await press('notice-recall', { notice: id });
    assert.deepEqual(notices(), []);
    assert.equal((await rows())[0]!.state, 'recalled');
    await press('notice-make', { ...TEXTS, notice: id });
    assert.match(latest(boss)!.text, /stoppet/);
  });

  it('waits until working hours, is paused, resumed and stopped in the middle', async () => {
    parts().moment.ms = day('2014-03-03T20:00:00');
    await make({ role: 'network-leader' });
    const id = await idOf();
    await press('notice-send', { notice: id });
    assert.equal(notices().length, 0);
    await press('notice-pause', { sending: `${id}/1` });
    await later(14 * 60);
    assert.equal(notices().length, 0, 'paused');
    await press('notice-resume', { sending: `${id}/1` });
    await later(60);
    assert.ok(notices().length > 0);
    await make({ role: 'network-leader', 'title-nb': 'En til' });
    const other = (await rows()).find((each) => each.id !== id)!.id;
    parts().moment.ms = day('2014-03-04T20:00:00');
    await press('notice-send', { notice: other });
    await press('notice-cancel', { notice: other });
    const before = notices().length;
    await later(14 * 60);
    assert.equal(notices().length, before);
  });

  it('goes out in quiet hours when it is urgent, which a network leader may not say', async () => {
    parts().moment.ms = day('2014-03-03T20:00:00');
    await make({ role: 'network-leader', urgent: 'true' });
    await press('notice-send', { notice: await idOf() });
    assert.ok(notices().length > 0);
    const card = await make({ network, urgent: 'true' }, leader.id);
    assert.deepEqual(
      card.data.issues.map((each: { code: string }) => each.code),
      ['urgent'],
    );
  });

  it('goes out on its day, and again by its rule', async () => {
    await make({ role: 'network-leader', date: '2014-03-10', time: '10:00', repeat: 'weekly' });
    const id = await idOf();
    await press('notice-send', { notice: id });
    const sent = () => parts().got.filter((each) => /^notice\/[^/]+\/2014/.test(each.delivery)).length;
    await later(6 * 24 * 60);
    assert.equal(sent(), 0);
    await later(30 * 60);
    const first = sent();
    assert.ok(first > 0);
    await later(7 * 24 * 60);
    assert.ok(sent() > first);
  });

  it('comes at its time in the zone of each reader', async () => {
    await parts().store.members.put({ ...leader, zone: 'Europe/Helsinki' });
    await make({ role: 'network-leader', date: '2014-03-10', time: '10:00' });
    await press('notice-send', { notice: await idOf() });
    await parts().advance(day('2014-03-10T07:59:00'));
    assert.deepEqual(notices(), []);
    await parts().advance(day('2014-03-10T08:59:00'));
    assert.deepEqual(
      notices().map((each) => each.member),
      [leader.id],
    );
    await parts().advance(day('2014-03-10T09:01:00'));
    assert.equal(notices().length, members.filter((each) => each.roles.includes('network-leader')).length);
  });

  it('says who has acknowledged it, and nobody else’s word counts', async () => {
    await make({ role: 'project-leader', ask: 'read' });
    const id = await idOf();
    await press('notice-send', { notice: id });
    await press('notice-approve', { notice: id }, second);
    const card = await press('notice-read', { sending: `${id}/1` }, reader.id);
    assert.equal(card?.data.read, true);
    await press('notice-read', { sending: `${id}/1` }, leader.id);
    assert.equal((await parts().store.receipts.list('saman')).length, 1);
    await press('notice-report', { sending: `${id}/1` });
    assert.match(JSON.stringify(latest(boss)!.card), /Har trykket/);
  });

  it('is only for those who may: others are told so, and a leader reaches the own network alone', async () => {
    const refused = await press('notice-make', { ...TEXTS }, reader.id);
    assert.equal(refused, undefined);
    assert.match(latest(reader.id)!.text, /koordinatorane|koordinatorene/);
    const foreign = await make({}, leader.id);
    assert.deepEqual(
      foreign.data.issues.map((each: { code: string }) => each.code),
      ['foreign'],
    );
    assert.equal((await make({ network }, leader.id)).template, 'notice-detail');
    const theirs = await idOf();
    const stranger = members.find((each) => each.networks.length > 0 && !each.networks.includes(network))!;
    await press('notice-send', { notice: theirs }, stranger.id);
    assert.equal((await rows())[0]!.state, 'draft');
  });

  it('leaves a trace of each act', async () => {
    await make({ role: 'network-leader' });
    const id = await idOf();
    await press('notice-send', { notice: id });
    await press('notice-recall', { notice: id });
    const acts = (await parts().store.audit.list('saman')).map(({ act, by, subject }) => [act, by, subject]);
    assert.deepEqual(acts, [
      ['notice-draft', boss, id],
      ['notice-send', boss, id],
      ['notice-recall', boss, id],
    ]);
  });

  it('is previewed to oneself in every language it has, and keeps nothing of that', async () => {
    await make({ role: 'network-leader', ask: 'read' });
    const id = await idOf();
    await press('notice-preview', { notice: id, language: 'nn' });
    assert.match(latest(boss)!.text, /Førehandsvising.*Nytt om samlinga/);
    await press('notice-read', { sending: `preview/${id}` });
    assert.deepEqual(await parts().store.receipts.list('saman'), []);
  });

  it('asks whether one comes to its gathering, keeps the notice, and says so in the report', async () => {
    const event = programme.gatherings.find((each) => each.starts > '2014-03-03')!.id;
    await make({ role: 'network-leader', gathering: event, ask: 'rsvp' });
    const id = await idOf();
    await press('notice-send', { notice: id });
    const { member, delivery, message } = notices()[0]!;
    assert.equal(buttonData(message.card, 'rsvp')?.['event'], event);
    const received = await parts().samling.receive(
      {
        ...{ id: 'rsvp-1', programme: 'saman', member, workspace: 'lane', delivery },
        event: { kind: 'action', verb: 'rsvp', data: { event, answer: 'yes' } },
      },
      parts().moment.ms,
    );
    const card = (received as { replace?: { template: string; data: any } }).replace;
    assert.equal(card?.template, 'notice');
    assert.equal(card.data.answer, 'yes');
    await press('notice-report', { sending: `${id}/1` });
    assert.match(JSON.stringify(latest(boss)!.card), /"Kommer"/);
  });
});
