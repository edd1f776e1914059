import { FORM_VERBS } from '../../../core/conversation/dialogs.js';
import type { AdaptiveCardJson } from '../../../core/ports/chat.js';
import type { Json } from '../../../core/ports/outbox.js';
import { TICKET_KEY } from './action-tickets.js';

type JsonObject = Readonly<Record<string, Json>>;

/** Elements that Teams draws in newer clients only (Microsoft's "Cards reference"); others must find a fallback. */
const NEWER: ReadonlySet<string> = new Set([
  'Badge',
  'Carousel',
  'CodeBlock',
  'CompoundButton',
  'Icon',
  'Input.Rating',
  'ProgressBar',
  'ProgressRing',
  'Rating',
]);

export interface TeamsCardOptions {
  /** Writes the ticket of a button. */
  readonly ticket: (verb: string, data: JsonObject) => string;
  /** Whether buttons that ask for a form open it in a dialog. */
  readonly dialogs?: boolean;
  /** Whether the card is in a dialog, where only Action.Submit works. */
  readonly inDialog?: boolean;
  /** Mri of the person for whom the card renews itself, and the ticket with which it asks. */
  readonly refresh?: { readonly user: string; readonly ticket: string };
}

/**
 * A card as Teams gets it: as wide as the chat, every button with a ticket in place of its data, and a fallback for what
 * only newer clients draw.
 */
export function toTeamsCard(card: AdaptiveCardJson, options: TeamsCardOptions): AdaptiveCardJson {
  const done = convert(card, options) as AdaptiveCardJson;
  const msteams = { ...(isObject(done['msteams']) ? done['msteams'] : {}), width: 'Full' };
  const { refresh } = options;
  if (refresh === undefined) return { ...done, msteams };
  const action = { type: 'Action.Execute', verb: 'refresh', data: { [TICKET_KEY]: refresh.ticket } };
  return { ...done, msteams, refresh: { action, userIds: [refresh.user] } };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function convert(value: Json, options: TeamsCardOptions): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((each) => convert(each, options));
  if (!isObject(value)) return value;
  const { type } = value;
  if (type === 'Action.Execute' || type === 'Action.Submit') return withTicket(value, type, options);
  const converted = Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, convert(each, options)]),
  );
  const isNewer = typeof type === 'string' && (NEWER.has(type) || type.startsWith('Chart.'));
  return isNewer && value['fallback'] === undefined
    ? { ...converted, fallback: fallbackFor(value) }
    : converted;
}

/** What `show` can ask for that is a form. */
const FORMS: ReadonlySet<Json> = new Set(['pause', 'language']);

const opensDialog = (verb: string, data: JsonObject) =>
  FORM_VERBS.has(verb) || (verb === 'show' && FORMS.has(data['what'] ?? null));

function withTicket(action: JsonObject, type: string, options: TeamsCardOptions): Json {
  const given = isObject(action['data']) ? action['data'] : {};
  const { verb: named, ...data } = given;
  const verb = typeof action['verb'] === 'string' ? action['verb'] : typeof named === 'string' ? named : '';
  // Action.Submit has no verb of its own; its data carries it.
  const rest = type === 'Action.Submit' ? data : given;
  const ticket = options.ticket(verb, rest);
  const opensForm = options.dialogs === true && opensDialog(verb, rest);
  if (opensForm) return submit(action, { msteams: { type: 'task/fetch' }, [TICKET_KEY]: ticket });
  if (options.inDialog === true) return submit(action, { [TICKET_KEY]: ticket });
  return { ...action, data: { [TICKET_KEY]: ticket } };
}

function submit({ verb, ...action }: JsonObject, data: JsonObject): Json {
  return { ...action, type: 'Action.Submit', data };
}

/** What an element says, as a plain text; nothing where it says nothing. */
function fallbackFor(element: JsonObject): Json {
  const said = ['title', 'text', 'altText', 'name', 'codeSnippet', 'label']
    .map((key) => element[key])
    .find((each) => typeof each === 'string' && each !== '');
  return said === undefined ? 'drop' : { type: 'TextBlock', text: said, wrap: true };
}

/** Microsoft's advice for cards; above 80 KB they are refused. */
export const CARD_LIMIT_BYTES = 28 * 1024;

/** A form comes back with all that was typed, which may be much; some room is left for what is around the card. */
export const FORM_LIMIT_BYTES = 72 * 1024;

/**
 * Makes a card fit: what is said twice for screen readers goes first, then elements from the end of the card, with a
 * sentence in their place that says so. The buttons of the card itself stay.
 */
export function fitCard(
  card: AdaptiveCardJson,
  sentence: string,
  limitBytes: number = CARD_LIMIT_BYTES,
): { readonly card: AdaptiveCardJson; readonly shortened: boolean } {
  if (sizeOf(card) <= limitBytes) return { card, shortened: false };
  const { speak, ...rest } = card;
  if (sizeOf(rest) <= limitBytes) return { card: rest, shortened: false };
  const body = Array.isArray(card['body']) ? (card['body'] as readonly Json[]) : [];
  const note = { type: 'TextBlock', text: sentence, wrap: true, isSubtle: true };
  const withFirst = (count: number): AdaptiveCardJson => ({ ...rest, body: [...body.slice(0, count), note] });
  let [fits, tooMany] = [0, body.length];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (sizeOf(withFirst(middle)) <= limitBytes) fits = middle;
    else tooMany = middle;
  }
  return { card: withFirst(fits), shortened: true };
}

function sizeOf(card: unknown): number {
  return Buffer.byteLength(JSON.stringify(card));
}
