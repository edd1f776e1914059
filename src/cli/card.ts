import { createRequire } from 'node:module';
import { BlockKitError, toBlockKit, type ReportEntry, type Surface } from '../cards/blockkit/index.js';
import { checkLimits } from '../cards/blockkit/limits/index.js';
import { SamlingError, type Fault } from '../core/errors.js';
import { readJsonFile } from './read-json.js';

export interface CardOptions {
  /** An Adaptive Card as JSON, or a template of one when `data` is given. */
  readonly file: string;
  readonly data?: string;
  readonly to: string;
  readonly surface: string;
  /** BCP 47 tag for dates, numbers and the translator's small words; default: the card's own. */
  readonly locale?: string;
  readonly out: (text: string) => void;
  /** Where the report goes: what could not be carried over, and what was done instead. */
  readonly err: (text: string) => void;
}

const SURFACES: readonly string[] = ['message', 'modal', 'home'] satisfies Surface[];

/** Teams designs for 28 KB and refuses more than 80 KB, platform documentation says. */
const TEAMS_DESIGN_BYTES = 28 * 1024;

/**
 * Prints a card as a platform gets it.
 * @throws SamlingError `ARGUMENT_WRONG` for files and options that do not fit, `CARD_TEMPLATE_WRONG` for a template
 *   that names what the data lacks, or a card that cannot be shown.
 */
export async function printCard(options: CardOptions): Promise<void> {
  const wrong = [
    ...wrongOption('--to', options.to, ['slack', 'teams']),
    ...wrongOption('--surface', options.surface, SURFACES),
  ];
  if (wrong.length > 0) throw new SamlingError('ARGUMENT_WRONG', 'The options are wrong.', { faults: wrong });
  const source = await readJsonFile(options.file);
  const card = options.data === undefined ? source : await expand(source, options.data, options.file);
  if (options.to === 'teams') printTeams(card, options);
  else printSlack(card, options);
}

function wrongOption(path: string, found: string, allowed: readonly string[]): Fault[] {
  if (allowed.includes(found)) return [];
  return [{ source: 'card', path, found, expected: allowed.join(', ') }];
}

/** What is used of the package; its own typings want the sources of another one. */
interface Templating {
  readonly Template: new (source: unknown) => { expand(context: { $root: unknown }): unknown };
}

/**
 * Fills a template of anybody's, with Microsoft's engine: it knows the whole language and its functions. Loaded only
 * here; Samling's own templates use the strict engine of `cards/templating`.
 */
async function expand(source: unknown, dataFile: string, file: string): Promise<unknown> {
  const { Template } = createRequire(import.meta.url)('adaptivecards-templating') as Templating;
  const data = await readJsonFile(dataFile);
  let card: unknown;
  try {
    card = new Template(source).expand({ $root: data });
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    const faults = [{ source: file, path: '(template)', found, expected: 'expressions that can be read' }];
    throw new SamlingError('CARD_TEMPLATE_WRONG', 'The template cannot be filled.', { cause, faults });
  }
  const faults = leftOver(card, '').map(({ path, text }) => ({
    source: file,
    path,
    found: text,
    expected: 'a value in the data',
  }));
  if (faults.length > 0) throw new SamlingError('CARD_TEMPLATE_WRONG', 'The data lacks values.', { faults });
  return card;
}

/** Bindings that found no value: they would stand in the chat as they are. */
function leftOver(value: unknown, path: string): { path: string; text: string }[] {
  if (typeof value === 'string') return /\$\{[^}]*\}/.test(value) ? [{ path, text: value }] : [];
  if (Array.isArray(value))
    return value.flatMap((each: unknown, index) => leftOver(each, `${path}[${String(index)}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => leftOver(each, path === '' ? key : `${path}.${key}`));
}

function printTeams(card: unknown, { out, err }: CardOptions): void {
  const text = JSON.stringify(card, null, 2);
  const bytes = Buffer.byteLength(JSON.stringify(card));
  if (bytes > TEAMS_DESIGN_BYTES)
    err(
      `(card): ${String(bytes)} bytes; Teams shows cards of up to ${String(TEAMS_DESIGN_BYTES)} reliably\n`,
    );
  out(`${text}\n`);
}

function printSlack(card: unknown, options: CardOptions): void {
  const surface = options.surface as Surface;
  const result = translated(card, surface, options.locale);
  const { report, ...shown } = result;
  for (const entry of report) options.err(`${line(entry)}\n`);
  const payloads = surface === 'message' ? result.messages : [{ view: result.view }];
  for (const [index, payload] of payloads.entries())
    for (const fault of checkLimits(payload, surface))
      options.err(`[${String(index)}] ${fault.path}: found ${fault.found}, Slack takes ${fault.expected}\n`);
  options.out(`${JSON.stringify(shown, null, 2)}\n`);
}

function translated(card: unknown, surface: Surface, locale: string | undefined) {
  try {
    return toBlockKit(card, { surface, ...(locale === undefined ? {} : { lang: locale }) });
  } catch (cause) {
    if (!(cause instanceof BlockKitError)) throw cause;
    throw new SamlingError('CARD_TEMPLATE_WRONG', `The card cannot be shown: ${cause.message}`, { cause });
  }
}

function line({ path, element, what, instead }: ReportEntry): string {
  return `${path} (${element}): ${what} → ${instead}`;
}
