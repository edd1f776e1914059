import { setImmediate as turn } from 'node:timers/promises';
import { loadVocabulary } from '../../src/adapters/files/vocabulary.js';
import { openPostgresStore } from '../../src/adapters/store/postgres/store.js';
import { createRenderer } from '../../src/cards/index.js';
import { asset } from '../../src/cli/assets.js';
import { createAccountDirectory } from '../../src/core/identity/directory.js';
import type { Chat } from '../../src/core/ports/chat.js';
import { createTranslators } from '../../src/i18n/index.js';
import { createSamling } from '../../src/main.js';
import { noGatherings } from './programmes.js';

/**
 * A Samling on a database that sends one notice after another by a chat that keeps nothing, and says of each what of the
 * heap was in use at most: `sending-process.ts DATABASE_URL NOTICE…`, with `--expose-gc`.
 */
const [url = '', ...notices] = process.argv.slice(2);

/** So often is looked while messages go out, and so soon again while there is planned. */
const LOOKS = 40;
const LOOK_MS = 50;

/** What was in use at most, in MB: while a sending is begun, goes out, and is counted in the middle. */
export interface Peaks {
  readonly notice: string;
  readonly sent: number;
  readonly beginMb: number;
  readonly sendMb: number;
  readonly countMb: number;
}

function usedMb(): number {
  global.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

/** Looks again and again while something goes on. */
async function peakOf(work: () => Promise<unknown>): Promise<number> {
  let peakMb = 0;
  const timer = setInterval(() => (peakMb = Math.max(peakMb, usedMb())), LOOK_MS);
  await work();
  clearInterval(timer);
  return Math.max(peakMb, usedMb());
}

let onSent: () => void = () => undefined;
const unasked = () => Promise.reject(new TypeError('nobody should ask for this'));
const chat: Chat = {
  platform: 'slack',
  async send(_to, _message, delivery) {
    await turn();
    onSent();
    return { kind: 'sent', ref: { id: delivery } };
  },
  ...{ update: unasked, remove: unasked, find: unasked },
};
const programme = noGatherings('saman');
const programmes = { get: () => programme, all: () => [programme] };
const store = await openPostgresStore(url);
const fail = (fields: object, what: string) => {
  throw new TypeError(`${what} ${JSON.stringify(fields)}`);
};
const { planner, dispatcher } = createSamling({
  ...{ programmes, store, clock: { nowMs: () => Date.now() } },
  log: { info: () => undefined, warn: fail, error: fail },
  directory: await createAccountDirectory({ tables: store, programmes, chats: { slack: chat } }),
  renderer: createRenderer({ cardsDir: asset('cards'), translators: createTranslators(asset('locales')) }),
  vocabulary: loadVocabulary(asset('data', 'conversation', 'commands.json')),
});
const plan = () => planner.plan(programme, Date.now());

for (const notice of notices) {
  const row = (await store.notices.get(programme.id, notice))!;
  await store.notices.put({ ...row, state: 'scheduled' });
  const beginMb = await peakOf(plan);
  const total = (await store.sendings.get(programme.id, `${notice}/1`))!.receivers.length;
  let [sent, sendMb] = [0, 0];
  let counting: Promise<number> | undefined;
  onSent = () => {
    sent += 1;
    if (sent % Math.ceil(total / LOOKS) === 0) sendMb = Math.max(sendMb, usedMb());
    if (sent === Math.ceil(total / 2)) counting = peakOf(plan);
  };
  await dispatcher.flush();
  const peaks: Peaks = { notice, sent, beginMb, sendMb, countMb: (await counting)! };
  console.log(JSON.stringify(peaks));
}
await dispatcher.stop();
await store.close();
