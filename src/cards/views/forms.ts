import type { MessageData } from '../../core/messages/schemas.js';
import { NOBODY } from '../../core/messages/schemas.js';
import { local, personFirst, type Button, type View, type ViewContext } from './view.js';

function choices(
  context: ViewContext,
  colleagues: MessageData<'pause'>['colleagues'],
  nobody: string,
): { title: string; value: string }[] {
  const people = colleagues.map((each) => ({ title: personFirst(context, each), value: each.id }));
  return [{ title: nobody, value: NOBODY }, ...people];
}

/** A form of a few texts. */
export interface Form {
  readonly title: string;
  readonly intro: string;
  readonly inputs: readonly { id: string; label: string; longest: number; isLong: boolean }[];
  readonly send: Button;
}

/** A card to fill in. */
export function formView({ translator }: ViewContext, { title, intro, inputs, send }: Form): View {
  return {
    template: 'form',
    data: {
      lang: translator.language,
      summary: title,
      title,
      intro,
      inputs: inputs.map((each) => ({ ...each })),
      send: send.title,
      verb: send.verb,
      data: send.data,
    },
  };
}

/** Pause until when, and who stands in. */
export function pauseView(data: MessageData<'pause'>, context: ViewContext): View {
  const { t, longDate } = context.translator;
  const state =
    data.until === undefined ? t('agenda.paused') : t('agenda.paused-until', { date: longDate(data.until) });
  return {
    template: 'pause',
    data: {
      lang: context.translator.language,
      summary: t('pause.title'),
      title: t('pause.title'),
      intro: t('pause.intro'),
      paused: data.paused,
      state,
      today: data.today,
      untilLabel: t('pause.until'),
      deputyLabel: t('pause.deputy'),
      hasColleagues: data.colleagues.length > 0,
      colleagues: choices(context, data.colleagues, t('pause.nobody')),
      send: t('pause.send'),
      resume: t('pause.resume'),
    },
  };
}

/** Not my task: whose, then. */
export function notMineView(data: MessageData<'not-mine'>, context: ViewContext): View {
  const { t } = context.translator;
  const title = t('not-mine.title', { title: local(context, data.title) });
  return {
    template: 'not-mine',
    data: {
      lang: context.translator.language,
      summary: title,
      title,
      intro: t('not-mine.intro'),
      toLabel: t('not-mine.to'),
      noteLabel: t('not-mine.note'),
      colleagues: choices(context, data.colleagues, t('not-mine.unknown')),
      send: t('not-mine.send'),
      data: { event: data.event },
    },
  };
}
