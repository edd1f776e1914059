import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import { createSecretAddresses, feedMount } from '../../src/adapters/web/feed-mount.js';
import { asset } from '../../src/cli/assets.js';
import { feedParts } from '../../src/cli/feed-parts.js';
import { demoPeople } from '../../src/core/programme/demo-people.js';
import { createTranslators } from '../../src/i18n/index.js';
import { programmeWith } from '../support/programmes.js';
import { pulseParts, type PulseParts } from '../support/pulse-parts.js';

const EVENT = 'sykefravaer-pulje-2-2014-04-28';
const NETWORK = 'sykefravaer-pulje-2';
const programme = programmeWith('saman', (raw) => {
  raw.gatherings.find((each: { id: string }) => each.id === EVENT).startTime = '10:00';
});
const leader = 'voss-project-leader';
const boss = 'sekretariat-coordinator';
const BASE = 'https://samling.example.org';

describe('calendars and lists at secret addresses', () => {
  let parts: PulseParts;
  beforeEach(async () => {
    parts = await pulseParts(programme, demoPeople(programme), Date.parse('2014-04-01T08:00:00Z'), {
      addresses: createSecretAddresses(BASE),
    });
  });
  afterEach(() => parts.close());

  const press = async (member: string, verb: string, data: Record<string, string> = {}) => {
    const received = await parts.press(member, verb, data);
    await parts.samling.tick();
    return received.kind === 'handled' ? received.replace : undefined;
  };
  const textOf = (member: string) => {
    const reply = parts.got.filter((each) => each.member === member && each.delivery.startsWith('reply/'));
    return JSON.stringify(reply.at(-1)?.message.card);
  };
  const address = async (member: string, data: Record<string, string>, verb = 'calendar-make') => {
    await press(member, verb, data);
    return [...textOf(member).matchAll(/https:\/\/samling\.example\.org(\/feed\/[^"\s]+)/g)].map(
      (each) => each[1]!,
    );
  };
  const get = (path: string) => {
    const programmes = {
      get: (id: string) => (id === 'saman' ? programme : undefined),
      all: () => [programme],
    };
    const translators = createTranslators(asset('locales'));
    const mount = feedMount({
      programmes,
      store: parts.store,
      clock: { nowMs: () => parts.moment.ms },
      ...feedParts(translators),
    });
    return mount.handle({
      method: 'GET',
      path,
      query: new URLSearchParams(),
      headers: {},
      body: new Uint8Array(),
    });
  };
  const events = async (path: string) => {
    const { status, body } = await get(path);
    assert.equal(status, 200);
    return new ICAL.Component(ICAL.parse(String(body)) as unknown[])
      .getAllSubcomponents('vevent')
      .map((each) => new ICAL.Event(each));
  };
  const found = async (path: string) => (await events(path)).find((each) => each.uid.includes(EVENT));
  const statusOf = async (path: string) =>
    (await found(path))?.component.getFirstPropertyValue('status') as string | undefined;

  it("give a member's own gatherings and deadlines, without those they do not come to", async () => {
    const [path = ''] = await address(leader, { what: 'own' });
    assert.equal(await statusOf(path), 'CONFIRMED');
    assert.ok((await events(path)).some((each) => each.uid.includes('arsrapport')));
    await press(leader, 'rsvp', { event: EVENT, answer: 'maybe' });
    assert.equal(await statusOf(path), 'TENTATIVE');
    await press(leader, 'rsvp', { event: EVENT, answer: 'no' });
    assert.equal(await statusOf(path), undefined);
    await press('gjovik-project-leader', 'handed-in', { event: 'arsrapport-2015' });
  });

  it('follow a gathering that is moved and cancelled', async () => {
    const [path = ''] = await address(leader, { what: 'network', network: NETWORK });
    assert.equal((await found(path))?.sequence, 0);
    assert.ok((await events(path)).every((each) => !each.uid.includes('arsrapport')));
    const titles = Object.fromEntries(programme.languages.map((each) => [`title-${each}`, 'Samling']));
    const values = { ...titles, starts: '2014-05-12', startTime: '09:00', network: NETWORK };
    await press(boss, 'gathering-make', { event: EVENT, ...values });
    assert.equal((await found(path))?.startDate.toString(), '2014-05-12T09:00:00');
    assert.equal((await found(path))?.sequence, 1);
    await press(boss, 'gathering-cancel', { event: EVENT });
    assert.equal((await found(path))?.sequence, 2);
    assert.equal(await statusOf(path), 'CANCELLED');
    const [own = ''] = await address(leader, { what: 'own' });
    assert.equal(await statusOf(own), 'CANCELLED');
    const [all = ''] = await address(leader, { what: 'programme' });
    assert.equal(await statusOf(all), 'CANCELLED');
  });

  it('end with a new address, when stopped, and with the membership', async () => {
    const [first = ''] = await address(leader, { what: 'own' });
    const [second = ''] = await address(leader, { what: 'own' });
    assert.notEqual(first, second);
    assert.equal((await get(first)).status, 404);
    assert.equal((await get(second)).status, 200);
    await press(leader, 'calendar-stop', { what: 'own' });
    assert.equal((await get(second)).status, 404);
    const [third = ''] = await address(leader, { what: 'own' });
    const member = (await parts.store.members.get('saman', leader))!;
    await parts.store.members.put({ ...member, active: false });
    assert.equal((await get(third)).status, 404);
  });

  it('are found by nobody who does not know the address, which the store does not either', async () => {
    const [path = ''] = await address(leader, { what: 'own' });
    const token = /([0-9a-f]{32})\.ics/.exec(path)![1]!;
    assert.doesNotMatch(JSON.stringify(await parts.store.feeds.list('saman')), new RegExp(token));
    const wrong = [
      path.replace(token, '0'.repeat(32)),
      path.replace('.ics', '.csv'),
      path.replace('saman', 'nvbs'),
      '/feed/saman',
      '/feed/saman/x.ics',
    ];
    for (const each of wrong) assert.equal((await get(each)).status, 404, each);
  });

  it('are offered for the own networks alone, and listed with what has an address', async () => {
    assert.deepEqual(await address(leader, { what: 'network', network: 'omdomme' }), []);
    assert.match(textOf(leader), /nettverk du er med i/);
    await parts.say(leader, 'kalenderadresse');
    await parts.samling.tick();
    assert.match(textOf(leader), /Inga adresse enno/);
    await address(leader, { what: 'own' });
    await press(leader, 'calendars');
    assert.match(textOf(leader), /Det har vore ei adresse sidan/);
  });

  it('give who comes as CSV and as a workbook, of all to a coordinator, of the own organisation to its leader', async () => {
    await press('voss-political', 'rsvp', { event: EVENT, answer: 'yes' });
    await press('voss-political', 'rsvp-needs-send', { event: EVENT, needs: 'vegetar' });
    const data = { event: EVENT };
    await press(leader, 'rsvp-others-send', { ...data, name: 'Kari', party: 'union', needs: '=1+1' });
    const [book = '', csv = ''] = await address(boss, data, 'gathering-file');
    const lines = String((await get(csv)).body).split('\r\n');
    assert.match(lines[0]!, /^\uFEFFOrganisasjon,folkevalgte,/);
    assert.equal(
      lines.find((each) => each.startsWith('Voss')),
      "Voss,Kommer,Mangler,Kommer,2,0,vegetar; '=1+1",
    );
    assert.ok(lines.some((each) => each.startsWith('Gjøvik,Mangler,Mangler,Mangler,0,0,')));
    assert.ok(!lines.join('').includes('Kari'));
    const { headers, body } = await get(book);
    assert.match(headers!['content-type']!, /spreadsheetml/);
    assert.equal(
      Buffer.from(body as Uint8Array)
        .subarray(0, 2)
        .toString(),
      'PK',
    );
    const [, own = ''] = await address(leader, data, 'gathering-file');
    const rows = String((await get(own)).body)
      .trim()
      .split('\r\n');
    assert.equal(rows.length, 2, 'the heading and Voss');
    assert.equal((await get(own.replace('.csv', '.ics'))).status, 404);
    await press(boss, 'gathering-cancel', data);
    assert.equal((await get(csv)).status, 404);
  });

  it('are for those who may see who comes, and only where there is a web address', async () => {
    assert.deepEqual(await address('voss-employee', { event: EVENT }, 'gathering-file'), []);
    assert.deepEqual(await address(boss, { event: 'no-such' }, 'gathering-file'), []);
    const bare = await pulseParts(programme, demoPeople(programme), Date.parse('2014-04-01T08:00:00Z'));
    await bare.press(boss, 'gathering-file', { event: EVENT });
    await bare.press(boss, 'calendar-make', { what: 'own' });
    await bare.samling.tick();
    assert.equal(bare.got.filter((each) => /Jeg har ingen nettadresse/.test(each.message.text)).length, 2);
    await bare.close();
  });
});
