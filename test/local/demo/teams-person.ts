import { buttonsOf, type CardButton } from '../../support/cards.js';
import { activities, type LocalPerson, type LocalTeams } from '../teams/index.js';
import { enteredInCard, fieldsOfCard, type Typed } from './fields.js';
import { linesOf, WINDOW, type DemoPerson, type Shown } from './person.js';

type Card = { readonly body?: unknown } | undefined;

/** Buttons that are pressed: what refreshes the card by itself has no title, and what opens an address no data. */
const buttonsIn = (card: unknown) =>
  buttonsOf(card).filter(
    ({ type, title }) => title !== undefined && ['Action.Execute', 'Action.Submit'].includes(type),
  );

function shownOf(id: string, card: Card): Shown {
  const buttons = buttonsIn(card).map(({ title = '' }) => title);
  return { id, lines: linesOf(card?.body), fields: fieldsOfCard(card), buttons };
}

const dataOf = (card: Card, { data }: CardButton, typed: Typed) => ({
  ...enteredInCard(card, typed),
  ...data,
});

/** Somebody in a local Teams; `url` takes the bot's activities. */
export function teamsPerson(id: string, teams: LocalTeams, url: string, person: LocalPerson): DemoPerson {
  const origin = teams.origin(person);
  const received = () => teams.connector.messagesOf(origin.conversation);
  const cardOf = (message: ReturnType<typeof received>[number] | undefined): Card =>
    message?.activity.attachments?.[0]?.content;
  let dialog: Card;
  let said: string | undefined;
  const ask = async (activity: unknown) => {
    const { body } = await teams.post(url, activity);
    dialog = body?.task?.type === 'continue' ? body.task.value.card.content : undefined;
    said = body?.task?.type === 'message' ? body.task.value : undefined;
  };
  const pressMessage = async (message: string, index: number, typed: Typed) => {
    const found = received().find((each) => each.id === message);
    const card = cardOf(found);
    const button = buttonsIn(card)[index];
    if (found === undefined || button === undefined) return;
    const { verb = '' } = button;
    const data = dataOf(card, button, typed);
    if (button.data?.msteams?.type === 'task/fetch') return ask(activities.taskFetch(origin, message, data));
    const { body } = await teams.post(url, activities.execute(origin, message, { verb, data }));
    // A card in the answer takes the place of the pressed one, as in Teams.
    if (body?.type === 'application/vnd.microsoft.card.adaptive')
      found.activity.attachments[0].content = body.value;
  };
  return {
    ...{ id, place: person.tenant, platform: 'teams' as const },
    messages: () =>
      received().map((each) => {
        const card = cardOf(each);
        const text = { lines: [String(each.activity.text ?? '')] };
        return { ...shownOf(each.id, card), ...(card === undefined ? text : {}) };
      }),
    window() {
      if (said !== undefined) return { id: WINDOW, lines: [said], fields: [], buttons: [] };
      return dialog === undefined ? undefined : shownOf(WINDOW, dialog);
    },
    close() {
      dialog = undefined;
      said = undefined;
    },
    async press(message, index, typed) {
      if (message !== WINDOW) return pressMessage(message, index, typed);
      const button = buttonsIn(dialog)[index];
      if (button !== undefined) await ask(activities.taskSubmit(origin, dataOf(dialog, button, typed)));
    },
    async say(text) {
      await teams.post(url, activities.message(origin, text));
    },
  };
}
