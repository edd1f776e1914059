import type { z } from 'zod';
import { message, sayOnly, type Talk } from '../conversation/context.js';
import { pickAudience } from '../members/audience.js';
import { organisationName } from '../members/member-view.js';
import type { Answer } from '../ports/interaction.js';
import { given } from '../programme/occurrences.js';
import type { Gathering } from '../programme/schema.js';
import { gatheringOf, signUpOf } from './answers.js';
import { mayEdit, maySee, mayTakeDown, seenBy } from './may.js';
import { gapsOf, matrixOf } from './matrix.js';
import type { gatheringActions } from './messages.js';
import { gatheringData } from './rsvp.js';

type Data<V extends keyof typeof gatheringActions> = z.infer<(typeof gatheringActions)[V]>;

/** More organisations than this on one card are too many to read; the file has them all. */
const MOST_ROWS = 25;

/** Who comes to a gathering, as far as the member may see. */
export async function openGathering(talk: Talk, { event }: Data<'gathering-open'>): Promise<Answer> {
  const gathering = gatheringOf(talk.state.programme, event);
  if (gathering === undefined) return sayOnly('unknown-event');
  if (!maySee(talk, gathering)) return sayOnly('gathering-not-allowed');
  const { replace } = await detailAnswer(talk, gathering);
  return { say: replace === undefined ? [] : [replace] };
}

/** The card of a gathering as it stands now, in the place of the pressed one. */
export async function detailAnswer(talk: Talk, gathering: Gathering, cancelled = false): Promise<Answer> {
  const { state, tables, today } = talk;
  const { programme } = state;
  const signUp = await signUpOf(tables, programme.id, gathering.id);
  const rows = matrixOf(state, gathering, signUp).filter((each) => seenBy(talk, each.organisation));
  // Those that lack somebody come first: they need something done.
  const sorted = [...rows].sort((a, b) => gapsOf(b).length - gapsOf(a).length);
  const inSight = new Set(rows.map((each) => each.organisation));
  const members = new Map(state.members.map((each) => [each.id, each]));
  const answers = [
    ...signUp.rsvps.filter((each) => inSight.has(members.get(each.member)?.organisation ?? '')),
    ...signUp.guests.filter((each) => inSight.has(each.organisation)),
  ];
  const count = (answer: string) => answers.filter((each) => each.answer === answer).length;
  const asked = pickAudience(state, gathering.audience).filter((each) => inSight.has(each.organisation));
  const answered = new Set(
    signUp.rsvps.filter((each) => each.answer !== undefined).map((each) => each.member),
  );
  const attendance = await tables.attendance.get(programme.id, gathering.id);
  const replace = message('gathering-detail', {
    gathering: gatheringData(gathering),
    cancelled,
    yes: count('yes'),
    maybe: count('maybe'),
    no: count('no'),
    waiting: count('waiting'),
    open: asked.filter((each) => !answered.has(each.id)).length,
    ...given({ capacity: gathering.capacity, came: attendance?.members.length }),
    rows: sorted.slice(0, MOST_ROWS).map(({ organisation, cells, others }) => ({
      organisation: organisationName(programme, organisation),
      cells: cells.map(({ party, state: how, coming }) => ({ party, state: how, coming })),
      others,
    })),
    more: Math.max(0, sorted.length - MOST_ROWS),
    mayEdit: !cancelled && mayEdit(talk, gathering),
    mayTakeDown: !cancelled && mayTakeDown(talk, gathering),
    isBegun: gathering.starts <= today,
    isOver: (gathering.ends ?? gathering.starts) < today,
  });
  return { replace, say: [] };
}
