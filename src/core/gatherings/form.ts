import { Temporal } from 'temporal-polyfill';
import { given } from '../programme/occurrences.js';
import type { Programme, Gathering } from '../programme/schema.js';
import type { Language } from '../programme/language.js';
import type { MessageData } from '../messages/schemas.js';
import type { GATHERING_ISSUES } from './messages.js';
import { networkChoices } from '../programme/network-name.js';

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
/** Longer titles do not fit cards and calendars, in characters. */
const MOST_TITLE = 150;

const isWebAddress = (text: string) => /^https?:\/\//.test(text) && URL.canParse(text);
const isTime = (text: string | undefined) => text === undefined || /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

type Titles = Partial<Record<Language, string>>;

/** What was typed, field by field; what was left empty is not there. */
function readFields(values: Values, programme: Programme) {
  const read = (name: string) => typed(values, name);
  return {
    title: titlesOf(values, programme),
    starts: read('starts'),
    ends: read('ends'),
    startTime: read('startTime'),
    endTime: read('endTime'),
    signUpBy: read('signUpBy'),
    capacity: read('capacity'),
    place: read('place'),
    link: read('link'),
    network: read('network'),
    cohort: read('cohort'),
    agenda: agendaOf(values),
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
  const wrong = wrongWith(fields, programme, today, before);
  const issues = (Object.keys(wrong) as (keyof typeof wrong)[]).filter((each) => wrong[each]);
  return issues.length > 0
    ? { issues }
    : { gathering: built(fields, programme, id, today, before), issues: [] };
}

function wrongWith(
  fields: Fields,
  programme: Programme,
  today: string,
  before: Gathering | undefined,
): Readonly<Record<Exclude<Issue, 'foreign'>, boolean>> {
  const { title, starts = '', ends, startTime, endTime, signUpBy, capacity, network, cohort, link } = fields;
  const isBackwards =
    endTime !== undefined && (startTime === undefined || (isSameDay(fields) && endTime <= startTime));
  return {
    'title-missing': programme.languages.some((each) => title[each] === undefined),
    'title-long': Object.values(title).some((each) => each.length > MOST_TITLE),
    'date-missing': !isDate(starts) || (ends !== undefined && !isDate(ends)),
    // One that is under way keeps its date.
    'date-past': isDate(starts) && starts < today && starts !== before?.starts,
    'ends-before': isDate(starts) && isDate(ends) && (ends ?? '') < starts,
    times: !isTime(startTime) || !isTime(endTime) || isBackwards,
    'sign-up-late': signUpBy !== undefined && (!isDate(signUpBy) || signUpBy > starts),
    capacity: capacity !== undefined && !/^[1-9]\d{0,4}$/.test(capacity),
    network:
      (network !== undefined && !programme.networks.some((each) => each.id === network)) ||
      (cohort !== undefined && !programme.cohorts.some((each) => each.id === cohort)),
    link: link !== undefined && !isWebAddress(link),
    agenda: fields.agenda === undefined,
  };
}

function built(
  fields: Fields,
  programme: Programme,
  id: string,
  today: string,
  before: Gathering | undefined,
): Gathering {
  const { title, starts, ends, startTime, endTime, signUpBy, capacity, link, network } = fields;
  const { kind, number, signUp } = before ?? {};
  return {
    id,
    kind: kind ?? (network === undefined ? 'other' : 'network-gathering'),
    title,
    starts: starts ?? today,
    ...given({ startTime, endTime, signUpBy, link, number, signUp }),
    ...textsOf(fields, programme, before),
    ...(isSameDay(fields) ? {} : given({ ends })),
    ...(capacity === undefined ? {} : { capacity: Number(capacity) }),
    audience: audienceOf(fields, before),
  };
}

/** Place and agenda; what was not changed keeps its languages, of which the form shows one. */
function textsOf(fields: Fields, programme: Programme, before: Gathering | undefined) {
  const shown = before === undefined ? undefined : readFields(valuesOf(before, programme), programme);
  const isSame = (name: 'place' | 'agenda') => JSON.stringify(shown?.[name]) === JSON.stringify(fields[name]);
  const agenda = fields.agenda?.length === 0 ? undefined : fields.agenda;
  return given({
    place: isSame('place') ? before?.place : fields.place,
    agenda: isSame('agenda') ? before?.agenda : agenda,
  });
}

/** Whom it is for; networks and cohorts that were not changed stay, however many there are. */
function audienceOf({ network, cohort }: Fields, before: Gathering | undefined): Gathering['audience'] {
  const { networks, cohorts, ...rest } = before?.audience ?? {};
  const kept = (list: readonly string[] | undefined, chosen: string | undefined) => {
    if (list?.[0] === chosen) return list === undefined ? undefined : [...list];
    return chosen === undefined ? undefined : [chosen];
  };
  return { ...rest, ...given({ networks: kept(networks, network), cohorts: kept(cohorts, cohort) }) };
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
    networks: networkChoices(
      programme,
      programme.networks.filter((each) => networks.includes(each.id)),
    ),
    cohorts: programme.cohorts.map((each) => ({ id: each.id, title: each.name })),
    values,
    issues: [...issues],
    earliest: today,
  };
}
