import assert from 'node:assert/strict';
import type * as Adaptive from 'adaptivecards';
import { createRequire } from 'node:module';
import { createRenderer } from '../../../src/cards/index.js';
import { compileTemplate } from '../../../src/cards/templating/template.js';
import {
  actionSchemas,
  type EventItem,
  type MessageData,
  type MessageName,
} from '../../../src/core/messages/schemas.js';
import type { Json } from '../../../src/core/ports/outbox.js';
import { LANGUAGES } from '../../../src/core/programme/language.js';
import { createTranslators } from '../../../src/i18n/index.js';
import { asset } from '../../../src/cli/assets.js';
import { programmeWith } from '../../support/programmes.js';

const adaptive = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as typeof Adaptive;
const programme = programmeWith('saman');
const renderer = createRenderer({
  cardsDir: asset('cards'),
  translators: createTranslators(asset('locales')),
});

const item: EventItem = {
  event: 'arsrapport-2014',
  kind: 'deadline',
  title: programme.deadlines[0]!.title,
  starts: '2014-02-01',
  daysLeft: 30,
  organisation: 'Voss',
  why: { role: programme.roles[2]!.name },
  status: 'open',
  canHandIn: true,
  snoozeChoices: ['tomorrow', 'in-3-days', 'next-week'],
  calendarUrl: 'https://example.test/x.ics',
};
const gathering: EventItem = {
  ...item,
  kind: 'gathering',
  starts: '2014-04-28',
  ends: '2014-04-30',
  startTime: '10:00',
  endTime: '15:30',
  place: 'Høyanger',
  signUpBy: '2014-04-01',
  link: 'https://example.test/',
  canHandIn: false,
  why: { role: 'x', network: 'y' },
  onBehalfOf: { name: 'A *bold* one', role: 'r', organisation: 'o' },
  status: 'snoozed',
  snoozedUntil: '2014-02-03',
};
const person = { role: programme.roles[2]!.name, organisation: 'Voss' };

const MESSAGES: readonly { [N in MessageName]: readonly [N, MessageData<N>] }[MessageName][] = [
  ['nudge', { items: [item] }],
  [
    'nudge',
    {
      items: [
        gathering,
        { ...item, daysLeft: -3 },
        { ...item, status: 'handed-in' },
        { ...item, status: 'not-mine' },
      ],
    },
  ],
  ['nudge', { items: Array.from({ length: 20 }, () => gathering) }],
  [
    'digest',
    {
      date: '2014-02-10',
      overdue: [
        {
          event: 'e',
          title: item.title,
          due: '2014-02-01',
          daysOverdue: 9,
          organisations: ['Voss', 'Gjøvik', 'Time'],
        },
      ],
    },
  ],
  [
    'agenda',
    {
      scope: 'coming',
      items: Array.from({ length: 15 }, () => gathering),
      paused: true,
      pausedUntil: '2014-03-01',
    },
  ],
  ['agenda', { scope: 'deadlines', items: [], paused: true }],
  ['help', { understood: true, programme: programme.name }],
  ['help', { understood: false, programme: programme.name }],
  ['language', { current: 'nn', choices: [...LANGUAGES] }],
  ['pause', { today: '2014-01-20', colleagues: [{ id: 'a', ...person }], paused: true, until: '2014-02-01' }],
  ['pause', { today: '2014-01-20', colleagues: [], paused: false }],
  ['not-mine', { event: 'e', title: item.title, colleagues: [{ id: 'a', ...person }] }],
  [
    'handover-notice',
    {
      title: item.title,
      date: '2014-02-01',
      member: person,
      to: person,
      note: '[x](http://evil.test) **b**',
    },
  ],
  ['handover-notice', { title: item.title, date: '2014-02-01', member: person }],
  ['statement', { key: 'paused-until', args: { date: { date: '2014-02-01' } }, tone: 'done' }],
  ['statement', { key: 'deputy-wrong', args: { organisation: { text: { nb: 'Voss' } } }, tone: 'problem' }],
  ['statement', { key: 'away-until', args: { deputy: 'X', date: { date: '2014-02-01' } }, tone: 'info' }],
];

function render(name: MessageName, data: unknown, language: (typeof LANGUAGES)[number] = 'nn') {
  return renderer.render({ template: name, data: data as Json }, { language, programme });
}

function* nodes(value: unknown): Generator<Record<string, unknown>> {
  if (Array.isArray(value)) for (const each of value) yield* nodes(each);
  else if (typeof value === 'object' && value !== null) {
    yield value as Record<string, unknown>;
    for (const each of Object.values(value)) yield* nodes(each);
  }
}

describe('every card in every language', () => {
  for (const [index, [name, data]] of MESSAGES.entries()) {
    for (const language of LANGUAGES) {
      it(`${name} ${String(index)} in ${language} is one that Teams takes and its buttons are understood`, () => {
        const { card, text } = render(name, data, language);
        const json = JSON.stringify(card);
        assert.ok(Buffer.byteLength(json) < 28 * 1024, `${String(Buffer.byteLength(json))} bytes`);
        assert.doesNotMatch(json, /\$\{|undefined|\[object/);
        assert.ok(text.length > 0);
        const parsed = new adaptive.AdaptiveCard();
        const context = new adaptive.SerializationContext();
        parsed.parse(JSON.parse(json), context);
        const events = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message);
        // The library tests `lang` with a stateful expression and so refuses every second right one.
        assert.deepEqual(
          events.filter((each) => !each.includes('property "lang"')),
          [],
        );
        assert.deepEqual(
          parsed.validateProperties().validationEvents.map((each) => each.message),
          [],
        );
        let primary = 0;
        for (const node of nodes(card)) {
          if (node['type'] !== 'Action.Execute') continue;
          if (node['style'] === 'positive') primary += 1;
          const verb = node['verb'] as keyof typeof actionSchemas;
          assert.ok(
            actionSchemas[verb].safeParse(node['data']).success,
            `${verb} ${JSON.stringify(node['data'])}`,
          );
        }
        assert.ok(primary <= 1, 'at most one primary action');
      });
    }
  }

  it('counts days as people do', () => {
    const heading = (daysLeft: number, language: 'nb' | 'nn' | 'sv' | 'da' | 'en') =>
      JSON.stringify(render('nudge', { items: [{ ...item, daysLeft }] }, language).card);
    assert.match(heading(1, 'nn'), /Frist · I morgon/);
    assert.match(heading(0, 'sv'), /Frist · I dag/);
    assert.match(heading(3, 'da'), /Frist · Om 3 dage/);
    assert.match(heading(-1, 'nb'), /Skulle vært levert i går/);
    assert.match(heading(-7, 'en'), /7 days overdue/);
  });

  it('shows what people typed as they typed it', () => {
    const [, data] = MESSAGES[12]!;
    assert.match(JSON.stringify(render('handover-notice', data).card), /\\\\\[x\\\\\]\\\\\(http:/);
  });

  it('refuses a message that it does not know, or whose data is wrong', () => {
    assert.throws(() => render('toString' as MessageName, {}), { code: 'CARD_TEMPLATE_WRONG' });
    assert.throws(() => render('help', {}), { code: 'CARD_TEMPLATE_WRONG' });
  });
});

describe('the template language', () => {
  const expand = (template: unknown, data: unknown) => compileTemplate(template, 'test')(data);

  it('binds, repeats, leaves out, compares', () => {
    const template = {
      a: '${x}',
      b: 'x is ${x}',
      list: [
        {
          $data: '${items}',
          $when: '${n != 2 && (n == 1 || !no)}',
          n: '${n}',
          i: '${$index}',
          top: '${$root.x}',
        },
      ],
      one: { $data: '${inner}', y: '${y}' },
      text: "${'quoted'}",
      plain: 7,
      none: null,
    };
    const data = {
      x: 5,
      inner: { y: 1 },
      items: [
        { n: 1, no: true },
        { n: 2, no: false },
        { n: 3, no: false },
      ],
    };
    assert.deepEqual(expand(template, data), {
      a: 5,
      b: 'x is 5',
      list: [
        { n: 1, i: 0, top: 5 },
        { n: 3, i: 2, top: 5 },
      ],
      one: { y: 1 },
      text: 'quoted',
      plain: 7,
      none: null,
    });
  });

  for (const wrong of ['${formatNumber(x, 2)}', '${a +}', '${}', '${(a}', '${a b}', '${)}']) {
    it(`refuses ${wrong}`, () =>
      assert.throws(() => expand({ a: wrong }, { a: 1, x: 1 }), { code: 'CARD_TEMPLATE_WRONG' }));
  }

  it('never leaves a missing key in a card', () => {
    assert.throws(() => expand('${a.b}', { a: {} }), { code: 'CARD_TEMPLATE_WRONG' });
    assert.throws(() => expand('${constructor}', {}), { code: 'CARD_TEMPLATE_WRONG' });
    assert.throws(() => expand({ $data: 3 }, {}), { code: 'CARD_TEMPLATE_WRONG' });
  });
});
