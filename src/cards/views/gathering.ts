import type { MessageData } from '../../core/messages/schemas.js';
import { PARTIES } from '../../core/programme/schema.js';
import { listView } from './lists.js';
import { local, type Button, type View, type ViewContext } from './view.js';

type Brief = MessageData<'gathering-detail'>['gathering'];

const say = (text: string) => ({ text, color: 'Default' as const });

/** When and where, in one line. */
export function whenAndWhere(gathering: Brief, context: ViewContext): string {
  const { t, dateRange, time } = context.translator;
  const days = dateRange(gathering.starts, gathering.ends ?? gathering.starts);
  const times = [gathering.startTime, gathering.endTime].filter((each) => each !== undefined).map(time);
  const when = times.length === 0 ? days : t('nudge.at-time', { date: days, time: times.join('–') });
  return gathering.place === undefined ? when : `${when}, ${local(context, gathering.place)}`;
}

const rsvpButton = (answer: string, title: string, event: string, style: Button['style']): Button => ({
  title,
  verb: 'rsvp',
  style,
  data: { event, answer },
});

/** Moved or cancelled. */
export function gatheringChangedView(data: MessageData<'gathering-changed'>, context: ViewContext): View {
  const { t, longDate } = context.translator;
  const { gathering, before, what } = data;
  const title = t(`gathering.${what}`, { title: local(context, gathering.title) });
  if (what === 'cancelled') {
    return listView(context, { title, paragraphs: [say(whenAndWhere(gathering, context))] });
  }
  return listView(context, {
    title,
    paragraphs: [
      say(t('gathering.now', { when: whenAndWhere(gathering, context) })),
      ...(before === undefined ? [] : [say(t('gathering.before', { date: longDate(before) }))]),
      say(t('gathering.ask-again')),
    ],
    buttons: [
      rsvpButton('yes', t('gathering.yes'), gathering.id, 'positive'),
      rsvpButton('maybe', t('gathering.maybe'), gathering.id, 'default'),
      rsvpButton('no', t('gathering.no'), gathering.id, 'default'),
    ],
  });
}

/** A place after waiting. */
export function gatheringPlaceView(data: MessageData<'gathering-place'>, context: ViewContext): View {
  const { t } = context.translator;
  const title = local(context, data.gathering.title);
  const text =
    data.name === undefined
      ? t('gathering.place', { title })
      : t('gathering.place-for', { title, name: data.name });
  return listView(context, {
    title: text,
    paragraphs: [say(whenAndWhere(data.gathering, context))],
    ...(data.name === undefined
      ? { buttons: [rsvpButton('no', t('gathering.cannot'), data.gathering.id, 'default')] }
      : {}),
  });
}

/** Others of the own organisation. */
export function rsvpOthersView(data: MessageData<'rsvp-others'>, context: ViewContext): View {
  const { t, language } = context.translator;
  const organisation = local(context, data.organisation);
  const event = local(context, data.gathering.title);
  const title = t(data.gap ? 'gathering.gap' : 'gathering.others', { title: event, organisation });
  return {
    template: 'rsvp-others',
    data: {
      lang: language,
      summary: title,
      title,
      paragraphs: [
        { text: whenAndWhere(data.gathering, context) },
        ...(data.missing.length === 0
          ? [{ text: t('gathering.complete', { organisation }) }]
          : [
              { text: t('gathering.missing', { organisation, parties: partiesText(data.missing, context) }) },
            ]),
      ],
      people: signedUpLines(data, context),
      issues: data.issue === undefined ? [] : [{ text: t(`gathering.issue-${data.issue}`) }],
      nameLabel: t('gathering.name'),
      name: data.values['name'] ?? '',
      partyLabel: t('gathering.party'),
      parties: [
        ...PARTIES.map((each) => ({ title: t(`gathering.party-${each}`), value: each })),
        { title: t('gathering.party-none'), value: 'none' },
      ],
      party: data.values['party'] ?? data.missing[0] ?? 'none',
      needsLabel: t('gathering.needs'),
      needs: data.values['needs'] ?? '',
      kept: t('gathering.kept'),
      send: t('gathering.sign-up'),
      data: { event: data.gathering.id },
    },
  };
}

function partiesText(parties: readonly string[], { translator: { t } }: ViewContext): string {
  return parties.map((each) => t(`gathering.party-${each}`)).join(', ');
}

/** Each who is signed up: name, party and answer; whoever was signed up as a guest can be removed. */
function signedUpLines({ signedUp, gathering }: MessageData<'rsvp-others'>, context: ViewContext) {
  const { t } = context.translator;
  return signedUp.map(({ name, party, answer, guest }) => {
    const of = party === undefined ? [] : [partiesText([party], context)];
    return {
      name: local(context, name),
      line: [...of, t(`gathering.answer-${answer}`)].join(' · '),
      removable: guest !== undefined,
      remove: t('gathering.remove'),
      data: { event: gathering.id, guest: guest ?? '' },
    };
  });
}

/** What one needs. */
export function rsvpNeedsView(data: MessageData<'rsvp-needs'>, context: ViewContext): View {
  const { t, language } = context.translator;
  const title = t('gathering.needs-title', { title: local(context, data.gathering.title) });
  return {
    template: 'rsvp-needs',
    data: {
      lang: language,
      summary: title,
      title,
      needs: data.needs,
      needsLabel: t('gathering.needs'),
      kept: t('gathering.kept'),
      send: t('gathering.keep'),
      data: { event: data.gathering.id },
    },
  };
}

/** What was shown, to somebody who came or did not. */
export function materialsView(data: MessageData<'materials'>, context: ViewContext): View {
  const { t } = context.translator;
  const title = local(context, data.gathering.title);
  return listView(context, {
    title: t(data.came ? 'gathering.materials-came' : 'gathering.materials-missed', { title }),
    paragraphs: [
      ...data.text.split(/\n{2,}/).map(say),
      ...(data.link === undefined ? [] : [say(`[${t('nudge.open-link')}](${data.link})`)]),
    ],
  });
}
