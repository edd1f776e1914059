import { checkLimits } from '../../src/cards/blockkit/limits/index.js';
import { buttonOf, type LocalPerson } from '../local/slack/index.js';
import type { LocalWorkspace } from '../local/slack/world.js';

type Node = Readonly<Record<string, any>>;

/** What stands in the inputs of a view or message, by the text above each. */
export function shownValues(shown: object): Record<string, string> {
  const entries = inputsOf(shown).map(({ label, element }): [string, string] => [
    label.text,
    element['initial_value'] ??
      element['initial_date'] ??
      element['initial_time'] ??
      element['initial_option']?.value ??
      String(element['initial_options']?.length ?? ''),
  ]);
  return Object.fromEntries(entries);
}

/** Everything else that is read there. */
export function shownWords(shown: object): string {
  const blocks = ((shown as Node)['blocks'] as Node[]).filter((each) => each['type'] !== 'input');
  return JSON.stringify(blocks);
}

function inputsOf(shown: object): readonly Node[] {
  return ((shown as Node)['blocks'] as Node[]).filter((each) => each['type'] === 'input');
}

/** What Slack sends of a form: what was typed, by the text above the input, else what stood there. */
export function stateOf(shown: object, typed: Readonly<Record<string, string>>): object {
  const names = inputsOf(shown).map(({ label }) => label.text as string);
  const strange = Object.keys(typed).find((each) => !names.includes(each));
  if (strange !== undefined) throw new TypeError(`no field ${strange} among ${names.join(', ')}`);
  const values: Record<string, Record<string, unknown>> = {};
  for (const { block_id, label, element } of inputsOf(shown))
    values[block_id] = { [element['action_id']]: entered(element, typed[label.text]) };
  return values;
}

/** What Slack sends of one field: what was typed or picked, by value or by what is read there, else what stood there. */
export function entered(element: Node, value: string | undefined): object {
  const { type } = element as { type: string };
  switch (type) {
    case 'datepicker':
      return { type, selected_date: value ?? element['initial_date'] ?? null };
    case 'timepicker':
      return { type, selected_time: value ?? element['initial_time'] ?? null };
    case 'checkboxes':
      return { type, selected_options: element['initial_options'] ?? [] };
    case 'plain_text_input':
      return { type, value: value ?? element['initial_value'] ?? null };
    default: {
      const all = [
        element['options'] ?? [],
        ...(element['option_groups'] ?? []).map((each: Node) => each['options']),
      ].flat();
      const option = all.find((each: Node) => [each['value'], each['text']?.text].includes(value));
      if (value !== undefined && option === undefined) throw new TypeError(`no choice ${value}`);
      return { type, selected_option: option ?? element['initial_option'] ?? null };
    }
  }
}

export type Sent =
  | { readonly kind: 'closed' }
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly kind: 'again'; readonly view: object };

/** Sends a window, and does with it what Slack does with the answer. */
export async function sendWindow(
  person: LocalPerson,
  workspace: LocalWorkspace,
  typed: Readonly<Record<string, string>>,
): Promise<Sent> {
  const view = openWindow(workspace);
  const answer = await person.send(person.viewPayload(view, stateOf(view, typed)));
  if (answer.status !== 200) throw new TypeError(`${String(answer.status)} ${answer.body}`);
  const body = answer.body === '' ? {} : (JSON.parse(answer.body) as Node);
  if (body['response_action'] === 'errors') return { kind: 'errors', errors: body['errors'] };
  const id = view['id'] as string;
  workspace.views.delete(id);
  if (body['response_action'] !== 'update') return { kind: 'closed' };
  const faults = checkLimits({ view: body['view'] }, 'modal');
  if (faults.length > 0) throw new TypeError(JSON.stringify(faults));
  const again = { ...(body['view'] as Node), id, hash: `${String(view['hash'])}+` };
  workspace.views.set(id, again);
  return { kind: 'again', view: again };
}

/** The window that is open. */
export function openWindow(workspace: LocalWorkspace): Node {
  const view = [...workspace.views.values()].at(-1);
  if (view === undefined) throw new TypeError('no window is open');
  return view;
}

/** Presses a button of the window, with what is typed. */
export async function pressInWindow(
  person: LocalPerson,
  workspace: LocalWorkspace,
  label: string,
  typed: Readonly<Record<string, string>>,
): Promise<void> {
  const view = openWindow(workspace);
  const button = buttonOf(view, label);
  if (button === undefined) throw new TypeError(`no button ${label}`);
  const shown = { ...view, state: { values: stateOf(view, typed) } };
  const answer = await person.send(person.homePayload(shown, button));
  if (answer.status !== 200) throw new TypeError(`${String(answer.status)} ${answer.body}`);
}
