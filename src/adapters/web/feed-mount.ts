import { createHash, randomBytes } from 'node:crypto';
import { signUpOf, gatheringOf } from '../../core/gatherings/answers.js';
import { feedEntries } from '../../core/gatherings/calendar.js';
import { maySee, seenBy } from '../../core/gatherings/may.js';
import { isPast } from '../../core/files/address.js';
import { fileRows } from '../../core/files/make.js';
import type { Rows, Say } from '../../core/files/table.js';
import { FILE_KINDS } from '../../core/files/types.js';
import { matrixTable, type MatrixWords } from '../../core/gatherings/matrix-table.js';
import type { Feed } from '../../core/gatherings/types.js';
import { languageOf } from '../../core/members/member-view.js';
import type { Member } from '../../core/members/types.js';
import type { SecretAddresses } from '../../core/ports/addresses.js';
import type { Clock } from '../../core/ports/environment.js';
import type { Programmes } from '../../core/ports/programmes.js';
import type { Store } from '../../core/ports/store.js';
import { textIn, type Language } from '../../core/programme/language.js';
import type { Programme } from '../../core/programme/schema.js';
import type { TableCell, TableWords } from '../../core/pulse/result-table.js';
import { dateFor } from '../../core/reminders/speaking-time.js';
import { activeMember, loadState, type ProgrammeState } from '../../core/reminders/member-state.js';
import type { WebMount, WebResponse } from '../../runtime/web.js';

const PREFIX = '/feed/';
/** 128 bits, in digits that no chat takes for formatting. */
const TOKEN_BYTES = 16;
const FILE = /^([0-9a-f]{32})\.(ics|csv|xlsx)$/;

/** What lists and files say in one language. */
export interface FileWords {
  readonly say: Say;
  readonly matrix: MatrixWords;
  readonly pulse: TableWords;
}

export interface FeedOptions {
  readonly programmes: Programmes;
  readonly store: Store;
  readonly clock: Clock;
  readonly words: (language: Language, programme: Programme) => FileWords;
  /** Writes a table as a file. */
  readonly write: (format: 'csv' | 'xlsx', rows: readonly (readonly TableCell[])[]) => Promise<Uint8Array>;
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** Secret addresses below a public one, such as `https://samling.example.org`. */
export function createSecretAddresses(publicUrl: string): SecretAddresses {
  return {
    make(programme) {
      const token = randomBytes(TOKEN_BYTES).toString('hex');
      return { id: hashOf(token), url: `${publicUrl}${PREFIX}${programme}/${token}` };
    },
  };
}

/**
 * Gives out calendars and lists at secret addresses: to whoever has the address, what its owner may see now. An address
 * that is unknown, withdrawn, or of somebody who has left is answered 404, all alike.
 */
export function feedMount(options: FeedOptions): WebMount {
  return {
    path: PREFIX,
    methods: ['GET'],
    async handle({ path }) {
      const [programme = '', file = ''] = path.slice(PREFIX.length).split('/');
      return (await answerFeed(options, programme, file)) ?? { status: 404 };
    },
  };
}

const NOT_KEPT = { 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' };

/** What lies at an address, if there is something. */
export async function answerFeed(
  options: FeedOptions,
  id: string,
  file: string,
): Promise<WebResponse | undefined> {
  const [, token, format] = FILE.exec(file) ?? [];
  const programme = options.programmes.get(id);
  if (token === undefined || programme === undefined) return undefined;
  const feed = await options.store.feeds.get(id, hashOf(token));
  if (feed === undefined || isPast(feed, options.clock.nowMs())) return undefined;
  const state = await loadState(options.store, programme);
  const member = activeMember(state, feed.member);
  if (member === undefined) return undefined;
  const isCalendar = feed.what === 'own' || feed.what === 'network' || feed.what === 'programme';
  if (isCalendar) return format === 'ics' ? calendarAnswer(options, state, feed, member) : undefined;
  return format === 'ics' ? undefined : listAnswer(options, state, feed, member, format as 'csv' | 'xlsx');
}

function languageFor(state: ProgrammeState, member: Member): Language {
  return languageOf(state.programme, member, state.preferences.get(member.id));
}

async function calendarAnswer(
  { store }: FeedOptions,
  state: ProgrammeState,
  feed: Feed,
  member: Member,
): Promise<WebResponse> {
  const { programme } = state;
  const language = languageFor(state, member);
  const rows = await store.gatherings.list(programme.id);
  const network = programme.networks.find((each) => each.id === feed.network);
  // Loaded when the first calendar is asked for.
  const { calendarFeed } = await import('./calendar-file.js');
  const name = textIn(network?.name ?? programme.name, language, programme.languages);
  return {
    status: 200,
    headers: { ...NOT_KEPT, 'content-type': 'text/calendar; charset=utf-8' },
    body: calendarFeed(programme, feedEntries(state, rows, feed, member), language, name),
  };
}

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

async function listAnswer(
  options: FeedOptions,
  state: ProgrammeState,
  feed: Feed,
  member: Member,
  format: 'csv' | 'xlsx',
): Promise<WebResponse | undefined> {
  const rows = await (feed.what === 'matrix' ? matrixRows : rowsOf)(options, state, feed, member);
  if (rows === undefined) return undefined;
  const name = (feed.gathering ?? `${feed.what}-${feed.subject ?? ''}`).replaceAll(/[^a-z0-9-]+/gi, '-');
  const disposition = `attachment; filename="${name.replace(/-$/, '')}.${format}"`;
  return {
    status: 200,
    headers: { ...NOT_KEPT, 'content-type': TYPES[format], 'content-disposition': disposition },
    body: await options.write(format, rows),
  };
}

async function matrixRows(
  { store, words }: FeedOptions,
  state: ProgrammeState,
  { gathering: id = '' }: Feed,
  member: Member,
): Promise<Rows | undefined> {
  const { programme } = state;
  const gathering = gatheringOf(programme, id);
  if (gathering === undefined || !maySee({ state, member }, gathering)) return undefined;
  const language = languageFor(state, member);
  const signUp = await signUpOf(store, programme.id, id);
  const sees = (organisation: string) => seenBy({ state, member }, organisation);
  return matrixTable(state, gathering, signUp, { words: words(language, programme).matrix, language, sees });
}

async function rowsOf(
  { store, words, clock }: FeedOptions,
  state: ProgrammeState,
  { what: kind, subject = '' }: Feed,
  member: Member,
): Promise<Rows | undefined> {
  const what = FILE_KINDS.find((each) => each === kind);
  if (what === undefined) return undefined;
  const { programme } = state;
  const language = languageFor(state, member);
  const { say, pulse } = words(language, programme);
  const today = dateFor(programme, member, clock.nowMs());
  return fileRows({ tables: store, state, member, language, say }, { what, subject, today, words: pulse });
}
