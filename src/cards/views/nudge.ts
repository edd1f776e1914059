import { Temporal } from 'temporal-polyfill';
import type { EventItem, MessageData } from '../../core/messages/schemas.js';
import { local, personText, type Button, type View, type ViewContext } from './view.js';

/** Events on one card: more would not be read on a phone, nor stay below the 28 KB that Teams wants. */
const MOST_ITEMS = 8;

/** One or more events of one day. */
export function nudgeView(data: MessageData<'nudge'>, context: ViewContext): View {
  const { t } = context.translator;
  const items = data.items.slice(0, MOST_ITEMS);
  const isSeveral = data.items.length > 1;
  const several = t('nudge.several', { count: data.items.length });
  const rest = data.items.length - items.length;
  const more = rest > 0 ? [t('agenda.more', { count: rest })] : [];
  const summaries = items.map((item) => summaryOf(item, context));
  return {
    template: 'nudge',
    data: {
      lang: context.translator.language,
      summary: isSeveral ? `${several}: ${[...summaries, ...more].join('; ')}` : (summaries[0] ?? several),
      isSeveral,
      several,
      items: items.map((item, index) => itemView(item, context, { isFirst: index === 0, isSeveral })),
      more: more.map((text) => ({ text })),
    },
  };
}

/** "In 30 days", "Tomorrow", "7 days overdue"; a gathering is under way until its last day, then over. */
export function whenLeft(item: EventItem, { translator }: ViewContext): string {
  if (item.daysLeft >= 0) return translator.t('nudge.days-left', { days: item.daysLeft });
  if (item.kind === 'deadline') return translator.t('nudge.overdue', { days: -item.daysLeft });
  const today = Temporal.PlainDate.from(item.starts).add({ days: -item.daysLeft }).toString();
  return translator.t(today <= (item.ends ?? item.starts) ? 'nudge.under-way' : 'nudge.over');
}

/** The event's days, and its time of day where it has one. */
export function dateOf(item: EventItem, { translator }: ViewContext): string {
  const date = translator.dateRange(item.starts, item.ends ?? item.starts);
  const times = [item.startTime, item.endTime]
    .filter((time) => time !== undefined)
    .map((time) => translator.time(time));
  return times.length === 0 ? date : translator.t('nudge.at-time', { date, time: times.join('–') });
}

/** One line for notifications and screen readers. */
export function summaryOf(item: EventItem, context: ViewContext): string {
  return context.translator.t('nudge.summary', {
    title: local(context, item.title),
    date: dateOf(item, context),
    when: whenLeft(item, context),
  });
}

function itemView(item: EventItem, context: ViewContext, place: { isFirst: boolean; isSeveral: boolean }) {
  const { t } = context.translator;
  const state = stateOf(item, context);
  const buttons = buttonsOf(item, context, place.isSeveral);
  const later = item.status === 'open' ? laterOf(item, context) : [];
  const links = linksOf(item, context);
  return {
    separator: !place.isFirst,
    heading: t('nudge.heading', { kind: t(`nudge.kind-${item.kind}`), when: whenLeft(item, context) }),
    color: item.kind === 'deadline' && item.status === 'open' && item.daysLeft < 0 ? 'Attention' : 'Accent',
    title: local(context, item.title),
    facts: factsOf(item, context),
    hasState: state !== '',
    state,
    stateColor: item.status === 'handed-in' ? 'Good' : 'Default',
    why: whyOf(item, context),
    hasActions: buttons.length + later.length + links.length > 0,
    buttons,
    hasLater: later.length > 0,
    laterTitle: t('nudge.later'),
    later,
    links,
  };
}

function factsOf(item: EventItem, context: ViewContext) {
  const { t, longDate } = context.translator;
  const facts = [{ title: t('nudge.when'), value: dateOf(item, context) }];
  if (item.place !== undefined) facts.push({ title: t('nudge.where'), value: local(context, item.place) });
  if (item.whatToDo !== undefined)
    facts.push({ title: t('nudge.what-to-do'), value: local(context, item.whatToDo) });
  if (item.agenda !== undefined) {
    const points = item.agenda.map(({ time, title }) => `${time} ${local(context, title)}`);
    facts.push({ title: t('nudge.agenda'), value: points.join('\n') });
  }
  const signUp = [
    ...(item.signUpBy === undefined ? [] : [t('nudge.sign-up-by', { date: longDate(item.signUpBy) })]),
    ...(item.signUp === undefined ? [] : [local(context, item.signUp)]),
  ];
  if (signUp.length > 0) facts.push({ title: t('nudge.sign-up'), value: signUp.join('. ') });
  return facts;
}

function stateOf(item: EventItem, context: ViewContext): string {
  const { t, longDate } = context.translator;
  switch (item.status) {
    case 'handed-in':
      return t('nudge.state-handed-in', { organisation: local(context, item.organisation) });
    case 'snoozed':
      return t('nudge.state-snoozed', { date: longDate(item.snoozedUntil ?? item.starts) });
    case 'not-mine':
      return t('nudge.state-not-mine');
    case 'open':
      return item.rsvp === undefined || item.rsvp === 'open' ? '' : t(`gathering.your-${item.rsvp}`);
  }
}

function whyOf(item: EventItem, context: ViewContext): string {
  const { t } = context.translator;
  if (item.onBehalfOf !== undefined) {
    return t('nudge.on-behalf-of', { person: personText(context, item.onBehalfOf) });
  }
  const organisation = local(context, item.organisation);
  if (item.why.role === undefined) return t('nudge.why-organisation', { organisation });
  const role = local(context, item.why.role);
  return item.why.network === undefined
    ? t('nudge.why', { role, organisation })
    : t('nudge.why-network', { role, organisation, network: local(context, item.why.network) });
}

function buttonsOf(item: EventItem, context: ViewContext, isSeveral: boolean): Button[] {
  const { t } = context.translator;
  const data = { event: item.event };
  if (item.status === 'handed-in') {
    return item.canHandIn ? [{ title: t('nudge.undo'), verb: 'undo-handed-in', style: 'default', data }] : [];
  }
  if (item.status === 'not-mine') return [];
  const buttons: Button[] = rsvpButtons(item, context, isSeveral);
  if (item.canHandIn) {
    // At most one primary action a card: with several events none stands out.
    buttons.push({
      title: t('nudge.hand-in'),
      verb: 'handed-in',
      style: isSeveral ? 'default' : 'positive',
      data,
    });
    const more = isSeveral ? [] : (['hand-in-link', 'begin'] as const);
    for (const name of more) {
      const verb = name === 'begin' ? 'deadline-begin' : name;
      buttons.push({ title: t(`deadline.${name}`), verb, style: 'default', data });
    }
  }
  if (item.onBehalfOf === undefined) {
    buttons.push({ title: t(`nudge.not-mine-${item.kind}`), verb: 'not-mine', style: 'default', data });
  }
  return buttons;
}

/** Coming, perhaps, not coming; what has been said already is not offered again. */
function rsvpButtons(item: EventItem, { translator: { t } }: ViewContext, isSeveral: boolean): Button[] {
  if (item.rsvp === undefined) return [];
  const data = { event: item.event, ...(item.member === undefined ? {} : { member: item.member }) };
  const offered = (['yes', 'maybe', 'no'] as const).filter(
    (answer) =>
      answer !== item.rsvp &&
      !(answer === 'yes' && item.rsvp === 'waiting') &&
      (answer === 'no' || item.canSignUp === true),
  );
  const answers = offered.map((answer): Button => {
    const style = answer === 'yes' && !isSeveral ? 'positive' : 'default';
    return { title: t(`gathering.${answer}`), verb: 'rsvp', style, data: { ...data, answer } };
  });
  const comes = item.rsvp === 'yes' && item.member === undefined;
  const button = (key: string, verb: string): Button => ({
    title: t(`gathering.${key}`),
    verb,
    style: 'default' as const,
    data: { event: item.event },
  });
  return [
    ...answers,
    ...(comes ? [button('say-needs', 'rsvp-needs')] : []),
    ...(item.canSignUpOthers === true ? [button('sign-up-others', 'rsvp-others')] : []),
  ];
}

function laterOf(item: EventItem, { translator }: ViewContext) {
  return item.snoozeChoices.map((until) => ({
    title: translator.t(`nudge.${until}`),
    data: { event: item.event, until },
  }));
}

function linksOf(item: EventItem, { translator }: ViewContext) {
  const links = [];
  if (item.calendarUrl !== undefined)
    links.push({ title: translator.t('nudge.calendar'), url: item.calendarUrl });
  if (item.link !== undefined) links.push({ title: translator.t('nudge.open-link'), url: item.link });
  return links;
}
