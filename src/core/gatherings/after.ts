import type { z } from 'zod';
import { note } from '../audit/audit.js';
import { message, sayOnly, statement, type Talk } from '../conversation/context.js';
import { pickAudience } from '../members/audience.js';
import { personOf } from '../members/member-view.js';
import type { Answer } from '../ports/interaction.js';
import { given } from '../programme/occurrences.js';
import type { Gathering } from '../programme/schema.js';
import { draftPulse, faultLines } from '../pulse/manage.js';
import { activeMember } from '../reminders/member-state.js';
import { gatheringOf, signUpOf } from './answers.js';
import { mayEdit, mayTakeDown } from './may.js';
import type { gatheringActions } from './messages.js';
import { gatheringData } from './rsvp.js';

type Data<V extends keyof typeof gatheringActions> = z.infer<(typeof gatheringActions)[V]>;

/** More people than this do not fit one list of a card. */
const MOST_PEOPLE = 100;

async function peopleOf(talk: Talk, gathering: Gathering) {
  const { rsvps, guests } = await signUpOf(talk.tables, talk.state.programme.id, gathering.id);
  const members = rsvps.flatMap(({ member: id, answer }) => {
    const member = answer === 'yes' || answer === 'maybe' ? activeMember(talk.state, id) : undefined;
    if (member === undefined) return [];
    const { name, role } = personOf(talk.state.programme, member);
    return [{ id, name: name ?? role }];
  });
  return [...members, ...guests.map(({ id, name }) => ({ id, name }))].slice(0, MOST_PEOPLE);
}

function taking(
  work: (
    talk: Talk,
    gathering: Gathering,
    data: { readonly present?: string | undefined },
  ) => Promise<Answer>,
) {
  return async (
    talk: Talk,
    data: { readonly event: string; readonly present?: string | undefined },
  ): Promise<Answer> => {
    const gathering = gatheringOf(talk.state.programme, data.event);
    if (gathering === undefined) return sayOnly('unknown-event');
    if (!mayTakeDown(talk, gathering)) return sayOnly('attendance-not-allowed');
    if (gathering.starts > talk.today) return sayOnly('attendance-early');
    return work(talk, gathering, data);
  };
}

/** The form in which the minute-taker says who was there. */
export const askAttendance = taking(async (talk, gathering) => {
  const known = await talk.tables.attendance.get(talk.state.programme.id, gathering.id);
  const people = await peopleOf(talk, gathering);
  const present = known?.members ?? [];
  return { say: [message('attendance', { gathering: gatheringData(gathering), people, present })] };
});

/** Takes down who was there. */
export const takeAttendance = taking(async (talk, gathering, { present = '' }) => {
  const { tables, state, member, at } = talk;
  const known = new Set((await peopleOf(talk, gathering)).map(({ id }) => id));
  const members = present.split(',').filter((id) => known.has(id));
  await tables.attendance.put({
    programme: state.programme.id,
    id: gathering.id,
    by: member.id,
    at,
    members,
  });
  await note(talk, { right: 'attendance-take', act: 'attendance-take', subject: gathering.id });
  return { replace: statement('attendance-taken', 'done', { count: members.length }), say: [] };
});

/** The form in which materials are sent on. */
export function askMaterials(talk: Talk, { event }: Data<'materials'>): Answer {
  const gathering = gatheringOf(talk.state.programme, event);
  if (gathering === undefined) return sayOnly('unknown-event');
  if (!mayEdit(talk, gathering)) return sayOnly('gathering-not-allowed');
  const data = { gathering: gatheringData(gathering), issue: false, values: {} };
  return { say: [message('materials-form', data)] };
}

/** Sends what was shown to those who came and, in other words, to those who did not. */
export async function sendMaterials(talk: Talk, values: Data<'materials-send'>): Promise<Answer> {
  const { state, tables } = talk;
  const gathering = gatheringOf(state.programme, values['event'] ?? '');
  if (gathering === undefined) return sayOnly('unknown-event');
  if (!mayEdit(talk, gathering)) return sayOnly('gathering-not-allowed');
  const text = values['text']?.trim() ?? '';
  const link = values['link']?.trim() ?? '';
  if (text === '' || (link !== '' && !/^https?:\/\//.test(link)) || (link !== '' && !URL.canParse(link))) {
    const data = { gathering: gatheringData(gathering), issue: true, values };
    return { replace: message('materials-form', data), say: [] };
  }
  const attendance = await tables.attendance.get(state.programme.id, gathering.id);
  const { rsvps } = await signUpOf(tables, state.programme.id, gathering.id);
  const came = new Set(
    attendance?.members ?? rsvps.filter((each) => each.answer === 'yes').map((each) => each.member),
  );
  const readers = new Set([
    ...pickAudience(state, gathering.audience).map(({ id }) => id),
    ...[...came].filter((id) => activeMember(state, id) !== undefined),
  ]);
  await note(talk, { right: 'materials-send', act: 'materials-send', subject: gathering.id });
  const data = {
    gathering: gatheringData(gathering),
    text,
    ...given({ link: link === '' ? undefined : link }),
  };
  return {
    replace: statement('materials-sent', 'done', { count: readers.size }),
    say: [],
    tell: [...readers].map((member) => ({
      member,
      message: message('materials', { ...data, came: came.has(member) }),
    })),
  };
}

/** The template of the pulse after a gathering. */
const AFTER = 'etter-samling';

/** Makes a draft of the pulse after a gathering, for those whom it was for. */
export async function askHowItWas(talk: Talk, { event }: Data<'gathering-pulse'>): Promise<Answer> {
  const gathering = gatheringOf(talk.state.programme, event);
  if (gathering === undefined) return sayOnly('unknown-event');
  if (!mayEdit(talk, gathering)) return sayOnly('gathering-not-allowed');
  const template = talk.pulseTemplates?.().get(AFTER);
  if (template === undefined) return sayOnly('pulse-gone');
  const definition = {
    ...template,
    id: `${AFTER}-${event}`,
    audience: gathering.audience,
    schedule: { starts: talk.today, openDays: 7, remindAfterDays: [2] },
    named: false,
  };
  const { row, faults } = await draftPulse(talk.tables, talk.state, definition, talk.member.id);
  if (row === undefined) return { say: [message('pulse-faults', { faults: faultLines(faults) })] };
  return { say: [statement('gathering-pulse-made', 'done')] };
}
