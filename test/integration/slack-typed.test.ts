import assert from 'node:assert/strict';
import { buttonOf, type LocalPerson } from '../local/slack/index.js';
import type { LocalMessage } from '../local/slack/world.js';
import type { SlackApp } from '../support/slack-app.js';
import { personIn, startEverywhere } from '../support/slack-programme.js';

/** What a member can type, as Slack hands it on. */
const TYPED = '&lt;!channel&gt; kva gjer ein nettverksleiar @here &lt;@UVOSS&gt;';

describe('what a member types in Slack, shown to others', function () {
  this.timeout(60_000);
  let app: SlackApp;
  let voss: LocalPerson;
  let channel: LocalMessage[];
  const settle = async () => {
    app.clock.set(app.clock.nowMs() + 5_000);
    await app.settle();
  };
  const press = async (label: string) => {
    await settle();
    await app.until(() => buttonOf(voss.messages().at(-1), label) !== undefined);
    const message = voss.messages().at(-1)!;
    await voss.send(voss.pressPayload(message, buttonOf(message, label)!));
  };
  before(async () => {
    app = await startEverywhere();
    channel = [];
    app.slack.world.workspaces.get('T2')?.channels.set('C1', { user: '', messages: channel });
    voss = personIn(app, 'T2', 'UVOSS');
    await voss.mention(TYPED, { channel: 'C1', ts: '1.000001' });
    await press('Kva gjer ein nettverksleiar?');
    await press('Vis for alle');
    await settle();
    await app.until(() => channel.length === 1);
  });
  after(() => app.close());

  it('calls nobody and is no link, neither in what is shown nor in the line for notifications', () => {
    const [shown] = channel;
    assert.match(shown!.text, /&lt;!channel&gt; .*&lt;@UVOSS&gt;/);
    for (const text of [shown!.text, ...mrkdwnIn(shown!.blocks)]) {
      assert.doesNotMatch(text, /<[!@#]/);
    }
  });

  it('says @here to nobody: Slack reads such words in mrkdwn as a call', () => {
    const [shown] = channel;
    assert.match(JSON.stringify(shown!.blocks), /@here/);
    for (const text of mrkdwnIn(shown!.blocks)) assert.doesNotMatch(text, /@here/);
  });
});

function mrkdwnIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { type, text } = value as { readonly type?: unknown; readonly text?: unknown };
  if (type === 'mrkdwn') return [String(text)];
  return Object.values(value).flatMap(mrkdwnIn);
}
