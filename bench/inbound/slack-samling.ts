import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCardBox } from '../../src/adapters/chat/slack/card-box.js';
import { createInstalls } from '../../src/adapters/chat/slack/installs.js';
import { loadProgrammes } from '../../src/adapters/files/programme-files.js';
import { openLowdbStore } from '../../src/adapters/store/lowdb/persistence.js';
import { toBlockKit } from '../../src/cards/blockkit/index.js';
import { createRenderer } from '../../src/cards/index.js';
import { asset } from '../../src/cli/assets.js';
import { createLog } from '../../src/cli/log.js';
import { SERVING } from '../../src/cli/open-store.js';
import { startSamling } from '../../src/cli/start.js';
import { accountId } from '../../src/core/identity/types.js';
import type { Message } from '../../src/core/ports/interaction.js';
import { createTranslators } from '../../src/i18n/index.js';
import { createRenderCache } from '../../src/runtime/render-cache.js';
import { createSealer } from '../../src/runtime/sealed.js';
import { serveMeasured, slackOf, type Pressed } from './slack-load.js';

/** Samling as it is started, with its store on the disk and its log, and people who have been told of a deadline. */
const slack = slackOf(process.argv);
const { people } = slack;
const dataDir = await mkdtemp(join(tmpdir(), 'samling-bench-'));
const keys = [randomBytes(32).toString('base64')];
const sealer = createSealer(keys);
const clock = { nowMs: () => Date.now() };
const programmes = loadProgrammes(asset('data', 'programmes'));
const programme = programmes.get('saman');
if (programme === undefined) throw new TypeError('there is no programme saman');
const organisations = programme.organisations.filter((each) => each.languages !== undefined);
const renderer = createRenderer({
  cardsDir: asset('cards'),
  translators: createTranslators(asset('locales')),
});
const box = createCardBox(sealer);

// As the product opens it: the guard's hook would stay on for the whole process.
const store = await openLowdbStore(join(dataDir, 'store'), SERVING);
await store.members.put(
  ...people.map(({ id }, index) => ({
    ...{ programme: 'saman', id, roles: ['project-leader'], networks: [], active: true },
    organisation: organisations[index % organisations.length]?.id ?? '',
  })),
);
await store.accounts.put(
  ...people.map(({ id, workspace, user }) => ({
    ...{ programme: 'saman', id: accountId(workspace, user), member: id, platform: 'slack' as const },
    ...{ workspace, user, address: {}, state: 'active' as const, at: '2014-01-01T00:00:00Z' },
  })),
);
const installs = createInstalls({ store, sealer, clock });
for (const [workspace, botToken] of Object.entries(slack.tokens))
  await installs.put(workspace, 'Bench', { botToken });
await store.close();

const running = await startSamling({
  config: {
    ...{ dataDir, host: '127.0.0.1', port: 0, mode: 'production', logLevel: 'info', keys },
    slack: { signingSecret: slack.signingSecret, apiUrl: slack.apiUrl },
  },
  log: createLog('info'),
  clock,
});

/** A card whose first button is pressed. */
function pressed(message: Message): Pressed & { readonly message: ReturnType<typeof renderer.render> } {
  const rendered = renderer.render(message, { language: 'nb', programme: programme! });
  const options = { surface: 'message' as const, lang: 'nb' };
  const [first] = toBlockKit(rendered.card, options).messages;
  const actionId = /"action_id":"([^"]*)"/.exec(JSON.stringify(first?.blocks))?.[1] ?? '';
  const shown = { card: rendered.card, options, programme: 'saman', delivery: 'bench' };
  return {
    actionId,
    boxes: people.map(({ workspace, user }) => box.close(shown, workspace, user)),
    message: rendered,
  };
}

const event = {
  ...{ event: 'arsrapport-2014', kind: 'deadline', title: 'Årsrapport', starts: '2014-02-01', daysLeft: 7 },
  ...{ organisation: 'Voss', why: {}, status: 'open', canHandIn: true, snoozeChoices: [] },
};
const acknowledged = pressed({ template: 'nudge', data: { items: [event] } });
const answered = pressed({ template: 'help', data: { understood: true, programme: programme.name } });
const render = createRenderCache((message, context) => renderer.render(message, context));
/** The card after the press, drawn for each update as it is in the product. */
const handedIn = () =>
  render(
    { template: 'nudge', data: { items: [{ ...event, status: 'handed-in' }] } },
    { language: 'nb', programme },
  );
await serveMeasured(
  { url: running.url, acknowledged, answered },
  {
    /** The update of the card by itself, as it follows each press. */
    async update(count) {
      const one = async (index: number) => {
        const { workspace, user, id } = people[index % people.length]!;
        const to = { programme: 'saman', member: id, workspace, account: { user } };
        const ref = { channel: `D${workspace.slice(6)}${user}`, ts: '1.1', delivery: 'bench' };
        await running.chats.slack?.update(to, ref, handedIn());
      };
      for (let at = 0; at < count; at += 16)
        await Promise.all(Array.from({ length: Math.min(16, count - at) }, (_, n) => one(at + n)));
    },
    async close() {
      await running.close();
      await rm(dataDir, { recursive: true });
    },
  },
);
