import type { z } from 'zod';
import { matchesAudience, roleKindsOf, zoneOf } from '../members/member-view.js';
import { message, sayOnly, statement, type Talk } from '../conversation/context.js';
import type { Answer } from '../ports/interaction.js';
import type { Json } from '../ports/outbox.js';
import { askedIn } from './answers.js';
import { closingDay, questionCard, thanksCard } from './ballot-card.js';
import { REPEATS, type pulseCoordinatorActions } from './coordinator-messages.js';
import type { PulseTemplate } from './definition.js';
import {
  closeRound,
  draftPulse,
  extendRound,
  faultLines,
  repeatPulse,
  sayTodo,
  startPulse,
  stopPulse,
} from './manage.js';
import { resultMessageFor } from './report.js';
import { turnsOf } from './schedule.js';
import type { PulseRow, Round } from './types.js';

type Actions = typeof pulseCoordinatorActions;
type Data<V extends keyof Actions> = z.infer<Actions[V]>;
type Handlers = { readonly [V in keyof Actions]: (talk: Talk, data: Data<V>) => Answer | Promise<Answer> };

/** Every use case here is the coordinators' alone. */
function guarded<D>(work: (talk: Talk, data: D) => Answer | Promise<Answer>) {
  return (talk: Talk, data: D): Answer | Promise<Answer> =>
    roleKindsOf(talk.state.programme, talk.member).includes('coordinator')
      ? work(talk, data)
      : sayOnly('pulse-coordinators-only');
}

/** Does something with a pulse that is there. */
function onPulse<D extends { readonly pulse: string }>(
  work: (talk: Talk, row: PulseRow, data: D) => Answer | Promise<Answer>,
) {
  return guarded(async (talk: Talk, data: D) => {
    const row = await talk.tables.pulses.get(talk.member.programme, data.pulse);
    return row === undefined ? sayOnly('pulse-gone') : work(talk, row, data);
  });
}

/** Does something with a round that is there. */
function onRound<D extends { readonly round: string }>(
  work: (talk: Talk, round: Round, data: D) => Answer | Promise<Answer>,
) {
  return guarded(async (talk: Talk, data: D) => {
    const round = await talk.tables.rounds.get(talk.member.programme, data.round);
    return round === undefined ? sayOnly('pulse-gone') : work(talk, round, data);
  });
}

/** Shows what pulses there are. */
export const showPulses = guarded(async (talk: Talk): Promise<Answer> => {
  const [pulses, rounds] = await Promise.all([
    talk.tables.pulses.list(talk.member.programme),
    talk.tables.rounds.list(talk.member.programme),
  ]);
  const open = new Set(rounds.flatMap((each) => (each.state === 'open' ? [each.pulse] : [])));
  const list = pulses.map(({ id, pulse, state }) => ({
    id,
    title: pulse.title,
    state,
    isOpen: open.has(id),
  }));
  return { say: [message('pulse-list', { pulses: list })] };
});

/** The form of a new pulse. */
const askNew = guarded((talk: Talk): Answer => {
  const { programme } = talk.state;
  const titled = (each: { readonly id: string; readonly name: PulseTemplate['title'] }) => ({
    id: each.id,
    title: each.name,
  });
  const templates = [...(talk.pulseTemplates?.values() ?? [])].map(({ id, title }) => ({ id, title }));
  const lists = { roles: programme.roles.map(titled), networks: programme.networks.map(titled) };
  return { say: [message('pulse-form', { templates, ...lists, earliest: talk.today })] };
});

async function make(talk: Talk, data: Data<'pulse-make'>): Promise<Answer> {
  const template = talk.pulseTemplates?.get(data.template);
  if (template === undefined) return sayOnly('pulse-gone');
  const rule = REPEATS[data.repeat];
  const audience = {
    ...(data.role === undefined ? {} : { roles: [data.role] }),
    ...(data.network === undefined ? {} : { networks: [data.network] }),
  };
  const schedule = {
    starts: data.starts,
    openDays: data.openDays,
    remindAfterDays: data.openDays > 2 ? [2] : data.openDays > 1 ? [1] : [],
    ...(data.time === undefined || data.time === '' ? {} : { time: data.time }),
    ...(rule === undefined ? {} : { rule }),
  };
  const definition = {
    ...template,
    id: `${template.id}-${data.starts}`,
    audience,
    schedule,
    named: data.named === 'true',
  };
  const { row, faults } = await draftPulse(talk.tables, talk.state, definition, talk.member.id);
  if (row === undefined) return { say: [message('pulse-faults', { faults: faultLines(faults) })] };
  return { replace: await detail(talk, row), say: [] };
}

/** The card of one pulse: how it goes, and what can be done. */
async function detail(talk: Talk, row: PulseRow) {
  const { tables, state, member } = talk;
  const rounds = (await tables.rounds.list(member.programme)).filter((each) => each.pulse === row.id);
  const open = rounds.find((each) => each.state === 'open' && talk.nowMs < each.closesMs);
  const last = rounds.filter((each) => each.state === 'closed').sort((a, b) => b.number - a.number)[0];
  const seats = open === undefined ? [] : await tables.seats.list(member.programme);
  const seated = seats.filter((seat) => seat.round === open?.id);
  const next = turnsOf(state.programme, row.pulse.schedule).find((turn) => turn.date >= talk.today)?.date;
  const audience = state.members.filter(
    (each) => each.active && matchesAudience(state.programme, each, row.pulse.audience),
  );
  return message('pulse-detail', {
    id: row.id,
    title: row.pulse.title,
    state: row.state,
    named: row.pulse.named,
    threshold: row.pulse.threshold,
    questions: row.pulse.questions.length,
    audience: audience.length,
    ...(next === undefined || open !== undefined ? {} : { next }),
    languages: [...state.programme.languages],
    ...(open === undefined ? {} : { open: progressOf(open, seated, zoneOf(state.programme, member)) }),
    ...(last === undefined ? {} : { last: { round: last.id, opened: last.opened } }),
  });
}

function progressOf(round: Round, seats: readonly { readonly answered: boolean }[], zone: string) {
  const answered = seats.filter((seat) => seat.answered).length;
  return { round: round.id, asked: seats.length, answered, closes: closingDay(round, zone) };
}

async function start(talk: Talk, row: PulseRow): Promise<Answer> {
  const { row: started, faults } = await startPulse(talk.tables, talk.state, row);
  if (started === undefined) return { say: [message('pulse-faults', { faults: faultLines(faults) })] };
  return { replace: await detail(talk, started), say: [], replan: true };
}

async function repeat(talk: Talk, row: PulseRow): Promise<Answer> {
  const { row: again, faults } = await repeatPulse(talk.tables, talk.state, row, talk.today);
  if (again === undefined) return { say: [message('pulse-faults', { faults: faultLines(faults) })] };
  return { replace: await detail(talk, again), say: [], replan: true };
}

/** The detail card of a round's pulse after a change to the round; a closed round cannot be changed. */
async function changed(talk: Talk, round: Round, now: Round | undefined): Promise<Answer> {
  if (now === undefined) return sayOnly('pulse-closed');
  const row = await talk.tables.pulses.get(round.programme, round.pulse);
  return { ...(row === undefined ? {} : { replace: await detail(talk, row) }), say: [], replan: true };
}

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

function previewCard(talk: Talk, row: PulseRow, place: number, language?: string) {
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

async function showResults(talk: Talk, round: Round): Promise<Answer> {
  const results = await talk.tables.pulseResults.list(round.programme);
  const shown = resultMessageFor(talk.state, round, results, talk.member.id);
  return 'drop' in shown ? sayOnly('pulse-no-result') : { say: [shown.message] };
}

async function askTodo(talk: Talk, round: Round): Promise<Answer> {
  const result = await talk.tables.pulseResults.get(round.programme, round.id);
  if (result === undefined) return sayOnly('pulse-no-result');
  const todo = typeof result.todo === 'string' ? { todo: result.todo } : {};
  return { say: [message('pulse-todo', { round: round.id, title: round.definition.title, ...todo })] };
}

/** Everybody who was asked hears what is done about it. */
async function tellTodo(talk: Talk, round: Round, { todo }: Data<'pulse-todo-send'>): Promise<Answer> {
  const result = await talk.tables.pulseResults.get(round.programme, round.id);
  if (result === undefined) return sayOnly('pulse-no-result');
  await sayTodo(talk.tables, result, todo);
  const seats = (await talk.tables.seats.list(round.programme)).filter((seat) => seat.round === round.id);
  const told = statement('pulse-todo-told', 'info', { title: { text: round.definition.title }, todo });
  return {
    replace: statement('pulse-todo-said', 'done', { count: seats.length }),
    say: [],
    tell: seats.map(({ member }) => ({ member, message: told })),
  };
}

/** What coordinators do with pulses in chat. */
export const coordinatorActions: Handlers = {
  'pulse-list': (talk) => showPulses(talk, {}),
  'pulse-new': askNew,
  'pulse-make': guarded(make),
  'pulse-open': onPulse(async (talk, row) => ({ say: [await detail(talk, row)] })),
  'pulse-preview': onPulse((talk, row, { language }) => ({ say: [previewCard(talk, row, 0, language)] })),
  'pulse-start': onPulse(start),
  'pulse-stop': onPulse(async (talk, row) => ({
    replace: await detail(talk, await stopPulse(talk.tables, row)),
    say: [],
  })),
  'pulse-repeat': onPulse(repeat),
  'pulse-extend': onRound(async (talk, round, { days }) =>
    changed(talk, round, await extendRound(talk.tables, talk.state.programme, round, days)),
  ),
  'pulse-close': onRound(async (talk, round) =>
    changed(talk, round, await closeRound(talk.tables, round, talk.nowMs)),
  ),
  'pulse-results': onRound(showResults),
  'pulse-todo': onRound(askTodo),
  'pulse-todo-send': onRound(tellTodo),
};
