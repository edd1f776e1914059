import type { Fault } from '../errors.js';
import { languageOf, matchesAudience } from '../members/member-view.js';
import type { Member, Preferences } from '../members/types.js';
import { faultsOf, foundText, pathText } from '../programme/faults.js';
import { LANGUAGES, type Language, type Text } from '../programme/language.js';
import type { Programme } from '../programme/schema.js';
import {
  LEAST_THRESHOLD,
  pulseSchema,
  templateSchema,
  type Pulse,
  type PulseTemplate,
  type Question,
} from './definition.js';
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
  if (!parsed.success) {
    // What can be read in spite of them is checked too, so that all is said in one go.
    const lenient = (json ?? {}) as Partial<Pulse>;
    const questions = templateSchema.shape.questions.safeParse(lenient.questions);
    const schedule = pulseSchema.shape.schedule.safeParse(lenient.schedule);
    return {
      faults: [
        ...faultsOf(source, json, parsed.error).map(explained),
        ...(questions.success ? questionFaults(source, questions.data) : []),
        ...(schedule.success ? scheduleFaults(source, schedule.data) : []),
      ],
    };
  }
  const pulse = parsed.data;
  const faults = [
    ...questionFaults(source, pulse.questions),
    ...scheduleFaults(source, pulse.schedule),
    ...policyFaults(source, pulse),
    ...audienceFaults(source, pulse, context),
    ...missingTexts(source, pulse, languagesNeeded(pulse, context)),
  ];
  return faults.length === 0 ? { pulse, faults: [] } : { faults };
}

/** Checks a template: shape, questions, and a text in every language that Samling speaks. */
export function checkTemplate(
  source: string,
  json: unknown,
  id?: string,
): { readonly template?: PulseTemplate; readonly faults: readonly Fault[] } {
  const parsed = templateSchema.safeParse(json);
  if (!parsed.success) return { faults: faultsOf(source, json, parsed.error) };
  const template = parsed.data;
  const faults = [
    ...(id === undefined || id === template.id
      ? []
      : [{ source, path: 'id', found: foundText(template.id), expected: `"${id}", as the file is called` }]),
    ...questionFaults(source, template.questions),
    ...missingTexts(source, template, LANGUAGES),
  ];
  return faults.length === 0 ? { template, faults: [] } : { faults };
}

/** The languages of those whom a pulse asks; without members, those of the programme. */
export function languagesNeeded(
  pulse: Pick<Pulse, 'audience'>,
  { programme, members, preferences }: CheckContext,
): readonly Language[] {
  if (members === undefined) return programme.languages;
  const needed = new Set<Language>();
  for (const member of members) {
    if (!member.active || !matchesAudience(programme, member, pulse.audience)) continue;
    needed.add(languageOf(programme, member, preferences?.get(member.id)));
  }
  return needed.size === 0 ? programme.languages : [...needed];
}

function explained(fault: Fault): Fault {
  if (fault.path !== 'threshold') return fault;
  return { ...fault, expected: `at least ${String(LEAST_THRESHOLD)}; fewer would show who said what` };
}

function questionFaults(source: string, questions: readonly Question[]): readonly Fault[] {
  const seen = new Map<string, Question>();
  return questions.flatMap((question, index) => {
    const at = (path: string, found: unknown, expected: string): Fault => ({
      source,
      path: `questions[${String(index)}].${path}`,
      found: foundText(found),
      expected,
    });
    const faults: Fault[] = [];
    if (seen.has(question.id)) faults.push(at('id', question.id, 'an id that no other question has'));
    if (question.after !== undefined) faults.push(...followUpFaults(question, seen, at));
    if ('choices' in question) faults.push(...choiceFaults(question, at));
    seen.set(question.id, question);
    return faults;
  });
}

type At = (path: string, found: unknown, expected: string) => Fault;

function followUpFaults(question: Question, seen: ReadonlyMap<string, Question>, at: At): Fault[] {
  const wanted = question.after?.question ?? '';
  const parent = seen.get(wanted);
  if (parent === undefined) return [at('after.question', wanted, 'the id of a question before it')];
  if (['scale', 'recommend', 'yes-no'].includes(parent.kind)) return [];
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

function scheduleFaults(source: string, schedule: Pulse['schedule']): readonly Fault[] {
  const faults: Fault[] = [];
  const { rule, starts, closes, time, closesAt } = schedule;
  if (rule !== undefined && !isRule(rule)) {
    const expected = 'a rule of RFC 5545 such as "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", daily at most';
    faults.push({ source, path: 'schedule.rule', found: foundText(rule), expected });
  } else if (!everFires(schedule)) {
    const expected = `a rule that gives at least one day from ${starts} on`;
    faults.push({ source, path: 'schedule.rule', found: foundText(rule), expected });
  }
  if (closes !== undefined && closes < starts) {
    faults.push({
      source,
      path: 'schedule.closes',
      found: closes,
      expected: `${starts}, when it opens, or later`,
    });
  }
  if ((closes === starts || schedule.openDays === 0) && closesAt <= time) {
    faults.push({
      source,
      path: 'schedule.closesAt',
      found: closesAt,
      expected: `later than ${time}, when it opens`,
    });
  }
  const longest = Math.max(0, ...schedule.remindAfterDays);
  if (closes === undefined && longest > 0 && longest >= Math.max(schedule.openDays, 1)) {
    const expected = `fewer than ${String(schedule.openDays)} days, when it closes`;
    faults.push({
      source,
      path: 'schedule.remindAfterDays',
      found: foundText(schedule.remindAfterDays),
      expected,
    });
  }
  return faults;
}

function policyFaults(source: string, pulse: Pulse): readonly Fault[] {
  const faults: Fault[] = [];
  const turning = pulse.questions.filter((each) => each.always !== true && each.after === undefined).length;
  if (pulse.questionsPerRound !== undefined && pulse.questionsPerRound > turning) {
    const expected = `at most ${String(turning)}, the questions that take turns`;
    faults.push({ source, path: 'questionsPerRound', found: String(pulse.questionsPerRound), expected });
  }
  if (pulse.textThreshold < pulse.threshold) {
    const expected = `at least ${String(pulse.threshold)}, the threshold of all results`;
    faults.push({ source, path: 'textThreshold', found: String(pulse.textThreshold), expected });
  }
  return faults;
}

function audienceFaults(
  source: string,
  pulse: Pulse,
  { programme, members }: CheckContext,
): readonly Fault[] {
  const known: Readonly<Record<string, readonly string[]>> = {
    roles: programme.roles.map((each) => each.id),
    cohorts: programme.cohorts.map((each) => each.id),
    networks: programme.networks.map((each) => each.id),
    themes: programme.themes.map((each) => each.id),
    organisations: programme.organisations.map((each) => each.id),
  };
  const faults = Object.entries(known).flatMap(([key, ids]) =>
    ((pulse.audience as Record<string, readonly string[] | undefined>)[key] ?? []).flatMap((id, index) =>
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
  const anybody = members.some((each) => each.active && matchesAudience(programme, each, pulse.audience));
  return anybody
    ? []
    : [{ source, path: 'audience', found: 'nobody', expected: 'a rule that picks at least one member' }];
}

/** Every text carries every language that is needed. */
function missingTexts(
  source: string,
  { title, intro, questions }: Pick<PulseTemplate, 'title' | 'intro' | 'questions'>,
  needed: readonly Language[],
): readonly Fault[] {
  const texts: [readonly PropertyKey[], Text][] = [
    [['title'], title],
    [['intro'], intro],
  ];
  questions.forEach((question, index) => {
    const path = ['questions', index];
    texts.push([[...path, 'text'], question.text]);
    if ('choices' in question)
      question.choices.forEach((each, at) => texts.push([[...path, 'choices', at, 'text'], each.text]));
    if (question.kind === 'scale' && Array.isArray(question.words))
      question.words.forEach((each, at) => texts.push([[...path, 'words', at], each]));
  });
  return texts.flatMap(([path, text]) =>
    typeof text === 'string'
      ? []
      : needed
          .filter((language) => text[language] === undefined)
          .map((language) => ({
            source,
            path: pathText([...path, language]),
            found: 'nothing',
            expected: `a text in "${language}", which members who are asked read`,
          })),
  );
}
