import { buttonsOf as teamsButtons } from '../../support/cards.js';
import { elementsOf, type Element } from '../../support/elements.js';
import { buttonsOf as slackButtons, type LocalPerson as SlackPerson } from '../slack/index.js';
import { activities, type LocalPerson as TeamsPerson, type LocalTeams } from '../teams/index.js';

/** A message as the development page shows it. */
export interface Shown {
  readonly id: string;
  readonly lines: readonly string[];
  readonly buttons: readonly string[];
}

/** A user of a local platform, and what they can do. */
export interface DemoPerson {
  readonly id: string;
  readonly platform: 'slack' | 'teams';
  /** The workspace or tenant. */
  readonly place: string;
  /** Oldest first. */
  messages(): readonly Shown[];
  /** Presses the button with a place in `buttons`; does nothing when there is none. */
  press(message: string, button: number): Promise<void>;
  say(text: string): Promise<void>;
}

/** Somebody in a local Slack. */
export function slackPerson(id: string, place: string, person: SlackPerson): DemoPerson {
  return {
    ...{ id, place, platform: 'slack' as const },
    messages: () =>
      person.messages().map((each) => ({
        id: each.ts,
        lines: each.blocks.length === 0 ? [each.text] : linesOf(each.blocks),
        buttons: slackButtons({ ...each }).map(({ text }) => String((text as Element)['text'])),
      })),
    async press(id, index) {
      const message = person.messages().find((each) => each.ts === id);
      const button = slackButtons({ ...message })[index];
      if (message !== undefined && button !== undefined)
        await person.send(person.pressPayload(message, button));
    },
    async say(text) {
      await person.say(text);
    },
  };
}

/** Somebody in a local Teams; `url` takes the bot's activities. */
export function teamsPerson(id: string, teams: LocalTeams, url: string, person: TeamsPerson): DemoPerson {
  const origin = teams.origin(person);
  const received = () => teams.connector.messagesOf(origin.conversation);
  const cardOf = (message: ReturnType<typeof received>[number] | undefined) =>
    message?.activity.attachments?.[0]?.content;
  // What refreshes the card by itself has no title, and is no button.
  const buttonsIn = (card: unknown) =>
    teamsButtons(card).filter((each) => each.title !== undefined && each.verb !== undefined);
  return {
    ...{ id, place: person.tenant, platform: 'teams' as const },
    messages: () =>
      received().map((each) => {
        const card = cardOf(each);
        return {
          id: each.id,
          lines: card === undefined ? [String(each.activity.text ?? '')] : linesOf(card.body),
          buttons: buttonsIn(card).map((button) => button.title ?? ''),
        };
      }),
    async press(id, index) {
      const message = received().find((each) => each.id === id);
      const button = buttonsIn(cardOf(message))[index];
      if (message === undefined || button === undefined) return;
      const { verb = '', data } = button;
      const { body } = await teams.post(url, activities.execute(origin, id, { verb, data }));
      // A card in the answer takes the place of the pressed one, as in Teams.
      if (body?.type === 'application/vnd.microsoft.card.adaptive')
        message.activity.attachments[0].content = body.value;
    },
    async say(text) {
      await teams.post(url, activities.message(origin, text));
    },
  };
}

/** The texts of a card or of blocks, in order, without those of buttons. */
function linesOf(node: unknown): readonly string[] {
  return elementsOf(node).flatMap((each) => {
    const { type, text, facts } = each;
    if (Array.isArray(facts))
      return (facts as readonly Element[]).map((fact) => `${String(fact['title'])} ${String(fact['value'])}`);
    if (['TextBlock', 'TextRun', 'mrkdwn', 'markdown'].includes(String(type))) return [String(text)];
    return type === 'header' ? [String((text as Element)['text'])] : [];
  });
}
