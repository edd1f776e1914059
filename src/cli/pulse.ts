import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { loadPulseTemplates } from '../adapters/files/pulse-templates.js';
import { optionsOf } from '../cards/views/pulse.js';
import { sentenceOf } from '../cards/views/pulse-result.js';
import { noteAll } from '../core/audit/audit.js';
import type { ActName } from '../core/audit/types.js';
import { isoInstant } from '../core/calendar/iso-instant.js';
import { SamlingError, type Fault } from '../core/errors.js';
import type { Directory } from '../core/ports/directory.js';
import type { Store, Tables } from '../core/ports/store.js';
import { LANGUAGES, textIn, type Language } from '../core/programme/language.js';
import type { Programme } from '../core/programme/schema.js';
import { checkPulse } from '../core/pulse/check.js';
import {
  closeRound,
  draftPulse,
  extendRound,
  repeatPulse,
  startPulse,
  stopPulse,
} from '../core/pulse/manage.js';
import { askedOf } from '../core/pulse/ballot-card.js';
import { everyScope, partsOf } from '../core/pulse/report.js';
import { resultTable } from '../core/pulse/result-table.js';
import type { PulseRow, Round } from '../core/pulse/types.js';
import { loadState } from '../core/reminders/member-state.js';
import { createTranslators } from '../i18n/index.js';
import { createPlanner } from '../runtime/planner.js';
import { Temporal } from 'temporal-polyfill';
import { asset } from './assets.js';
import { csvOf, xlsxOf } from './result-files.js';
import { readJsonFile } from './read-json.js';

/** What the pulse commands work on. */
export interface PulseCommand {
  readonly programme: Programme;
  readonly store: Store;
  readonly language: Language;
  readonly nowMs: number;
  readonly write: (text: string | Uint8Array) => void;
}

/** Who acts, in the audit log: nobody's rights are asked for on the machine that holds the store. */
const CONSOLE = 'console';

/** Reads `--language`. @throws SamlingError `ARGUMENT_WRONG` for one that Samling does not speak. */
export function languageArgument(given: string | undefined, programme: Programme): Language {
  const language = given ?? programme.languages[0] ?? 'en';
  const found = LANGUAGES.find((each) => each === language);
  if (found !== undefined) return found;
  throw new SamlingError('ARGUMENT_WRONG', `--language: ${language} is none of ${LANGUAGES.join(', ')}.`);
}

function wrong(faults: readonly Fault[]): SamlingError {
  return new SamlingError('PULSE_WRONG', 'The pulse is wrong; nothing was started.', { faults });
}

async function pulseOf({ store, programme }: PulseCommand, id: string): Promise<PulseRow> {
  const row = await store.pulses.get(programme.id, id);
  if (row !== undefined) return row;
  const ids = (await store.pulses.list(programme.id)).map((each) => each.id);
  throw new SamlingError(
    'PULSE_UNKNOWN',
    `There is no pulse "${id}"; there are ${ids.join(', ') || 'none'}.`,
  );
}

async function roundOf({ store, programme }: PulseCommand, id: string): Promise<Round> {
  const row = await store.rounds.get(programme.id, id);
  if (row !== undefined) return row;
  const ids = (await store.rounds.list(programme.id)).map((each) => each.id);
  throw new SamlingError(
    'PULSE_UNKNOWN',
    `There is no round "${id}"; there are ${ids.join(', ') || 'none'}.`,
  );
}

/** Notes in the audit log what whoever has the machine did, in the transaction that does it. */
function noted(
  { programme, nowMs }: PulseCommand,
  tables: Pick<Tables, 'audit'>,
  act: ActName,
  subject: string,
): Promise<void> {
  const at = isoInstant(nowMs);
  const who = { programme: programme.id, by: CONSOLE, cause: `command/${at}`, at };
  return noteAll(tables, who, [{ right: 'pulse-manage', act, subject }]);
}

/** A started, closed or extended round is looked at as soon as Samling runs. */
function replan({ store, programme }: PulseCommand): Promise<void> {
  const nobody: Directory = {
    laneOf: () => undefined,
    recipientOf: () => Promise.resolve(undefined),
    chatOf: () => {
      throw new SamlingError('INTERNAL', 'The command line sends nothing.');
    },
  };
  return createPlanner(store, nobody).replan(programme.id);
}

/** The shipped templates, one a line. */
export function listTemplates({ language, write }: Pick<PulseCommand, 'language' | 'write'>): void {
  for (const { id, title, questions } of loadPulseTemplates(asset('data', 'pulses')).values())
    write(`${id}: ${textIn(title, language)} (${String(questions.length)} questions)\n`);
}

/** A definition, of a file or, by its id, of a template to be sent once from a day on. */
async function definitionOf(what: string, starts: string | undefined): Promise<unknown> {
  const template = loadPulseTemplates(asset('data', 'pulses')).get(what);
  if (template !== undefined)
    return { ...template, id: `${template.id}-${starts ?? ''}`, schedule: { starts: starts ?? '' } };
  if (existsSync(what)) return readJsonFile(what);
  throw new SamlingError('ARGUMENT_WRONG', `${what} is neither a template nor a file.`);
}

/** Makes a draft. @throws SamlingError `PULSE_WRONG` with all faults. */
export async function makePulse(
  command: PulseCommand,
  what: string,
  starts: string | undefined,
): Promise<void> {
  const json = await definitionOf(what, starts);
  const { row, faults } = await command.store.transact(async (tables) => {
    const drafted = await draftPulse(tables, await loadState(tables, command.programme), json, CONSOLE);
    if (drafted.row !== undefined) await noted(command, tables, 'pulse-draft', drafted.row.id);
    return drafted;
  });
  if (row === undefined) throw wrong(faults);
  command.write(`${row.id} is a draft; see it with "preview", send it with "start".\n`);
}

/** The questions in one language, as their cards word them. */
export async function previewPulse(command: PulseCommand, id: string): Promise<void> {
  const { pulse } = await pulseOf(command, id);
  const context = contextOf(command);
  const { faults } = checkPulse('pulse', pulse, await loadState(command.store, command.programme));
  const text = (each: (typeof pulse)['title']) => textIn(each, command.language);
  command.write(`${text(pulse.title)}\n${text(pulse.intro)}\n`);
  for (const [place, question] of pulse.questions.entries()) {
    const options = optionsOf(askedOf(question, place), context);
    command.write(
      `${String(place + 1)}. ${text(question.text)}\n${options.map((each) => `   - ${each}\n`).join('')}`,
    );
  }
  if (faults.length > 0) throw wrong(faults);
}

function contextOf({ programme, language }: PulseCommand) {
  return { programme, translator: createTranslators(asset('locales'))(language, programme.country) };
}

/** Every pulse and its rounds, with how many have answered. */
export async function listPulses({ store, programme, write }: PulseCommand): Promise<void> {
  const [pulses, rounds, seats] = await Promise.all([
    store.pulses.list(programme.id),
    store.rounds.list(programme.id),
    store.seats.list(programme.id),
  ]);
  for (const { id, state } of pulses) {
    write(`${id}: ${state}\n`);
    for (const round of rounds.filter((each) => each.pulse === id)) {
      const own = seats.filter((seat) => seat.round === round.id);
      const answered = own.filter((seat) => seat.answered).length;
      const closes = Temporal.Instant.fromEpochMilliseconds(round.closesMs).toZonedDateTimeISO(
        programme.zone,
      );
      const until = `${closes.toPlainDate().toString()} ${closes.toPlainTime().toString({ smallestUnit: 'minute' })}`;
      write(
        `  ${round.id}: ${round.state}, ${String(answered)} of ${String(own.length)} answered, closes ${until}\n`,
      );
    }
  }
}

/** What can be done with a pulse. */
export async function changePulse(
  command: PulseCommand,
  what: 'start' | 'stop' | 'repeat',
  id: string,
): Promise<void> {
  const known = await pulseOf(command, id);
  const today = Temporal.Instant.fromEpochMilliseconds(command.nowMs).toZonedDateTimeISO(
    command.programme.zone,
  );
  const change = async (tables: Tables) => {
    const state = await loadState(tables, command.programme);
    if (what === 'stop') return { row: await stopPulse(tables, known), faults: [] };
    if (what === 'start') return startPulse(tables, state, known);
    return repeatPulse(tables, state, known, today.toPlainDate().toString());
  };
  const { row, faults } = await command.store.transact(async (tables) => {
    const changed = await change(tables);
    if (changed.row !== undefined) await noted(command, tables, `pulse-${what}`, id);
    return changed;
  });
  if (row === undefined) throw wrong(faults);
  await replan(command);
  command.write(`${row.id} is ${row.state}.\n`);
}

/** What can be done with an open round. @throws SamlingError `ARGUMENT_WRONG` for one that is closed. */
export async function changeRound(
  command: PulseCommand,
  id: string,
  change: { readonly days: number } | 'close',
): Promise<void> {
  const round = await roundOf(command, id);
  const isClosing = change === 'close';
  const changed = await command.store.transact(async (tables) => {
    const after = isClosing
      ? await closeRound(tables, round, command.nowMs)
      : await extendRound(tables, command.programme, round, change.days);
    if (after !== undefined) await noted(command, tables, isClosing ? 'pulse-close' : 'pulse-extend', id);
    return after;
  });
  if (changed === undefined)
    throw new SamlingError('ARGUMENT_WRONG', `The round ${id} is closed, and stays so.`);
  await replan(command);
  const closes = Temporal.Instant.fromEpochMilliseconds(changed.closesMs).toString();
  command.write(`${id} closes at ${closes}.\n`);
}

/** A closed round's results: sentences, CSV or an Excel workbook. */
export async function printResults(
  command: PulseCommand,
  id: string,
  format: 'text' | 'csv' | 'xlsx',
  out?: string,
): Promise<void> {
  const { store, programme, language, write } = command;
  const round = await roundOf(command, id);
  const all = await store.pulseResults.list(programme.id);
  const own = all.find((each) => each.id === id);
  if (own === undefined) throw new SamlingError('ARGUMENT_WRONG', `The round ${id} has no result yet.`);
  const context = contextOf(command);
  const words = {
    everybody: context.translator.t('pulse.everybody'),
    options: ({ question }: { readonly question: Parameters<typeof optionsOf>[0] }) =>
      optionsOf(question, context),
  };
  if (format === 'text') {
    const results = all.map((each) => each.results);
    const { parts } = partsOf(programme, round, own.results, everyScope(programme, round), results);
    for (const part of parts) {
      write(`${part.name === undefined ? words.everybody : textIn(part.name, language)}\n`);
      for (const item of part.items) write(`  ${sentenceOf(item, round.definition.threshold, context)}\n`);
    }
    return;
  }
  await store.transact((tables) => noted(command, tables, 'pulse-file', id));
  const rows = resultTable(programme, round, all, language, words);
  const bytes = format === 'csv' ? csvOf(rows) : await xlsxOf(rows);
  if (out === undefined) write(bytes);
  else await writeFile(out, bytes);
}
