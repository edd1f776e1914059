import type { z } from 'zod';
import { note } from '../audit/audit.js';
import type { ActName } from '../audit/types.js';
import { message, sayOnly, statement, type Talk } from '../conversation/context.js';
import type { Answer } from '../ports/interaction.js';
import { guarded, onPulse, onRound } from './coordinators.js';
import { OWN_QUESTIONS, type pulseCoordinatorActions } from './coordinator-messages.js';
import type { PulseTemplate } from './definition.js';
import { detail, shownState } from './detail.js';
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
import { previewCard } from './preview.js';
import { resultMessageFor } from './report.js';
import { settled } from './settings.js';
import type { PulseRow, Round } from './types.js';
import { sendMore, sendNew, writeMore, writeNew } from './write.js';
import { networkChoices } from '../programme/network-name.js';

type Actions = typeof pulseCoordinatorActions;
type Data<V extends keyof Actions> = z.infer<Actions[V]>;
type Handlers = { readonly [V in keyof Actions]: (talk: Talk, data: Data<V>) => Answer | Promise<Answer> };

/** Shows what pulses there are. */
export const showPulses = guarded(async (talk: Talk): Promise<Answer> => {
  const [pulses, rounds] = await Promise.all([
    talk.tables.pulses.list(talk.member.programme),
    talk.tables.rounds.list(talk.member.programme),
  ]);
  const open = new Set(rounds.flatMap((each) => (each.state === 'open' ? [each.pulse] : [])));
  const list = pulses.map((row) => ({
    id: row.id,
    title: row.pulse.title,
    state: shownState(talk, row, rounds),
    isOpen: open.has(row.id),
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
  const templates = [...(talk.pulseTemplates?.().values() ?? [])].map(({ id, title }) => ({ id, title }));
  const lists = { roles: programme.roles.map(titled), networks: networkChoices(programme) };
  return { say: [message('pulse-form', { templates, ...lists, earliest: talk.today })] };
});

/** Notes an act on a pulse or round in the audit log. */
const noteAct = (talk: Talk, act: ActName, subject: string) =>
  note(talk, { right: 'pulse-manage', act, subject });

async function make(talk: Talk, data: Data<'pulse-make'>): Promise<Answer> {
  if (data.template === OWN_QUESTIONS) return writeNew(talk, data);
  const template = talk.pulseTemplates?.().get(data.template);
  if (template === undefined) return sayOnly('pulse-gone');
  const id = `${template.id}-${data.starts}`;
  const { row, faults } = await draftPulse(
    talk.tables,
    talk.state,
    { ...template, id, ...settled(data) },
    talk.member.id,
  );
  if (row === undefined) return { say: [message('pulse-faults', { faults: faultLines(faults) })] };
  await noteAct(talk, 'pulse-draft', row.id);
  return { replace: await detail(talk, row), say: [] };
}

async function start(talk: Talk, row: PulseRow): Promise<Answer> {
  const { row: started, faults } = await startPulse(talk.tables, talk.state, row);
  if (started === undefined) return { say: [message('pulse-faults', { faults: faultLines(faults) })] };
  await noteAct(talk, 'pulse-start', started.id);
  return { replace: await detail(talk, started), say: [], replan: true };
}

async function repeat(talk: Talk, row: PulseRow): Promise<Answer> {
  const { row: again, faults } = await repeatPulse(talk.tables, talk.state, row, talk.today);
  if (again === undefined) return { say: [message('pulse-faults', { faults: faultLines(faults) })] };
  await noteAct(talk, 'pulse-repeat', again.id);
  return { replace: await detail(talk, again), say: [], replan: true };
}

/** The detail card of a round's pulse after a change to the round; a closed round cannot be changed. */
async function changed(talk: Talk, act: ActName, round: Round, now: Round | undefined): Promise<Answer> {
  if (now === undefined) return sayOnly('pulse-closed');
  await noteAct(talk, act, round.id);
  const row = await talk.tables.pulses.get(round.programme, round.pulse);
  return { ...(row === undefined ? {} : { replace: await detail(talk, row) }), say: [], replan: true };
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
  await noteAct(talk, 'pulse-todo', round.id);
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
  'pulse-write-new': guarded(sendNew),
  'pulse-write': onPulse(writeMore),
  'pulse-write-send': onPulse(sendMore),
  'pulse-open': onPulse(async (talk, row) => ({ say: [await detail(talk, row)] })),
  'pulse-preview': onPulse((talk, row, { language }) => ({ say: [previewCard(talk, row, 0, language)] })),
  'pulse-start': onPulse(start),
  'pulse-stop': onPulse(async (talk, row) => {
    const stopped = await stopPulse(talk.tables, row);
    await noteAct(talk, 'pulse-stop', row.id);
    return { replace: await detail(talk, stopped), say: [] };
  }),
  'pulse-repeat': onPulse(repeat),
  'pulse-extend': onRound(async (talk, round, { days }) =>
    changed(talk, 'pulse-extend', round, await extendRound(talk.tables, talk.state.programme, round, days)),
  ),
  'pulse-close': onRound(async (talk, round) =>
    changed(talk, 'pulse-close', round, await closeRound(talk.tables, round, talk.nowMs)),
  ),
  'pulse-results': onRound(showResults),
  'pulse-todo': onRound(askTodo),
  'pulse-todo-send': onRound(tellTodo),
};
