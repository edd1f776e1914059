import { z } from 'zod';
import { languageOf } from '../core/members/member-view.js';
import type { Member } from '../core/members/types.js';
import type { Message } from '../core/ports/interaction.js';
import type { Json, OutboxEntry } from '../core/ports/outbox.js';
import type { Programmes } from '../core/ports/programmes.js';
import type { Store } from '../core/ports/store.js';
import type { Programme } from '../core/programme/schema.js';
import { composeDigest, composeNudges, type ComposeOptions } from '../core/reminders/compose.js';
import type { CalendarUrl } from '../core/reminders/event-item.js';
import { toldToday } from '../core/reminders/told.js';
import { activeMember, loadState, type ProgrammeState } from '../core/reminders/member-state.js';
import type { Write } from './dispatcher.js';
import { MOST_IN_A_DAY } from './message-counts.js';
import type { Render } from './render.js';
import type { Capability, Composed } from './planning.js';

export interface WriterOptions {
  readonly store: Store;
  readonly programmes: Programmes;
  /** Best one that gives the same object for the same words, so that what goes to many is made once. */
  readonly render: Render;
  /** Write their own kinds of deliveries. */
  readonly capabilities?: readonly Pick<Capability, 'compose'>[];
  readonly calendarUrl?: CalendarUrl;
}

const replySchema = z.object({ message: z.object({ template: z.string(), data: z.custom<Json>() }) });

type Compose = (state: ProgrammeState, entry: OutboxEntry, options: ComposeOptions) => Composed;

const composers: Readonly<Record<string, Compose>> = {
  nudges: (state, entry, options) => asMessage(composeNudges(state, entry, options)),
  digest: (state, entry, options) => asMessage(composeDigest(state, entry, options)),
  reply: (_state, entry) => ({ message: replySchema.parse(entry.data).message }),
};

function asMessage(
  composed:
    { readonly message: { readonly template: string; readonly data: unknown } } | { readonly drop: string },
) {
  return 'drop' in composed ? composed : { message: composed.message as Message };
}

/** Writes deliveries at the moment of sending, from the state of that moment, in the member's language. */
export function createWriter(options: WriterOptions): Write {
  const stateOf = createStates(options.store);
  const { render } = options;
  return async (entry, nowMs) => {
    const programme = options.programmes.get(entry.programme);
    if (programme === undefined) return { drop: 'programme-gone' };
    const state = await stateOf(programme);
    const member = activeMember(state, entry.member);
    if (member === undefined) return { drop: 'member-inactive' };
    const { calendarUrl } = options;
    const given = {
      nowMs,
      ...(calendarUrl === undefined ? {} : { calendarUrl }),
      ...((entry.kind === 'nudges' || entry.kind === 'digest') && {
        told: await toldBefore(options.store, state, member, entry, nowMs),
      }),
    };
    const composed =
      composers[entry.kind]?.(state, entry, given) ?? (await composedBy(options, entry, state, nowMs));
    if (composed === undefined) return { drop: 'kind-unknown' };
    if ('drop' in composed) return composed;
    const language = languageOf(programme, member, state.preferences.get(member.id));
    const message = render(composed.message, { language, programme });
    return composed.amends === undefined ? message : { message, amends: composed.amends };
  };
}

async function toldBefore(
  store: Store,
  { programme }: ProgrammeState,
  member: Member,
  entry: OutboxEntry,
  nowMs: number,
): Promise<ReadonlySet<string>> {
  const recent = await store.outbox.ofMember(programme.id, member.id, MOST_IN_A_DAY);
  return toldToday(programme, member, entry, recent, nowMs);
}

/** Reads a programme's state once for all that are written in the same turn of the event loop. */
function createStates(store: Store): (programme: Programme) => Promise<ProgrammeState> {
  const reading = new Map<string, Promise<ProgrammeState>>();
  return (programme) => {
    let state = reading.get(programme.id);
    if (state === undefined) {
      if (reading.size === 0) setImmediate(() => reading.clear());
      reading.set(programme.id, (state = loadState(store, programme)));
    }
    return state;
  };
}

async function composedBy(
  { capabilities = [] }: WriterOptions,
  entry: OutboxEntry,
  state: ProgrammeState,
  nowMs: number,
): Promise<Composed | undefined> {
  for (const each of capabilities) {
    const composed = await each.compose(entry, state, nowMs);
    if (composed !== undefined) return composed;
  }
  return undefined;
}
