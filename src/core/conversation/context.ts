import { isoInstant } from '../calendar/iso-instant.js';
import type { MessageData, MessageName } from '../messages/schemas.js';
import type { Knowledge } from '../faq/article.js';
import { languageOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import type { Reach } from '../notices/sending.js';
import type { PreviewUrl, SecretAddresses } from '../ports/addresses.js';
import type { Answer, Interaction, Message } from '../ports/interaction.js';
import type { Json } from '../ports/outbox.js';
import type { Programmes } from '../ports/programmes.js';
import type { Tables } from '../ports/store.js';
import type { Language, Text } from '../programme/language.js';
import type { PulseTemplate } from '../pulse/definition.js';
import type { CalendarUrl } from '../reminders/event-item.js';
import { activeMember, loadState, type ProgrammeState } from '../reminders/member-state.js';
import { dateFor } from '../reminders/speaking-time.js';
import type { Vocabulary } from './understand.js';

/** What a conversation needs from outside. */
export interface ConversationDeps {
  readonly tables: Tables;
  readonly programmes: Programmes;
  readonly vocabulary: Vocabulary;
  readonly nowMs: number;
  readonly calendarUrl?: CalendarUrl | undefined;
  /** Makes addresses of calendars and files; without it there are none. */
  readonly addresses?: SecretAddresses | undefined;
  /** Where a draft is drawn as each platform does; without it previews are in the chat alone. */
  readonly previewUrl?: PreviewUrl | undefined;
  /** Where members are reached; without it nobody is sent a notice. */
  readonly reach?: Reach | undefined;
  /** What a programme's questions are answered from; without it there is no FAQ. */
  readonly knowledge?: ((programme: string) => Knowledge | undefined) | undefined;
  /** What pulses are made of in chat, by id. */
  readonly pulseTemplates?: (() => ReadonlyMap<string, PulseTemplate>) | undefined;
}

/** What a use case knows of the one who speaks. */
export interface Talk extends ConversationDeps {
  readonly interaction: Interaction;
  readonly state: ProgrammeState;
  readonly member: Member;
  readonly language: Language;
  /** Today for the member, an ISO date. */
  readonly today: string;
  /** The moment, as an ISO instant. */
  readonly at: string;
}

/** Reads who speaks; undefined when the programme or the member is not there (any more). */
export async function openTalk(interaction: Interaction, deps: ConversationDeps): Promise<Talk | undefined> {
  const programme = deps.programmes.get(interaction.programme);
  if (programme === undefined) return undefined;
  const state = await loadState(deps.tables, programme);
  const member = activeMember(state, interaction.member);
  if (member === undefined) return undefined;
  const language = languageOf(programme, member, state.preferences.get(member.id));
  const today = dateFor(programme, member, deps.nowMs);
  return talkWith(deps, { interaction, state, member, language, today, at: isoInstant(deps.nowMs) });
}

/** Field by field: to copy so many at once and add to them takes a hundred times as long, twice for each press. */
function talkWith(deps: ConversationDeps, own: Omit<Talk, keyof ConversationDeps>): Talk {
  return {
    tables: deps.tables,
    programmes: deps.programmes,
    vocabulary: deps.vocabulary,
    nowMs: deps.nowMs,
    calendarUrl: deps.calendarUrl,
    addresses: deps.addresses,
    previewUrl: deps.previewUrl,
    reach: deps.reach,
    knowledge: deps.knowledge,
    pulseTemplates: deps.pulseTemplates,
    interaction: own.interaction,
    state: own.state,
    member: own.member,
    language: own.language,
    today: own.today,
    at: own.at,
  };
}

/** Reads the state again, after a write. */
export async function refreshed(talk: Talk): Promise<Talk> {
  const { interaction, member, language, today, at } = talk;
  const state = await loadState(talk.tables, talk.state.programme);
  return talkWith(talk, { interaction, state, member, language, today, at });
}

/** A message of the core, with the data that its name wants. */
export function message<N extends MessageName>(template: N, data: MessageData<N>): Message {
  return { template, data: data as Json };
}

type Args = Readonly<Record<string, string | number | { readonly date: string } | { readonly text: Text }>>;

/** One sentence of `locales/<language>/statements.json`. */
export function statement(key: string, tone: 'done' | 'info' | 'problem', args: Args = {}): Message {
  return message('statement', { key, tone, args: args });
}

/** Says one sentence and changes nothing. */
export function sayOnly(key: string, args: Args = {}): Answer {
  return { say: [statement(key, 'problem', args)] };
}
