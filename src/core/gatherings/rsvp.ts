import { note } from '../audit/audit.js';
import type { z } from 'zod';
import { message, refreshed, sayOnly, statement, type Talk } from '../conversation/context.js';
import { cardNow } from '../conversation/events.js';
import { organisationName, personOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import type { MessageData } from '../messages/schemas.js';
import { noticeCard } from '../notices/compose.js';
import type { Answer, Message } from '../ports/interaction.js';
import { given, occurrenceOf } from '../programme/occurrences.js';
import { PARTIES, type Gathering } from '../programme/schema.js';
import { activeMember } from '../reminders/member-state.js';
import { awayOn } from '../reminders/plan-input.js';
import { may } from '../rights/rights.js';
import { gatheringOf, moveUp, rsvpId, seated, signUpOf } from './answers.js';
import { gapsOf, matrixOf } from './matrix.js';
import type { gatheringActions } from './messages.js';
import type { Guest, Rsvp } from './types.js';

type Data<V extends keyof typeof gatheringActions> = z.infer<(typeof gatheringActions)[V]>;

/** What cards say of a gathering. */
export function gatheringData({ id, title, starts, ends, startTime, endTime, place }: Gathering) {
  return { id, title, starts, ...given({ ends, startTime, endTime, place }) };
}

/** Whether one may still sign up on a day; without a last day, until it begins. */
export function isOpen({ signUpBy, starts }: Gathering, today: string): boolean {
  return today <= (signUpBy ?? starts);
}

/** For whom a press counts: oneself, whoever one is deputy of, or whom one may sign up. */
function answering(talk: Talk, id: string | undefined): Member | undefined {
  if (id === undefined || id === talk.member.id) return talk.member;
  const other = activeMember(talk.state, id);
  if (other === undefined) return undefined;
  const away = awayOn(talk.state.preferences.get(other.id), talk.today);
  const isDeputy = away.kind === 'away' && away.deputy === talk.member.id;
  const { organisation } = other;
  const mayToo = may(talk.state.programme, talk.member, 'gathering-answer-others', { organisation });
  return isDeputy || mayToo ? other : undefined;
}

/** Takes an answer; the card changes in place, and a free place goes to whoever waits longest. */
export async function answerRsvp(talk: Talk, data: Data<'rsvp'>): Promise<Answer> {
  const { state, tables, today, at } = talk;
  const { programme } = state;
  const gathering = gatheringOf(programme, data.event);
  const member = answering(talk, data.member);
  if (gathering === undefined || member === undefined) return sayOnly('unknown-event');
  if ((gathering.ends ?? gathering.starts) < today) return sayOnly('gathering-over');
  const id = rsvpId(gathering.id, member.id);
  const before = await tables.rsvps.get(programme.id, id);
  const wants = data.answer !== 'no' && before?.answer !== 'yes';
  if (wants && !isOpen(gathering, today)) {
    return sayOnly('sign-up-closed', { date: { date: gathering.signUpBy ?? gathering.starts } });
  }
  const signUp = await signUpOf(tables, programme.id, gathering.id);
  const answer = data.answer === 'yes' ? seated(gathering, signUp, before?.answer) : data.answer;
  const row: Rsvp = {
    programme: programme.id,
    id,
    gathering: gathering.id,
    member: member.id,
    answer,
    by: talk.member.id,
    at: before?.answer === answer ? before.at : at,
    ...(before?.needs === undefined || answer === 'no' ? {} : { needs: before.needs }),
  };
  await tables.rsvps.put(row);
  const tell = await tellMovedUp(talk, gathering);
  const occurrence = occurrenceOf(programme, gathering.id);
  const replace = (await noticeNow(talk)) ?? (occurrence && (await cardNow(talk, occurrence)));
  return { ...(replace && { replace }), say: [], tell, replan: true };
}

/** The pressed card as it is now, where it is a notice about the gathering. */
async function noticeNow(before: Talk): Promise<Message | undefined> {
  const { tables, member, interaction } = before;
  if (interaction.delivery === undefined) return undefined;
  const [delivery] = await tables.outbox.list(member.programme, [interaction.delivery]);
  if (delivery?.kind !== 'notice' || delivery.member !== member.id) return undefined;
  const { sending: id } = delivery.data as { readonly sending: string };
  const sending = await tables.sendings.get(member.programme, id);
  const row = sending && (await tables.notices.get(member.programme, sending.notice));
  if (sending === undefined || row === undefined) return undefined;
  const { state, calendarUrl } = await refreshed(before);
  return noticeCard(tables, state, row, sending.id, member, calendarUrl && { calendarUrl });
}

/** Those who got a place are told, or whoever signed them up. */
export async function tellMovedUp(talk: Talk, gathering: Gathering) {
  const moved = await moveUp(talk.tables, gathering, talk.state.programme.id);
  return moved.map((each) => {
    const isGuest = 'organisation' in each;
    const data = { gathering: gatheringData(gathering), ...(isGuest ? { name: each.name } : {}) };
    return { member: isGuest ? each.by : each.member, message: message('gathering-place', data) };
  });
}

/** The form by which a project leader signs up others of the own organisation. */
export async function othersForm(
  talk: Pick<Talk, 'tables' | 'state'>,
  gathering: Gathering,
  organisation: string,
  more: Partial<Pick<MessageData<'rsvp-others'>, 'values' | 'issue' | 'gap'>> = {},
): Promise<Message> {
  const { state, tables } = talk;
  const signUp = await signUpOf(tables, state.programme.id, gathering.id);
  const row = matrixOf(state, gathering, signUp).find((each) => each.organisation === organisation);
  const own = signUp.rsvps.flatMap(({ member: id, answer }) => {
    const member = activeMember(state, id);
    if (member?.organisation !== organisation || answer === undefined) return [];
    const person = personOf(state.programme, member);
    return [{ name: person.name ?? person.role, ...given({ party: member.party }), answer }];
  });
  const guests = signUp.guests
    .filter((each) => each.organisation === organisation)
    .map(({ id, name, party, answer }) => ({ name, ...given({ party }), answer, guest: id }));
  return message('rsvp-others', {
    gathering: gatheringData(gathering),
    organisation: organisationName(state.programme, organisation),
    missing: row === undefined ? [] : [...gapsOf(row)],
    signedUp: [...own, ...guests],
    values: more.values ?? {},
    gap: more.gap ?? false,
    ...given({ issue: more.issue }),
  });
}

/** What one may do for the own organisation, at a gathering that is there. */
function forOthers<D extends { readonly event: string }>(
  work: (talk: Talk, gathering: Gathering, data: D) => Promise<Answer>,
) {
  return (talk: Talk, data: D): Answer | Promise<Answer> => {
    const { programme } = talk.state;
    const { organisation } = talk.member;
    if (!may(programme, talk.member, 'gathering-answer-others', { organisation })) {
      return sayOnly('sign-up-not-allowed');
    }
    const gathering = gatheringOf(programme, data.event);
    return gathering === undefined ? sayOnly('unknown-event') : work(talk, gathering, data);
  };
}

/** Shows whom the own organisation sends, and a form for others. */
export const askOthers = forOthers<Data<'rsvp-others'>>(async (talk, gathering) => ({
  say: [await othersForm(talk, gathering, talk.member.organisation)],
}));

/** Signs somebody up by name. What was typed stays when it cannot be taken. */
export const signUpOther = forOthers<Data<'rsvp-others-send'>>(async (talk, gathering, data) => {
  const { tables, state, member, today, at, interaction } = talk;
  const name = data.name?.trim() ?? '';
  const values = given({ name: data.name, party: data.party, needs: data.needs });
  const fault = name === '' ? 'name' : isOpen(gathering, today) ? undefined : 'closed';
  if (fault !== undefined) {
    const form = await othersForm(talk, gathering, member.organisation, { values, issue: fault });
    return { replace: form, say: [] };
  }
  const party = PARTIES.find((each) => each === data.party);
  const needs = data.needs?.trim();
  const guest: Guest = {
    programme: state.programme.id,
    id: `${gathering.id}/${member.organisation}/${interaction.id}`,
    gathering: gathering.id,
    organisation: member.organisation,
    name,
    by: member.id,
    at,
    answer: seated(gathering, await signUpOf(tables, state.programme.id, gathering.id), undefined),
    ...given({ party, needs: needs === '' ? undefined : needs }),
  };
  await tables.guests.put(guest);
  await note(talk, { right: 'gathering-answer-others', act: 'sign-up-other', subject: gathering.id });
  return { replace: await othersForm(talk, gathering, member.organisation), say: [], replan: true };
});

/** Takes somebody off the list. */
export const removeOther = forOthers<Data<'rsvp-others-remove'>>(async (talk, gathering, { guest: id }) => {
  const { tables, state, member } = talk;
  const guest = await tables.guests.get(state.programme.id, id);
  if (guest?.organisation !== member.organisation) return sayOnly('unknown-event');
  await tables.guests.remove(state.programme.id, [id]);
  await note(talk, { right: 'gathering-answer-others', act: 'sign-off-other', subject: gathering.id });
  const tell = await tellMovedUp(talk, gathering);
  return { replace: await othersForm(talk, gathering, member.organisation), say: [], tell, replan: true };
});

/** The form for what one needs at a gathering. */
export async function askNeeds(talk: Talk, { event }: Data<'rsvp-needs'>): Promise<Answer> {
  const gathering = gatheringOf(talk.state.programme, event);
  const row = await talk.tables.rsvps.get(talk.member.programme, rsvpId(event, talk.member.id));
  if (gathering === undefined || row === undefined) return sayOnly('unknown-event');
  return {
    say: [message('rsvp-needs', { gathering: gatheringData(gathering), needs: row.needs ?? '' })],
  };
}

/** Keeps what one needs, until the gathering is over. */
export async function keepNeeds(talk: Talk, data: Data<'rsvp-needs-send'>): Promise<Answer> {
  const row = await talk.tables.rsvps.get(talk.member.programme, rsvpId(data.event, talk.member.id));
  if (row === undefined) return sayOnly('unknown-event');
  const { needs: before, ...rest } = row;
  const needs = data.needs?.trim() ?? '';
  await talk.tables.rsvps.put(needs === '' ? rest : { ...rest, needs });
  const said = needs === '' ? statement('needs-removed', 'done') : statement('needs-kept', 'done');
  return { replace: said, say: [] };
}
