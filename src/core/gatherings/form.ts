import { Temporal } from 'temporal-polyfill';
import { given } from '../programme/occurrences.js';
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

type Titles = Partial<Record<Language, string>>;

/** What was typed, field by field; what was left empty is not there. */
function readFields(values: Values, programme: Programme) {
  const read = (name: string) => typed(values, name);
  return {
    title: titlesOf(values, programme),
    ...{ starts: read('starts'), ends: read('ends'), startTime: read('startTime'), endTime: read('endTime') },
    ...{ signUpBy: read('signUpBy'), capacity: read('capacity'), place: read('place'), link: read('link') },
    ...{ network: read('network'), cohort: read('cohort'), agenda: agendaOf(values) },
  };
}
type Fields = ReturnType<typeof readFields>;

const isSameDay = ({ starts, ends }: Fields) => ends === undefined || ends === starts;

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
  const fields = readFields(values, programme);
  const wrong = wrongWith(fields, programme, today);
  const issues = (Object.keys(wrong) as (keyof typeof wrong)[]).filter((each) => wrong[each]);
  return issues.length > 0 ? { issues } : { gathering: built(fields, id, today, before), issues: [] };
}

function wrongWith(
  fields: Fields,
  programme: Programme,
  today: string,
): Readonly<Record<Exclude<Issue, 'foreign'>, boolean>> {
  const { title, starts = '', ends, startTime, endTime, signUpBy, capacity, network, cohort } = fields;
  const isBackwards =
    endTime !== undefined && (startTime === undefined || (isSameDay(fields) && endTime <= startTime));
  return {
    'title-missing': programme.languages.some((each) => title[each] === undefined),
    'date-missing': !isDate(starts) || (ends !== undefined && !isDate(ends)),
    'date-past': isDate(starts) && starts < today,
    'ends-before': isDate(starts) && isDate(ends) && (ends ?? '') < starts,
    times: !isTime(startTime) || !isTime(endTime) || isBackwards,
    'sign-up-late': signUpBy !== undefined && (!isDate(signUpBy) || signUpBy > starts),
    capacity: capacity !== undefined && !/^[1-9]\d{0,4}$/.test(capacity),
    network:
      (network !== undefined && !programme.networks.some((each) => each.id === network)) ||
      (cohort !== undefined && !programme.cohorts.some((each) => each.id === cohort)),
    agenda: fields.agenda === undefined,
  };
}

function built(fields: Fields, id: string, today: string, before: Gathering | undefined): Gathering {
  const { title, starts, ends, startTime, endTime, signUpBy, capacity, place, link, network, cohort } =
    fields;
  const agenda = fields.agenda?.length === 0 ? undefined : fields.agenda;
  return {
    ...{ id, kind: before?.kind ?? (network === undefined ? 'other' : 'network-gathering'), title },
    starts: starts ?? today,
    ...given({ startTime, endTime, place, signUpBy, agenda }),
    ...(isSameDay(fields) ? {} : given({ ends })),
    ...(link === undefined || !URL.canParse(link) ? {} : { link }),
    ...(capacity === undefined ? {} : { capacity: Number(capacity) }),
    audience: {
      ...before?.audience,
      ...(network === undefined ? {} : { networks: [network] }),
      ...(cohort === undefined ? {} : { cohorts: [cohort] }),
    },
  };
}

function titlesOf(values: Values, programme: Programme): Titles {
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
