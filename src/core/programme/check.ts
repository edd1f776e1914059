import { Temporal } from 'temporal-polyfill';
import Holidays from 'date-holidays';
import { isQuietTime } from '../calendar/quiet-hours.js';
import type { Fault } from '../errors.js';
import { faultsOf, foundText, pathText } from './faults.js';
import type { Language } from './language.js';
import { referenceFaults } from './references.js';
import { programmeSchema, type Deadline, type Gathering, type Programme } from './schema.js';

/** The outcome of a check: a programme, or all that is wrong with it. */
export type Checked =
  | { readonly programme: Programme; readonly faults: readonly [] }
  | { readonly programme?: undefined; readonly faults: readonly Fault[] };

/**
 * Checks a programme file: shape first, then what refers to what, languages, dates and policy; all faults at once.
 * @param source the file's name, for the faults
 * @param id what the programme must call itself; the file's name without its ending
 */
export function checkProgramme(source: string, json: unknown, id?: string): Checked {
  const parsed = programmeSchema.safeParse(json, { jitless: true });
  if (!parsed.success) return { faults: faultsOf(source, json, parsed.error) };
  const programme = parsed.data;
  const faults = [
    ...(id === undefined || id === programme.id
      ? []
      : [{ source, path: 'id', found: foundText(programme.id), expected: `"${id}", as the file is called` }]),
    ...referenceFaults(source, programme),
    ...missingLanguages(source, programme),
    ...zoneFaults(source, programme),
    ...regionFaults(source, programme),
    ...dateFaults(source, programme),
    ...policyFaults(source, programme),
  ];
  return faults.length === 0 ? { programme, faults: [] } : { faults };
}

/** Every localised field carries every language that the programme serves. */
function missingLanguages(source: string, programme: Programme): readonly Fault[] {
  const faults: Fault[] = [];
  const visit = (value: unknown, path: readonly PropertyKey[]): void => {
    if (typeof value !== 'object' || value === null) return;
    const last = path.at(-1);
    if (typeof last === 'string' && ['name', 'about', 'title', 'place', 'whatToDo'].includes(last)) {
      for (const language of programme.languages) {
        if ((value as Partial<Record<Language, string>>)[language] !== undefined) continue;
        const expected = `a text in "${language}", which the programme serves`;
        faults.push({ source, path: pathText([...path, language]), found: 'nothing', expected });
      }
      return;
    }
    if (Array.isArray(value)) value.forEach((each, index) => visit(each, [...path, index]));
    else for (const [key, each] of Object.entries(value)) visit(each, [...path, key]);
  };
  visit(programme, []);
  return faults;
}

function zoneFaults(source: string, programme: Programme): readonly Fault[] {
  const zones: [readonly PropertyKey[], string | undefined][] = [
    [['zone'], programme.zone],
    ...programme.organisations.map((each, index): [readonly PropertyKey[], string | undefined] => [
      ['organisations', index, 'zone'],
      each.zone,
    ]),
  ];
  return zones.flatMap(([path, zone]) =>
    zone === undefined || isZone(zone)
      ? []
      : [
          {
            source,
            path: pathText(path),
            found: foundText(zone),
            expected: 'a time zone such as "Europe/Oslo"',
          },
        ],
  );
}

function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function regionFaults(source: string, programme: Programme): readonly Fault[] {
  // Countries without regions give undefined, whatever the library's types say.
  const states = new Holidays().getStates(programme.country) as Record<string, string> | undefined;
  const known = Object.keys(states ?? {});
  return programme.organisations.flatMap(({ region }, index) => {
    if (region === undefined || known.includes(region)) return [];
    const path = pathText(['organisations', index, 'region']);
    const expected =
      known.length === 0 ? `nothing: ${programme.country} has no regions` : `one of ${known.join(', ')}`;
    return [{ source, path, found: foundText(region), expected }];
  });
}

function dateFaults(source: string, programme: Programme): readonly Fault[] {
  return [
    ...programme.gatherings.flatMap((each, index) => gatheringFaults(source, each, index)),
    ...programme.deadlines.flatMap((each, index) => deadlineFaults(source, each, index)),
  ];
}

function gatheringFaults(source: string, each: Gathering, index: number): readonly Fault[] {
  const fault = (key: string, found: string, expected: string): Fault => ({
    source,
    path: pathText(['gatherings', index, key]),
    found: foundText(found),
    expected,
  });
  const { starts, ends = starts, signUpBy, startTime, endTime } = each;
  const faults: Fault[] = [];
  if (ends < starts) faults.push(fault('ends', ends, `${starts} or later`));
  if (signUpBy !== undefined && signUpBy > starts)
    faults.push(fault('signUpBy', signUpBy, `${starts} or earlier`));
  if (ends === starts && startTime !== undefined && endTime !== undefined && endTime <= startTime) {
    faults.push(fault('endTime', endTime, `after ${startTime}`));
  }
  return faults;
}

function deadlineFaults(source: string, { due }: Deadline, index: number): readonly Fault[] {
  if (typeof due === 'string') return [];
  const fault = (key: string, found: string | number, expected: string): Fault => ({
    source,
    path: pathText(['deadlines', index, 'due', key]),
    found: foundText(found),
    expected,
  });
  const faults: Fault[] = [];
  if (due.until < due.from) faults.push(fault('until', due.until, `${String(due.from)} or later`));
  if (!isYearlyDate(due.yearly)) faults.push(fault('yearly', due.yearly, 'a day that every year has'));
  return faults;
}

/** Tried in a year that is not a leap year, so that 29 February is refused. */
function isYearlyDate(monthDay: string): boolean {
  const [month = 0, day = 0] = monthDay.split('-').map(Number);
  return day <= Temporal.PlainYearMonth.from({ year: 2013, month }).daysInMonth;
}

function policyFaults(source: string, { policy }: Programme): readonly Fault[] {
  const faults: Fault[] = [];
  if (policy.quietHours.from === policy.quietHours.until) {
    const expected = 'another time than "from"; equal times would say nothing';
    faults.push({
      source,
      path: 'policy.quietHours.until',
      found: foundText(policy.quietHours.until),
      expected,
    });
  } else if (isQuietTime(policy.nudgeAt, policy.quietHours)) {
    const { from, until } = policy.quietHours;
    const expected = `a time outside the quiet hours ${from}–${until}`;
    faults.push({ source, path: 'policy.nudgeAt', found: foundText(policy.nudgeAt), expected });
  }
  for (const key of ['gatheringLeadDays', 'deadlineLeadDays', 'overdueDays'] as const) {
    const twice = policy[key].findIndex((days, index) => policy[key].indexOf(days) !== index);
    if (twice < 0) continue;
    const path = pathText(['policy', key, twice]);
    faults.push({ source, path, found: String(policy[key][twice]), expected: 'each number once' });
  }
  return faults;
}
