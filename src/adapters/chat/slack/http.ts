import type { Clock } from '../../../core/ports/environment.js';
import { errorPart, type Log } from '../../../runtime/dispatcher.js';
import type { WebMount, WebResponse } from '../../../runtime/web.js';
import { within } from '../../../runtime/within.js';
import type { Answered } from './answers.js';
import { INTERACTIVITY_PATH } from './paths.js';
import { parseBody, type Payload } from './payload.js';
import { hasPlausibleHeaders, isSignedBySlack } from './verify.js';

export interface HttpOptions {
  readonly signingSecret: string;
  readonly clock: Clock;
  readonly receive: (payload: Payload) => Promise<Answered>;
  readonly background: Background;
}

/** Slack's largest payloads, with a long message and the state of a form in them, stay far below. */
const BODY_LIMIT_BYTES = 512 * 1024;
const TYPES = ['application/json', 'application/x-www-form-urlencoded'];
/** Slack waits three seconds; the rest is for the way. */
const ANSWER_WITHIN_MS = 2_500;

/** Events, interactions and commands over HTTP: signature and age first, then everything else. */
export function eventsMount(options: HttpOptions): WebMount {
  const { signingSecret, clock, receive, background } = options;
  return {
    path: INTERACTIVITY_PATH,
    methods: ['POST'],
    bodyLimitBytes: BODY_LIMIT_BYTES,
    admit(head) {
      if (!hasPlausibleHeaders(head, clock.nowMs())) return { status: 401 };
      const type = head.headers['content-type'] ?? '';
      return TYPES.some((each) => type.startsWith(each)) ? undefined : { status: 415 };
    },
    async handle(request) {
      if (!isSignedBySlack(request, signingSecret, clock.nowMs())) return { status: 401 };
      const payload = parseBody(request.headers['content-type'] ?? '', request.body);
      if (payload === undefined) return { status: 400 };
      const answered = await withinTime(receive(payload), background);
      if (answered.after !== undefined) background.run(answered.after);
      return responseOf(answered);
    },
  };
}

function responseOf({ status, body }: Answered): WebResponse {
  if (body === undefined) return { status };
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** What takes longer than Slack waits goes on after an empty answer. */
export function withinTime(answering: Promise<Answered>, background: Background): Promise<Answered> {
  return within(ANSWER_WITHIN_MS, answering, () => {
    background.run(async () => (await answering).after?.());
    return { status: 200 };
  });
}

/** Work that goes on after its request has been answered. */
export interface Background {
  run(work: () => Promise<unknown>): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** Creates it; what fails is logged without what it was about. */
export function createBackground(log: Log): Background {
  const running = new Set<Promise<unknown>>();
  return {
    run(work) {
      const started = work().catch((error: unknown) =>
        log.error(errorPart(error), 'work after an answer failed'),
      );
      running.add(started);
      void started.finally(() => running.delete(started));
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
