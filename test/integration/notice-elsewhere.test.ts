import assert from 'node:assert/strict';
import { toBlockKit } from '../../src/cards/blockkit/index.js';
import { fitCard, toTeamsCard } from '../../src/adapters/chat/teams/card.js';
import type { Account, Platform } from '../../src/core/identity/types.js';
import { BODY_LONGEST, TITLE_LONGEST } from '../../src/core/notices/definition.js';
import type { PreviewUrl } from '../../src/core/ports/addresses.js';
import { elementsOf } from '../support/elements.js';
import { boss, members, programme } from '../support/notice-chat.js';
import { pulseParts, type PulseParts } from '../support/pulse-parts.js';

const account = (member: string, platform: Platform): Account => ({
  ...{ programme: 'saman', id: `${platform}/T1/${member}`, member, platform, workspace: `${platform}/T1` },
  ...{ user: member, address: {}, state: 'active', at: '2014-01-01T00:00:00Z' },
});
const leaders = members.filter((each) => each.roles.includes('network-leader')).map((each) => each.id);
const event = programme.gatherings.find((each) => each.starts > '2014-03-03')!.id;
const long = (length: number) => 'Ærlig talt. '.repeat(length).slice(0, length).trim();

/** All that a notice can have, as long as it may be. */
const FULL = {
  'title-nb': long(TITLE_LONGEST),
  'body-nb': `**Viktig** _nå_ [her](https://saman.example)\n- en\n- to\n\n${long(BODY_LONGEST - 100)}`,
  ...{ instead: 'nb', role: 'network-leader', gathering: event, ask: 'rsvp' },
  ...{ picture: 'https://saman.example/bilde.png', alt: 'Fjorden', link: 'https://saman.example/a' },
};
const SHORT = { 'title-nb': 'Hei', 'body-nb': 'Tekst', instead: 'nb', role: 'network-leader', ask: 'read' };

/** The titles, texts, pictures and buttons of a message, in order. */
function readable(shown: unknown): readonly string[] {
  return elementsOf(shown).flatMap((each) => {
    const { type, url, image_url, title } = each as Record<string, string>;
    if (type === 'Image' || type === 'image') return [`picture ${String(url ?? image_url)}`];
    if (type === 'Action.Execute' || type === 'Action.OpenUrl') return [`button ${String(title)}`];
    if (type === 'button') return [`button ${(each['text'] as { text: string }).text}`];
    return [];
  });
}

/** What one who pressed is answered. */
const repliesIn = ({ got }: PulseParts) =>
  got.filter(({ delivery }) => delivery.startsWith('reply/')).map(({ message }) => message);

const GENERAL = /^(speak|layout and look)/;

describe('a notice on another platform than the coordinator’s', () => {
  const starting = async (own: Platform, others: Platform, given: { previewUrl?: PreviewUrl } = {}) => {
    const accounts = [account(boss, own), ...leaders.map((each) => account(each, others))];
    return pulseParts(programme, members, Date.parse('2014-03-03T08:00:00Z'), { accounts, ...given });
  };

  for (const [own, other, name] of [
    ['slack', 'teams', 'Teams'],
    ['teams', 'slack', 'Slack'],
  ] as const) {
    it(`is told with the preview: in ${name}, for one who is in ${own}`, async () => {
      const parts = await starting(own, other);
      await parts.press(boss, 'notice-make', SHORT);
      const [row] = await parts.store.notices.list('saman');
      await parts.press(boss, 'notice-preview', { notice: row!.id, language: 'nb' });
      await parts.samling.tick();
      const said = repliesIn(parts)
        .slice(-2)
        .map(({ text }) => text);
      assert.match(said[0]!, /^Forhåndsvisning/);
      assert.match(said[1]!, new RegExp(`^I ${name} ser leserne samme tittel`));
      await parts.close();
    });
  }

  it('is not mentioned where nobody is on another', async () => {
    const parts = await starting('slack', 'slack');
    await parts.press(boss, 'notice-make', SHORT);
    const [row] = await parts.store.notices.list('saman');
    await parts.press(boss, 'notice-preview', { notice: row!.id, language: 'nb' });
    await parts.samling.tick();
    assert.match(repliesIn(parts).at(-1)!.text, /^Forhåndsvisning/);
    await parts.close();
  });

  it('is drawn on a page instead, while it is a draft and where there are pages', async () => {
    const parts = await starting('slack', 'teams', {
      previewUrl: ({ programme: id, notice, language }, nowMs) =>
        `https://saman.example/${id}/${notice}/${language}/${String(nowMs)}`,
    });
    await parts.press(boss, 'notice-make', SHORT);
    const [row] = await parts.store.notices.list('saman');
    const previewed = async () => {
      await parts.press(boss, 'notice-preview', { notice: row!.id, language: 'nb' });
      await parts.samling.tick();
      return repliesIn(parts).at(-1)!;
    };
    const { card, text } = await previewed();
    assert.equal(text, 'Slik ser det ut i Teams og Slack');
    assert.deepEqual(
      elementsOf(card.body).flatMap(({ url }) => url ?? []),
      [`https://saman.example/saman/${row!.id}/nb/${String(parts.moment.ms)}#nb`],
    );
    await parts.store.notices.put({ ...row!, state: 'sent' });
    assert.match((await previewed()).text, /^I Teams ser leserne samme tittel/);
    await parts.close();
  });

  it('is the same there as is said: title, picture, text and buttons in one message, in the same order', async () => {
    const parts = await starting('slack', 'teams');
    for (const typed of [FULL, SHORT]) {
      await parts.press(boss, 'notice-make', typed);
      const row = (await parts.store.notices.list('saman')).at(-1)!;
      await parts.press(boss, 'notice-preview', { notice: row.id, language: 'nb' });
      await parts.samling.tick();
      const { card } = repliesIn(parts).at(-2)!;
      const { messages, report } = toBlockKit(card, { surface: 'message', lang: 'nb' });
      assert.equal(messages.length, 1);
      assert.deepEqual(
        report.filter((each) => !GENERAL.test(each.what)),
        [],
      );
      assert.deepEqual(readable(messages[0]!.blocks), readable(card.body));
      const blocks = JSON.stringify(messages[0]!.blocks);
      assert.ok(blocks.includes(typed['title-nb']), 'the whole title');
      assert.ok(blocks.includes(typed['body-nb'].split('\n').at(-1)!), 'the whole text');
      const teams = toTeamsCard(card, { ticket: () => 'x'.repeat(200) });
      assert.equal(fitCard(teams, '').shortened, false);
      assert.deepEqual(readable(teams['body']), readable(card.body));
    }
    await parts.close();
  });
});
