import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { note } from '../audit/audit.js';
import { message, sayOnly, statement, type Talk } from '../conversation/context.js';
import { ownEvent } from '../conversation/events.js';
import { organisationName, roleKindsOf } from '../members/member-view.js';
import type { Submission } from '../members/types.js';
import type { MessageData } from '../messages/schemas.js';
import type { Answer, Message } from '../ports/interaction.js';
import { given, occurrencesOf, type Occurrence } from '../programme/occurrences.js';
import { may, mayAny } from '../rights/rights.js';
import type { deadlineActions } from './messages.js';
import { deadlineOf, seenStatuses } from './seen.js';
import { DEADLINE_STATES, type Work } from './types.js';

type Actions = typeof deadlineActions;
type Data<V extends keyof Actions> = z.infer<Actions[V]>;
type Handlers = { readonly [V in keyof Actions]: (talk: Talk, data: Data<V>) => Answer | Promise<Answer> };

/** Deadlines so long past are history; so far ahead, nobody asks yet. */
const LISTED_DAYS = 200;
/** More organisations than this on one card are too many to read; the file has them all. */
const MOST_ROWS = 40;

const brief = ({ id, title, starts }: Occurrence) => ({ id, title, due: starts });

/** Deadlines that a member may look into. */
export function deadlineList(talk: Talk): Answer {
  const { state, member, today } = talk;
  if (!mayAny(state.programme, member, 'deadline-see')) return sayOnly('deadline-not-allowed');
  const day = Temporal.PlainDate.from(today);
  const from = day.subtract({ days: LISTED_DAYS }).toString();
  const until = day.add({ days: LISTED_DAYS }).toString();
  const deadlines = occurrencesOf(state.programme)
    .filter((each) => each.kind === 'deadline' && from <= each.starts && each.starts <= until)
    .map(brief);
  return { say: [message('deadline-list', { deadlines: deadlines.slice(0, 10) })] };
}

async function open(talk: Talk, { event }: Data<'deadline-open'>): Promise<Answer> {
  const deadline = deadlineOf(talk, event);
  if (deadline === undefined) return sayOnly('unknown-event');
  if (!mayAny(talk.state.programme, talk.member, 'deadline-see')) return sayOnly('deadline-not-allowed');
  return { say: [await detail(talk, deadline)] };
}

/** How far the organisations are that the member may see. */
async function detail(
  talk: Talk,
  deadline: Occurrence,
  more: Partial<Pick<MessageData<'deadline-detail'>, 'comment' | 'issue'>> = {},
): Promise<Message> {
  const { state, member, today } = talk;
  const { programme } = state;
  const statuses = await seenStatuses(talk, deadline, today);
  const name = (id: string) => organisationName(programme, id);
  return message('deadline-detail', {
    deadline: brief(deadline),
    counts: DEADLINE_STATES.flatMap((each) => {
      const count = statuses.filter(({ state: how }) => how === each).length;
      return count === 0 ? [] : [{ state: each, count }];
    }),
    rows: statuses.slice(0, MOST_ROWS).map(({ organisation, state: how, submission, work }) => ({
      organisation: name(organisation),
      state: how,
      ...given({ link: submission?.link, note: submission?.note, comment: work?.comment }),
    })),
    more: Math.max(0, statuses.length - MOST_ROWS),
    open: statuses
      .filter(({ state: how }) => how === 'handed-in')
      .filter(({ organisation }) => may(programme, member, 'deadline-accept', { organisation }))
      .map(({ organisation }) => ({ id: organisation, name: name(organisation) })),
    comment: more.comment ?? '',
    ...given({ issue: more.issue }),
  });
}

/** The organisation has begun; reminders go on. */
async function begin(talk: Talk, { event }: Data<'deadline-begin'>): Promise<Answer> {
  const deadline = ownEvent(talk, event);
  if (deadline?.kind !== 'deadline') return sayOnly('unknown-event');
  const { member, tables, at } = talk;
  const { programme, organisation } = member;
  const work: Work = {
    programme,
    id: `${event}/${organisation}`,
    event,
    organisation,
    state: 'in-work',
    by: member.id,
    at,
  };
  await tables.works.put(work);
  return { say: [statement('deadline-begun', 'done')] };
}

function askLink(talk: Talk, { event }: Data<'hand-in-link'>): Answer {
  const deadline = ownEvent(talk, event);
  if (deadline?.kind !== 'deadline') return sayOnly('unknown-event');
  return { say: [message('hand-in', { deadline: brief(deadline), values: {}, issue: false })] };
}

/** Hands in with a link; what was typed stays when it is none. */
async function handInLink(talk: Talk, data: Data<'hand-in-link-send'>): Promise<Answer> {
  const deadline = ownEvent(talk, data.event);
  if (deadline?.kind !== 'deadline') return sayOnly('unknown-event');
  const link = data.link?.trim() ?? '';
  if (link.length > 2000 || !/^https?:\/\//.test(link) || !URL.canParse(link)) {
    const values = given({ link: data.link, note: data.note });
    return { replace: message('hand-in', { deadline: brief(deadline), values, issue: true }), say: [] };
  }
  const { member, tables, at } = talk;
  const { programme, organisation } = member;
  const id = `${deadline.id}/${organisation}`;
  const known = await tables.submissions.get(programme, id);
  const text = data.note?.trim() ?? '';
  await tables.submissions.put({
    programme,
    id,
    event: deadline.id,
    organisation,
    by: member.id,
    at: known?.at ?? at,
    link,
    ...(text === '' ? {} : { note: text }),
  });
  await tables.works.remove(programme, [id]);
  return {
    replace: statement('handed-in-link', 'done', { title: { text: deadline.title } }),
    say: [],
    replan: true,
  };
}

function accept({ tables, member, at }: Talk, submission: Submission): Promise<void> {
  return tables.submissions.put({ ...submission, accepted: { by: member.id, at } });
}

async function giveBack(
  { tables, member, at }: Talk,
  submission: Submission,
  comment: string,
): Promise<void> {
  const { programme, id, event, organisation } = submission;
  await tables.submissions.remove(programme, [id]);
  await tables.works.put({
    programme,
    id,
    event,
    organisation,
    state: 'returned',
    comment,
    by: member.id,
    at,
  });
}

/** Accepts what was handed in, or sends it back with a comment. */
function decide(accepted: boolean) {
  return async (talk: Talk, data: Data<'deadline-accept'>): Promise<Answer> => {
    const { state, tables, member } = talk;
    const { programme } = state;
    const deadline = deadlineOf(talk, data.event);
    if (deadline === undefined) return sayOnly('unknown-event');
    const organisation = data.organisation ?? '';
    if (!may(programme, member, 'deadline-accept', { organisation })) return sayOnly('deadline-not-allowed');
    const id = `${deadline.id}/${organisation}`;
    const submission = await tables.submissions.get(programme.id, id);
    const comment = data.comment?.trim() ?? '';
    if (submission === undefined) return again('organisation');
    if (!accepted && comment === '') return again('comment');
    await (accepted ? accept(talk, submission) : giveBack(talk, submission, comment));
    const act = accepted ? 'deadline-accept' : 'deadline-return';
    await note(talk, { right: 'deadline-accept', act, subject: id });
    const said = message('deadline-decided', {
      deadline: brief(deadline),
      accepted,
      organisation: organisationName(programme, organisation),
      ...given({ comment: comment === '' ? undefined : comment }),
    });
    const tell = toldOf(talk, organisation, submission.by).map((each) => ({ member: each, message: said }));
    return { replace: await detail(talk, deadline), say: [], tell, replan: true };

    async function again(issue: 'comment' | 'organisation'): Promise<Answer> {
      const card = await detail(talk, deadline as Occurrence, { comment: data.comment ?? '', issue });
      return { replace: card, say: [] };
    }
  };
}

/** Whoever handed in, and the organisation's project leaders. */
function toldOf({ state }: Talk, organisation: string, by: string): readonly string[] {
  const leaders = state.members.filter(
    (each) =>
      each.active &&
      each.organisation === organisation &&
      roleKindsOf(state.programme, each).includes('project-leader'),
  );
  return [...new Set([by, ...leaders.map(({ id }) => id)])];
}

/** What is done with deadlines in chat, beside handing in. */
export const deadlineHandlers: Handlers = {
  'deadline-list': deadlineList,
  'deadline-open': open,
  'deadline-begin': begin,
  'hand-in-link': askLink,
  'hand-in-link-send': handInLink,
  'deadline-accept': decide(true),
  'deadline-return': decide(false),
};
