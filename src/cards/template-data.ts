import { z } from 'zod';
import { gatheringTemplateData } from './template-data-gatherings.js';
import { noticeTemplateData } from './template-data-notices.js';
import { pulseTemplateData } from './template-data-pulses.js';
import {
  buttons,
  card,
  choices,
  color,
  facts,
  form,
  lines,
  links,
  plainButtons,
  said,
  sent,
  text,
  titled,
} from './template-parts.js';

const nudgeItem = z.strictObject({
  separator: z.boolean(),
  heading: text,
  color,
  title: text,
  facts,
  why: text,
  hasState: z.boolean(),
  state: text,
  stateColor: color,
  hasActions: z.boolean(),
  buttons,
  links,
  hasLater: z.boolean(),
  laterTitle: text,
  later: plainButtons,
});

/** What each card template binds, by its name in `cards/`: every key, and no other. */
export const templateData = {
  nudge: card.extend({
    isSeveral: z.boolean(),
    several: text,
    items: z.array(nudgeItem),
    more: lines,
  }),
  list: titled.extend({
    hasTitle: z.boolean(),
    hasActions: z.boolean(),
    buttons,
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
    intro: text,
    paused: z.boolean(),
    state: text,
    today: text,
    untilLabel: text,
    deputyLabel: text,
    hasColleagues: z.boolean(),
    colleagues: choices,
    send: text,
    resume: text,
  }),
  'not-mine': form.extend({ toLabel: text, noteLabel: text, colleagues: choices }),
  'access-ask': form.extend({
    organisationLabel: text,
    organisations: choices,
    roleLabel: text,
    roles: choices,
  }),
  'access-request': titled.extend({
    intro: text,
    hasEmail: z.boolean(),
    email: text,
    admit: text,
    decline: text,
    data: sent,
    organisationLabel: text,
    organisation: text,
    organisations: choices,
    rolesLabel: text,
    role: text,
    roles: choices,
  }),
  enquiry: form.extend({
    question: text,
    answerLabel: text,
    articleLabel: text,
    articles: choices,
    save: text,
    add: text,
    notOurs: text,
  }),
  form: form.extend({
    verb: text,
    inputs: z.array(
      z.strictObject({ id: text, label: text, longest: z.int().positive(), isLong: z.boolean() }),
    ),
  }),
  ...pulseTemplateData,
  ...noticeTemplateData,
  ...gatheringTemplateData,
} as const;

export type TemplateName = keyof typeof templateData;
