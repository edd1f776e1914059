import { sayOnly, type Talk } from '../conversation/context.js';
import type { Answer } from '../ports/interaction.js';
import { may } from '../rights/rights.js';
import type { PulseRow, Round } from './types.js';

/** Lets through who may run pulses. */
export function guarded<D>(work: (talk: Talk, data: D) => Answer | Promise<Answer>) {
  return (talk: Talk, data: D): Answer | Promise<Answer> =>
    may(talk.state.programme, talk.member, 'pulse-manage')
      ? work(talk, data)
      : sayOnly('pulse-coordinators-only');
}

/** Does something with a pulse that is there. */
export function onPulse<D extends { readonly pulse: string }>(
  work: (talk: Talk, row: PulseRow, data: D) => Answer | Promise<Answer>,
) {
  return guarded(async (talk: Talk, data: D) => {
    const row = await talk.tables.pulses.get(talk.member.programme, data.pulse);
    return row === undefined ? sayOnly('pulse-gone') : work(talk, row, data);
  });
}

/** Does something with a round that is there. */
export function onRound<D extends { readonly round: string }>(
  work: (talk: Talk, round: Round, data: D) => Answer | Promise<Answer>,
) {
  return guarded(async (talk: Talk, data: D) => {
    const round = await talk.tables.rounds.get(talk.member.programme, data.round);
    return round === undefined ? sayOnly('pulse-gone') : work(talk, round, data);
  });
}
