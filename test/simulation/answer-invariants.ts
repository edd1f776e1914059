import type { Habits } from './habits.js';
import type { World } from './world.js';

/** No confirmed answer is lost: its row is there, and of answers to a pulse as many as were counted. */
export async function answersLost({ store, box }: World, { confirmed }: Habits): Promise<string[]> {
  const faults: string[] = [];
  const answered = new Map<string, Set<string>>();
  for (const [id, { programme, table, row, member }] of confirmed) {
    // What is handed in can be taken back again; whoever said what last is looked at below.
    if (table === 'submissions') continue;
    const found = await store[table].get(programme, row);
    if (table !== 'seats') {
      if (found === undefined) faults.push(`lost: ${id}, ${table} ${programme}/${row}`);
      continue;
    }
    // What comes after the end of a round is answered so, and counts no more.
    if (found === undefined || !('answered' in found) || !found.answered) continue;
    const round = `${programme}/${row.slice(0, row.lastIndexOf('/'))}`;
    answered.set(round, new Set([...(answered.get(round) ?? []), member]));
  }
  for (const [round, people] of answered) {
    const counted = box.counted.get(round) ?? 0;
    if (counted < people.size)
      faults.push(`lost: ${round} has ${String(counted)} answers of ${String(people.size)} people`);
  }
  return faults;
}

/** What was said last is what is kept, however late what was said before comes once more. */
export async function overridden({ store, box }: World, { words }: Habits): Promise<string[]> {
  const faults: string[] = [];
  for (const [key, value] of words.last()) {
    const [what, programme = '', ...rest] = key.split(' ');
    const row = rest.join(' ');
    if (what === 'ballot') {
      const kept = String(box.latest.get(`${programme} ${row}`));
      if (kept !== value) faults.push(`overridden: ${programme}, an answer is ${kept} for ${value}`);
      continue;
    }
    const isThere = (await store.submissions.get(programme, row)) !== undefined;
    if (isThere !== (value === 'handed-in'))
      faults.push(`${isThere ? 'overridden' : 'lost'}: ${value} of ${programme}/${row}`);
  }
  return faults;
}

/** One member, one ballot: no round has more answers than people who gave one. */
export function votedTwice({ box }: World, { voters }: Habits): string[] {
  return [...box.counted].flatMap(([round, counted]) => {
    const most = voters.get(round)?.size ?? 0;
    return counted > most
      ? [`voted twice: ${round} has ${String(counted)} answers of ${String(most)} people`]
      : [];
  });
}

/** No anonymity is broken: no ballot's token was ever stored or logged, and no result of so few is shown. */
export function revealed({ disk, logged }: World, { tokens }: Habits): string[] {
  const faults: string[] = [];
  const written = disk.written().filter((row) => row.includes('token-'));
  const lines = logged.filter((line) => line.includes('token-'));
  for (const token of tokens) {
    if (written.some((row) => row.includes(token))) faults.push(`revealed: ${token} is stored`);
    if (lines.some((line) => line.includes(token))) faults.push(`revealed: ${token} is logged`);
  }
  if (disk.written().some((row) => row.includes('"verdict":"shown"')))
    faults.push('revealed: a result of few people');
  return faults;
}
