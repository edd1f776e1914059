import { buttonsOf, type LocalPerson } from '../slack/index.js';
import type { Element } from '../../support/elements.js';
import { fieldsOfBlocks, stateOfBlocks } from './fields.js';
import { linesOf, WINDOW, type DemoPerson, type Shown } from './person.js';

type View = Record<string, unknown>;
type Surface = Readonly<Record<string, unknown>>;

/** What Slack does with the answer to a window that was sent (https://docs.slack.dev/surfaces/modals). */
interface Answer {
  readonly response_action?: 'update' | 'errors' | 'clear' | 'push';
  readonly view?: View;
  readonly errors?: Readonly<Record<string, string>>;
}

/** Somebody in a local Slack; `views` are the windows that are open in their workspace. */
export function slackPerson(
  id: string,
  place: string,
  person: LocalPerson,
  views: Map<string, View>,
): DemoPerson {
  /** A workspace keeps the windows of all; which one is this person's. */
  let open: string | undefined;
  let wrong: readonly string[] = [];
  const view = () => (open === undefined ? undefined : views.get(open));
  const press = async (message: Surface, index: number, payloadOf: (button: Surface) => unknown) => {
    const button = buttonsOf({ ...message })[index];
    if (button === undefined) return;
    const before = new Set(views.keys());
    await person.send(payloadOf(button));
    open = [...views.keys()].find((each) => !before.has(each)) ?? open;
  };
  const send = async (shown: View, values: unknown) => {
    const { body } = await person.send(person.viewPayload(shown, values));
    const answer = (body === '' ? {} : JSON.parse(body)) as Answer;
    wrong = Object.values(answer.errors ?? {});
    if (answer.response_action === 'errors') return;
    const key = String(shown['id']);
    views.delete(key);
    if (answer.response_action === 'update')
      views.set(key, { ...answer.view, id: key, hash: `${String(shown['hash'])}+` });
  };
  return {
    ...{ id, place, platform: 'slack' as const },
    // What only this person sees, such as what is wrong with a form, stands among the messages.
    messages: () =>
      [...person.messages(), ...person.whispers()]
        .sort((a, b) => Number(a.ts) - Number(b.ts))
        .map((each) => shownOf(each.ts, { ...each })),
    window() {
      const shown = view();
      if (shown === undefined) return undefined;
      const { lines, buttons, ...rest } = shownOf(WINDOW, shown);
      // A window's own button stands after those of its blocks.
      const own = shown['submit'] === undefined ? [] : [textOf(shown['submit'])];
      return { ...rest, lines: [textOf(shown['title']), ...lines, ...wrong], buttons: [...buttons, ...own] };
    },
    close() {
      open = undefined;
      wrong = [];
    },
    async press(message, index, typed) {
      const shown = view();
      if (message !== WINDOW) {
        const found = person.messages().find((each) => each.ts === message);
        if (found === undefined) return;
        const state = { values: stateOfBlocks(found.blocks, typed) };
        await press({ ...found }, index, (button) => person.pressPayload(found, { ...button }, state));
      } else if (shown !== undefined) {
        const values = stateOfBlocks(shown['blocks'], typed);
        if (index === buttonsOf(shown).length) return send(shown, values);
        const filled = { ...shown, state: { values } };
        await press(shown, index, (button) => person.homePayload(filled, { ...button }));
      }
    },
    async say(text) {
      await person.say(text);
    },
  };
}

const textOf = (node: unknown) => String((node as Element)['text']);

function shownOf(id: string, surface: Surface): Shown {
  const blocks = (surface['blocks'] ?? []) as readonly unknown[];
  return {
    id,
    lines: blocks.length === 0 ? [String(surface['text'])] : linesOf(blocks),
    fields: fieldsOfBlocks(blocks),
    buttons: buttonsOf({ ...surface }).map(({ text }) => textOf(text)),
  };
}
