import { sayOnly, type Talk } from '../conversation/context.js';
import { zoneOf } from '../members/member-view.js';
import type { Answer } from '../ports/interaction.js';
import type { Json } from '../ports/outbox.js';
import { askedIn } from './answers.js';
import { questionCard, thanksCard } from './ballot-card.js';
import type { PulseRow, Round } from './types.js';

/** The round that a preview shows: of nobody, stored nowhere. */
function previewRound(talk: Talk, row: PulseRow): Round {
  const { pulse } = row;
  return {
    programme: row.programme,
    id: `preview/${row.id}`,
    pulse: row.id,
    number: 1,
    definition: pulse,
    questions: pulse.questions.map((_, place) => place),
    groups: [],
    opened: pulse.schedule.starts,
    closesMs: talk.nowMs,
    state: 'open',
  };
}

/** The card of a preview at a question, or after the last one. */
export function previewCard(talk: Talk, row: PulseRow, place: number, language?: string) {
  const round = previewRound(talk, row);
  const card = {
    round,
    token: '',
    again: false,
    zone: zoneOf(talk.state.programme, talk.member),
    preview: true,
  };
  const path = askedIn(round);
  const asked = path[place];
  const shown = asked === undefined ? thanksCard(card) : questionCard(card, { asked, path, answered: false });
  const data = shown.data as Readonly<Record<string, Json>>;
  return { ...shown, data: language === undefined ? data : { ...data, inLanguage: language } };
}

/** A press on a preview: on to the next question, and nothing is kept. */
export function previewPress(verb: 'pulse-answer' | 'pulse-show') {
  return async (
    talk: Talk,
    data: { readonly round: string; readonly question: number; readonly inLanguage?: string | undefined },
  ): Promise<Answer> => {
    const row = data.round.startsWith('preview/')
      ? await talk.tables.pulses.get(talk.member.programme, data.round.slice('preview/'.length))
      : undefined;
    if (row === undefined) return sayOnly('action-not-understood');
    const place = verb === 'pulse-answer' ? data.question + 1 : data.question;
    return { replace: previewCard(talk, row, place, data.inLanguage), say: [] };
  };
}
