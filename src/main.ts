import { randomBytes } from 'node:crypto';
import { speakingTime } from './core/reminders/speaking-time.js';
import type { CalendarUrl } from './core/reminders/event-item.js';
import type { Knowledge } from './core/faq/article.js';
import { composeHome } from './core/conversation/home.js';
import type { ConversationDeps } from './core/conversation/context.js';
import { handle } from './core/conversation/handle.js';
import type { Vocabulary } from './core/conversation/understand.js';
import type { BallotBox } from './core/ports/ballots.js';
import type { PulseTemplate } from './core/pulse/definition.js';
import type { PreviewUrl, SecretAddresses } from './core/ports/addresses.js';
import type { Directory } from './core/ports/directory.js';
import type { Clock, Random } from './core/ports/environment.js';
import type { Programmes } from './core/ports/programmes.js';
import type { Store, Tables } from './core/ports/store.js';
import type { Renderer } from './cards/index.js';
import {
  createDispatcher,
  errorPart,
  type Dispatcher,
  type Log,
  type OnUnreachable,
} from './runtime/dispatcher.js';
import { createGroupCommit, type GroupCommit } from './runtime/group-commit.js';
import { createHearing } from './runtime/hearing.js';
import { createHome } from './runtime/home.js';
import type { PlatformHub } from './runtime/platform.js';
import { createPersonGone, createUnreachable } from './runtime/unreachable.js';
import { createWorkspaceChanges } from './runtime/workspaces.js';
import { createInteractions, type SpeakAt } from './runtime/interactions.js';
import { createGatherings } from './runtime/gatherings.js';
import { createNotices, reachOf } from './runtime/notices.js';
import { createLanguageIn, type LanguageIn } from './runtime/member-language.js';
import type { Meter } from './runtime/meter.js';
import { createPlanner, type Planner } from './runtime/planner.js';
import type { Capability } from './runtime/planning.js';
import { createPulses, type Pulses } from './runtime/pulses.js';
import { createQuestions } from './runtime/questions.js';
import { createTick } from './runtime/tick.js';
import { createRenderCache } from './runtime/render-cache.js';
import type { Render } from './runtime/render.js';
import { createWriter } from './runtime/writer.js';

/** What Samling is put together from. */
export interface Parts {
  readonly programmes: Programmes;
  readonly store: Store;
  readonly directory: Directory;
  readonly renderer: Renderer;
  readonly vocabulary: Vocabulary;
  readonly clock: Clock;
  readonly log: Log;
  readonly random?: Random;
  /** What coordinators make pulses of in chat, by id. */
  readonly pulseTemplates?: () => ReadonlyMap<string, PulseTemplate>;
  /** Where anonymous answers lie; without it there are no pulses. */
  readonly ballots?: BallotBox;
  /** Whether a tick ends only when all that is due has been sent; default true. */
  readonly waits?: boolean;
  readonly calendarUrl?: CalendarUrl;
  /** Where calendars and lists lie; without it nobody has an address of theirs. */
  readonly addresses?: SecretAddresses;
  /** Where drafts of notices are drawn as each platform does. */
  readonly previewUrl?: PreviewUrl;
  readonly meter?: Meter;
  /** How many deliveries of each workspace may be under way at once; default 16. */
  readonly mostUnderWay?: (lanes: number) => number;
  /** What a programme's questions are answered from. */
  readonly knowledge?: (programme: string) => Knowledge | undefined;
}

/** The parts put together: what makes the way of the data go. */
export interface Samling {
  readonly planner: Planner;
  readonly dispatcher: Dispatcher;
  readonly tick: () => Promise<void>;
  /** What chat platforms hand their events to. */
  readonly hub: PlatformHub;
  readonly receive: ReturnType<typeof createInteractions>;
}

const systemRandom: Random = {
  token: () => randomBytes(16).toString('base64url'),
  fraction: () => Math.random(),
};

/** What can be left out. */
function optionsOf({ calendarUrl, pulseTemplates, addresses, previewUrl }: Parts) {
  return {
    ...(calendarUrl && { calendarUrl }),
    ...(pulseTemplates && { pulseTemplates }),
    ...(addresses && { addresses }),
    ...(previewUrl && { previewUrl }),
  };
}

/** What is told of attempts and plans, where somebody measures. */
const attemptsOf = ({ meter }: Parts) => (meter === undefined ? {} : { onAttempt: meter.attempt });
const plansOf = ({ meter }: Parts) => (meter === undefined ? {} : { onPlanned: meter.planned });

/** What deliveries are sent by. */
function deliveringOf(parts: Parts, random: Random) {
  const { store, directory, clock, log } = parts;
  return { store, directory, clock, log, random, ...attemptsOf(parts) };
}

/** What presses on ballots' cards go through, where there is a box for them. */
function pulsesOf(
  parts: Parts,
  random: Random,
): { readonly pulses?: Pulses; readonly transact?: GroupCommit } {
  const { ballots } = parts;
  if (ballots === undefined) return {};
  const transact = createGroupCommit(parts.store);
  return { pulses: createPulses({ ...parts, ballots, random, transact }), transact };
}

/** What brings unanswered questions to coordinators, where there are articles. */
function questionsOf({ store, directory, knowledge }: Parts): Capability | undefined {
  return knowledge === undefined ? undefined : createQuestions({ store, directory, knowledge });
}

/** What sends of its own accord, beside reminders. */
function capabilitiesOf(parts: Parts, pulses: Pulses | undefined): readonly Capability[] {
  const { store, directory } = parts;
  const questions = questionsOf(parts);
  return [
    ...(pulses ? [pulses] : []),
    ...(questions ? [questions] : []),
    createGatherings({ store, directory }),
    createNotices({ store, directory, ...optionsOf(parts) }),
  ];
}

/** Puts Samling together. */
export function createSamling(parts: Parts): Samling {
  const { programmes, store, directory, renderer, clock, log, waits = true } = parts;
  const calendar = optionsOf(parts);
  const random = parts.random ?? systemRandom;
  const pulsing = pulsesOf(parts, random);
  const capabilities = capabilitiesOf(parts, pulsing.pulses);
  const planner = createPlanner(store, directory, capabilities);
  const render = createRenderCache((message, context) => renderer.render(message, context));
  const languageOf = createLanguageIn(programmes);
  const write = createWriter({ store, programmes, render, capabilities, ...calendar });
  const speakAt = speakAtOf(programmes);
  const onUnreachable = createUnreachable({ store, programmes, directory, planner, clock, speakAt });
  const dispatcher = createDispatcher({
    ...deliveringOf(parts, random),
    write,
    onUnreachable,
    ...(parts.mostUnderWay && { mostUnderWay: parts.mostUnderWay }),
  });
  const depsAt = depsOf(parts);
  const receive = createInteractions({
    store,
    directory,
    planner,
    speakAt,
    languageOf,
    ...pulsing,
    ahead: () => dispatcher.ahead(),
    handle: (interaction, tables, nowMs) => handle(interaction, depsAt(tables, nowMs)),
  });
  const dispatch = dispatchBy(dispatcher, log);
  return {
    planner,
    dispatcher,
    hub: hubOf({ parts, planner, render, speakAt, onUnreachable, receive, dispatch, depsAt, languageOf }),
    receive,
    tick: createTick({ programmes, planner, dispatcher, clock, log, waits, ...plansOf(parts) }),
  };
}

/** What conversations need, at a moment. */
function depsOf(parts: Parts): HubParts['depsAt'] {
  const { programmes, vocabulary, directory, knowledge } = parts;
  const options = { ...optionsOf(parts), ...(knowledge && { knowledge }) };
  return (tables, nowMs) => ({
    tables,
    programmes,
    vocabulary,
    nowMs,
    ...options,
    reach: reachOf(directory),
  });
}

interface HubParts {
  readonly parts: Parts;
  readonly planner: Planner;
  readonly render: Render;
  readonly speakAt: SpeakAt;
  readonly onUnreachable: OnUnreachable;
  readonly receive: ReturnType<typeof createInteractions>;
  readonly dispatch: () => void;
  readonly depsAt: (tables: Tables, nowMs: number) => ConversationDeps;
  readonly languageOf: LanguageIn;
}

/** What chat platforms hand their events to. */
function hubOf(hubParts: HubParts): PlatformHub {
  const { parts, planner, render, speakAt, onUnreachable, receive, dispatch, depsAt, languageOf } = hubParts;
  const { store, programmes, directory, clock } = parts;
  return {
    ...createHome({
      store,
      programmes,
      render,
      clock,
      compose: (interaction, nowMs) => composeHome(interaction, depsAt(store, nowMs)),
      answer: (interaction, nowMs) => handle(interaction, depsAt(store, nowMs)),
    }),
    ...createHearing({ store, programmes, directory, planner, receive, render, languageOf, clock }),
    dispatch,
    personGone: createPersonGone({ store, programmes }, onUnreachable),
    workspaceChanged: createWorkspaceChanges({ store, programmes, directory, planner, clock, speakAt }),
  };
}

/** Begins to send what is due, once for all who ask for it in the same turn of the event loop. */
function dispatchBy(dispatcher: Dispatcher, log: Log): () => void {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    setImmediate(() => {
      isAsked = false;
      dispatcher.start().catch((error: unknown) => log.error(errorPart(error), 'dispatching failed'));
    });
  };
}

/** What others are told because of an answer waits for their working hours, as reminders do. */
function speakAtOf(programmes: Programmes): SpeakAt {
  return async (tables, id, member, nowMs) => {
    const programme = programmes.get(id);
    const found = await tables.members.get(id, member);
    if (programme === undefined || found === undefined) return nowMs;
    return speakingTime(programme, found, await tables.preferences.get(id, member), nowMs);
  };
}
