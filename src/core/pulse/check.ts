import type { Fault } from '../errors.js';
import { languageOf, matchesAudience } from '../members/member-view.js';
import type { Member, Preferences } from '../members/types.js';
import { faultsOf, foundText, pathText } from '../programme/faults.js';
import { LANGUAGES, type Language } from '../programme/language.js';
import type { Programme } from '../programme/schema.js';
import {
  LEAST_THRESHOLD,
  pulseSchema,
  templateSchema,
  type Pulse,
  type PulseTemplate,
  type Question,
} from './definition.js';
import { missingTexts } from './missing-texts.js';
import { readable, type Readable, type Unread } from './readable.js';
import { everFires, isRule } from './schedule.js';

/** What a definition is checked against. */
export interface CheckContext {
  readonly programme: Programme;
  readonly members?: readonly Member[];
  readonly preferences?: ReadonlyMap<string, Preferences>;
}

export type CheckedPulse =
  | { readonly pulse: Pulse; readonly faults: readonly [] }
  | { readonly pulse?: undefined; readonly faults: readonly Fault[] };

/**
 * Checks a pulse: shape, questions, languages that its audience needs, schedule, thresholds; all faults at once.
 * @param source what the definition is called in the faults
 */
export function checkPulse(source: string, json: unknown, context: CheckContext): CheckedPulse {
  const parsed = pulseSchema.safeParse(json);
  const pulse = parsed.data ?? readable(json);
  const faults = [
    ...(parsed.success ? [] : faultsOf(source, json, parsed.error).map(explained)),
    ...questionFaults(source, pulse.questions),
    ...scheduleFaults(source, pulse.schedule),
    ...policyFaults(source, pulse),
    ...audienceFaults(source, pulse, context),
    ...missingTexts(source, json, languagesNeeded(pulse, context)),
  ];
  return parsed.success && faults.length === 0 ? { pulse: parsed.data, faults: [] } : { faults };
}

/** Checks a template: shape, questions, and a text in every language that Samling speaks; all faults at once. */
export function checkTemplate(
  source: string,
  json: unknown,
  id?: string,
): { readonly template?: PulseTemplate; readonly faults: readonly Fault[] } {
  const parsed = templateSchema.safeParse(json);
  const template = parsed.data ?? readable(json);
  const faults = [
    ...(parsed.success ? [] : faultsOf(source, json, parsed.error)),
    ...(id === undefined || template.id === undefined || id === template.id
      ? []
      : [{ source, path: 'id', found: foundText(template.id), expected: `"${id}", as the file is called` }]),
    ...questionFaults(source, template.questions),
    ...missingTexts(source, json, LANGUAGES),
  ];
  return parsed.success && faults.length === 0 ? { template: parsed.data, faults: [] } : { faults };
}

/** The languages of those whom a pulse asks; without members, those of the programme. */
export function languagesNeeded(
  { audience }: Pick<Readable, 'audience'>,
  { programme, members, preferences }: CheckContext,
): readonly Language[] {
  if (members === undefined || audience === undefined) return programme.languages;
  const needed = new Set<Language>();
  for (const member of members) {
    if (!member.active || !matchesAudience(programme, member, audience)) continue;
    needed.add(languageOf(programme, member, preferences?.get(member.id)));
  }
  return needed.size === 0 ? programme.languages : [...needed];
}

function explained(fault: Fault): Fault {
  if (fault.path !== 'threshold') return fault;
  return { ...fault, expected: `at least ${String(LEAST_THRESHOLD)}; fewer would show who said what` };
}

function questionFaults(source: string, questions: Readable['questions']): readonly Fault[] {
  const seen = new Map<unknown, Question | Unread>();
  return questions.flatMap((question, index) => {
    const at = (path: string, found: unknown, expected: string): Fault => ({
      source,
      path: `questions[${String(index)}].${path}`,
      found: foundText(found),
      expected,
    });
    const faults: Fault[] = [];
    if (question.id !== undefined && seen.has(question.id))
      faults.push(at('id', question.id, 'an id that no other question has'));
    if (question.kind === 'unread') {
      seen.set(question.id, question);
      return faults;
    }
    if (question.after !== undefined) faults.push(...followUpFaults(question, seen, at));
    if ('choices' in question) faults.push(...choiceFaults(question, at));
    seen.set(question.id, question);
    return faults;
  });
}

type At = (path: string, found: unknown, expected: string) => Fault;

function followUpFaults(question: Question, seen: ReadonlyMap<unknown, Question | Unread>, at: At): Fault[] {
  const wanted = question.after?.question ?? '';
  const parent = seen.get(wanted);
  if (parent === undefined) return [at('after.question', wanted, 'the id of a question before it')];
  if (['scale', 'recommend', 'yes-no', 'unread'].includes(parent.kind)) return [];
  return [
    at('after.question', wanted, 'a question that can be answered low or high: scale, recommend or yes-no'),
  ];
}

function choiceFaults(question: Extract<Question, { choices: unknown }>, at: At): Fault[] {
  const ids = question.choices.map((each) => each.id);
  const faults = ids.flatMap((id, index) =>
    ids.indexOf(id) < index ? [at(`choices[${String(index)}].id`, id, 'an id that no other choice has')] : [],
  );
  if (question.kind === 'multiple' && question.max > ids.length)
    faults.push(at('max', question.max, `at most ${String(ids.length)}, the number of choices`));
  return faults;
}

function scheduleFaults(source: string, schedule: Readable['schedule']): readonly Fault[] {
  const at = (path: string, found: string, expected: string): Fault[] => [
    { source, path: `schedule.${path}`, found, expected },
  ];
  return [...ruleFaults(schedule, at), ...closingFaults(schedule, at), ...reminderFaults(schedule, at)];
}

type ScheduleFaults = (
  schedule: Readable['schedule'],
  at: (path: string, found: string, expected: string) => Fault[],
) => Fault[];

const ruleFaults: ScheduleFaults = ({ rule, starts }, at) => {
  if (rule === undefined) return [];
  if (!isRule(rule))
    return at(
      'rule',
      foundText(rule),
      'a rule of RFC 5545 such as "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", daily at most',
    );
  if (starts === undefined || everFires({ starts, rule })) return [];
  return at('rule', foundText(rule), `a rule that gives at least one day from ${starts} on`);
};

const closingFaults: ScheduleFaults = ({ starts, time, openDays, closes, closesAt }, at) => {
  const isBefore = closes !== undefined && starts !== undefined && closes < starts;
  const isSameDay = closes === undefined ? openDays === 0 : closes === starts;
  const isTooEarly = isSameDay && closesAt !== undefined && time !== undefined && closesAt <= time;
  return [
    ...(isBefore ? at('closes', closes, `${starts}, when it opens, or later`) : []),
    ...(isTooEarly ? at('closesAt', closesAt, `later than ${time}, when it opens`) : []),
  ];
};

const reminderFaults: ScheduleFaults = ({ openDays, closes, remindAfterDays }, at) => {
  const longest = Math.max(0, ...(remindAfterDays ?? []));
  if (closes !== undefined || openDays === undefined || longest === 0) return [];
  if (longest < Math.max(openDays, 1)) return [];
  return at(
    'remindAfterDays',
    foundText(remindAfterDays),
    `fewer than ${String(openDays)} days, when it closes`,
  );
};

function policyFaults(
  source: string,
  { questions, questionsPerRound, threshold, textThreshold }: Readable,
): readonly Fault[] {
  const faults: Fault[] = [];
  const turning = questions.filter(
    (each) => each.kind === 'unread' || (each.always !== true && each.after === undefined),
  ).length;
  if (questionsPerRound !== undefined && questionsPerRound > turning) {
    const expected = `at most ${String(turning)}, the questions that take turns`;
    faults.push({ source, path: 'questionsPerRound', found: String(questionsPerRound), expected });
  }
  if (threshold !== undefined && textThreshold !== undefined && textThreshold < threshold) {
    const expected = `at least ${String(threshold)}, the threshold of all results`;
    faults.push({ source, path: 'textThreshold', found: String(textThreshold), expected });
  }
  return faults;
}

function audienceFaults(
  source: string,
  { audience }: Readable,
  { programme, members }: CheckContext,
): readonly Fault[] {
  if (audience === undefined) return [];
  const known: Readonly<Record<string, readonly string[]>> = {
    roles: programme.roles.map((each) => each.id),
    cohorts: programme.cohorts.map((each) => each.id),
    networks: programme.networks.map((each) => each.id),
    themes: programme.themes.map((each) => each.id),
    organisations: programme.organisations.map((each) => each.id),
  };
  const faults = Object.entries(known).flatMap(([key, ids]) =>
    ((audience as Record<string, readonly string[] | undefined>)[key] ?? []).flatMap((id, index) =>
      ids.includes(id)
        ? []
        : [
            {
              source,
              path: pathText(['audience', key, index]),
              found: foundText(id),
              expected: `one of the programme's ${key}`,
            },
          ],
    ),
  );
  if (faults.length > 0 || members === undefined) return faults;
  const anybody = members.some((each) => each.active && matchesAudience(programme, each, audience));
  return anybody
    ? []
    : [{ source, path: 'audience', found: 'nobody', expected: 'a rule that picks at least one member' }];
}
