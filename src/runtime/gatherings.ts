import { Temporal } from 'temporal-polyfill';
import { instantMs } from '../core/calendar/quiet-hours.js';
import { quietDaysOf, workingDay } from '../core/calendar/working-days.js';
import { gatheringOf, signUpOf } from '../core/gatherings/answers.js';
import { gapsOf, matrixOf, wantsParties } from '../core/gatherings/matrix.js';
import { othersForm } from '../core/gatherings/rsvp.js';
import { roleKindsOf } from '../core/members/member-view.js';
import type { Directory } from '../core/ports/directory.js';
import type { Delivery, OutboxEntry } from '../core/ports/outbox.js';
import type { Store, Tables } from '../core/ports/store.js';
import type { Gathering, Programme } from '../core/programme/schema.js';
import { activeMember, loadState, type ProgrammeState } from '../core/reminders/member-state.js';
import { speakingTime } from '../core/reminders/speaking-time.js';
import type { Capability, Composed } from './planning.js';

export interface GatheringsOptions {
  readonly store: Store;
  readonly directory: Directory;
}

/** When project leaders are asked to fill a gap, in days before a gathering; once each. */
const GAP_DAYS = [14, 7] as const;
/** What was asked too late to be of use is left out. */
const USEFUL_MS = 2 * 86_400_000;

/** Creates what asks for missing parties before a gathering, and forgets what is only needed until it is over. */
export function createGatherings({ store, directory }: GatheringsOptions): Capability {
  return {
    async nextDueMs(programme, afterMs) {
      const { programme: now } = await loadState(store, programme);
      const all = now.gatherings.flatMap((each) => [
        ...GAP_DAYS.map((days) => askedMs(now, each, days)),
        forgottenMs(now, each),
      ]);
      const next = Math.min(...all.filter((atMs) => atMs > afterMs));
      return next === Infinity ? undefined : next;
    },
    plan: (programme, nowMs) =>
      store.transact(async (tables) => {
        const state = await loadState(tables, programme);
        await forget(tables, state.programme, nowMs);
        return askForGaps(tables, state, directory, nowMs);
      }),
    compose: (entry, state) => compose(store, entry, state),
  };
}

function askedMs(programme: Programme, { starts }: Gathering, days: number): number {
  const wanted = Temporal.PlainDate.from(starts).subtract({ days });
  const day = workingDay(wanted, 'before', quietDaysOf(programme));
  return instantMs(day, programme.policy.nudgeAt, programme.zone);
}

/** The day after a gathering. */
function forgottenMs(programme: Programme, { starts, ends }: Gathering): number {
  return instantMs(Temporal.PlainDate.from(ends ?? starts).add({ days: 1 }), '00:00', programme.zone);
}

/** Names of guests and what people need are gone when the gathering is over. */
async function forget(tables: Tables, programme: Programme, nowMs: number): Promise<void> {
  const coming = new Set(
    programme.gatherings.filter((each) => forgottenMs(programme, each) > nowMs).map(({ id }) => id),
  );
  const guests = (await tables.guests.list(programme.id)).filter((each) => !coming.has(each.gathering));
  if (guests.length > 0) {
    await tables.guests.remove(
      programme.id,
      guests.map(({ id }) => id),
    );
  }
  for (const row of await tables.rsvps.list(programme.id)) {
    if (row.needs === undefined || coming.has(row.gathering)) continue;
    const { needs, ...rest } = row;
    await tables.rsvps.put(rest);
  }
}

async function askForGaps(
  tables: Tables,
  state: ProgrammeState,
  directory: Directory,
  nowMs: number,
): Promise<number> {
  const deliveries: Delivery[] = [];
  for (const gathering of state.programme.gatherings) {
    for (const days of GAP_DAYS) {
      const atMs = askedMs(state.programme, gathering, days);
      if (atMs > nowMs || nowMs - atMs > USEFUL_MS) continue;
      deliveries.push(...(await gapsFor(tables, state, directory, { gathering, days, nowMs })));
    }
  }
  return (await tables.outbox.add(deliveries)).length;
}

async function gapsFor(
  tables: Tables,
  state: ProgrammeState,
  directory: Directory,
  { gathering, days, nowMs }: { gathering: Gathering; days: number; nowMs: number },
): Promise<Delivery[]> {
  const { programme } = state;
  if (!wantsParties(programme, gathering)) return [];
  const signUp = await signUpOf(tables, programme.id, gathering.id);
  const lacking = new Set(
    matrixOf(state, gathering, signUp)
      .filter((row) => gapsOf(row).length > 0)
      .map((row) => row.organisation),
  );
  const version = gathering.moved === undefined ? '' : `@${String(gathering.moved)}`;
  return state.members.flatMap((member) => {
    const isLeader = roleKindsOf(programme, member).includes('project-leader');
    if (!member.active || !isLeader || !lacking.has(member.organisation)) return [];
    const lane = directory.laneOf(programme.id, member.id);
    if (lane === undefined) return [];
    const id = `gap/${gathering.id}${version}/T-${String(days)}/${member.id}`;
    const notBeforeMs = speakingTime(programme, member, state.preferences.get(member.id), nowMs);
    return [
      {
        programme: programme.id,
        id,
        items: [id],
        kind: 'gap',
        member: member.id,
        lane,
        notBeforeMs,
        urgent: false,
        data: { gathering: gathering.id },
      },
    ];
  });
}

async function compose(
  store: Store,
  entry: OutboxEntry,
  state: ProgrammeState,
): Promise<Composed | undefined> {
  if (entry.kind !== 'gap') return undefined;
  const { gathering: id } = entry.data as { readonly gathering: string };
  const gathering = gatheringOf(state.programme, id);
  const member = activeMember(state, entry.member);
  if (gathering === undefined || member === undefined) return { drop: 'gathering-gone' };
  const signUp = await signUpOf(store, state.programme.id, id);
  const row = matrixOf(state, gathering, signUp).find((each) => each.organisation === member.organisation);
  if (row === undefined || gapsOf(row).length === 0) return { drop: 'settled' };
  return {
    message: await othersForm({ tables: store, state }, gathering, member.organisation, { gap: true }),
  };
}
