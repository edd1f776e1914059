import { z } from 'zod';
import type { Json } from '../core/ports/outbox.js';

const text = z.string();
const sent = z.record(
  z.string(),
  z.custom<Json>((value) => value !== undefined),
);
const lines = z.array(z.strictObject({ text }));
const choices = z.array(z.strictObject({ title: text, value: text }));
const form = z.strictObject({ lang: text, summary: text, title: text, send: text, data: sent });

/** What the templates of gatherings and deadlines bind. */
export const gatheringTemplateData = {
  'hand-in': form.extend({
    ...{ intro: text, issues: lines, linkLabel: text, link: text, noteLabel: text, note: text },
  }),
  'deadline-detail': z.strictObject({
    ...{ lang: text, summary: text, title: text, lines },
    rows: z.array(
      z.strictObject({
        title: text,
        lines: z.array(z.strictObject({ text, color: z.enum(['Default', 'Attention', 'Good']) })),
      }),
    ),
    ...{ hasOpen: z.boolean(), issues: lines, organisationLabel: text, organisation: text },
    ...{
      organisations: choices,
      commentLabel: text,
      comment: text,
      accept: text,
      giveBack: text,
      file: text,
      data: sent,
    },
  }),
  'rsvp-others': form.extend({
    paragraphs: lines,
    people: z.array(
      z.strictObject({ name: text, line: text, removable: z.boolean(), remove: text, data: sent }),
    ),
    ...{ issues: lines, nameLabel: text, name: text, partyLabel: text, party: text, parties: choices },
    ...{ needsLabel: text, needs: text, kept: text },
  }),
  'rsvp-needs': form.extend({ needsLabel: text, needs: text, kept: text }),
  'gathering-form': form.extend({
    issues: lines,
    titles: z.array(z.strictObject({ id: text, label: text, value: text })),
    ...{
      sameTitleLabel: text,
      sameTitle: text,
      startsLabel: text,
      starts: text,
      endsLabel: text,
      ends: text,
    },
    ...{ startTimeLabel: text, startTime: text, endTimeLabel: text, endTime: text },
    ...{ placeLabel: text, place: text, linkLabel: text, link: text, signUpByLabel: text, signUpBy: text },
    ...{ capacityLabel: text, capacity: text, agendaLabel: text, agenda: text },
    ...{
      networkLabel: text,
      network: text,
      networks: choices,
      cohortLabel: text,
      cohort: text,
      cohorts: choices,
    },
  }),
  attendance: form.extend({ label: text, people: choices, present: text }),
  'materials-form': form.extend({ issues: lines, textLabel: text, text, linkLabel: text, link: text }),
} as const;
