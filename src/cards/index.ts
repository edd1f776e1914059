import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SamlingError } from '../core/errors.js';
import { messageSchemas, type MessageData, type MessageName } from '../core/messages/schemas.js';
import type { AdaptiveCardJson, ChatMessage } from '../core/ports/chat.js';
import type { Message } from '../core/ports/interaction.js';
import { LANGUAGES, type Language } from '../core/programme/language.js';
import type { Programme } from '../core/programme/schema.js';
import type { Translators } from '../i18n/index.js';
import { asTyped } from './as-typed.js';
import { templateData } from './template-data.js';
import { compileTemplate, type Template } from './templating/template.js';
import {
  accessAskView,
  accessProgrammeView,
  accessRequestView,
  reachView,
  unreachableView,
} from './views/access.js';
import {
  enquiryAnsweredView,
  enquiryCheckView,
  enquiryView,
  faqAnswerView,
  faqAskView,
  faqLanguageView,
  faqSharedView,
  faqSuggestView,
  faqTranslationView,
  faqUnknownView,
} from './views/faq.js';
import { faqDigestView } from './views/faq-digest.js';
import { notMineView, pauseView } from './views/forms.js';
import {
  agendaView,
  digestView,
  handoverView,
  helpView,
  homeView,
  languageView,
  statementView,
} from './views/lists.js';
import { deadlineDecidedView, deadlineDetailView, deadlineListView, handInView } from './views/deadline.js';
import { calendarAddressView, calendarsView } from './views/calendars.js';
import {
  gatheringChangedView,
  gatheringPlaceView,
  materialsView,
  rsvpNeedsView,
  rsvpOthersView,
} from './views/gathering.js';
import {
  attendanceView,
  gatheringDetailView,
  gatheringFormView,
  gatheringListView,
  materialsFormView,
} from './views/gathering-coordinator.js';
import { auditView, fileAddressView } from './views/files.js';
import { noticeView } from './views/notice.js';
import {
  noticeApprovalView,
  noticeDetailView,
  noticeListView,
  noticePeopleView,
} from './views/notice-coordinator.js';
import { noticeFormView } from './views/notice-form.js';
import { noticeLooksView } from './views/notice-looks.js';
import { nudgeView } from './views/nudge.js';
import { pulseQuestionView, pulseThanksView } from './views/pulse.js';
import {
  pulseDetailView,
  pulseFaultsView,
  pulseFormView,
  pulseListView,
  pulseTodoView,
} from './views/pulse-coordinator.js';
import { pulseWriteView } from './views/pulse-write.js';
import { pulseResultView } from './views/pulse-result.js';
import type { View, ViewContext } from './views/view.js';

const views: { readonly [N in MessageName]: (data: MessageData<N>, context: ViewContext) => View } = {
  nudge: nudgeView,
  digest: digestView,
  agenda: agendaView,
  home: homeView,
  help: helpView,
  language: languageView,
  pause: pauseView,
  'not-mine': notMineView,
  'handover-notice': handoverView,
  'file-address': fileAddressView,
  audit: auditView,
  statement: statementView,
  'access-programme': accessProgrammeView,
  'access-ask': accessAskView,
  'access-request': accessRequestView,
  reach: reachView,
  'unreachable-notice': unreachableView,
  'faq-answer': faqAnswerView,
  'faq-shared': faqSharedView,
  'faq-ask': faqAskView,
  'faq-translation': faqTranslationView,
  'faq-suggest': faqSuggestView,
  'faq-unknown': faqUnknownView,
  'faq-language': faqLanguageView,
  enquiry: enquiryView,
  'enquiry-answered': enquiryAnsweredView,
  'enquiry-check': enquiryCheckView,
  'faq-digest': faqDigestView,
  'pulse-question': pulseQuestionView,
  'pulse-thanks': pulseThanksView,
  'pulse-result': pulseResultView,
  'pulse-list': pulseListView,
  'pulse-form': pulseFormView,
  'pulse-detail': pulseDetailView,
  'pulse-faults': pulseFaultsView,
  'pulse-todo': pulseTodoView,
  notice: noticeView,
  'notice-form': noticeFormView,
  'notice-detail': noticeDetailView,
  'notice-list': noticeListView,
  'notice-approval': noticeApprovalView,
  'notice-people': noticePeopleView,
  'notice-looks': noticeLooksView,
  'deadline-list': deadlineListView,
  'deadline-detail': deadlineDetailView,
  'hand-in': handInView,
  'deadline-decided': deadlineDecidedView,
  'gathering-changed': gatheringChangedView,
  'gathering-place': gatheringPlaceView,
  'rsvp-others': rsvpOthersView,
  'rsvp-needs': rsvpNeedsView,
  'gathering-list': gatheringListView,
  'gathering-detail': gatheringDetailView,
  'gathering-form': gatheringFormView,
  attendance: attendanceView,
  'materials-form': materialsFormView,
  materials: materialsView,
  calendars: calendarsView,
  'calendar-address': calendarAddressView,
  'pulse-write': pulseWriteView,
};

/** Turns the core's messages into cards. */
export interface Renderer {
  /** @throws SamlingError `CARD_TEMPLATE_WRONG` for a message that no template takes. */
  render(
    message: Message,
    context: { readonly language: Language; readonly programme: Programme },
  ): ChatMessage;
}

/** Reads and compiles each template once: when it is first needed, or all at once where they are checked. */
export function createRenderer(options: {
  readonly cardsDir: string;
  readonly translators: Translators;
  /** Whether each template's data is held to its schema; for tests and development. Default false. */
  readonly isChecked?: boolean;
}): Renderer {
  const templates = new Map<string, Template>();
  const templateOf = (name: string): Template => {
    let template = templates.get(name);
    if (template === undefined) templates.set(name, (template = readTemplate(options.cardsDir, name)));
    return template;
  };
  if (options.isChecked === true) for (const name of Object.keys(templateData)) templateOf(name);
  return {
    render(message, { language: readers, programme }) {
      const language = ownLanguage(message) ?? readers;
      const translator = options.translators(language, programme.country);
      const view = viewOf(message, { translator, programme });
      if (options.isChecked === true) checkData(view);
      const expanded = templateOf(view.template)(view.data) as AdaptiveCardJson;
      const text = view.data.summary.replace(/\s+/g, ' ').trim();
      const card = asTyped(expanded) as AdaptiveCardJson;
      return { card, text, language, ...(view.refresh === undefined ? {} : { refresh: view.refresh }) };
    },
  };
}

function readTemplate(folder: string, name: string): Template {
  const source: unknown = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  return compileTemplate(source, name);
}

function checkData({ template, data }: View): void {
  const { error } = templateData[template].safeParse(data);
  if (error === undefined) return;
  throw new SamlingError('CARD_TEMPLATE_WRONG', `The data of template "${template}" is wrong.`, {
    cause: error,
  });
}

/** A message may be in another language than its reader's: an answer is in that of the question, a preview in any. */
function ownLanguage({ data }: Message): Language | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { language, inLanguage } = data as Readonly<Record<string, unknown>>;
  return LANGUAGES.find((each) => each === (inLanguage ?? language));
}

/**
 * Texts for a message's template.
 * @throws SamlingError `CARD_TEMPLATE_WRONG` for a message that is not known, or whose data is wrong.
 */
export function viewOf(message: Message, context: ViewContext): View {
  if (!Object.hasOwn(messageSchemas, message.template)) {
    throw new SamlingError('CARD_TEMPLATE_WRONG', `There is no message "${message.template}".`);
  }
  const name = message.template as MessageName;
  const parsed = messageSchemas[name].safeParse(message.data);
  if (!parsed.success) {
    throw new SamlingError('CARD_TEMPLATE_WRONG', `The data of message "${name}" is wrong.`, {
      cause: parsed.error,
    });
  }
  return (views[name] as (data: unknown, context: ViewContext) => View)(parsed.data, context);
}
