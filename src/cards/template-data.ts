import { z } from 'zod';
import type { Json } from '../core/ports/outbox.js';
import { gatheringTemplateData } from './template-data-gatherings.js';

const text = z.string();
const color = z.enum(['Default', 'Accent', 'Good', 'Attention']);
/** What a button sends back; checked by the action's own schema when it comes. */
const sent = z.record(
  z.string(),
  z.custom<Json>((value) => value !== undefined),
);
const lines = z.array(z.strictObject({ text }));
const choices = z.array(z.strictObject({ title: text, value: text }));
const facts = choices;
const links = z.array(z.strictObject({ title: text, url: text }));
const plainButtons = z.array(z.strictObject({ title: text, data: sent }));
const buttons = z.array(
  z.strictObject({ title: text, verb: text, style: z.enum(['default', 'positive']), data: sent }),
);

const inputs = z.array(
  z.strictObject({ id: text, label: text, value: text, isMultiline: z.boolean(), maxLength: z.int() }),
);

/** What every template has: its language, and one line for notifications and screen readers. */
const card = z.strictObject({ lang: text, summary: text });
const titled = card.extend({ title: text });
const form = titled.extend({ intro: text, send: text, data: sent });
const said = card.extend({ text });

const nudgeItem = z.strictObject({
  separator: z.boolean(),
  ...{ heading: text, color, title: text, facts, why: text },
  ...{ hasState: z.boolean(), state: text, stateColor: color },
  ...{ hasActions: z.boolean(), buttons, links },
  ...{ hasLater: z.boolean(), laterTitle: text, later: plainButtons },
});

const resultItem = z.strictObject({
  ...{ sentence: text, notes: lines, texts: lines, hasChart: z.boolean(), chartTitle: text },
  bars: z.array(z.strictObject({ label: text, count: z.number(), value: text })),
});

const question = titled.extend({
  ...{ lines, privacy: text, progress: text, question: text },
  ...{ hasState: z.boolean(), state: text, stateColor: color, hasEnds: z.boolean(), ends: text },
  rows: z.array(z.strictObject({ buttons: plainButtons })),
  ...{ hasPick: z.boolean(), isMulti: z.boolean(), pickLabel: text, choices },
  ranks: z.array(z.strictObject({ id: text, label: text })),
  ...{ hasText: z.boolean(), textLabel: text, hasSend: z.boolean(), send: text, sendData: sent },
  ...{ hasNavigation: z.boolean(), navigation: plainButtons },
});

const noticeForm = form.extend({
  issues: lines,
  texts: z.array(
    z.strictObject({
      titleId: text,
      titleLabel: text,
      title: text,
      bodyId: text,
      bodyLabel: text,
      body: text,
    }),
  ),
  isNew: z.boolean(),
  counts: z.array(z.strictObject({ text, color })),
  count: text,
  ...{ roleLabel: text, role: text, roles: choices, cohortLabel: text, cohort: text, cohorts: choices },
  ...{ networkLabel: text, network: text, networks: choices, themeLabel: text, theme: text, themes: choices },
  ...{ organisationLabel: text, organisation: text, organisations: choices },
  ...{
    partyLabel: text,
    party: text,
    parties: choices,
    readersLabel: text,
    language: text,
    readers: choices,
  },
  ...{ insteadLabel: text, instead: text, insteads: choices },
  ...{ gatheringLabel: text, gathering: text, gatherings: choices, askLabel: text, ask: text, asks: choices },
  ...{ repeatLabel: text, repeat: text, repeats: choices, linkLabel: text, link: text },
  ...{ pictureLabel: text, picture: text, altLabel: text, alt: text },
  ...{ dateLabel: text, date: text, timeLabel: text, time: text },
  ...{ mayBeUrgent: z.boolean(), urgentLabel: text, urgent: text },
});

/** What each card template binds, by its name in `cards/`: every key, and no other. */
export const templateData = {
  nudge: card.extend({
    ...{ isSeveral: z.boolean(), several: text, items: z.array(nudgeItem), more: lines },
  }),
  list: titled.extend({
    ...{ hasTitle: z.boolean(), hasActions: z.boolean(), buttons },
    paragraphs: z.array(z.strictObject({ text, color })),
    hasMore: z.boolean(),
    moreText: text,
    moreButtons: buttons,
    rows: z.array(z.strictObject({ title: text, lines })),
  }),
  /** A page to open. */
  address: said.extend({ links }),
  /** Something was done as asked. */
  confirmation: said,
  /** Something could not be done: what is wrong and what to do. */
  error: said,
  pause: titled.extend({
    ...{ intro: text, paused: z.boolean(), state: text, today: text, untilLabel: text, deputyLabel: text },
    ...{ hasColleagues: z.boolean(), colleagues: choices, send: text, resume: text },
  }),
  'not-mine': form.extend({ toLabel: text, noteLabel: text, colleagues: choices }),
  'access-ask': form.extend({
    ...{ organisationLabel: text, organisations: choices, roleLabel: text, roles: choices },
  }),
  'access-request': titled.extend({
    ...{ intro: text, hasEmail: z.boolean(), email: text, admit: text, decline: text, data: sent },
    ...{ organisationLabel: text, organisation: text, organisations: choices },
    ...{ rolesLabel: text, role: text, roles: choices },
  }),
  question,
  result: titled.extend({
    ...{ lines, hasActions: z.boolean(), buttons },
    parts: z.array(
      z.strictObject({
        ...{ heading: text, turnout: text, items: z.array(resultItem) },
        ...{ hasHidden: z.boolean(), hidden: text },
      }),
    ),
  }),
  enquiry: form.extend({
    ...{ question: text, answerLabel: text, articleLabel: text, articles: choices },
    ...{ save: text, add: text, notOurs: text },
  }),
  form: form.extend({
    verb: text,
    inputs: z.array(
      z.strictObject({ id: text, label: text, longest: z.int().positive(), isLong: z.boolean() }),
    ),
  }),
  'pulse-form': titled.extend({
    ...{ templateLabel: text, templates: choices, firstTemplate: text, startsLabel: text, earliest: text },
    ...{ timeLabel: text, repeatLabel: text, repeats: choices, daysLabel: text, days: choices },
    ...{
      roleLabel: text,
      roles: choices,
      networkLabel: text,
      networks: choices,
      namedLabel: text,
      send: text,
    },
  }),
  'pulse-todo': titled.extend({ todoLabel: text, todo: text, send: text, data: sent }),
  'pulse-write': titled.extend({
    ...{ hasMissing: z.boolean(), missing: text, problems: lines, before: inputs, after: inputs },
    ...{ kindLabel: text, kind: text, kinds: choices, choicesHint: text, send: text, verb: text, data: sent },
  }),
  notice: titled.extend({
    ...{ heading: text, color, why: text, paragraphs: lines, hasFacts: z.boolean(), facts },
    pictures: z.array(z.strictObject({ url: text, alt: text })),
    ...{ hasState: z.boolean(), state: text, hasActions: z.boolean(), buttons, links },
  }),
  'notice-form': noticeForm,
  ...gatheringTemplateData,
} as const;

export type TemplateName = keyof typeof templateData;
