import { SingleBar } from 'cli-progress';
import { readPeopleCsv } from '../adapters/files/people-csv.js';
import { SamlingError } from '../core/errors.js';
import { comparePeople, type PeopleChanges } from '../core/members/import/people.js';
import type { Member } from '../core/members/types.js';
import type { Store } from '../core/ports/store.js';
import { idOfEmail } from '../runtime/member-id.js';
import type { Programme } from '../core/programme/schema.js';

export interface ImportOptions {
  readonly file: string;
  readonly programme: Programme;
  readonly store: Store;
  readonly dryRun: boolean;
  /** Agrees to deactivating more than half of the members. */
  readonly yes: boolean;
  readonly write: (text: string) => void;
}

/** A file that deactivates more than this share of the members is more likely the wrong file. */
const MOST_DEACTIVATED = 0.5;

/**
 * Imports a people file, or says what it would do. Either all of the file takes effect, or nothing.
 * @throws SamlingError `PEOPLE_FILE_WRONG` with all faults, in a real run; a dry run lists them and goes on.
 */
export async function importPeople(options: ImportOptions): Promise<void> {
  const { programme, store, dryRun, write } = options;
  const file = await readPeopleCsv(options.file);
  const current = await store.members.list(programme.id);
  const bar = progressBar(Math.max(0, file.lines.length - 1));
  const changes = comparePeople(programme, current, file, (email) => {
    bar.increment();
    return idOfEmail(email);
  });
  bar.stop();
  write(reportOf(changes));
  if (changes.faults.length > 0) {
    const message = dryRun ? 'Lines with faults would stop the import.' : 'Nothing was imported.';
    throw new SamlingError('PEOPLE_FILE_WRONG', message, { faults: changes.faults });
  }
  refuseMassDeactivation(options, current, changes);
  if (dryRun) return;
  const rows = [...changes.added, ...changes.changed.map((each) => each.member), ...changes.deactivated];
  await store.transact(async (tables) => tables.members.put(...rows));
}

function progressBar(total: number): Pick<SingleBar, 'increment' | 'stop'> {
  const bar = new SingleBar({ format: '{bar} {value}/{total}', clearOnComplete: true, noTTYOutput: false });
  bar.start(total, 0);
  return bar;
}

function refuseMassDeactivation(
  { yes }: ImportOptions,
  current: readonly Member[],
  changes: PeopleChanges,
): void {
  const active = current.filter((member) => member.active).length;
  if (yes || active === 0 || changes.deactivated.length <= active * MOST_DEACTIVATED) return;
  throw new SamlingError(
    'PEOPLE_FILE_WRONG',
    `The file lacks ${String(changes.deactivated.length)} of ${String(active)} members, who would be deactivated. ` +
      'If that is right, say --yes.',
  );
}

function reportOf({ added, changed, deactivated, unchanged, ignored }: PeopleChanges): string {
  const who = (member: Member) => `${member.id} (${member.roles.join(', ')}, ${member.organisation})`;
  const lines = [
    ...added.map((member) => `+ ${who(member)}`),
    ...changed.map(({ member, fields }) => `~ ${who(member)}: ${fields.join(', ')}`),
    ...deactivated.map((member) => `- ${who(member)}`),
    ...ignored.map((heading) => `? column ${JSON.stringify(heading)} is not used`),
    `${String(added.length)} added, ${String(changed.length)} changed, ${String(deactivated.length)} deactivated, ` +
      `${String(unchanged)} as before`,
  ];
  return `${lines.join('\n')}\n`;
}
