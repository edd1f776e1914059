import { pickAudience } from '../members/audience.js';
import { languageOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import type { MessageData } from '../messages/schemas.js';
import type { Message } from '../ports/interaction.js';
import type { Tables } from '../ports/store.js';
import type { Language } from '../programme/language.js';
import type { ProgrammeState } from '../reminders/member-state.js';
import { noticeCard, type NoticeCardOptions } from './compose.js';
import { readIn } from './issues.js';
import type { NoticeRow } from './types.js';

/** How long the page that draws a draft can be looked at, in hours: long enough to ask somebody what they think. */
export const LOOKS_HOURS = 24;

/** Whether nobody has been sent it, nor will be without somebody's word. */
export function isStillDraft({ state }: NoticeRow): boolean {
  return state === 'draft' || state === 'asked';
}

/** A notice in one language, as its readers get it, of none of them in particular. */
export interface NoticeLook {
  readonly language: Language;
  readonly message: Message;
}

/**
 * A notice in each language that it is written in, first those in which most get it. Nobody is named: the sender is
 * told by role, and so is why one gets it.
 */
export async function noticeLooks(
  tables: Pick<Tables, 'receipts'>,
  state: ProgrammeState,
  row: NoticeRow,
  options: Pick<NoticeCardOptions, 'calendarUrl'>,
): Promise<readonly NoticeLook[]> {
  const readers = readersOf(state, row);
  const looks: NoticeLook[] = [];
  for (const language of languagesOf(state, row, readers)) {
    const like = readers.get(language) ?? [...readers.values()][0];
    const reader = anybody(row, like?.one, language);
    const made = await noticeCard(tables, state, row, `preview/${row.id}`, reader, {
      ...options,
      preview: language,
    });
    if (made !== undefined) looks.push({ language, message: unnamed(made) });
  }
  return looks;
}

/** How many get a notice in a language, and one of them. */
interface Readers {
  readonly one: Member;
  readonly count: number;
}

function readersOf(state: ProgrammeState, { notice }: NoticeRow): ReadonlyMap<Language, Readers> {
  const readers = new Map<Language, Readers>();
  for (const member of pickAudience(state, notice.audience)) {
    const own = languageOf(state.programme, member, state.preferences.get(member.id));
    const language = readIn(notice, own);
    if (language === undefined) continue;
    const { one = member, count = 0 } = readers.get(language) ?? {};
    readers.set(language, { one, count: count + 1 });
  }
  return readers;
}

function languagesOf(
  { programme }: ProgrammeState,
  { notice }: NoticeRow,
  readers: ReadonlyMap<Language, Readers>,
): readonly Language[] {
  const countOf = (language: Language) => readers.get(language)?.count ?? 0;
  return programme.languages
    .filter((each) => notice.title[each] !== undefined)
    .sort((a, b) => countOf(b) - countOf(a));
}

/** A reader who is nobody, with what makes such a one get it. */
function anybody({ programme, notice }: NoticeRow, like: Member | undefined, language: Language): Member {
  return {
    programme,
    id: '',
    organisation: '',
    language,
    active: true,
    roles: like?.roles ?? [],
    networks: notice.audience.networks?.slice(0, 1) ?? [],
  };
}

/** As it is sent, with the sender's role in place of the name. */
function unnamed(made: Message): Message {
  const data = made.data as unknown as MessageData<'notice'>;
  const { role, organisation } = data.from;
  return { ...made, data: { ...data, preview: false, from: { role, organisation } } as Message['data'] };
}
