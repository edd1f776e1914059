import { activities } from '../../local/teams/index.js';
import { buttonsOf } from '../../support/cards.js';
import type { Attack, Lab } from './lab.js';

function changedTicket(lab: Lab): string {
  const ticket = String(buttonsOf(lab.card)[0]!.data.samling);
  return `${ticket.slice(0, -1)}${ticket.endsWith('A') ? 'B' : 'A'}`;
}

/** Genuine requests with data that is not the presser's: they are told so, and nothing else happens. */
export const foreign: readonly Attack[] = [
  {
    name: "a button of somebody else's card",
    status: 200,
    send: (lab) => lab.genuineWith(lab.press(lab.mallory, buttonsOf(lab.card)[0]!.data)),
  },
  {
    name: 'a button without its ticket',
    status: 200,
    send: (lab) => lab.genuineWith(lab.press(lab.kari, { event: 'arsrapport-2013' })),
  },
  {
    name: "a ticket of one's own making",
    status: 200,
    send: (lab) =>
      lab.genuineWith(
        lab.press(lab.kari, { samling: Buffer.from('{"verb":"handed-in"}').toString('base64url') }),
      ),
  },
  {
    name: 'a ticket that is an object',
    status: 200,
    send: (lab) => lab.genuineWith(lab.press(lab.kari, { samling: { verb: 'handed-in' } })),
  },
  {
    name: 'a ticket with one sign changed',
    status: 200,
    send: (lab) => lab.genuineWith(lab.press(lab.kari, { samling: changedTicket(lab) })),
  },
  {
    name: 'a ticket of 100 KB',
    status: 200,
    send: (lab) => lab.genuineWith(lab.press(lab.kari, { samling: 'A'.repeat(100_000) })),
  },
  {
    name: 'data with a prototype',
    status: 200,
    send: (lab) =>
      lab.genuineWith(
        JSON.stringify(lab.press(lab.kari, {})).replace(
          '"data":{}',
          '"data":{"__proto__":{"samling":"x"},"constructor":"y"}',
        ),
      ),
  },
  {
    name: "another tenant's person who says to be this one",
    status: 200,
    send: (lab) =>
      lab.genuineWith(
        lab.changed((it) => {
          it.channelData.tenant.id = 'volda';
          it.conversation.tenantId = 'volda';
        }),
      ),
  },
  {
    name: 'a dialog that nobody offered',
    status: [200, 501],
    send: (lab) =>
      lab.genuineWith(activities.taskFetch(lab.teams.origin(lab.kari), lab.cardId, { samling: 'x' })),
  },
];
