import { z } from 'zod';
import { buttons, choices, color, lines, plainButtons, sent, text, titled } from './template-parts.js';

const inputs = z.array(
  z.strictObject({ id: text, label: text, value: text, isMultiline: z.boolean(), maxLength: z.int() }),
);

const resultItem = z.strictObject({
  sentence: text,
  notes: lines,
  texts: lines,
  hasChart: z.boolean(),
  chartTitle: text,
  bars: z.array(z.strictObject({ label: text, count: z.number(), value: text })),
});

const question = titled.extend({
  lines,
  privacy: text,
  progress: text,
  question: text,
  hasState: z.boolean(),
  state: text,
  stateColor: color,
  hasEnds: z.boolean(),
  ends: text,
  rows: z.array(z.strictObject({ buttons: plainButtons })),
  hasPick: z.boolean(),
  isMulti: z.boolean(),
  pickLabel: text,
  choices,
  ranks: z.array(z.strictObject({ id: text, label: text })),
  hasText: z.boolean(),
  textLabel: text,
  hasSend: z.boolean(),
  send: text,
  sendData: sent,
  hasNavigation: z.boolean(),
  navigation: plainButtons,
});

/** What the templates of pulses bind. */
export const pulseTemplateData = {
  question,
  result: titled.extend({
    lines,
    hasActions: z.boolean(),
    buttons,
    parts: z.array(
      z.strictObject({
        heading: text,
        turnout: text,
        items: z.array(resultItem),
        hasHidden: z.boolean(),
        hidden: text,
      }),
    ),
  }),
  'pulse-form': titled.extend({
    templateLabel: text,
    templates: choices,
    firstTemplate: text,
    startsLabel: text,
    earliest: text,
    timeLabel: text,
    repeatLabel: text,
    repeats: choices,
    daysLabel: text,
    days: choices,
    roleLabel: text,
    roles: choices,
    networkLabel: text,
    networks: choices,
    namedLabel: text,
    send: text,
  }),
  'pulse-todo': titled.extend({ todoLabel: text, todo: text, send: text, data: sent }),
  'pulse-write': titled.extend({
    hasMissing: z.boolean(),
    missing: text,
    problems: lines,
    before: inputs,
    after: inputs,
    kindLabel: text,
    kind: text,
    kinds: choices,
    choicesHint: text,
    send: text,
    verb: text,
    data: sent,
  }),
} as const;
