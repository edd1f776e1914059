import { toBlockKit } from '../src/cards/blockkit/index.js';
import { compileTemplate } from '../src/cards/templating/template.js';
import { median, timeMs } from './support.js';

const card = (body: readonly unknown[], actions: readonly unknown[] = []) => ({
  ...{ type: 'AdaptiveCard', version: '1.5', body, actions },
});
const text = (what: string) => card([{ type: 'TextBlock', text: what }]);
const repeated = (what: string, characters: number) => what.repeat(Math.floor(characters / what.length));
/** As much text as is translated at all. */
const MOST_TEXT = 89_000;
const RUNS = 5;

function nested(depth: number): object {
  let inner: object = { type: 'TextBlock', text: 'x' };
  for (let level = 0; level < depth; level += 1) inner = { type: 'Container', items: [inner] };
  return inner;
}

function cyclic(): object {
  const body: unknown[] = [];
  body.push({ type: 'Container', items: body });
  return card(body);
}

const poisoned = JSON.parse(
  `{"type":"AdaptiveCard","__proto__":{"x":1},"body":[{"type":"Input.Text","id":"__proto__"}],` +
    `"actions":[{"type":"Action.Submit","data":{"__proto__":{"polluted":1}}}]}`,
) as object;

const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Cards that are made to hurt, by what is bad about them. */
const HOSTILE: Readonly<Record<string, unknown>> = {
  '1,000 levels': card([nested(1_000)]),
  '10 MB of text': text(repeated('ab cd ', 10_000_000)),
  '100,000 choices': card([
    {
      ...{ type: 'Input.ChoiceSet', id: 'c', isMultiSelect: true, value: '1,2' },
      choices: many(100_000, (index) => ({ title: `Choice ${String(index)}`, value: String(index) })),
    },
  ]),
  'contains itself': cyclic(),
  '__proto__ keys': poisoned,
  'script in markdown and links': card(
    [{ type: 'TextBlock', text: repeated('<script>x</script> [a](javascript:x) ', MOST_TEXT) }],
    [{ type: 'Action.OpenUrl', title: 'o', url: 'javascript:x' }],
  ),
  'only brackets': text(repeated('[a](', MOST_TEXT)),
  'only stars': text(repeated('*a ', MOST_TEXT)),
  'only bold in bold': text(repeated('**_a*_ ', MOST_TEXT)),
  'no blank anywhere': text(repeated('a', MOST_TEXT)),
  'dates without end': text(repeated('{{DATE(', MOST_TEXT)),
  '2,500 text blocks': card(many(2_500, (index) => ({ type: 'TextBlock', text: `t${String(index)}` }))),
  '2,000 required inputs': card(
    many(2_000, (index) => ({ type: 'Input.Text', id: `i${String(index)}`, isRequired: true })),
  ),
};

/** What happens to each hostile card: how long the first time and in the middle of several, and how it ends. */
export async function measureHostile() {
  const rows: {
    readonly what: string;
    readonly first: number;
    readonly ms: number;
    readonly ends: string;
  }[] = [];
  for (const [what, hostile] of Object.entries(HOSTILE)) {
    let ends = '';
    const times: number[] = [];
    for (let time = 0; time < RUNS; time += 1) times.push(await timeMs(() => (ends = endOf(hostile))));
    rows.push({ what, first: times[0] ?? 0, ms: median(times), ends });
  }
  const data = JSON.parse('{"__proto__":{"a":1},"rows":{"$ref":"#","name":"${rows.name}"}}') as object;
  const template = compileTemplate(text('${rows.name}'), 'hostile');
  const took = await timeMs(() => template(data));
  rows.push({ what: 'a template whose data refers to itself', first: took, ms: took, ends: 'expanded once' });
  return rows;
}

function endOf(hostile: unknown): string {
  try {
    return `${String(toBlockKit(hostile, { surface: 'message' }).messages.length)} messages`;
  } catch (error) {
    return String((error as { readonly code?: unknown }).code ?? error);
  }
}
