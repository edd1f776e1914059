import type { AdaptiveCardJson } from '../../../core/ports/chat.js';
import type { Json } from '../../../core/ports/outbox.js';
import { asObject } from './payload.js';

type Node = Readonly<Record<string, Json>>;

/** A card that asks for free text alone, taken apart. */
interface Writing {
  readonly input: Node;
  readonly send: Node;
}

/** The verb of the button that opens the window; it never leaves this adapter. */
export const WRITE = 'slack-write';

const inMessages = new WeakMap<AdaptiveCardJson, AdaptiveCardJson>();

/**
 * A card as a message shows it: where free text is all that there is to enter, a button in its place opens a window to
 * write in. All other cards are as they were.
 */
export function inMessage(card: AdaptiveCardJson): AdaptiveCardJson {
  let shown = inMessages.get(card);
  if (shown === undefined) inMessages.set(card, (shown = withoutWriting(card)));
  return shown;
}

function withoutWriting(card: AdaptiveCardJson): AdaptiveCardJson {
  const writing = writingIn(card);
  if (writing === undefined) return card;
  const open = { type: 'Action.Execute', title: writing.input['label'] ?? '', verb: WRITE, data: {} };
  return changed(card, (node) => (node === writing.input ? undefined : node === writing.send ? open : node));
}

/**
 * The window of a card that asks for free text: what the card says, the field, and the button that sends it. With
 * `brief` it is the heading and the field alone, for texts that are too long to travel with a window.
 */
export function windowOf(card: AdaptiveCardJson, brief = false): AdaptiveCardJson | undefined {
  const writing = writingIn(card);
  if (writing === undefined) return undefined;
  const { input, send } = writing;
  const { refresh: _refresh, actions: _actions, ...rest } = card;
  const { body } = changed(rest, (node) => (node['type'] === 'ActionSet' ? undefined : node));
  const heading = nodesIn(body ?? []).find((node) => node['type'] === 'TextBlock');
  const short = [...(heading === undefined ? [] : [heading]), input];
  return { ...rest, body: brief ? short : (body ?? short), actions: [send] };
}

function writingIn(card: AdaptiveCardJson): Writing | undefined {
  const nodes = nodesIn(card);
  const inputs = nodes.filter(({ type }) => typeof type === 'string' && type.startsWith('Input.'));
  const [input] = inputs;
  if (input === undefined || inputs.length > 1) return undefined;
  if (input['type'] !== 'Input.Text' || input['isMultiline'] !== true) return undefined;
  const sends = nodes.filter(
    (node) => node['type'] === 'Action.Execute' && node['associatedInputs'] !== 'none',
  );
  const [send] = sends;
  return send === undefined || sends.length > 1 ? undefined : { input, send };
}

function nodesIn(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  const node = asObject(value) as Node | undefined;
  if (node === undefined) return [];
  const inner = Object.values(node).flatMap(nodesIn);
  return typeof node['type'] === 'string' ? [node, ...inner] : inner;
}

/** A copy with some of its elements changed or, for undefined, left out. */
function changed(card: AdaptiveCardJson, change: (node: Node) => Node | undefined): AdaptiveCardJson {
  const visit = (value: Json): Json | undefined => {
    if (Array.isArray(value)) return value.flatMap((each: Json) => visit(each) ?? []);
    const node = asObject(value) as Node | undefined;
    if (node === undefined) return value;
    const kept = change(node);
    if (kept === undefined) return undefined;
    return Object.fromEntries(Object.entries(kept).flatMap(([key, each]) => entry(key, visit(each))));
  };
  const entry = (key: string, value: Json | undefined): [string, Json][] =>
    value === undefined ? [] : [[key, value]];
  return (visit(card) ?? {}) as AdaptiveCardJson;
}
