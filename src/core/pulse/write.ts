import { note } from '../audit/audit.js';
import type { z } from 'zod';
import { message, sayOnly, type Talk } from '../conversation/context.js';
import type { Fault } from '../errors.js';
import type { Answer, Message } from '../ports/interaction.js';
import { LANGUAGES, type Language } from '../programme/language.js';
import { checkPulse, languagesNeeded } from './check.js';
import type { PulseSettings, pulseCoordinatorActions } from './coordinator-messages.js';
import type { Pulse, Question } from './definition.js';
import { detail } from './detail.js';
import { draftPulse, faultLines } from './manage.js';
import {
  missingIn,
  OWN_FIELDS,
  questionFrom,
  textFrom,
  typedOf,
  typedTexts,
  type Missing,
  type OwnField,
  type Typed,
} from './own-question.js';
import { isOwn, ownId, settled } from './settings.js';
import type { PulseRow } from './types.js';

type Data<V extends keyof typeof pulseCoordinatorActions> = z.infer<(typeof pulseCoordinatorActions)[V]>;

/** A form of a question: what it writes, in which languages, and what its button sends besides. */
interface Form {
  readonly languages: readonly Language[];
  readonly fields: readonly OwnField[];
  readonly about: Readonly<Record<string, string | number>>;
}

function formCard(
  { languages, fields, about }: Form,
  typed: Typed,
  missing: readonly Missing[] = [],
): Message {
  const entries = Object.entries(typed).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return message('pulse-write', {
    languages: [...languages],
    fields: [...fields],
    about: { ...about },
    typed: Object.fromEntries(entries),
    missing: missing.map((each) => ({ ...each })),
  });
}

function faulty(faults: readonly Fault[]): Answer {
  return { say: [message('pulse-faults', { faults: faultLines(faults) })] };
}

/** A pulse as it will be, with a question that stands in for those still to be written. */
function outline(settings: PulseSettings, id: string) {
  const questions = [{ id: 'q1', kind: 'yes-no', text: '–' }];
  return { id, title: '–', intro: '–', questions, ...settled(settings) };
}

/** The form of the first question of a new pulse; what is wrong with when and whom is told before. */
export function writeNew(talk: Talk, settings: PulseSettings): Answer {
  const { pulse, faults } = checkPulse(
    'pulse',
    outline(settings, ownId(settings.starts, new Set())),
    talk.state,
  );
  if (pulse === undefined) return faulty(faults);
  return { replace: formCard(newForm(talk, settings, pulse), {}), say: [] };
}

/** The languages that those who are asked read: the writer's own first, then as they are offered everywhere. */
function languagesOf(talk: Talk, pulse: Pick<Pulse, 'audience'>): readonly Language[] {
  const needed = languagesNeeded(pulse, talk.state);
  const own = needed.filter((each) => each === talk.language);
  return [...own, ...LANGUAGES.filter((each) => each !== talk.language && needed.includes(each))];
}

function newForm(talk: Talk, settings: PulseSettings, pulse: Pick<Pulse, 'audience'>): Form {
  const { starts, time = '', repeat, openDays, role = '', network = '', named = '' } = settings;
  const about = { starts, time, repeat, openDays: String(openDays), role, network, named };
  return { languages: languagesOf(talk, pulse), fields: OWN_FIELDS, about };
}

/** A written question of a new pulse: a draft of it, or what is missing, with all that was typed. */
export async function sendNew(talk: Talk, data: Data<'pulse-write-new'>): Promise<Answer> {
  const { starts, time, repeat, openDays, role, network, named, ...typed } = data;
  const settings = { starts, time, repeat, openDays, role, network, named };
  const form = newForm(talk, settings, settled(settings));
  const missing = missingIn(typed, form.languages, form.fields);
  if (missing.length > 0) return { replace: formCard(form, typed, missing), say: [] };
  const taken = new Set((await talk.tables.pulses.list(talk.member.programme)).map((each) => each.id));
  return keep(talk, {
    ...outline(settings, ownId(starts, taken)),
    title: textFrom(typed, 'title', form.languages),
    intro: textFrom(typed, 'intro', form.languages),
    questions: [questionFrom(typed, form.languages, 'q1')],
  });
}

async function keep(talk: Talk, definition: unknown): Promise<Answer> {
  const { row, faults } = await draftPulse(talk.tables, talk.state, definition, talk.member.id);
  if (row === undefined) return faulty(faults);
  await note(talk, { right: 'pulse-manage', act: 'pulse-draft', subject: row.id });
  return { replace: await detail(talk, row), say: [] };
}

/** What a form of a draft's question is about: the question to change, or one more. */
function moreForm(talk: Talk, { id, pulse }: PulseRow, place: number | undefined) {
  const question = place === undefined ? undefined : pulse.questions[place];
  const fields: readonly OwnField[] = question === undefined ? ['text', 'choices'] : OWN_FIELDS;
  const about = { pulse: id, ...(question === undefined || place === undefined ? {} : { place }) };
  const form: Form = { languages: languagesOf(talk, pulse), fields, about };
  return { form, question };
}

/** The form of one more question of a draft, or of one that is there. */
export function writeMore(talk: Talk, row: PulseRow, { place }: Data<'pulse-write'>): Answer {
  if (!isOpen(row)) return sayOnly('pulse-begun-already');
  const { form, question } = moreForm(talk, row, place);
  const { title, intro } = row.pulse;
  const texts = { ...typedTexts('title', title), ...typedTexts('intro', intro) };
  return {
    replace: formCard(form, question === undefined ? {} : { ...texts, ...typedOf(question) }),
    say: [],
  };
}

/** A draft's question as it was written: the draft with it, or what is missing. */
export async function sendMore(talk: Talk, row: PulseRow, data: Data<'pulse-write-send'>): Promise<Answer> {
  if (!isOpen(row)) return sayOnly('pulse-begun-already');
  const { pulse: _, place, ...typed } = data;
  const { form, question } = moreForm(talk, row, place);
  const missing = missingIn(typed, form.languages, form.fields);
  if (missing.length > 0) return { replace: formCard(form, typed, missing), say: [] };
  const { pulse } = row;
  if (question === undefined) {
    const id = `q${String(pulse.questions.length + 1)}`;
    return keep(talk, { ...pulse, questions: [...pulse.questions, questionFrom(typed, form.languages, id)] });
  }
  const written = (each: Question) =>
    each === question ? questionFrom(typed, form.languages, each.id) : each;
  return keep(talk, {
    ...pulse,
    title: textFrom(typed, 'title', form.languages),
    intro: textFrom(typed, 'intro', form.languages),
    questions: pulse.questions.map(written),
  });
}

/** Whether questions can still be written: nobody has been asked. */
function isOpen(row: PulseRow): boolean {
  return row.state === 'draft' && isOwn(row);
}
