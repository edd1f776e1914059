import { z } from 'zod';
import { LANGUAGES } from '../programme/language.js';
import { ASKS } from './definition.js';
import { NOTICE_STATES } from './types.js';

const language = z.enum(LANGUAGES);
const text = z.union([z.string(), z.partialRecord(language, z.string())]);
const named = z.strictObject({ id: z.string(), title: text });
const person = z.strictObject({ name: z.string().optional(), role: text, organisation: text });
const count = z.int().min(0);

const progress = z.strictObject({
  sending: z.string(),
  state: z.enum(['sending', 'paused', 'done', 'cancelled', 'recalled']),
  total: count,
  sent: count,
  waiting: count,
  failed: count,
  stopped: count,
  acknowledged: count,
  /** Whole minutes until the last one is likely out; left out when that cannot be said. */
  minutesLeft: count.optional(),
});
export type NoticeProgress = z.infer<typeof progress>;

const counts = z.strictObject({
  count,
  languages: z.array(z.strictObject({ language, count })),
  platforms: z.array(z.strictObject({ platform: z.string(), count })),
  unreached: z.array(z.strictObject({ reason: z.string(), count })),
});
/** An audience by language, by platform, and who is reached nowhere and why. */
export type AudienceCounts = z.infer<typeof counts>;

const issue = z.strictObject({
  code: z.string(),
  args: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** What is said of notices, by template name. */
export const noticeMessages = {
  /** The notice itself, as one reader gets it. */
  notice: z.strictObject({
    sending: z.string(),
    title: z.string(),
    body: z.string(),
    /** The language of the texts, which may not be the reader's own. */
    language,
    from: person,
    corrected: z.boolean(),
    /** It was taken back, where the platform leaves the message. */
    recalled: z.boolean(),
    picture: z.strictObject({ url: z.string(), alt: text }).optional(),
    link: z.strictObject({ url: z.string(), title: text.optional() }).optional(),
    gathering: z
      .strictObject({
        id: z.string(),
        title: text,
        starts: z.string(),
        ends: z.string().optional(),
        startTime: z.string().optional(),
        endTime: z.string().optional(),
        place: text.optional(),
        calendarUrl: z.string().optional(),
      })
      .optional(),
    ask: z.enum(ASKS),
    read: z.boolean(),
    answer: z.enum(['yes', 'no', 'maybe', 'waiting']).optional(),
    /** Why the reader gets it. */
    why: z.strictObject({ role: text.optional(), network: text.optional() }),
    preview: z.boolean(),
  }),
  /** Form: a notice; `values` are what was typed, by field. */
  'notice-form': z.strictObject({
    notice: z.string().optional(),
    /** The notice that it is made of. */
    from: z.string().optional(),
    correction: z.boolean(),
    languages: z.array(language),
    values: z.record(z.string(), z.string()),
    issues: z.array(issue),
    /** Who would get it as the form stands. */
    counts: counts.optional(),
    roles: z.array(named),
    cohorts: z.array(named),
    networks: z.array(named),
    themes: z.array(named),
    organisations: z.array(named),
    gatherings: z.array(named.extend({ starts: z.string(), ends: z.string() })),
    earliest: z.string(),
    mayBeUrgent: z.boolean(),
  }),
  /** One notice, how it goes, and what can be done with it. */
  'notice-detail': z.strictObject({
    id: z.string(),
    title: text,
    state: z.enum(NOTICE_STATES),
    isTemplate: z.boolean(),
    urgent: z.boolean(),
    by: person.optional(),
    version: z.int(),
    when: z.strictObject({ date: z.string(), time: z.string(), repeats: z.boolean() }).optional(),
    ...counts.shape,
    /** In which it can be previewed. */
    previews: z.array(language),
    needsYes: z.boolean(),
    progress: progress.optional(),
  }),
  /** Notices, the newest first. */
  'notice-list': z.strictObject({
    notices: z.array(named.extend({ state: z.enum(NOTICE_STATES), isTemplate: z.boolean() })),
  }),
  /** To another coordinator: may this go to so many. */
  'notice-approval': z.strictObject({
    id: z.string(),
    title: text,
    body: text,
    by: person,
    count,
    previews: z.array(language),
  }),
  /** Where a draft is drawn as each platform does, and for how many hours at most. */
  'notice-looks': z.strictObject({ url: z.string(), hours: z.int() }),
  /** Who gets it, or who got it; one line a person. */
  'notice-people': z.strictObject({
    title: text,
    people: z.array(
      z.strictObject({
        person,
        state: z.enum(['planned', 'sent', 'doubled', 'waiting', 'failed', 'stopped']),
        reason: z.string().optional(),
        read: z.boolean(),
        answer: z.string().optional(),
      }),
    ),
    more: count,
  }),
} as const;

const id = z.string().min(1).max(120);
const byNotice = z.object({ notice: id });
const bySending = z.object({ sending: id });

/** What a form sends: every field that is text. */
const fields = z
  .record(z.string(), z.unknown())
  .transform((all) =>
    Object.fromEntries(
      Object.entries(all).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
    ),
  );

/** The verbs of notices' buttons. */
export const noticeActions = {
  'notice-list': z.object({}),
  /** `from`: a notice to make another of. */
  'notice-new': z.object({ from: id.optional() }),
  'notice-make': fields,
  'notice-count': fields,
  'notice-open': byNotice,
  'notice-edit': byNotice,
  'notice-template': byNotice,
  'notice-preview': z.object({ notice: id, language }),
  'notice-people': byNotice,
  'notice-send': byNotice,
  'notice-approve': byNotice,
  'notice-refuse': byNotice,
  'notice-pause': bySending,
  'notice-resume': bySending,
  'notice-retry': bySending,
  'notice-report': bySending,
  'notice-cancel': byNotice,
  'notice-recall': byNotice,
  'notice-read': bySending,
} as const;
