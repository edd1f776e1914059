import { usableLang, usableZone } from './dates.js';
import { plainText, type Line, type MarkdownContext } from './inline.js';
import { parseInline, parseMarkdown } from './markdown.js';
import { asText, child, flag, isNode, nodes, own, str, word, type Node, words, visible } from './read.js';
import type { Element } from './resolve.js';
import { textsFor } from './texts.js';
import type { BlockKitOptions, ReportEntry, SlackBlock, Texts } from './types.js';

/** A block on its way into a message. */
export interface Unit {
  readonly block: SlackBlock;
  /** It makes no sense at the foot of a message: a heading, a divider, a list of long choices. */
  readonly staysWithNext?: boolean;
  /** How many texts had been said when it was put out. */
  readonly said: number;
}

/** What the translators of single elements share. */
export interface Context {
  readonly options: BlockKitOptions;
  readonly lang: string;
  readonly timeZone: string;
  readonly texts: Texts;
  /** The blocks so far. */
  readonly out: Unit[];
  /** The visible texts so far, for the fallback text. */
  readonly said: string[];
  /** What actions have opened and is still to be put out, below the element that they stand at. */
  readonly opened: Element[];
  readonly put: (block: SlackBlock, staysWithNext?: boolean) => void;
  readonly say: (text: string) => void;
  readonly note: (element: Element, what: string, instead: string) => void;
  /** A property that only lays out was passed over; told once for the card. */
  readonly noteLayout: (property: string) => void;
  readonly layout: ReadonlySet<string>;
  readonly report: ReportEntry[];
  /** Markdown of an element as lines, with lists unless `inline`. */
  readonly lines: (element: Element, text: string, inline?: boolean) => Line[];
  /** The action that the modal's own button stands for; it gets no other. */
  readonly submit?: Element;
}

/** Puts elements out; given by the renderer to those that hold others, so that they need not know it. */
export type PutAll = (context: Context, elements: readonly Element[]) => void;

/** More entries than anybody reads; the last one says how many more there were. */
const MOST_ENTRIES = 1000;

/** Everything that the rendering of one card needs. */
export function createContext(
  card: Node,
  options: BlockKitOptions,
  notes: readonly ReportEntry[],
  submit?: Element,
): Context {
  const lang = usableLang(options.lang ?? (str(card, 'lang') || 'en'));
  const timeZone = usableZone(options.timeZone ?? 'UTC');
  const report: ReportEntry[] = [...notes.slice(0, MOST_ENTRIES)];
  const out: Unit[] = [];
  const said: string[] = [];
  const layout = new Set<string>();
  const note = noter(report);
  const lines = reader(card, options, lang, timeZone, note);
  return {
    options,
    lang,
    timeZone,
    texts: textsFor(lang, options.texts),
    out,
    said,
    opened: [],
    put: (block, staysWithNext = false) => out.push({ block, staysWithNext, said: said.length }),
    say: (text) => {
      if (text.trim() !== '') said.push(text.trim());
    },
    note,
    noteLayout: (property) => layout.add(property),
    layout,
    report,
    lines,
    ...(submit && { submit }),
  };
}

function noter(report: ReportEntry[]): Context['note'] {
  return (element, what, instead) => {
    if (report.length > MOST_ENTRIES) return;
    const full = report.length === MOST_ENTRIES;
    report.push(
      full
        ? { path: '', element: 'AdaptiveCard', what: 'more changes of the same kinds', instead: 'no entries' }
        : { path: element.path, element: element.type, what, instead },
    );
  };
}

function reader(
  card: Node,
  options: BlockKitOptions,
  lang: string,
  timeZone: string,
  note: Context['note'],
): Context['lines'] {
  const users = mentionedUsers(card, options);
  return (element, text, inline = false) => {
    const markdown: MarkdownContext = {
      lang,
      timeZone,
      baseUrl: options.baseUrl,
      userOf: (name) => users.get(name),
      onRefusedLink: (url) => note(element, `link to ${url || 'nothing'}`, 'its text alone'),
    };
    return inline ? parseInline(text, markdown) : parseMarkdown(text, markdown);
  };
}

/** The Slack users behind the names that `msteams.entities` mentions. */
function mentionedUsers(card: Node, options: BlockKitOptions): Map<string, string> {
  const users = new Map<string, string>();
  const teams = child(card, 'msteams');
  if (!teams || !options.mentions) return users;
  for (const entity of nodes(teams, 'entities')) {
    const mentioned = child(entity, 'mentioned');
    const id = mentioned ? str(mentioned, 'id') : '';
    const user = Object.hasOwn(options.mentions, id) ? options.mentions[id] : undefined;
    const name = /^<at>(.*)<\/at>$/.exec(words(entity, 'text'))?.[1];
    if (name !== undefined && user !== undefined && /^[UW][A-Z0-9]+$/.test(user)) users.set(name, user);
  }
  return users;
}

const WIDTHS = ['verynarrow', 'narrow', 'standard', 'wide'];

/** Whether an element is to be seen: not hidden, not toggled away, and meant for a surface as wide as Slack's. */
export function isShown(context: Context, element: Element): boolean {
  const { visible } = context.options;
  const id = str(element.node, 'id');
  const toggled = visible && id !== '' && Object.hasOwn(visible, id) ? visible[id] : undefined;
  return (toggled ?? flag(element.node, 'isVisible', true)) && isForWidth(element.node);
}

/** Whether an element is meant for `Standard` width, as which Slack counts. */
export function isForWidth(node: Node): boolean {
  const wanted = word(node, 'targetWidth');
  if (wanted === '') return true;
  const [relation, width] = wanted.includes(':') ? wanted.split(':') : ['', wanted];
  const at = WIDTHS.indexOf(width ?? '');
  const here = WIDTHS.indexOf('standard');
  if (at === -1) return true;
  if (relation === 'atleast') return here >= at;
  return relation === 'atmost' ? here <= at : here === at;
}

/** The children under a key that are to be seen. */
export function shownKids(context: Context, element: Element, key: string): Element[] {
  return (element.kids[key] ?? []).filter((kid) => isShown(context, kid));
}

/** A `plain_text` object. */
export function plain(text: string): { type: 'plain_text'; text: string } {
  return { type: 'plain_text', text: visible(text) };
}

/** The plain words of a markdown text, for places that hold nothing else. */
export function plainWords(context: Context, element: Element, text: string): string {
  return plainText(context.lines(element, text)).replace(/\s*\n\s*/g, ' ');
}

/** The address of an image given as text or as an object with `url`. */
export function imageAddress(value: unknown): string {
  return isNode(value) ? str(value, 'url') : asText(value);
}

/** An own property of an element. */
export function prop(element: Element, key: string): unknown {
  return own(element.node, key);
}
