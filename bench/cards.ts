import { createRequire } from 'node:module';
import { toBlockKit } from '../src/cards/blockkit/index.js';
import { createRenderer } from '../src/cards/index.js';
import { compileTemplate } from '../src/cards/templating/template.js';
import { LANGUAGES, type Language } from '../src/core/programme/language.js';
import { createTranslators } from '../src/i18n/index.js';
import type { Json } from '../src/core/ports/outbox.js';
import { programmeWith } from '../test/support/programmes.js';
import { samples } from '../test/support/messages.js';
import { measureHostile } from './cards-hostile.js';
import { median, report, table, timeMs } from './support.js';

/**
 * Translations and template expansions per second: the project's own cards in five languages, and a card of fifty
 * elements, plain and with dates and numbers written as people write them; beside Microsoft's template engine. Then
 * what cards cost that are made to hurt.
 */
const root = new URL('..', import.meta.url).pathname;
const RUNS = 5;
const ELEMENTS = 50;

const translators = createTranslators(`${root}locales`);
const renderer = createRenderer({ cardsDir: `${root}cards`, translators });
const programme = programmeWith('saman');
const messages = samples.map(([, template, data]) => ({ template, data: data as Json }));
const render = (message: (typeof messages)[number], language: Language) =>
  renderer.render(message, { language, programme });
const cards = messages.flatMap((message) => LANGUAGES.map((language) => render(message, language).card));

const large = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: Array.from({ length: ELEMENTS }, (_, index) => ({
    type: 'TextBlock',
    text: `\${rows.r${String(index)}.name}: \${rows.r${String(index)}.value}`,
    wrap: true,
  })),
};
const values = (write: (index: number) => string) => ({
  rows: Object.fromEntries(
    Array.from({ length: ELEMENTS }, (_, index) => [
      `r${String(index)}`,
      { name: `Row ${String(index)}`, value: write(index) },
    ]),
  ),
});
const plainData = values((index) => String(index));
const translator = translators('nb', 'NO');
const formatted = () =>
  values((index) => translator.longDate(`2026-01-${String((index % 28) + 1).padStart(2, '0')}`));

const compiled = compileTemplate(large, 'bench');
const { Template } = createRequire(import.meta.url)('adaptivecards-templating') as {
  Template: new (source: unknown) => { expand(context: { $root: unknown }): unknown };
};
const theirs = new Template(large);
const expanded = compiled(plainData);

/** How often work is done in a second, the middle of several runs. */
async function perSecond(work: () => unknown, times: number): Promise<number> {
  const rates: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const took = await timeMs(() => {
      for (let time = 0; time < times; time += 1) work();
    });
    rates.push((times * 1000) / took);
  }
  return median(rates);
}

let next = 0;
const own = () => cards[(next += 1) % cards.length];
const plain = await perSecond(() => compiled(plainData), 4_000);
const localised = await perSecond(() => compiled(formatted()), 4_000);
const rows = [
  {
    what: 'own cards → Block Kit',
    perSecond: await perSecond(() => toBlockKit(own(), { surface: 'message' }), 400),
  },
  {
    what: '50 elements → Block Kit',
    perSecond: await perSecond(() => toBlockKit(expanded, { surface: 'message' }), 400),
  },
  {
    what: 'message → own card',
    perSecond: await perSecond(
      () => render(messages[(next += 1) % messages.length] ?? messages[0]!, 'nn'),
      1_000,
    ),
  },
  { what: '50 elements, plain', perSecond: plain },
  { what: '50 elements, dates', perSecond: localised },
  {
    what: "50 elements, Microsoft's engine, plain",
    perSecond: await perSecond(() => theirs.expand({ $root: plainData }), 200),
  },
  {
    what: 'JSON.parse of the card (limit)',
    perSecond: await perSecond(
      (
        (text: string) => () =>
          JSON.parse(text) as unknown
      )(JSON.stringify(expanded)),
      4_000,
    ),
  },
].map(({ what, perSecond: rate }) => ({ what, perSecond: Math.round(rate), µs: 1_000_000 / rate }));
const hostile = await measureHostile();
process.stdout.write(`${table(rows)}\n\n`);
report('cards', hostile, {
  'expansion with dates against plain': { value: plain / localised, goal: '<= 2' },
  'slowest hostile card, ms': { value: Math.max(...hostile.map(({ ms }) => ms)), goal: '<= 100' },
});
