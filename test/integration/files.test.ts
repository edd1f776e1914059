import assert from 'node:assert/strict';
import { feedMount } from '../../src/adapters/web/feed-mount.js';
import { asset } from '../../src/cli/assets.js';
import { feedParts } from '../../src/cli/feed-parts.js';
import { demoPeople } from '../../src/core/programme/demo-people.js';
import { createTranslators } from '../../src/i18n/index.js';
import { createSecretAddresses } from '../../src/adapters/web/feed-mount.js';
import { deliveryId } from '../../src/core/notices/ids.js';
import type { Settlement } from '../../src/core/ports/outbox.js';
import { programmeWith } from '../support/programmes.js';
import { pulseParts, type PulseParts } from '../support/pulse-parts.js';

const programme = programmeWith('saman');
const members = demoPeople(programme);
const boss = 'sekretariat-coordinator';
const projectLeader = 'voss-project-leader';
const leaderOf = (network: string) =>
  members.find((each) => each.roles.includes('network-leader') && each.networks.includes(network))!.id;
const networkLeader = leaderOf('sykefravaer-pulje-2');
const NOTICE = {
  ...{ 'title-nb': '=Velkommen', 'body-nb': 'Tekst', 'title-nn': 'Velkomen', 'body-nn': 'Tekst' },
  ...{ ask: 'read', role: 'network-leader', network: 'sykefravaer-pulje-2' },
};

describe('files for those who may see them', () => {
  let parts: PulseParts;
  beforeEach(async () => {
    const addresses = createSecretAddresses('https://samling.example.org');
    parts = await pulseParts(programme, members, Date.parse('2014-01-20T08:00:00Z'), { addresses });
  });
  afterEach(() => parts.close());

  const press = async (member: string, verb: string, data: Record<string, string> = {}) => {
    const received = await parts.press(member, verb, data);
    await parts.samling.tick();
    return (received as { replace?: { data: any } }).replace;
  };
  const latest = (member: string) =>
    parts.got.filter((each) => each.member === member && each.delivery.startsWith('reply/')).at(-1)!.message;
  const addresses = async (member: string, verb: string, data: Record<string, string> = {}) => {
    await press(member, verb, data);
    const { text, card } = latest(member);
    assert.doesNotMatch(text, /\/feed\//, 'a notification shows no address');
    return [...JSON.stringify(card).matchAll(/https:\/\/samling\.example\.org(\/feed\/[^"\s]+)/g)].map(
      (each) => each[1]!,
    );
  };
  const get = (path: string) => {
    const programmes = { get: () => programme, all: () => [programme] };
    const clock = { nowMs: () => parts.moment.ms };
    const words = feedParts(createTranslators(asset('locales')));
    const mount = feedMount({ programmes, store: parts.store, clock, ...words });
    return mount.handle({
      ...{ method: 'GET', path, query: new URLSearchParams(), headers: {} },
      body: new Uint8Array(),
    });
  };
  const rows = async (path: string) => {
    const { status, body } = await get(path);
    assert.equal(status, 200);
    return String(body)
      .replace(/^\uFEFF/, '')
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
  };
  const sendNotice = async () => {
    const { data } = (await press(boss, 'notice-make', NOTICE))!;
    await press(boss, 'notice-send', { notice: data.id });
    return `${data.id}/1`;
  };

  it('say who has a notice, when, and who says that they have read it', async () => {
    const sending = await sendNotice();
    const reader = (await parts.store.sendings.get('saman', sending))!.receivers[0]!.member;
    parts.moment.ms += 3_600_000;
    await press(reader, 'notice-read', { sending });
    const [book = '', csv = ''] = await addresses(boss, 'notice-file', { sending });
    const [head, ...lines] = await rows(csv);
    assert.deepEqual(head, [
      ...['Navn', 'Rolle', 'Organisasjon', 'Språk', 'Status', 'Tid', 'Hvorfor ikke', 'Lest', 'Svar'].slice(
        0,
        7,
      ),
      ...['"Lest', ' sier mottakeren"', 'Svar'],
    ]);
    const { receivers } = (await parts.store.sendings.get('saman', sending))!;
    assert.equal(lines.length, receivers.length);
    assert.ok(lines.every((line) => line[4] === 'Har fått den' && line[5] === '2014-01-20 09:00'));
    assert.deepEqual(
      lines.filter((line) => line[7] !== '').map((line) => line[7]),
      ['2014-01-20 10:00'],
    );
    assert.equal(String((await get(book)).headers!['content-type']).includes('spreadsheetml'), true);
    assert.equal((await get(csv.replace('.csv', '.ics'))).status, 404);
  });

  it('name those who may have a notice twice, and those of whom nobody knows', async () => {
    const { data } = (await press(boss, 'notice-make', { ...NOTICE, network: '' }))!;
    await parts.press(boss, 'notice-send', { notice: data.id });
    const sending = `${data.id}/1`;
    const [twice, unknown] = (await parts.store.sendings.get('saman', sending))!.receivers;
    const settle = (member: string, settlement: Settlement) =>
      parts.store.outbox.settle('saman', deliveryId(sending, member), settlement, parts.moment.ms);
    await settle(twice!.member, { kind: 'sent', ref: {}, mayBeDoubled: true });
    await settle(unknown!.member, { kind: 'unreachable', reason: 'answer-lost-twice' });
    const [, csv = ''] = await addresses(boss, 'notice-file', { sending });
    const lines = await rows(csv);
    assert.equal(lines.filter((line) => line.includes('"Har fått den')).length, 1);
    assert.match(await get(csv).then(({ body }) => String(body)), /"Har fått den, kanskje to ganger"/);
    assert.match(await get(csv).then(({ body }) => String(body)), /"chatten svarte ikke, så ingen vet/);
    await press(boss, 'notice-people', { notice: data.id });
    const card = JSON.stringify(latest(boss).card);
    assert.match(card, /Har fått den, kanskje to ganger/);
    assert.match(card, /chatten svarte ikke, så ingen vet om den kom fram/);
  });

  it('work for a day, and then no more; a new address ends the old one', async () => {
    const sending = await sendNotice();
    const [, first = ''] = await addresses(boss, 'notice-file', { sending });
    const [, second = ''] = await addresses(boss, 'notice-file', { sending });
    assert.equal((await get(first)).status, 404);
    parts.moment.ms += 24 * 3_600_000;
    assert.equal((await get(second)).status, 200);
    parts.moment.ms += 1;
    assert.equal((await get(second)).status, 404);
    await addresses(boss, 'audit-file');
    assert.equal((await parts.store.feeds.list('saman')).length, 1, 'what is past is forgotten');
  });

  it('show how far the organisations are, to each those that are theirs', async () => {
    await press(projectLeader, 'hand-in-link-send', {
      ...{ event: 'arsrapport-2014', link: 'https://example.org/a', note: '=1+1' },
    });
    const [, all = ''] = await addresses(boss, 'deadline-file', { event: 'arsrapport-2014' });
    const [, own = ''] = await addresses(projectLeader, 'deadline-file', { event: 'arsrapport-2014' });
    const voss = ['Voss', 'Levert', '2014-01-20 09:00', 'https://example.org/a', "'=1+1", ''];
    const [, ...lines] = await rows(all);
    assert.ok(lines.length > 5);
    assert.deepEqual(
      lines.find((line) => line[0] === 'Voss'),
      voss,
    );
    assert.deepEqual((await rows(own)).slice(1), [voss]);
    await press(projectLeader, 'deadline-file', { event: 'no-such' });
    assert.match(latest(projectLeader).text, /ikkje/);
  });

  it('tell who did what: a coordinator all of it, a network leader the own networks, others nothing', async () => {
    await sendNotice();
    await press(networkLeader, 'calendar-make', { what: 'own' });
    await press(boss, 'audit-list');
    assert.match(JSON.stringify(latest(boss).card), /Melding sendt/);
    assert.match(JSON.stringify(latest(boss).card), /Kalenderadresse laget/);
    await press(networkLeader, 'audit-list');
    assert.match(JSON.stringify(latest(networkLeader).card), /Kalenderadresse laget/);
    assert.doesNotMatch(JSON.stringify(latest(networkLeader).card), /Melding sendt/);
    const [, all = ''] = await addresses(boss, 'audit-file');
    const acts = (await rows(all)).map((line) => line[4]);
    assert.deepEqual(acts, [
      'Hva',
      'Loggen hentet',
      'Kalenderadresse laget',
      'Melding sendt',
      'Melding skrevet',
    ]);
    await press(projectLeader, 'audit-list');
    assert.match(latest(projectLeader).text, /Loggen er berre for/);
    assert.deepEqual(await addresses(projectLeader, 'audit-file'), []);
  });

  it('list every act that was more than a card holds', async () => {
    for (let n = 0; n < 17; n += 1) await press(boss, 'calendar-make', { what: 'own' });
    await press(boss, 'audit-list');
    assert.match(JSON.stringify(latest(boss).card), /og 2 til/i);
    const [, all = ''] = await addresses(boss, 'audit-file');
    assert.equal((await rows(all)).length, 19, 'a heading, those 17, and that the file was fetched');
  });

  it('are given for what is there, to whoever may see it', async () => {
    const sending = await sendNotice();
    assert.deepEqual(await addresses(networkLeader, 'notice-file', { sending }), []);
    assert.deepEqual(await addresses(boss, 'notice-file', { sending: 'none/1' }), []);
    assert.deepEqual(await addresses('voss-employee', 'deadline-file', { event: 'arsrapport-2014' }), []);
    assert.deepEqual(await addresses(boss, 'pulse-file', { round: 'none' }), []);
    assert.deepEqual(await addresses(networkLeader, 'pulse-file', { round: 'none' }), []);
    const [, csv = ''] = await addresses(boss, 'notice-file', { sending });
    await parts.store.members.put({
      ...members.find((each) => each.id === boss)!,
      roles: ['project-leader'],
    });
    const row = (await parts.store.notices.list('saman'))[0]!;
    await parts.store.notices.put({ ...row, by: networkLeader });
    assert.equal((await get(csv)).status, 404, 'a right that has gone');
  });
});
