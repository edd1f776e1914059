import { message, sayOnly, statement, type Talk } from '../conversation/context.js';
import { PLATFORM_NAMES, type Platform } from '../identity/types.js';
import { pickAudience } from '../members/audience.js';
import type { Answer, Message } from '../ports/interaction.js';
import type { Language } from '../programme/language.js';
import { noticeCard } from './compose.js';
import { isStillDraft, LOOKS_HOURS } from './looks.js';
import type { NoticeRow } from './types.js';

/** A notice as a reader of one language gets it, and how it looks elsewhere. */
export async function preview(
  talk: Talk,
  row: NoticeRow,
  { language }: { readonly notice: string; readonly language: Language },
): Promise<Answer> {
  const options = { preview: language, ...(talk.calendarUrl && { calendarUrl: talk.calendarUrl }) };
  const card = await noticeCard(talk.tables, talk.state, row, `preview/${row.id}`, talk.member, options);
  return card === undefined ? sayOnly('notice-gone') : { say: [card, ...elsewhere(talk, row, language)] };
}

/** A page that draws it; where there is none, a sentence about the other platform. */
function elsewhere(talk: Talk, row: NoticeRow, language: Language): Message[] {
  const { previewUrl, nowMs } = talk;
  if (previewUrl === undefined || !isStillDraft(row)) return saidOfOthers(talk, row);
  const url = previewUrl({ programme: row.programme, notice: row.id, language: talk.language }, nowMs);
  return [message('notice-looks', { url: `${url}#${language}`, hours: LOOKS_HOURS })];
}

/** How readers see it who are reached on another platform than the one who looks at it. */
function saidOfOthers({ reach, state, member }: Talk, row: NoticeRow): Message[] {
  const { programme } = state;
  const platformsOf = (members: readonly { readonly id: string }[]) =>
    members.flatMap(({ id }) => {
      const lane = reach?.laneOf(programme.id, id);
      return reach === undefined || lane === undefined ? [] : [reach.platformOf(lane)];
    });
  const [own] = platformsOf([member]);
  return [...new Set(platformsOf(pickAudience(state, row.notice.audience)))]
    .filter((each) => each !== own && Object.hasOwn(PLATFORM_NAMES, each))
    .map((each) => statement('notice-elsewhere', 'info', { platform: PLATFORM_NAMES[each as Platform] }));
}
