import assert from 'node:assert/strict';
import { buttonOf } from '../local/slack/index.js';
import type { SlackApp } from './slack-app.js';
import { entered } from './slack-form.js';
import type { personIn } from './slack-programme.js';

type Person = ReturnType<typeof personIn>;
type Typed = Readonly<Record<string, string>>;

interface Input {
  readonly type: string;
  readonly block_id: string;
  readonly label: { readonly text: string };
  readonly element: Readonly<Record<string, any>>;
}

/** What Slack sends of a form: what was typed, what was picked, by the beginning of the field's name. */
function filled(inputs: readonly Input[], typed: Typed) {
  const values: Record<string, Record<string, unknown>> = {};
  for (const { block_id, label: name, element } of inputs) {
    const [, value] = Object.entries(typed).find(([start]) => name.text.startsWith(start)) ?? [];
    values[block_id] = { [element['action_id'] as string]: entered(element, value) };
  }
  return values;
}

const inputsIn = (blocks: unknown) => (blocks as Input[]).filter((each) => each.type === 'input');

/** Somebody who presses and fills in what they see in their conversation with Samling. */
export function formsOf(app: SlackApp, person: () => Person) {
  const messageWith = (label: string) =>
    person()
      .messages()
      .findLast((each) => buttonOf(each, label) !== undefined);
  const settle = async () => {
    app.clock.set(app.clock.nowMs() + 5_000);
    await app.settle();
  };
  return {
    messageWith,
    settle,
    inputsOf: (label: string) => inputsIn(messageWith(label)!.blocks),
    shown: () => JSON.stringify(person().messages()),
    press: async (label: string, typed: Typed = {}) => {
      const message = messageWith(label);
      assert.ok(message !== undefined, `nothing to press: ${label}`);
      const state = { values: filled(inputsIn(message.blocks), typed) };
      const answer = await person().send(person().pressPayload(message, buttonOf(message, label)!, state));
      assert.equal(answer.status, 200);
      await settle();
    },
    /** Fills in the window that opened last, and sends it. */
    write: async (typed: Typed) => {
      const view = person().views().at(-1);
      assert.ok(view !== undefined, 'no window has opened');
      const answer = await person().send(person().viewPayload(view, filled(inputsIn(view['blocks']), typed)));
      assert.deepEqual([answer.status, answer.body], [200, '']);
      await settle();
    },
  };
}
