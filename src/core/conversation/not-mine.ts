import { matchesAudience, organisationOf, personOf, roleKindsOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import type { Answer } from '../ports/interaction.js';
import { occurrenceOf } from '../programme/occurrences.js';
import { message, sayOnly, statement, type Talk } from './context.js';

/** Active colleagues of the member's organisation, for lists to choose from. */
export function colleaguesOf({ state, member }: Talk) {
  return state.members
    .filter((each) => each.active && each.organisation === member.organisation && each.id !== member.id)
    .map((each) => ({ id: each.id, ...personOf(state.programme, each) }));
}

/** A colleague by id, if it is one. */
export function colleague(talk: Talk, id: string | undefined): Member | undefined {
  const { state, member } = talk;
  return state.members.find(
    (each) => each.id === id && each.active && each.organisation === member.organisation && each !== member,
  );
}

/** Asks whose task it is. */
export function askWhose(talk: Talk, event: string): Answer {
  const occurrence = occurrenceOf(talk.state.programme, event);
  if (occurrence === undefined || !matchesAudience(talk.state.programme, talk.member, occurrence.audience)) {
    return sayOnly('unknown-event');
  }
  return { say: [message('not-mine', { event, title: occurrence.title, colleagues: colleaguesOf(talk) })] };
}

/** Takes the event off the member, gives it to the one they name, and tells the coordinators. */
export async function handOver(
  talk: Talk,
  form: { readonly event: string; readonly to?: string | undefined; readonly note?: string | undefined },
): Promise<Answer> {
  const { state, member, tables, at } = talk;
  const occurrence = occurrenceOf(state.programme, form.event);
  if (occurrence === undefined || !matchesAudience(state.programme, member, occurrence.audience)) {
    return sayOnly('unknown-event');
  }
  const to = colleague(talk, form.to);
  if (to === undefined && form.to !== undefined) {
    const organisation = organisationOf(state.programme, member.organisation)?.name ?? '';
    return sayOnly('deputy-wrong', { organisation: { text: organisation } });
  }
  const id = `${form.event}/${member.id}`;
  const row = { programme: member.programme, id, event: form.event, member: member.id, at };
  await tables.handovers.put({ ...row, ...(to === undefined ? {} : { to: to.id }) });
  const notice = message('handover-notice', {
    title: occurrence.title,
    date: occurrence.starts,
    member: personOf(state.programme, member),
    ...(to === undefined ? {} : { to: personOf(state.programme, to) }),
    ...(form.note === undefined ? {} : { note: form.note }),
  });
  const coordinators = state.members.filter(
    (each) => each.active && each !== member && roleKindsOf(state.programme, each).includes('coordinator'),
  );
  return {
    replace: statement('told-coordinator', 'done'),
    say: [],
    tell: coordinators.map((each) => ({ member: each.id, message: notice })),
    replan: true,
  };
}
