import { Temporal } from 'temporal-polyfill';
import { instantMs, localTime } from '../calendar/quiet-hours.js';
import { languageOf, personOf, zoneOf } from '../members/member-view.js';
import type { Delivery } from '../ports/outbox.js';
import { textIn, type Language } from '../programme/language.js';
import type { Occurrence } from '../programme/occurrences.js';
import { nextDueMs } from './next-due.js';
import { toDeliveries, whatIsDue, type Due } from './plan.js';
import { plansOf, type PlanInput } from './plan-input.js';
import { dateFor } from './speaking-time.js';

/** One thing that would be told: what, to whom, when, in which language, and why. */
export interface PreviewLine {
  /** Local date and time of day for the member, and their zone. */
  readonly date: string;
  readonly time: string;
  readonly zone: string;
  /** The same as an ISO instant. */
  readonly at: string;
  readonly member: string;
  readonly organisation: string;
  readonly role: string;
  readonly language: Language;
  readonly kind: 'nudge' | 'digest';
  readonly event: string;
  readonly title: string;
  /** The event's date. */
  readonly due: string;
  /** `T-30` for thirty days before, `T+7` for seven overdue; `escalation` in a digest. */
  readonly lead: string;
  readonly leadDays: number | null;
  /** The message that tells it; lines of one card share it. */
  readonly delivery: string;
  /** Why the member is told, and why on this day. */
  readonly reason: string;
}

/**
 * What would be told from one date through another, both included, if nobody handed anything in. It asks the plan at
 * each instant at which something is due, exactly as the tick does.
 */
export function preview(
  input: Omit<PlanInput, 'fromMs' | 'nowMs'>,
  from: string,
  until: string,
): readonly PreviewLine[] {
  const { programme } = input;
  const plans = plansOf(programme, input.members);
  const wishes = { snoozes: [...input.snoozes.values()], preferences: [...input.preferences.values()] };
  const endMs = instantMs(Temporal.PlainDate.from(until).add({ days: 1 }), '00:00', programme.zone);
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  const lines: PreviewLine[] = [];
  let fromMs = instantMs(Temporal.PlainDate.from(from), '00:00', programme.zone) - 1;
  for (;;) {
    const nowMs = nextDueMs(programme, plans, wishes, fromMs);
    if (nowMs === undefined || nowMs >= endMs) return lines;
    const at = { ...input, fromMs, nowMs };
    const due = whatIsDue(at);
    const deliveries = toDeliveries(at, due, {
      taken,
      countOn: (member, date) => counts.get(`${member}/${date}`) ?? 0,
    });
    for (const delivery of deliveries) {
      lines.push(...linesOf(at, due, delivery));
      delivery.items.forEach((item) => taken.add(item));
      count(counts, at, delivery);
    }
    fromMs = nowMs;
  }
}

function count(counts: Map<string, number>, input: PlanInput, delivery: Delivery): void {
  const member = input.members.find((each) => each.id === delivery.member);
  if (member === undefined) return;
  const key = `${member.id}/${dateFor(input.programme, member, delivery.notBeforeMs)}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function linesOf(input: PlanInput, due: Due, delivery: Delivery): PreviewLine[] {
  const items = new Set(delivery.items);
  const nudges = due.nudges
    .filter((each) => items.has(each.item))
    .map((each) =>
      lineOf(input, delivery, each.recipient, each.occurrence, {
        kind: 'nudge',
        lead: each.step,
        leadDays: each.slot === undefined ? null : -each.slot.offsetDays || 0,
        reason: [
          each.recipient === each.member ? 'own task' : `deputy of ${each.member.id}`,
          each.slot?.movedBecause === undefined
            ? ''
            : `moved from ${each.slot.plannedDate} (${each.slot.movedBecause})`,
        ]
          .filter((part) => part !== '')
          .join('; '),
      }),
    );
  const digests = due.escalations
    .filter((each) => items.has(each.item))
    .map((each) =>
      lineOf(input, delivery, each.recipient, each.occurrence, {
        kind: 'digest',
        lead: 'escalation',
        leadDays: null,
        reason: `${each.organisation} is overdue`,
      }),
    );
  return [...nudges, ...digests];
}

function lineOf(
  input: PlanInput,
  delivery: Delivery,
  recipient: PlanInput['members'][number],
  occurrence: Occurrence,
  what: Pick<PreviewLine, 'kind' | 'lead' | 'leadDays' | 'reason'>,
): PreviewLine {
  const { programme } = input;
  const zone = zoneOf(programme, recipient);
  const language = languageOf(programme, recipient, input.preferences.get(recipient.id));
  const { date, time } = localTime(delivery.notBeforeMs, zone);
  const person = personOf(programme, recipient);
  return {
    date: date.toString(),
    time,
    zone,
    at: Temporal.Instant.fromEpochMilliseconds(delivery.notBeforeMs).toString(),
    member: recipient.id,
    organisation: recipient.organisation,
    role: textIn(person.role, language, programme.languages),
    language,
    event: occurrence.id,
    title: textIn(occurrence.title, language, programme.languages),
    due: occurrence.starts,
    delivery: delivery.id,
    ...what,
  };
}
