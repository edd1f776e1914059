import { setTimeout as pause } from 'node:timers/promises';
import { createSlack } from '../../src/adapters/chat/slack/index.js';
import { createRenderer } from '../../src/cards/index.js';
import { asset } from '../../src/cli/assets.js';
import { createLog } from '../../src/cli/log.js';
import { openServerStore } from '../../src/cli/open-store.js';
import { createAccountDirectory } from '../../src/core/identity/directory.js';
import { createTranslators } from '../../src/i18n/index.js';
import { createDispatcher } from '../../src/runtime/dispatcher.js';
import { createLoad } from '../../src/runtime/lanes/load.js';
import { createSealer } from '../../src/runtime/sealed.js';
import { createWriter } from '../../src/runtime/writer.js';
import { contentFor, messageFor } from '../fanout/content.js';
import { toldPlatforms } from '../fanout/told.js';
import { KEY, fill } from './fill.js';

/** One of the processes that send a round: `worker.ts FOLDER [DATABASE_URL]`; the first fills the store and plans. */
const platforms = await toldPlatforms();
const [, , folder = '', databaseUrl] = process.argv;
const log = createLog('silent');
const clock = { nowMs: () => Date.now() };
const config = { dataDir: folder, ...(databaseUrl === undefined ? {} : { databaseUrl }) };
const { store, ballots, share } = await openServerStore(config, log);
const { programme } = contentFor('Voss');
const programmes = { get: () => programme, all: () => [programme] };
const renderer = createRenderer({
  cardsDir: asset('cards'),
  translators: createTranslators(asset('locales')),
});
const parts = {
  ...{ store, programmes, clock, log, sealer: createSealer([KEY]) },
  render: (...given: Parameters<typeof renderer.render>) => renderer.render(...given),
};
const { chat } = createSlack({ ...parts, config: { signingSecret: 's', apiUrl: platforms.slack.apiUrl } });
const unpaced = { ...chat, pace: { limits: [] } };
let peakMb = 0;
const tell = (said: object) => process.send?.(said);

async function plan(): Promise<number> {
  const fromMs = performance.now();
  await store.outbox.add(
    platforms.slack.people.map(({ member, workspace }) => ({
      ...{ programme: 'saman', id: `nudge/round/${member}`, items: [`nudge/round/${member}`], member },
      ...{ lane: workspace, kind: 'reply', urgent: false, notBeforeMs: 0 },
      data: { message: messageFor('voss') },
    })),
  );
  return performance.now() - fromMs;
}

async function work(plans: boolean): Promise<void> {
  const usedBefore = process.cpuUsage();
  const directory = await createAccountDirectory({ tables: store, programmes, chats: { slack: unpaced } });
  const random = { token: () => '', fraction: () => 0.5 };
  const dispatcher = createDispatcher({
    ...{ store, directory, write: createWriter(parts), clock, random, log },
    mostUnderWay: createLoad(),
  });
  const due = () => void dispatcher.start().catch(() => undefined);
  const shared = await share?.({ log, due, changed: () => undefined });
  await pause(1_500);
  const planMs = plans ? await plan() : 0;
  // What another plans is there all at once.
  const first = `nudge/round/${platforms.slack.people[0]?.member ?? ''}`;
  while ((await store.outbox.list('saman', [first]))[0] === undefined) await pause(20);
  const fromMs = performance.now();
  due();
  while (((await store.depths?.())?.size ?? 0) > 0) {
    peakMb = Math.max(peakMb, process.memoryUsage().rss / 1024 / 1024);
    await pause(50);
  }
  const wallMs = performance.now() - fromMs;
  const { user, system } = process.cpuUsage(usedBefore);
  await dispatcher.stop();
  await shared?.stop();
  tell({ planMs, wallMs, cpuMs: (user + system) / 1000, peakMb });
}

process.on('message', (said: 'fill' | 'plan' | 'work') => {
  if (said === 'fill') void fill(parts, platforms).then(() => tell({ filled: true }));
  else void work(said === 'plan');
});
tell({ ready: true });
await new Promise((resolve) => process.once('disconnect', resolve));
await ballots.close();
await store.close();
process.exit(0);
