import type { Interaction } from '../../src/core/ports/interaction.js';
import type { Received } from '../../src/runtime/interactions.js';
import type { World } from './world.js';

/** What a process answered to an event. */
export interface Heard {
  readonly received: Received;
  /** When it got the event. */
  readonly beganMs: number;
}

/** How long a platform waits before it repeats an event that was not answered. */
const REPEAT_MS = 40_000;
/** Events of the same time arrive this much apart, in any order. */
const APART_MS = 1_500;
/** So late comes what a platform sends twice. */
const LATEST_DOUBLE_MS = 24 * 3_600_000;

/**
 * Hands an event to the processes as a platform does: again and again until one answers that it has it, and now and
 * then once more though one did, since the answer was lost. `then` is told of each answer as it is given.
 */
export function deliver(world: World, interaction: Interaction, then: (heard: Heard) => void): void {
  const { chance, time, weather } = world;
  const once = async (waitMs: number) => {
    if (waitMs > 0) await time.sleep(waitMs);
    await untilAnswered(world, interaction, then);
  };
  const isHurried = weather.failures > 0 && chance.happens(0.3);
  void once(isHurried ? chance.below(APART_MS) : 0);
  if (chance.happens(0.2)) void once(chance.happens(0.5) ? 0 : chance.below(LATEST_DOUBLE_MS));
}

/**
 * An answer in a ballot's box is there once; two processes that have the press at the same moment may both say so, and
 * then they say the same.
 */
function confirmedIn({ confirmed }: World) {
  return ({ id, event }: Interaction, { replace }: Extract<Received, { kind: 'handled' }>): boolean => {
    if (event.kind !== 'action' || event.verb !== 'pulse-answer') return false;
    const said = JSON.stringify(replace);
    if (confirmed.get(id) === said) return true;
    confirmed.set(id, said);
    return false;
  };
}

/** A press that comes again once its round is closed, and all that was known of it burned, is told so and does nothing. */
function isOver({ replace }: Extract<Received, { kind: 'handled' }>): boolean {
  return (replace?.data as { key?: unknown } | undefined)?.key === 'pulse-closed';
}

async function untilAnswered(
  world: World,
  interaction: Interaction,
  then: (heard: Heard) => void,
): Promise<void> {
  const { chance, time, processes, weather, history, handled } = world;
  const isTheSame = confirmedIn(world);
  for (;;) {
    const running = processes[chance.below(processes.length)];
    if (running !== undefined) {
      const beganMs = time.nowMs();
      const answer = await Promise.race([
        running.life.over.then(() => 'died' as const),
        running.samling.receive(interaction, beganMs + running.skewMs).catch(() => 'failed' as const),
      ]);
      history.note('answer', time.nowMs(), interaction.id, answer);
      if (typeof answer === 'object' && answer.kind !== 'busy') {
        const { id } = interaction;
        if (answer.kind === 'handled' && !isOver(answer) && !isTheSame(interaction, answer))
          handled.set(id, (handled.get(id) ?? 0) + 1);
        then({ received: answer, beganMs });
        running.samling.hub.dispatch();
        if (weather.isCalm || !chance.happens(weather.failures / 2)) return;
      }
    }
    await time.sleep(REPEAT_MS);
  }
}
