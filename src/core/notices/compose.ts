import { message } from '../conversation/context.js';
import { languageOf, networksOf, personOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import type { Message } from '../ports/interaction.js';
import type { Tables } from '../ports/store.js';
import type { Language } from '../programme/language.js';
import { given, occurrenceOf } from '../programme/occurrences.js';
import type { CalendarUrl } from '../reminders/event-item.js';
import { activeMember, type ProgrammeState } from '../reminders/member-state.js';
import { receiptId } from './ids.js';
import { readIn } from './issues.js';
import type { NoticeRow } from './types.js';

export interface NoticeCardOptions {
  readonly calendarUrl?: CalendarUrl;
  readonly recalled?: boolean;
  /** A preview in this language: of nobody, stored nowhere. */
  readonly preview?: Language;
}

/** A notice as one reader gets it now; undefined when there is no language in which they could. */
export async function noticeCard(
  tables: Pick<Tables, 'receipts'>,
  state: ProgrammeState,
  row: NoticeRow,
  sending: string,
  reader: Member,
  options: NoticeCardOptions = {},
): Promise<Message | undefined> {
  const { programme } = state;
  const { notice } = row;
  const own = options.preview ?? languageOf(programme, reader, state.preferences.get(reader.id));
  const language = readIn(notice, own);
  if (language === undefined) return undefined;
  const receipt = await tables.receipts.get(programme.id, receiptId(sending, reader.id));
  const by = activeMember(state, row.by);
  return message('notice', {
    sending,
    language,
    ask: notice.ask,
    corrected: row.version > 1,
    recalled: options.recalled === true,
    title: notice.title[language] ?? '',
    body: notice.body[language] ?? '',
    from: by === undefined ? { role: programme.name, organisation: '' } : personOf(programme, by),
    ...given({
      picture: notice.picture,
      link: notice.link,
      gathering: gatheringOf(state, row, own, options),
    }),
    read: receipt !== undefined,
    ...answerOf(state, row, reader),
    why: whyOf(state, row, reader),
    preview: options.preview !== undefined,
  });
}

/** What the reader has said about coming, where that is asked. */
function answerOf({ rsvps }: ProgrammeState, { notice }: NoticeRow, reader: Member) {
  if (notice.ask !== 'rsvp' || notice.gathering === undefined) return {};
  return given({ answer: rsvps.get(`${notice.gathering}/${reader.id}`)?.answer });
}

function gatheringOf(
  { programme }: ProgrammeState,
  { notice }: NoticeRow,
  language: Language,
  { calendarUrl }: NoticeCardOptions,
) {
  const found = notice.gathering === undefined ? undefined : occurrenceOf(programme, notice.gathering);
  if (found === undefined) return undefined;
  const { id, title, starts, ends, startTime, endTime, place } = found;
  return {
    id,
    title,
    starts,
    ...(ends === starts ? {} : { ends }),
    ...given({ startTime, endTime, place, calendarUrl: calendarUrl?.(programme, found, language) }),
  };
}

function whyOf({ programme }: ProgrammeState, { notice }: NoticeRow, reader: Member) {
  const { roles, networks } = notice.audience;
  const role = reader.roles.find((each) => roles?.includes(each)) ?? reader.roles[0];
  const network = networksOf(programme, reader).find((each) => networks?.includes(each));
  return given({
    role: programme.roles.find((each) => each.id === role)?.name,
    network: programme.networks.find((each) => each.id === network)?.name,
  });
}
