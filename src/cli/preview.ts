import { z } from 'zod';
import type { Config } from '../config/schema.js';
import { SamlingError } from '../core/errors.js';
import { demoPeople } from '../core/programme/demo-people.js';
import type { Programme } from '../core/programme/schema.js';
import { loadState, type ProgrammeState } from '../core/reminders/member-state.js';
import { preview, type PreviewLine } from '../core/reminders/preview.js';
import { hasStore, openStore } from './open-store.js';

export interface PreviewOptions {
  readonly programme: Programme;
  /** What the store says; without it, the demo people, who have done nothing yet. */
  readonly state?: ProgrammeState;
  readonly from: string;
  readonly to: string;
  readonly json: boolean;
}

const DATE = z.iso.date();

/**
 * What would be told from one date through another: as JSON, or as a table for people.
 * @throws SamlingError `ARGUMENT_WRONG` for dates that are none or the wrong way round.
 */
export function previewText(options: PreviewOptions): string {
  const faults = (['from', 'to'] as const)
    .filter((name) => !DATE.safeParse(options[name]).success)
    .map((name) => ({
      source: 'preview',
      path: `--${name}`,
      found: options[name],
      expected: 'a date such as 2014-02-01',
    }));
  if (faults.length === 0 && options.to < options.from) {
    faults.push({ source: 'preview', path: '--to', found: options.to, expected: `${options.from} or later` });
  }
  if (faults.length > 0) throw new SamlingError('ARGUMENT_WRONG', 'The dates are wrong.', { faults });
  const state = options.state ?? demoState(options.programme);
  const lines = preview({ ...state, laneOf: () => 'preview' }, options.from, options.to);
  return options.json ? `${JSON.stringify(lines, null, 2)}\n` : tableOf(lines);
}

function demoState(programme: Programme): ProgrammeState {
  return {
    programme,
    members: demoPeople(programme),
    preferences: new Map(),
    submissions: new Set(),
    snoozes: new Map(),
    rsvps: new Map(),
    handovers: new Map(),
  };
}

/**
 * What the store says of a programme; undefined when nobody was imported into it.
 * @throws SamlingError `STORE_LOCKED` while another process works in the folder of an embedded store.
 */
export async function storedState(
  config: Pick<Config, 'dataDir' | 'databaseUrl'>,
  programme: Programme,
): Promise<ProgrammeState | undefined> {
  if (!hasStore(config)) return undefined;
  const store = await openStore(config);
  try {
    const state = await loadState(store, programme);
    return state.members.length === 0 ? undefined : state;
  } finally {
    await store.close();
  }
}

function tableOf(lines: readonly PreviewLine[]): string {
  if (lines.length === 0) return 'Nobody would be told anything.\n';
  const rows = lines.map((line) => [
    `${line.date} ${line.time}`,
    line.language,
    line.organisation,
    line.member,
    line.lead,
    `${line.title} (${line.due})`,
    line.reason,
  ]);
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return `${rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n`;
}
