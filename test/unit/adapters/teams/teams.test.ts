import assert from 'node:assert/strict';
import { readActivity } from '../../../../src/adapters/chat/teams/activity.js';
import {
  createActionTickets,
  type ActionTicket,
  type ActionTickets,
} from '../../../../src/adapters/chat/teams/action-tickets.js';
import { fitCard, toTeamsCard } from '../../../../src/adapters/chat/teams/card.js';
import { retryAfterMs } from '../../../../src/adapters/chat/teams/errors.js';
import { baseOf, textOf } from '../../../../src/adapters/chat/teams/incoming.js';
import { CONVERSATION_LIMITS, createPace, TENANT_LIMITS } from '../../../../src/adapters/chat/teams/pace.js';
import { createSealer } from '../../../../src/runtime/sealed.js';
import { activities } from '../../../local/teams/activities.js';
import { ticketsOf } from '../../../local/teams/tickets.js';

const origin = {
  appId: 'app',
  serviceUrl: 'http://127.0.0.1/teams/',
  person: {
    tenant: 'voss',
    aadObjectId: 'aad',
    id: '29:x',
    name: 'Kari',
    userPrincipalName: 'k@voss.example',
  },
  conversation: 'a:1',
};

describe('a Teams card', () => {
  const ticket = (verb: string, data: object) => `${verb} ${JSON.stringify(data)}`;
  const convert = (body: readonly object[]) =>
    toTeamsCard({ type: 'AdaptiveCard', body: body as never }, { ticket }) as any;

  it('is as wide as the chat', () => {
    assert.deepEqual(convert([]).msteams, { width: 'Full' });
  });

  it('has a fallback for every element that only newer clients draw, and keeps its own', () => {
    const { body } = convert([
      { type: 'Badge', text: 'Ny' },
      { type: 'Chart.Donut', title: 'Svar' },
      { type: 'ProgressBar', value: 3 },
      { type: 'Rating', fallback: { type: 'TextBlock', text: '4 av 5' } },
      { type: 'TextBlock', text: 'x' },
    ]);
    const fallbacks = body.map((each: any) => each.fallback?.text ?? each.fallback);
    assert.deepEqual(fallbacks, ['Ny', 'Svar', 'drop', '4 av 5', undefined]);
  });

  it('carries a ticket in every button, however deep, and no data', () => {
    const action = { type: 'Action.Execute', verb: 'snooze', data: { event: 'e' } };
    const submit = { type: 'Action.Submit', data: { verb: 'resume', x: 1 } };
    const inner = { type: 'AdaptiveCard', actions: [action] };
    const { body } = convert([
      { type: 'ActionSet', actions: [{ type: 'Action.ShowCard', card: inner }, submit] },
    ]);
    assert.deepEqual(body[0].actions[0].card.actions[0].data, { samling: 'snooze {"event":"e"}' });
    assert.deepEqual(body[0].actions[1].data, { samling: 'resume {"x":1}' });
  });

  it('is shortened only when it is too large, and then to what fits', () => {
    const card = {
      type: 'AdaptiveCard' as const,
      body: Array.from({ length: 50 }, () => ({ type: 'TextBlock', text: 'x'.repeat(40) })),
    };
    assert.equal(fitCard(card, 'more').shortened, false);
    const { card: short, shortened } = fitCard(card, 'more', 1000);
    assert.ok(shortened && JSON.stringify(short).length <= 1000);
    assert.ok((short['body'] as readonly unknown[]).length > 5);
  });
});

/** The ticket of a card's only button. */
function write(tickets: ActionTickets, { verb, data, ...owner }: ActionTicket, holder: string): string {
  return ticketsOf(tickets, [{ verb, data }], owner, holder)[0] ?? '';
}

describe('tickets of buttons', () => {
  const sealer = createSealer([Buffer.alloc(32, 1).toString('base64')]);
  const tickets = createActionTickets(sealer);
  const ticket = { verb: 'snooze', data: { event: 'e' }, programme: 'saman', delivery: 'nudge/e/T-7/x' };

  it('come back as they were written, for their holder only', () => {
    const written = write(tickets, ticket, 'teams/voss/aad');
    assert.deepEqual(tickets.read(written, 'teams/voss/aad'), ticket);
    assert.equal(tickets.read(written, 'teams/voss/other'), undefined);
    assert.equal(tickets.read(written, 'teams/volda/aad'), undefined);
  });

  it('do not survive any change', () => {
    const written = write(tickets, ticket, 'h');
    for (let index = 0; index < written.length; index += 1) {
      const changed = `${written.slice(0, index)}${written[index] === 'x' ? 'y' : 'x'}${written.slice(index + 1)}`;
      assert.equal(tickets.read(changed, 'h'), undefined, String(index));
    }
  });

  it('of a card that goes to many are each their holder’s, whoever else has pressed', () => {
    const deeds = [
      { verb: 'snooze', data: { event: 'e' } },
      { verb: 'handed-in', data: { event: 'e', note: 'a.b' } },
    ];
    const owners = [
      { programme: 'saman', delivery: 'nudge/e/T-7/x' },
      { programme: 'saman', delivery: 'nudge/e/T-7/y' },
    ];
    const [hers = [], his = []] = owners.map((owner, index) =>
      ticketsOf(tickets, deeds, owner, `h${String(index)}`),
    );
    for (const [index, deed] of deeds.entries()) {
      assert.deepEqual(tickets.read(hers[index], 'h0'), { ...deed, ...owners[0] });
      assert.deepEqual(tickets.read(his[index], 'h1'), { ...deed, ...owners[1] });
      assert.equal(tickets.read(his[index], 'h0'), undefined);
    }
    assert.deepEqual(ticketsOf(tickets, [], owners[0]!, 'h0'), []);
  });

  it('are proved once for whoever looks again, and each time on a ballot, whose holders are not kept', () => {
    const checks = (verb: string) => {
      let checked = 0;
      const isSigned: typeof sealer.isSigned = (...given) => {
        checked += 1;
        return sealer.isSigned(...given);
      };
      const counting = createActionTickets({ ...sealer, isSigned });
      const written = write(counting, { ...ticket, verb }, 'h');
      for (let times = 0; times < 3; times += 1) assert.equal(counting.read(written, 'h')?.verb, verb);
      assert.equal(counting.read(written, 'other'), undefined);
      return checked;
    };
    // The deed once, its owner once or three times, and the stranger.
    assert.equal(checks('snooze'), 3);
    assert.equal(checks('pulse-answer'), 5);
  });

  it('are not put together from two that one person has', () => {
    const [first = '', second = ''] = [
      ticket,
      { ...ticket, data: { event: 'f' }, delivery: 'nudge/f/T-7/x' },
    ].map((each) => write(tickets, each, 'h'));
    // Once both were pressed, what is known of them must not make a mixture good.
    for (const each of [first, second]) assert.ok(tickets.read(each, 'h'));
    const parts = [first, second].map((each) => each.split('.'));
    const [count = 0] = parts.map((each) => each.length);
    for (let choice = 1; choice < 2 ** count - 1; choice += 1) {
      const mixed = Array.from({ length: count }, (_, at) => parts[(choice >> at) & 1]?.[at]).join('.');
      if (mixed === first || mixed === second) continue;
      assert.equal(tickets.read(mixed, 'h'), undefined, mixed);
    }
  });

  it('are read with an older key, and not with another', () => {
    const [old, young] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64')) as [string, string];
    const written = write(createActionTickets(createSealer([old])), ticket, 'h');
    assert.deepEqual(createActionTickets(createSealer([young, old])).read(written, 'h'), ticket);
    assert.equal(createActionTickets(createSealer([young])).read(written, 'h'), undefined);
  });
});

describe('activities', () => {
  it('give text without the mention of the bot, language and ids', () => {
    const activity = readActivity({ ...activities.mention(origin, ' kva  kjem'), locale: 'nn-NO' })!;
    assert.equal(textOf(activity), 'kva kjem');
    const { locale, workspace, user, id } = baseOf(activity);
    assert.deepEqual([locale, workspace, user], ['nn', 'teams/voss', 'aad']);
    assert.match(id, /^teams\/voss\/a:1\/\d/);
  });

  for (const [locale, language] of [
    ['no-NO', 'nb'],
    ['nb-NO', 'nb'],
    ['sv-FI', 'sv'],
    ['fi-FI', undefined],
  ] as const) {
    it(`in ${locale} are ${String(language)}`, () => {
      assert.equal(baseOf(readActivity({ ...activities.message(origin, 'x'), locale })!).locale, language);
    });
  }
});

describe('pace and waits', () => {
  it('let seven through in a second and eight in two, as Microsoft does', () => {
    const pace = createPace(CONVERSATION_LIMITS);
    const takeAt = (name: string, nowMs: number) => {
      const waitMs = pace.waitMs(name, nowMs);
      if (waitMs === 0) pace.take(name, nowMs);
      return waitMs;
    };
    const taken = Array.from({ length: 10 }, () => takeAt('c', 0));
    assert.deepEqual(taken.filter((each) => each === 0).length, 7);
    assert.equal(takeAt('c', 1_000), 0);
    assert.equal(takeAt('c', 1_001), 999);
    assert.equal(takeAt('other', 1_001), 0);
  });

  it('are kept when places are taken ahead of time, in the order in which they were taken', () => {
    const pace = createPace(TENANT_LIMITS);
    const at = Array.from({ length: 120 }, () => {
      const waitMs = pace.waitMs('voss', 0);
      if (waitMs <= 1_000) pace.take('voss', waitMs);
      return waitMs;
    });
    assert.deepEqual([at[49], at[50], at[99], at[100]], [0, 1_000, 1_000, 2_000]);
    assert.equal(pace.waitMs('voss', 500), 1_500);
  });

  it('do not hold anybody up for long when the clock is set back', () => {
    const pace = createPace(TENANT_LIMITS);
    for (let nth = 0; nth < 50; nth += 1) pace.take('voss', 3_600_000);
    assert.equal(pace.waitMs('voss', 3_600_000), 1_000);
    assert.equal(pace.waitMs('voss', 0), 0);
  });

  it('are read from Retry-After in seconds or as a date', () => {
    assert.equal(retryAfterMs('3', 0), 3_000);
    assert.equal(retryAfterMs('Thu, 01 Jan 1970 00:00:10 GMT', 4_000), 6_000);
    assert.equal(retryAfterMs('soon', 0), undefined);
    assert.equal(retryAfterMs(undefined, 0), undefined);
  });
});
