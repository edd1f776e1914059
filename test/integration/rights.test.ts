import assert from 'node:assert/strict';
import {
  DEEDS,
  deedsDone,
  members,
  PEOPLE,
  programme,
  putDeeds,
  REFUSED,
  START_MS,
  type Who,
} from '../support/deeds.js';
import { pulseParts, type PulseParts } from '../support/pulse-parts.js';

const LOST: readonly (string | undefined)[] = ['notice-gone', 'unknown-event'];

describe('what each may do', () => {
  let parts: PulseParts;
  beforeEach(async () => {
    parts = await pulseParts(programme, members, START_MS);
    await putDeeds(parts.store);
  });
  afterEach(() => parts.close());

  const world = () => deedsDone(parts.store);

  /** The sentence that a member is answered; another card, or nothing. */
  const statementTo = async (member: string) => {
    const all = await parts.store.outbox.ofMember('saman', member, 20);
    const replies = all.filter((each) => each.kind === 'reply' && each.urgent);
    const last = replies.at(-1)?.data as
      { message: { template: string; data: { key?: string } } } | undefined;
    return last === undefined ? 'nothing' : (last.message.data.key ?? last.message.template);
  };

  for (const [verb, data, allowed] of DEEDS) {
    for (const who of Object.keys(PEOPLE) as Who[]) {
      const mayDo = allowed.includes(who);
      it(`${verb}: ${who} ${mayDo ? 'may' : 'may not'}`, async () => {
        const before = await world();
        const received = await parts.press(PEOPLE[who], verb, data);
        const said = await statementTo(PEOPLE[who]);
        const replaced = received.kind === 'handled' && received.replace !== undefined;
        if (mayDo) {
          assert.ok((replaced || said !== 'nothing') && !REFUSED.includes(said), said);
          return;
        }
        const form = replaced ? JSON.stringify(received.replace) : '';
        assert.ok(form.includes('foreign') || REFUSED.includes(said), said);
        assert.equal(await world(), before);
      });
    }
  }

  for (const [verb, data] of DEEDS) {
    if (Object.keys(data).every((key) => !['event', 'notice', 'sending'].includes(key))) continue;
    it(`${verb}: says so when what it is about is not there`, async () => {
      const before = await world();
      const lost = { ...data, ...(data['event'] && { event: 'x' }), ...(data['notice'] && { notice: 'x' }) };
      await parts.press(PEOPLE.coordinator, verb, { ...lost, ...(data['sending'] && { sending: 'x' }) });
      assert.equal(await world(), before);
      assert.ok(LOST.includes(await statementTo(PEOPLE.coordinator)));
    });
  }
});
