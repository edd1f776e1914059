import { addressOf } from './controls.js';
import { usableLang } from './dates.js';
import { enteredValue, isFilledIn, isReported } from './entered.js';
import { checkCard } from './guard.js';
import { idOf, pageOf } from './ids.js';
import { isPassword } from './inputs.js';
import { inputsFor, placesOf, type Place, type Places } from './places.js';
import { asText, flag, isNode, own, str, type Node } from './read.js';
import { resolveCard, type Element } from './resolve.js';
import { textsFor } from './texts.js';
import type { BlockKitAnswer, BlockKitOptions, InputFault, Submission } from './types.js';
import { safeUrl } from './urls.js';
import { faultOf } from './validate.js';

/** See `createAnswers`. */
export function answersTo(
  card: unknown,
  capabilities: BlockKitOptions['capabilities'],
): (submission: Submission) => BlockKitAnswer {
  checkCard(card);
  const { root } = resolveCard(card as Node, capabilities);
  const places = placesOf(root);
  return (submission) => {
    const options = withEntered(submission, places);
    const page = pageOf(submission.actionId);
    if (page !== undefined) return { kind: 'page', options: { ...options, page } };
    const id = submission.actionId.startsWith('ac.more.') ? (submission.value ?? '') : submission.actionId;
    const place = places.actions.get(id);
    if (!place || !flag(place.element.node, 'isEnabled', true)) return { kind: 'unknown' };
    return act(root, place, places, { ...submission, options });
  };
}

/** The options with what stands in the inputs now, so that nothing typed is lost when the card is drawn again. */
function withEntered({ options, state }: Submission, { inputs }: Places): BlockKitOptions {
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(options.values ?? {})) put(values, key, value);
  let isChanged = false;
  for (const { element } of inputs) {
    const id = str(element.node, 'id');
    if (id === '' || isPassword(element) || !isReported(element, state)) continue;
    put(values, id, enteredValue(element, state, undefined));
    isChanged = true;
  }
  return isChanged || options.values ? { ...options, values } : options;
}

/** Sets an own property, also one called `__proto__`, without touching any prototype. */
function put<T>(target: Record<string, T>, key: string, value: T): void {
  if (key === '__proto__') return;
  target[key] = value;
}

function act(root: Element, place: Place, places: Places, submission: Submission): BlockKitAnswer {
  const { options } = submission;
  const { element } = place;
  const address = addressOf(element);
  if (address !== undefined) {
    const url = safeUrl(address, options.baseUrl);
    return url === undefined ? { kind: 'unknown' } : { kind: 'open-url', url, options };
  }
  switch (element.type) {
    case 'Action.Submit':
    case 'Action.Execute':
      return submit(root, place, places, submission);
    case 'Action.ShowCard':
    case 'Action.Popover':
      return { kind: 'show-card', options: toggleShown(options, place, places) };
    case 'Action.ToggleVisibility':
      return { kind: 'toggle', options: toggleVisible(options, element, root) };
    case 'Action.ResetInputs':
      return { kind: 'page', options: reset(options, element, places) };
    default:
      return { kind: 'unknown' };
  }
}

function submit(root: Element, place: Place, places: Places, submission: Submission): BlockKitAnswer {
  const { options, state } = submission;
  const lang = usableLang(options.lang ?? (str(root.node, 'lang') || 'en'));
  const texts = textsFor(lang, options.texts);
  const errors: InputFault[] = [];
  const inputs: Record<string, string | number> = {};
  for (const { element } of inputsFor(place, places.inputs)) {
    const inputId = str(element.node, 'id');
    if (inputId === '') continue;
    const value = isPassword(element) ? '' : enteredValue(element, state, options.values);
    const message = faultOf(element, value, texts, lang);
    if (message !== undefined) {
      errors.push({ inputId, blockId: idOf('in', element.path, element.node), message });
    } else if (isFilledIn(element, value)) {
      const isNumber = element.type === 'Input.Number' && options.numbers === 'number';
      put(inputs, inputId, isNumber ? Number(value) : value);
    }
  }
  if (errors.length > 0) return { kind: 'invalid', errors };
  const { element } = place;
  const [verb, id] = [str(element.node, 'verb'), str(element.node, 'id')];
  return {
    kind: 'submit',
    type: element.type === 'Action.Execute' ? 'Action.Execute' : 'Action.Submit',
    ...(element.type === 'Action.Execute' && verb !== '' && { verb }),
    ...(id !== '' && { id }),
    data: merged(own(element.node, 'data'), inputs),
    inputs,
  };
}

/** The action's own data with the inputs' values on top; data that is no object stays as it is. */
function merged(data: unknown, inputs: Readonly<Record<string, string | number>>): unknown {
  if (data !== undefined && data !== null && !isNode(data)) return copy(data);
  const all: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(data ?? {})) put(all, key, copy(value));
  for (const [key, value] of Object.entries(inputs)) put<unknown>(all, key, value);
  return all;
}

/** A deep copy without `__proto__`, so that nobody downstream merges one in. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (!isNode(value)) return value;
  const all: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) put(all, key, copy(inner));
  return all;
}

/** Opens a ShowCard and closes the others beside it, as a card shows one at a time; an open one is closed. */
function toggleShown(options: BlockKitOptions, place: Place, places: Places): BlockKitOptions {
  const idsOf = ({ node, path }: Element): string[] => [idOf('act', path, node), str(node, 'id')];
  const mine = idsOf(place.element);
  const shown = options.shown ?? [];
  const isOpen = shown.some((id) => id !== '' && mine.includes(id));
  const siblings = [...places.actions.values()]
    .filter((other) => other.cards[0] === place.cards[0])
    .flatMap((other) => idsOf(other.element));
  const others = shown.filter((id) => !siblings.includes(id));
  return { ...options, shown: isOpen ? others : [...others, mine[0] ?? ''] };
}

function toggleVisible(options: BlockKitOptions, action: Element, root: Element): BlockKitOptions {
  const visible: Record<string, boolean> = {};
  for (const [key, value] of Object.entries(options.visible ?? {})) put(visible, key, value);
  const targets = own(action.node, 'targetElements');
  for (const target of Array.isArray(targets) ? (targets as unknown[]) : []) {
    const id = isNode(target) ? str(target, 'elementId') : asText(target);
    if (id === '' || id === '__proto__') continue;
    const now = Object.hasOwn(visible, id) ? visible[id] : isVisibleAtFirst(root, id);
    const wanted = isNode(target) ? own(target, 'isVisible') : undefined;
    visible[id] = typeof wanted === 'boolean' ? wanted : !(now ?? true);
  }
  return { ...options, visible };
}

function isVisibleAtFirst(root: Element, id: string): boolean {
  const find = (element: Element): Element | undefined => {
    if (str(element.node, 'id') === id) return element;
    for (const kids of Object.values(element.kids)) {
      for (const kid of kids) {
        const found = find(kid);
        if (found) return found;
      }
    }
    return undefined;
  };
  const found = find(root);
  return found ? flag(found.node, 'isVisible', true) : true;
}

/** Back to what the card says to begin with, for the named inputs or for all. */
function reset(options: BlockKitOptions, action: Element, { inputs }: Places): BlockKitOptions {
  const named = own(action.node, 'targetInputIds');
  const wanted = Array.isArray(named) ? new Set(named.map(asText)) : undefined;
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(options.values ?? {})) put(values, key, value);
  for (const { element } of inputs) {
    const id = str(element.node, 'id');
    if (id !== '' && (!wanted || wanted.has(id))) put(values, id, str(element.node, 'value'));
  }
  return { ...options, values };
}
