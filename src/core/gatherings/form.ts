import { Temporal } from 'temporal-polyfill';
import type { Programme, Gathering } from '../programme/schema.js';
import type { Language } from '../programme/language.js';
import type { MessageData } from '../messages/schemas.js';
import type { GATHERING_ISSUES } from './messages.js';

type Issue = (typeof GATHERING_ISSUES)[number];
export type Values = Readonly<Record<string, string>>;

/** The choice of all networks or cohorts. */
export const ALL = 'all';

const typed = (values: Values, field: string) => {
  const value = values[field]?.trim() ?? '';
  return value === '' || value === ALL ? undefined : value;
};

const isDate = (text: string | undefined) => {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};
const isTime = (text: string | undefined) => text === undefined || /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** A gathering of what was typed, or all that is wrong with it. `before`: what it changes. */
export function gatheringFrom(
  values: Values,
  programme: Programme,
  id: string,
  today: string,
  before?: Gathering,
):
  | { readonly gathering: Gathering; readonly issues: readonly [] }
  | { readonly gathering?: undefined; readonly issues: readonly Issue[] } {
  const title = titlesOf(values, programme);
  const [starts, ends] = [typed(values, 'starts'), typed(values, 'ends')];
  const [startTime, endTime] = [typed(values, 'startTime'), typed(values, 'endTime')];
  const signUpBy = typed(values, 'signUpBy');
  const capacity = typed(values, 'capacity');
  const network = typed(values, 'network');
  const cohort = typed(values, 'cohort');
  const agenda = agendaOf(values);
  const sameDay = ends === undefined || ends === starts;
  const wrong: Readonly<Record<Exclude<Issue, 'foreign'>, boolean>> = {
    'title-missing': programme.languages.some((each) => title[each] === undefined),
    'date-missing': !isDate(starts) || (ends !== undefined && !isDate(ends)),
    'date-past': isDate(starts) && (starts ?? '') < today,
    'ends-before': isDate(starts) && isDate(ends) && (ends ?? '') < (starts ?? ''),
    times:
      !isTime(startTime) ||
      !isTime(endTime) ||
      (endTime !== undefined && (startTime === undefined || (sameDay && endTime <= startTime))),
    'sign-up-late': signUpBy !== undefined && (!isDate(signUpBy) || signUpBy > (starts ?? '')),
    capacity: capacity !== undefined && !/^[1-9]\d{0,4}$/.test(capacity),
    network:
      (network !== undefined && !programme.networks.some((each) => each.id === network)) ||
      (cohort !== undefined && !programme.cohorts.some((each) => each.id === cohort)),
    agenda: agenda === undefined,
  };
  const issues = (Object.keys(wrong) as (keyof typeof wrong)[]).filter((each) => wrong[each]);
  if (issues.length > 0) return { issues };
  const place = typed(values, 'place');
  const link = typed(values, 'link');
  const gathering: Gathering = {
    ...{ id, kind: before?.kind ?? (network === undefined ? 'other' : 'network-gathering'), title },
    starts: starts ?? today,
    ...(sameDay ? {} : { ends }),
    ...(startTime === undefined ? {} : { startTime }),
    ...(endTime === undefined ? {} : { endTime }),
    ...(place === undefined ? {} : { place }),
    ...(link === undefined || !URL.canParse(link) ? {} : { link }),
    ...(signUpBy === undefined ? {} : { signUpBy }),
    ...(capacity === undefined ? {} : { capacity: Number(capacity) }),
    ...(agenda === undefined || agenda.length === 0 ? {} : { agenda }),
    audience: {
      ...before?.audience,
      ...(network === undefined ? {} : { networks: [network] }),
      ...(cohort === undefined ? {} : { cohorts: [cohort] }),
    },
  };
  return { gathering, issues: [] };
}

function titlesOf(values: Values, programme: Programme): Partial<Record<Language, string>> {
  const first = programme.languages.map((each) => typed(values, `title-${each}`)).find(Boolean);
  return Object.fromEntries(
    programme.languages.flatMap((each) => {
      const title = typed(values, `title-${each}`) ?? (values['sameTitle'] === 'true' ? first : undefined);
      return title === undefined ? [] : [[each, title]];
    }),
  );
}

/** Lines such as "09:00 Welcome"; undefined when a line does not begin with a time. */
function agendaOf(values: Values): Gathering['agenda'] {
  const lines = (values['agenda'] ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const points = lines.map((line) => /^(\d{1,2}[:.]\d{2})\s+(\S.*)$/.exec(line));
  if (points.includes(null)) return undefined;
  return points.flatMap((point) => {
    const [, time = '', title = ''] = point ?? [];
    return [{ time: time.replace('.', ':').padStart(5, '0'), title }];
  });
}

/** What a form shows for a gathering that is there. */
export function valuesOf(gathering: Gathering, programme: Programme): Values {
  const { title, place } = gathering;
  const text = (value: Gathering['title'], language: Language) =>
    typeof value === 'string' ? value : (value[language] ?? '');
  const [main = 'en'] = programme.languages;
  return {
    ...Object.fromEntries(programme.languages.map((each) => [`title-${each}`, text(title, each)])),
    starts: gathering.starts,
    ends: gathering.ends ?? '',
    startTime: gathering.startTime ?? '',
    endTime: gathering.endTime ?? '',
    place: place === undefined ? '' : text(place, main),
    link: gathering.link ?? '',
    signUpBy: gathering.signUpBy ?? '',
    capacity: gathering.capacity === undefined ? '' : String(gathering.capacity),
    network: gathering.audience.networks?.[0] ?? ALL,
    cohort: gathering.audience.cohorts?.[0] ?? ALL,
    agenda: (gathering.agenda ?? [])
      .map(({ time, title: point }) => `${time} ${text(point, main)}`)
      .join('\n'),
  };
}

/** The data of the form. */
export function formData(
  programme: Programme,
  networks: readonly string[],
  today: string,
  values: Values,
  issues: readonly Issue[],
  event?: string,
): MessageData<'gathering-form'> {
  return {
    ...(event === undefined ? {} : { event }),
    languages: [...programme.languages],
    networks: programme.networks
      .filter((each) => networks.includes(each.id))
      .map((each) => ({ id: each.id, title: each.name })),
    cohorts: programme.cohorts.map((each) => ({ id: each.id, title: each.name })),
    values,
    issues: [...issues],
    earliest: today,
  };
}
