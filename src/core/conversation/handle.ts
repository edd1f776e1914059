import { outOfDialog } from './dialogs.js';
import { doorsOf } from './doors.js';
import { actionSchemas, type ActionVerb } from '../messages/schemas.js';
import type { z } from 'zod';
import {
  answerQuestion,
  askQuestion,
  helped,
  noteUnanswered,
  notHelped,
  shareAnswer,
  showArticle,
} from '../faq/answering.js';
import { keepArticle } from '../faq/digest.js';
import { addWay, answerEnquiry, declineEnquiry, passOn, saveEnquiry, showEnquiry } from '../faq/enquiries.js';
import { askTranslation, translateArticle } from '../faq/translations.js';
import { admit, decline, setAccount, showRequests } from '../identity/admission.js';
import type { Answer, Interaction } from '../ports/interaction.js';
import { message, openTalk, sayOnly, statement, type ConversationDeps, type Talk } from './context.js';
import { handIn, handInByWord, refresh, snooze, undoHandIn, upcoming } from './events.js';
import { askWhose, handOver } from './not-mine.js';
import { deadlineHandlers, deadlineList } from '../deadlines/handlers.js';
import { showFeeds } from '../gatherings/feeds.js';
import { rsvpByWord } from '../gatherings/by-word.js';
import { gatheringHandlers } from '../gatherings/handlers.js';
import { gatheringList } from '../gatherings/edit.js';
import { mayAny } from '../rights/rights.js';
import { fileHandlers, showAudit } from '../files/handlers.js';
import { noticeHandlers, showNotices } from '../notices/coordinate.js';
import { coordinatorActions, showPulses } from '../pulse/coordinate.js';
import { previewPress } from '../pulse/preview.js';
import { asksForNext, understand, type Command } from './understand.js';
import { askLanguage, askPause, pause, resume, setLanguage } from './wishes.js';

/**
 * Answers what a member did in chat. Idempotent: the same interaction handled twice leaves the same state.
 * Never silent; what it does not understand is answered with what it can do.
 */
export async function handle(interaction: Interaction, deps: ConversationDeps): Promise<Answer> {
  const talk = await openTalk(interaction, deps);
  if (talk === undefined) return { say: [] };
  const { event } = interaction;
  if (event.kind === 'text') return onText(talk, event.text);
  if (!Object.hasOwn(actionSchemas, event.verb)) return sayOnly('action-not-understood');
  return outOfDialog(interaction, await onAction(talk, event.verb as ActionVerb, event.data));
}

/** From so many words on, "deadline" or "gathering" in a text is more likely part of a question than a command. */
const QUESTION_WORDS = 4;

async function onText(talk: Talk, text: string): Promise<Answer> {
  const command = understand(text, talk.vocabulary, talk.today);
  if (command === undefined) return onQuestion(talk, text);
  const answer = mayBeQuestion(talk, command, text) ? await answerQuestion(talk, text) : undefined;
  return answer?.say[0]?.template === 'faq-answer' ? answer : said(await onCommand(talk, command));
}

/** What would take a pressed card's place is said: who writes has pressed none. */
function said({ replace, say, ...rest }: Answer): Answer {
  return { ...rest, say: replace === undefined ? say : [replace, ...say] };
}

async function onQuestion(talk: Talk, text: string): Promise<Answer> {
  const answer = await answerQuestion(talk, text);
  await noteUnanswered(talk, answer);
  return answer ?? help(talk, false);
}

function mayBeQuestion({ vocabulary }: Talk, command: Command, text: string): boolean {
  if (command.kind !== 'show' || command.what === 'coming') return false;
  // Which of their own deadlines is next, no article says.
  if (command.what === 'deadlines' && asksForNext(text, vocabulary)) return false;
  return text.trim().split(/\s+/).length >= QUESTION_WORDS;
}

type ActionData<V extends ActionVerb> = z.infer<(typeof actionSchemas)[V]>;

const actions: { readonly [V in ActionVerb]: (talk: Talk, data: ActionData<V>) => Answer | Promise<Answer> } =
  {
    'handed-in': (talk, { event }) => handIn(talk, event),
    'undo-handed-in': (talk, { event }) => undoHandIn(talk, event),
    snooze: (talk, { event, until }) => snooze(talk, event, until),
    'not-mine': (talk, { event }) => askWhose(talk, event),
    'not-mine-send': handOver,
    'set-language': (talk, { language }) => setLanguage(talk, language),
    'pause-send': pause,
    resume,
    refresh,
    // Forms for strangers, sent by somebody who has become a member meanwhile.
    'access-programme': () => sayOnly('access-known'),
    'access-send': () => sayOnly('access-known'),
    'access-show': showRequests,
    'access-admit': admit,
    'access-decline': decline,
    'set-account': setAccount,
    'faq-show': showArticle,
    'faq-share': shareAnswer,
    'faq-ask': (talk, { question = '' }) =>
      question.trim() === '' ? askQuestion() : onQuestion(talk, question),
    'faq-translate': askTranslation,
    'faq-translate-send': translateArticle,
    'faq-pass-on': passOn,
    'faq-helped': helped,
    'faq-not-helped': notHelped,
    'enquiry-answer': answerEnquiry,
    'enquiry-save': saveEnquiry,
    'enquiry-add': addWay,
    'enquiry-not-ours': declineEnquiry,
    'enquiry-show': showEnquiry,
    'faq-keep': keepArticle,
    // Presses on real ballots are taken before they come here.
    'pulse-answer': previewPress('pulse-answer'),
    'pulse-show': previewPress('pulse-show'),
    'pulse-refresh': () => ({ say: [] }),
    ...coordinatorActions,
    ...noticeHandlers,
    ...gatheringHandlers,
    ...deadlineHandlers,
    ...fileHandlers,
    show: (talk, { what }) => onCommand(talk, { kind: 'show', what }),
  };

async function onAction(talk: Talk, verb: ActionVerb, data: unknown): Promise<Answer> {
  const parsed = actionSchemas[verb].safeParse(data);
  if (!parsed.success) return sayOnly('action-not-understood');
  return (actions[verb] as (talk: Talk, data: unknown) => Answer | Promise<Answer>)(talk, parsed.data);
}

async function onCommand(talk: Talk, command: Command): Promise<Answer> {
  switch (command.kind) {
    case 'set-language':
      return setLanguage(talk, command.language);
    case 'pause-until':
      return pause(talk, { until: command.until });
    case 'pause-unread':
      return { say: [statement('date-wrong', 'problem'), ...askPause(talk).say] };
    case 'resume':
      return resume(talk);
    case 'handed-in':
      return handInByWord(talk);
    case 'rsvp':
      return rsvpByWord(talk, command.answer);
    case 'ask':
      return onQuestion(talk, command.question);
    case 'show':
      return show(talk, command.what);
  }
}

function show(talk: Talk, what: ActionData<'show'>['what']): Answer | Promise<Answer> {
  switch (what) {
    case 'coming':
    case 'deadlines':
    case 'gatherings':
      return withOverview(talk, what);
    case 'calendars':
      return showFeeds(talk);
    case 'language':
      return askLanguage(talk);
    case 'pause':
      return askPause(talk);
    case 'pulses':
      return showPulses(talk, {});
    case 'notices':
      return showNotices(talk, {});
    case 'audit':
      return showAudit(talk);
    case 'ask':
      return askQuestion();
    case 'help':
      return help(talk, true);
  }
}

/** Those who may see who comes get a way there after their own list. */
function withOverview(talk: Talk, what: 'coming' | 'deadlines' | 'gatherings'): Answer {
  const own = upcoming(talk, what);
  const { programme } = talk.state;
  if (what === 'gatherings' && mayAny(programme, talk.member, 'gathering-see')) {
    return { ...own, say: [...own.say, ...gatheringList(talk).say] };
  }
  if (what === 'deadlines' && mayAny(programme, talk.member, 'deadline-accept')) {
    return { ...own, say: [...own.say, ...deadlineList(talk).say] };
  }
  return own;
}

function help(talk: Talk, understood: boolean): Answer {
  const { programme } = talk.state;
  const doors = understood ? [...doorsOf(programme, talk.member)] : [];
  return { say: [message('help', { understood, programme: programme.name, doors })] };
}
