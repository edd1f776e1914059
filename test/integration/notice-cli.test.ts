import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asset } from '../../src/cli/assets.js';
import * as notice from '../../src/cli/notice.js';
import type { Account } from '../../src/core/identity/types.js';
import { demoPeople } from '../../src/core/programme/demo-people.js';
import { createTranslators } from '../../src/i18n/index.js';
import { programmeWith } from '../support/programmes.js';
import { buttonData, pulseParts, type PulseParts } from '../support/pulse-parts.js';

const programme = programmeWith('saman', (raw) => {
  raw['policy'].noticeYesOver = 16;
});
const members = demoPeople(programme).map((each) => ({ ...each, email: `${each.id}@example.org` }));
const boss = 'sekretariat-coordinator';
const second = 'sekretariat-coordinator-2';
const startMs = Date.parse('2014-03-03T08:00:00Z');
const unlinked = 'voss-project-leader';
const accounts: Account[] = members
  .filter(({ id }) => id !== unlinked)
  .map(({ id }) => ({
    ...{
      programme: programme.id,
      id: `slack/T1/${id}`,
      member: id,
      platform: 'slack',
      workspace: 'slack/T1',
    },
    ...{ user: id, address: {}, state: 'active', at: '2014-01-01T00:00:00Z' },
  }));

const NOTICE = {
  id: 'molde',
  title: { nb: 'Samling i Molde', nn: 'Samling i Molde' },
  body: { nb: 'Vi møtes i Molde.', nn: 'Vi møtest i Molde.' },
  audience: { roles: ['project-leader'] },
  ask: 'read',
};

describe('samling notice', () => {
  let parts: PulseParts;
  let folder: string;
  let file: string;
  let printed: string;
  let count = 0;

  const as = (by: string): notice.NoticeCommand => ({
    ...{ programme, store: parts.store, by, language: 'nb', platforms: ['slack', 'teams'] },
    ...{ nowMs: parts.moment.ms, id: `command/${String((count += 1))}` },
    say: createTranslators(asset('locales'))('nb', 'NO').t,
    write: (text) => void (printed += Buffer.from(text).toString()),
  });
  const write = (json: object) => writeFile(file, JSON.stringify(json));
  const sent = () => parts.got.filter((each) => /^notice\/molde\/1\/[^/]+$/.test(each.delivery));

  beforeEach(async () => {
    parts = await pulseParts(programme, members, startMs, { accounts });
    folder = await mkdtemp(join(tmpdir(), 'samling-notice-'));
    file = join(folder, 'notice.json');
    printed = '';
    await write(NOTICE);
  });
  afterEach(async () => {
    await parts.close();
    await rm(folder, { recursive: true });
  });

  it('makes a draft of a file, and says in a dry run what it would do', async () => {
    await notice.makeNotice(as(boss), file, true);
    assert.match(printed, /^molde is right; \d+ would get it\.$/m);
    assert.deepEqual(await parts.store.notices.list('saman'), []);
    await notice.makeNotice(as(boss), file, false);
    await notice.listNotices(as(`${boss.toUpperCase()}@example.org`));
    await notice.previewNotice({ ...as(boss), language: 'nn' }, 'molde');
    assert.match(printed, /^molde is a draft/m);
    assert.match(printed, /^molde: draft, Samling i Molde$/m);
    assert.match(printed, /^Vi møtest i Molde\.$/m);
  });

  it('prints what Slack and what Teams get of it, in a language', async () => {
    await notice.makeNotice(as(boss), file, false);
    const printedFor = async (platform: string) => {
      printed = '';
      await notice.previewNotice({ ...as(boss), language: 'nn' }, 'molde', platform);
      return JSON.parse(printed);
    };
    const [slack] = await printedFor('slack');
    assert.match(JSON.stringify(slack.blocks), /"section".*Vi møtest i Molde.*Eg har lese dette/s);
    const card = await printedFor('teams');
    assert.equal(card.type, 'AdaptiveCard');
    assert.match(JSON.stringify(card.body), /"TextBlock".*Vi møtest i Molde/s);
    await assert.rejects(notice.previewNotice(as(boss), 'molde', 'irc'), { code: 'ARGUMENT_WRONG' });
  });

  it('says everything that is wrong with a file at once, and keeps nothing', async () => {
    const wrong = {
      ...NOTICE,
      title: { nb: 'x'.repeat(4000), nn: 'x' },
      audience: { networks: ['nowhere'] },
      when: { date: '2014-03-02' },
    };
    await write(wrong);
    const faults = (paths: readonly string[]) => (error: { code: string; faults: { path: string }[] }) => {
      assert.equal(error.code, 'NOTICE_WRONG');
      assert.deepEqual(
        error.faults.map((each) => each.path),
        paths,
      );
      return true;
    };
    await assert.rejects(notice.makeNotice(as(boss), file, false), faults(['title.nb']));
    await write({ ...wrong, title: NOTICE.title });
    const both = ['audience.networks[0]', 'when.date'];
    await assert.rejects(notice.makeNotice(as(boss), file, false), faults(both));
    await writeFile(file, '{');
    await assert.rejects(notice.makeNotice(as(boss), file, false), { code: 'ARGUMENT_WRONG' });
    assert.deepEqual(await parts.store.notices.list('saman'), []);
  });

  it("sends to many only after another coordinator's yes in chat, and reports who has it", async () => {
    await notice.makeNotice(as(boss), file, false);
    await notice.reportNotice(as(boss), 'molde', 'text');
    assert.match(printed, /Voss, nynorsk, Nås ikke/);
    await notice.changeNotice(as(boss), 'send', 'molde');
    assert.match(printed, /^molde: asked, \d+ receivers$/m);
    assert.match(printed, /^ {2}not reached: no-account 1$/m);
    await parts.samling.tick();
    assert.equal(sent().length, 0);
    const asked = parts.got.find((each) => each.member === second)!.message.card;
    await parts.press(second, 'notice-approve', buttonData(asked, 'notice-approve')!);
    await parts.samling.tick();
    const leaders = members.filter((each) => each.roles.includes('project-leader'));
    assert.equal(sent().length, leaders.length - 1);
    printed = '';
    await notice.showNotice(as(boss), 'molde');
    assert.match(
      printed,
      new RegExp(`${String(leaders.length - 1)} of ${String(leaders.length)} sent, 0 waiting, 1 failed`),
    );
    await notice.reportNotice(as(boss), 'molde', 'csv', join(folder, 'report.csv'));
    const csv = await readFile(join(folder, 'report.csv'), 'utf8');
    assert.equal(csv.trim().split('\r\n').length, leaders.length + 1);
  });

  it('corrects what has been sent, also after its day, and takes it back', async () => {
    await write({
      ...NOTICE,
      audience: { organisations: ['gjovik', 'bodo'] },
      when: { date: '2014-03-03', time: '10:00' },
    });
    await notice.makeNotice(as(boss), file, false);
    await notice.changeNotice(as(boss), 'send', 'molde');
    await parts.advance(startMs + 2 * 86_400_000);
    assert.notEqual(sent().length, 0);
    await write({
      ...NOTICE,
      body: { nb: 'Vi møtes i Bodø.', nn: 'Vi møtest i Bodø.' },
      audience: { organisations: ['gjovik', 'bodo'] },
      when: { date: '2014-03-03', time: '10:00' },
    });
    await notice.makeNotice(as(boss), file, false);
    assert.match(printed, /^molde is corrected for everybody who has it/m);
    await parts.samling.tick();
    for (const { message } of sent()) assert.match(JSON.stringify(message.card), /Bodø/);
    await notice.changeNotice(as(boss), 'recall', 'molde');
    await parts.samling.tick();
    assert.match(printed, /^molde: recalled/m);
    await assert.rejects(notice.makeNotice(as(boss), file, false), { code: 'NOTICE_WRONG' });
  });

  it('pauses, goes on and stops what is under way', async () => {
    await write({ ...NOTICE, audience: { organisations: ['gjovik', 'bodo'] } });
    await notice.makeNotice(as(boss), file, false);
    await assert.rejects(notice.changeNotice(as(boss), 'pause', 'molde'), { code: 'ARGUMENT_WRONG' });
    await notice.changeNotice(as(boss), 'send', 'molde');
    await notice.changeNotice(as(boss), 'pause', 'molde');
    await parts.samling.tick();
    assert.equal(sent().length, 0);
    await notice.changeNotice(as(boss), 'resume', 'molde');
    await notice.changeNotice(as(boss), 'cancel', 'molde');
    await parts.samling.tick();
    assert.equal(sent().length, 0);
    assert.match(printed, /^molde: cancelled/m);
  });

  it('lets nobody do what they may not do in chat', async () => {
    await notice.makeNotice(as(boss), file, false);
    const leader = members.find((each) => each.roles.includes('network-leader'))!.id;
    await assert.rejects(notice.changeNotice(as(leader), 'send', 'molde'), { code: 'NOTICE_UNKNOWN' });
    await assert.rejects(notice.makeNotice(as(unlinked), file, false), { code: 'NOT_ALLOWED' });
    await assert.rejects(notice.listNotices(as('nobody')), { code: 'ARGUMENT_WRONG', message: /nobody/ });
  });
});
