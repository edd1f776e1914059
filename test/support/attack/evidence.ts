import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openSlot } from '../../../src/adapters/store/lowdb/ballots/slot-codec.js';
import type { JournalRecord } from '../../../src/adapters/store/lowdb/journal.js';
import { rowAfter } from '../../../src/adapters/store/lowdb/rows.js';
import type { Row } from '../../../src/core/ports/store.js';
import { ballotFolders, storeFolder } from '../../../src/config/load.js';
import { boxName, hashOf, markOf } from '../../../src/runtime/ballots/hashes.js';
import { unpack, unseal } from '../../../src/runtime/ballots/packed.js';
import { at, saman } from '../pulse-cases.js';
import { placeOf, textOf, type Lived } from './lived-rounds.js';

/** An answer as it was found, with all that is to be seen of it. */
export interface Found {
  readonly of: 'choice' | 'text';
  readonly place: number;
  readonly seen: Record<string, string | number>;
}

/** What an attacker has of one round. */
export interface Evidence {
  readonly members: ReadonlyMap<string, Readonly<Record<string, string | number>>>;
  readonly answers: readonly Found[];
  /** Answers whose place in the box follows from a text that was found somewhere, by the member it points to. */
  readonly joined: ReadonlyMap<string, readonly Found[]>;
}

export const sha = (text: string) => createHash('sha256').update(text).digest('hex');

interface Line {
  readonly seq: number;
  /** Whole rows, also where the journal holds what changed of them. */
  readonly writes: readonly { readonly table: string; readonly id: string; readonly row: Row | null }[];
}

/** Everything that lies around: the journal, copies of it, the log, and what backups say. */
export async function gather(lived: Lived): Promise<Gathered> {
  const journal = (
    await readFile(join(lived.folder, 'data', 'store', 'journal'), 'utf8').catch(() =>
      readFile(join(lived.folder, 'data', 'journal'), 'utf8'),
    )
  )
    .replace(/\0+$/, '')
    .split('\n')
    .filter((line) => line !== '');
  const lines = linesOf(journal);
  const backups = await Promise.all(
    lived.backups.map(async (file) =>
      gunzipSync(await readFile(file))
        .toString()
        .split('\n'),
    ),
  );
  const texts = [...journal, ...lived.logged, ...backups.flat()];
  const words = new Set(texts.flatMap((text) => text.match(/[\w-]{22}(?![\w-])/g) ?? []));
  return { lines, backups, words };
}

function linesOf(journal: readonly string[]): Line[] {
  const rows = new Map<string, Row>();
  const records = journal.flatMap((line) => JSON.parse(line.slice(9)) as JournalRecord[]);
  return records.map(({ seq, writes }) => {
    return {
      seq,
      writes: writes.map((kept) => {
        const key = JSON.stringify([kept.table, kept.programme, kept.id]);
        const row = rowAfter(rows.get(key), kept) ?? null;
        if (row === null) rows.delete(key);
        else rows.set(key, row);
        return { table: kept.table, id: kept.id, row };
      }),
    };
  });
}

interface Gathered {
  readonly lines: readonly Line[];
  readonly backups: readonly (readonly string[])[];
  /** Whatever could be a token. */
  readonly words: ReadonlySet<string>;
}

/** What there is of one round, the key in hand. */
export async function evidenceOf(lived: Lived, gathered: Gathered, round: string): Promise<Evidence> {
  const members: Seen = new Map([...lived.rounds.get(round)!.keys()].map((id) => [id, { id }]));
  seeJournal(gathered, round, members);
  for (const [nth, lines] of gathered.backups.entries())
    for (const id of members.keys())
      members.get(id)![`line of backup ${String(nth)}`] = lines.findIndex((line) =>
        line.includes(`${round}/${id}"`),
      );
  await seeCopies(lived, round, members);
  const found = await answersOf(lived, gathered, round);
  const marks = new Map([...members].map(([id, seen]) => [String(seen['seats ballot']), id]));
  const joined = new Map<string, Found[]>();
  const name = boxName({ programme: saman.id, round });
  for (const word of gathered.words) {
    const member = marks.get(markOf(name, word));
    if (member === undefined) continue;
    const own = new Set([0, 1, 2].map((question) => hashOf(name, word, question)));
    joined.set(
      member,
      found.filter(({ seen }) => own.has(String(seen['hash']))),
    );
  }
  return { members, answers: found, joined };
}

type Seen = Map<string, Record<string, string | number>>;

/** Each column of each row about a member, when it was written, and what was written until somebody else came. */
function seeJournal({ lines }: Gathered, round: string, members: Seen): void {
  let begun: Record<string, string | number> | undefined;
  for (const [index, { writes }] of lines.entries()) {
    for (const { table, id, row } of writes) {
      const member = [...members.keys()].find(
        (each) =>
          (row as { member?: string } | null)?.member === each || (table === 'members' && id === each),
      );
      const seen = member === undefined ? undefined : members.get(member);
      if (seen === undefined) continue;
      if (table === 'seats' && !id.startsWith(round)) continue;
      for (const [column, value] of columnsOf(row)) seen[`${table} ${column}`] = value;
      seen[`${table} first`] ??= index;
      seen[`${table} last`] = index;
      seen[`${table} version`] = Number(seen[`${table} version`] ?? 0) + 1;
    }
    const seat = writes.find((each) => each.table === 'seats' && each.row !== null && 'ballot' in each.row);
    if (seat !== undefined) begun = members.get((seat.row as unknown as { member: string }).member);
    if (begun === undefined) continue;
    begun['records until the next member'] = Number(begun['records until the next member'] ?? 0) + 1;
    begun['writes until the next member'] =
      Number(begun['writes until the next member'] ?? 0) + writes.length;
    for (const { row } of writes)
      for (const [column, value] of columnsOf(row))
        if (column === 'atMs') {
          begun['first moment'] ??= value;
          begun['time until the last'] = Number(value) - Number(begun['first moment']);
        }
  }
}

/** The columns of a row, those inside it too. */
function columnsOf(value: unknown, name = ''): [string, string | number][] {
  if (typeof value === 'string' || typeof value === 'number') return [[name, value]];
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, each]) =>
    columnsOf(each, name === '' ? key : `${name}.${key}`),
  );
}

/** In which copy somebody had answered, and what had changed in the sealed files and in the size of the journal since. */
async function seeCopies(lived: Lived, round: string, members: Seen): Promise<void> {
  const name = boxName({ programme: saman.id, round });
  let before: { files: Buffer[]; size: number } | undefined;
  for (const copy of lived.copies) {
    const { folder } = ballotFolders({ dataDir: copy });
    const files = await Promise.all(
      ['choices', 'texts'].map((kind) => readFile(join(folder, `${name}.${kind}`))),
    );
    const text = await readFile(join(storeFolder({ dataDir: copy }), 'journal'), 'utf8');
    const now = { files, size: text.length };
    const has = (id: string) => new RegExp(`"member":"${id}","group":\\d+,"answered":true`).test(text);
    const came = [...members].filter(([id, seen]) => seen['copy'] === undefined && has(id));
    for (const [, seen] of came) {
      seen['copy'] = copy;
      // Follow-ups change how much is written: docs/anonymity.md says what two copies with few answers in between tell.
      if (lived.hasFollowUps) continue;
      seen['changed bytes'] = before === undefined ? 0 : changed(before.files, files) / came.length;
      seen['grown'] = before === undefined ? now.size : (now.size - before.size) / came.length;
    }
    before = now;
  }
}

function changed(before: readonly Buffer[], after: readonly Buffer[]): number {
  return after.reduce(
    (sum, file, index) =>
      sum + file.reduce((count, byte, at) => (byte === before[index]?.[at] ? count : count + 1), 0),
    0,
  );
}

const SLOTS = { choices: 128, texts: 4096 };

/** The answers in the files and in the last backup, opened with the key. */
async function answersOf(lived: Lived, { backups }: Gathered, round: string): Promise<Found[]> {
  const { folder, keysFolder } = ballotFolders({ dataDir: join(lived.folder, 'data') });
  const name = boxName({ programme: saman.id, round });
  const key = await readFile(join(keysFolder, name));
  const line = backups.at(-1)!.find((each) => each.includes(`"round":"${round}","sealed"`));
  const { sealed } = (JSON.parse(line!) as { box: { sealed: string } }).box;
  const packed = [...unpack(unseal(key, name, Buffer.from(sealed, 'base64'))!).keys()];
  const found: Found[] = [];
  for (const [kind, bytes] of Object.entries(SLOTS)) {
    const file = await readFile(join(folder, `${name}.${kind}`));
    for (let offset = 0; offset < file.length; offset += bytes) {
      const entry = openSlot(key, file.subarray(offset, offset + bytes));
      const what = entry === undefined ? undefined : placeOf(entry.answer.value);
      if (entry === undefined || what === undefined) continue;
      const nonce = file.toString('hex', offset, offset + 12);
      const { value: _, events = [], ...fields } = entry.answer;
      const seen = {
        offset,
        nonce,
        hash: entry.hash,
        'place in the backup': packed.indexOf(entry.hash),
        ...fields,
        events: events.length,
        'first event': events[0] ?? '',
        'last event': events.at(-1) ?? '',
      };
      found.push({ ...what, seen });
    }
  }
  return found;
}

/** Where each text stands in what a closed round shows. */
export async function closeAndSee(lived: Lived, evidence: ReadonlyMap<string, Evidence>): Promise<void> {
  await lived.parts.advance(at('2014-03-13T12:00'));
  for (const [round, { answers }] of evidence) {
    const result = await lived.parts.store.pulseResults.get(saman.id, round);
    const shown = result!.results.cells[0]!.questions.flatMap((each) => each.texts ?? []);
    for (const each of answers)
      if (each.of === 'text') each.seen['place in the result'] = shown.indexOf(textOf(each.place));
  }
}
