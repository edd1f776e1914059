import type { Tables } from '../ports/store.js';
import type { Gathering, Programme } from '../programme/schema.js';
import type { Guest, Rsvp, RsvpAnswer } from './types.js';

/** The id of a member's answer to a gathering: one, however often it changes. */
export const rsvpId = (gathering: string, member: string) => `${gathering}/${member}`;

/** The gathering with an id, as it stands now. */
export function gatheringOf(programme: Programme, id: string): Gathering | undefined {
  return programme.gatherings.find((each) => each.id === id);
}

/** Who has said what about one gathering. */
export interface SignUp {
  readonly rsvps: readonly Rsvp[];
  readonly guests: readonly Guest[];
}

/** Reads the answers to a gathering. */
export async function signUpOf(
  tables: Pick<Tables, 'rsvps' | 'guests'>,
  programme: string,
  gathering: string,
): Promise<SignUp> {
  const [rsvps, guests] = await Promise.all([tables.rsvps.list(programme), tables.guests.list(programme)]);
  return {
    rsvps: rsvps.filter((each) => each.gathering === gathering),
    guests: guests.filter((each) => each.gathering === gathering),
  };
}

/** How many places are taken. */
export function placesTaken({ rsvps, guests }: SignUp): number {
  return [...rsvps, ...guests].filter((each) => each.answer === 'yes').length;
}

/** What a yes becomes: a place while there is one, else the waiting list. Whoever has a place keeps it. */
export function seated(
  { capacity }: Pick<Gathering, 'capacity'>,
  signUp: SignUp,
  before: RsvpAnswer | undefined,
): 'yes' | 'waiting' {
  if (before === 'yes' || capacity === undefined) return 'yes';
  return placesTaken(signUp) < capacity ? 'yes' : 'waiting';
}

/** Those who move up now that there are places, the longest waiting first. */
export function movingUp(
  { capacity }: Pick<Gathering, 'capacity'>,
  signUp: SignUp,
): readonly (Rsvp | Guest)[] {
  const waiting = [...signUp.rsvps, ...signUp.guests]
    .filter((each) => each.answer === 'waiting')
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));
  if (capacity === undefined) return waiting;
  return waiting.slice(0, Math.max(0, capacity - placesTaken(signUp)));
}

/** Gives free places to those who wait. Answers who moved up. */
export async function moveUp(
  tables: Pick<Tables, 'rsvps' | 'guests'>,
  gathering: Gathering,
  programme: string,
): Promise<readonly (Rsvp | Guest)[]> {
  const moved = movingUp(gathering, await signUpOf(tables, programme, gathering.id));
  for (const each of moved) {
    if ('organisation' in each) await tables.guests.put({ ...each, answer: 'yes' });
    else await tables.rsvps.put({ ...each, answer: 'yes' });
  }
  return moved;
}
