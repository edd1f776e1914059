import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { note } from '../audit/audit.js';
import { message, sayOnly, type Talk } from '../conversation/context.js';
import type { Answer } from '../ports/interaction.js';
import { networkName } from '../programme/network-name.js';
import type { Gathering, Programme } from '../programme/schema.js';
import { may, mayAny } from '../rights/rights.js';
import { gatheringOf, moveUp, signUpOf } from './answers.js';
import { detailAnswer } from './detail.js';
import { formData, gatheringFrom, valuesOf, type Values } from './form.js';
import { mayEdit, maySee } from './may.js';
import type { gatheringActions } from './messages.js';
import { gatheringData } from './rsvp.js';
import type { GatheringRow } from './types.js';

type Data<V extends keyof typeof gatheringActions> = z.infer<(typeof gatheringActions)[V]>;

function form(talk: Talk, values: Values, issues: Parameters<typeof formData>[4], event?: string) {
  const { programme } = talk.state;
  const networks = programme.networks
    .map(({ id }) => id)
    .filter((network) => may(programme, talk.member, 'gathering-edit', { network }));
  return message('gathering-form', formData(programme, networks, talk.today, values, issues, event));
}

/** The form of a new gathering. */
export function askNewGathering(talk: Talk): Answer {
  if (!mayAny(talk.state.programme, talk.member, 'gathering-edit')) return sayOnly('gathering-not-allowed');
  return { say: [form(talk, {}, [])] };
}

/** The form of one that is there. */
export function askEdit(talk: Talk, { event }: Data<'gathering-edit'>): Answer {
  const gathering = gatheringOf(talk.state.programme, event);
  if (gathering === undefined) return sayOnly('unknown-event');
  if (!mayEdit(talk, gathering)) return sayOnly('gathering-not-allowed');
  return { say: [form(talk, valuesOf(gathering, talk.state.programme), [], event)] };
}

/** Makes or changes a gathering; what is wrong is said in the form, and everything typed stays. */
export async function makeGathering(talk: Talk, values: Data<'gathering-make'>): Promise<Answer> {
  const { programme } = talk.state;
  const event = values['event'];
  const before = event === undefined ? undefined : gatheringOf(programme, event);
  if (!mayAny(programme, talk.member, 'gathering-edit')) return sayOnly('gathering-not-allowed');
  if (event !== undefined && (before === undefined || !mayEdit(talk, before)))
    return sayOnly('unknown-event');
  const id = before?.id ?? `g-${values['starts'] ?? ''}-${shortId(talk.interaction.id)}`;
  const { gathering, issues } = gatheringFrom(values, programme, id, talk.today, before);
  if (gathering === undefined) return { replace: form(talk, values, issues, event), say: [] };
  if (!mayEdit(talk, gathering)) return { replace: form(talk, values, ['foreign'], event), say: [] };
  const isMoved = before !== undefined && whenOf(before) !== whenOf(gathering);
  const kept: Gathering = isMoved
    ? { ...gathering, moved: (before.moved ?? 0) + 1 }
    : withMoves(gathering, before);
  await keep(talk, kept, false);
  await note(talk, {
    right: 'gathering-edit',
    act: before === undefined ? 'gathering-make' : isMoved ? 'gathering-move' : 'gathering-change',
    subject: id,
  });
  if (!isMoved) await moveUp(talk.tables, kept, programme.id);
  const tell = isMoved ? await askAgain(talk, before, kept) : [];
  return { ...(await detailAnswer(talk, kept)), tell, replan: true };
}

const whenOf = ({ starts, ends, startTime, endTime }: Gathering) =>
  [starts, ends ?? starts, startTime, endTime].join(' ');

function withMoves(gathering: Gathering, before: Gathering | undefined): Gathering {
  return before?.moved === undefined ? gathering : { ...gathering, moved: before.moved };
}

/** Ids of chat events are long and may hold what ids of gatherings may not. */
function shortId(id: string): string {
  let hash = 0;
  for (const character of id) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash.toString(36);
}

async function keep(talk: Talk, gathering: Gathering, cancelled: boolean): Promise<void> {
  const { tables, state, member, at } = talk;
  const known = await tables.gatherings.get(state.programme.id, gathering.id);
  const row: GatheringRow = {
    programme: state.programme.id,
    id: gathering.id,
    gathering,
    cancelled,
    by: member.id,
    at,
    sequence: (known?.sequence ?? 0) + 1,
  };
  await tables.gatherings.put(row);
}

/** Everybody who had answered is told, and is asked anew. */
async function askAgain(talk: Talk, before: Gathering, now: Gathering) {
  const { tables, state } = talk;
  const { rsvps, guests } = await signUpOf(tables, state.programme.id, now.id);
  await tables.rsvps.put(...rsvps.map(({ answer, ...rest }) => rest));
  return changed(rsvps, guests, () =>
    message('gathering-changed', { what: 'moved', gathering: gatheringData(now), before: before.starts }),
  );
}

function changed(
  rsvps: readonly { readonly member: string; readonly answer?: string | undefined }[],
  guests: readonly { readonly by: string }[],
  say: () => ReturnType<typeof message>,
) {
  const told = new Set([
    ...rsvps.filter((each) => each.answer !== undefined && each.answer !== 'no').map((each) => each.member),
    ...rsvps.filter((each) => each.answer === 'no').map((each) => each.member),
    ...guests.map((each) => each.by),
  ]);
  return [...told].map((member) => ({ member, message: say() }));
}

/** Cancels a gathering; everybody who had answered is told, and nobody is reminded of it any more. */
export async function cancelGathering(talk: Talk, { event }: Data<'gathering-cancel'>): Promise<Answer> {
  const gathering = gatheringOf(talk.state.programme, event);
  if (gathering === undefined) return sayOnly('unknown-event');
  if (!mayEdit(talk, gathering)) return sayOnly('gathering-not-allowed');
  const { rsvps, guests } = await signUpOf(talk.tables, talk.state.programme.id, event);
  await keep(talk, gathering, true);
  await note(talk, { right: 'gathering-edit', act: 'gathering-cancel', subject: event });
  const tell = changed(rsvps, guests, () =>
    message('gathering-changed', { what: 'cancelled', gathering: gatheringData(gathering) }),
  );
  return { ...(await detailAnswer(talk, gathering, true)), tell, replan: true };
}

/** Gatherings that a member may look into. */
export function gatheringList(talk: Talk): Answer {
  const { state, member, today } = talk;
  const { programme } = state;
  if (!mayAny(programme, member, 'gathering-see')) return sayOnly('gathering-not-allowed');
  const oldest = Temporal.PlainDate.from(today).subtract({ days: LISTED_DAYS }).toString();
  const isOver = ({ starts, ends }: Gathering) => (ends ?? starts) < today;
  const recent = programme.gatherings
    .filter((each) => (each.ends ?? each.starts) >= oldest)
    .filter((each) => maySee(talk, each))
    .sort((a, b) => (a.starts < b.starts ? -1 : 1));
  // What is to come stands first; what is over is listed for what follows it.
  const listed = [...recent.filter((each) => !isOver(each)), ...recent.filter(isOver).reverse()];
  const data = {
    gatherings: listed.slice(0, MOST_LISTED).map((each) => withNetwork(programme, each)),
    more: Math.max(0, listed.length - MOST_LISTED),
    mayEdit: mayAny(programme, member, 'gathering-edit'),
  };
  return { say: [message('gathering-list', data)] };
}

/** Gatherings of networks are often called alike; the network's name tells them apart. */
function withNetwork(programme: Programme, gathering: Gathering) {
  const [network, ...others] = gathering.audience.networks ?? [];
  const isOne = network !== undefined && others.length === 0;
  return { ...gatheringData(gathering), ...(isOne ? { network: networkName(programme, network) } : {}) };
}

/** More gatherings than this are more than one message of Slack holds with their buttons; the rest is counted. */
const MOST_LISTED = 15;

/** A gathering stays listed for so many days, so that attendance and materials can follow it. */
const LISTED_DAYS = 30;
