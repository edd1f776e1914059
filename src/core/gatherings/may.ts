import type { Talk } from '../conversation/context.js';
import { pickAudience } from '../members/audience.js';
import { given } from '../programme/occurrences.js';
import type { Gathering } from '../programme/schema.js';
import { may } from '../rights/rights.js';

/** Whether a member may change a gathering: one for networks that they lead, or any. */
export function mayEdit({ state, member }: Pick<Talk, 'state' | 'member'>, gathering: Gathering): boolean {
  const { networks } = gathering.audience;
  if (may(state.programme, member, 'gathering-edit')) return true;
  return networks?.every((network) => may(state.programme, member, 'gathering-edit', { network })) ?? false;
}

/** Whether a member may see who comes: all of it, the networks they lead, or the own organisation's part. */
export function maySee({ state, member }: Pick<Talk, 'state' | 'member'>, gathering: Gathering): boolean {
  const { programme } = state;
  const { networks = [] } = gathering.audience;
  return (
    may(programme, member, 'gathering-see') ||
    networks.some((network) => may(programme, member, 'gathering-see', { network })) ||
    (may(programme, member, 'gathering-see', given({ organisation: member.organisation })) &&
      pickAudience(state, gathering.audience).some((each) => each.organisation === member.organisation))
  );
}

/** Whether a member may take down who was there. */
export function mayTakeDown(
  { state, member }: Pick<Talk, 'state' | 'member'>,
  gathering: Gathering,
): boolean {
  const { programme } = state;
  const { networks = [] } = gathering.audience;
  return (
    may(programme, member, 'attendance-take') ||
    networks.some((network) => may(programme, member, 'attendance-take', { network }))
  );
}

/** The organisations of a gathering whose answers a member may see. */
export function seenBy({ state, member }: Pick<Talk, 'state' | 'member'>, organisation: string): boolean {
  return may(state.programme, member, 'gathering-see', { organisation });
}
