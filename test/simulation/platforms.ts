import { SamlingError } from '../../src/core/errors.js';
import type { AdaptiveCardJson, Chat, Recipient, SendOutcome } from '../../src/core/ports/chat.js';
import type { Chance } from './chance.js';
import type { History } from './history.js';
import type { VirtualTime } from './virtual-time.js';

/** A message in a member's conversation. */
export interface Posted {
  readonly atMs: number;
  readonly to: Recipient;
  readonly delivery: string;
  readonly card: AdaptiveCardJson;
  /** The card as JSON. */
  readonly text: string;
}

/** How often things go wrong, and whether they may now. */
export interface Weather {
  readonly failures: number;
  isCalm: boolean;
  /** The lane that is slow just now. */
  slowLane: string;
  /** The lane that refuses everything just now. */
  deadLane: string;
}

/** The platforms of the simulation: one that knows what arrived, and one that cannot tell. */
export interface Platforms {
  readonly slack: Chat;
  readonly teams: Chat;
  readonly posted: readonly Posted[];
  /** How often a delivery's answer was lost, so that it may be there once more where the platform cannot tell. */
  readonly excuses: ReadonlyMap<string, number>;
  excuse(name: string): void;
  /** Called with each message that arrives. */
  onPosted: (posted: Posted) => void;
}

type Fate = 'sent' | 'lost-before' | 'lost-after' | 'late' | 'refused';
const FATES = ['lost-before', 'lost-after', 'late', 'refused'] as const;

/** A delivery's id is unique in its programme. */
export function nameOf(
  { programme, member }: Pick<Recipient, 'programme' | 'member'>,
  delivery: string,
): string {
  return `${programme}/${member}/${delivery}`;
}

const texts = new WeakMap<AdaptiveCardJson, string>();

function textOf(card: AdaptiveCardJson): string {
  let text = texts.get(card);
  if (text === undefined) texts.set(card, (text = JSON.stringify(card)));
  return text;
}

/** Creates the platforms. What is sent arrives after a while, whether the sender lives to hear of it or not. */
export function createPlatforms(
  time: VirtualTime,
  chance: Chance,
  weather: Weather,
  history: History,
): Platforms {
  const posted: Posted[] = [];
  const excuses = new Map<string, number>();
  const excuse = (name: string) => void excuses.set(name, (excuses.get(name) ?? 0) + 1);
  const fateOf = (): Fate =>
    !weather.isCalm && chance.happens(weather.failures) ? chance.pick(FATES) : 'sent';
  const waitMs = (lane: string) => (lane === weather.slowLane ? 8_000 : 100) + chance.below(2_000);
  const platform = (name: 'slack' | 'teams'): Chat => ({
    platform: name,
    async send(to, message, delivery): Promise<SendOutcome> {
      if (to.workspace === weather.deadLane)
        return { kind: 'retry', afterMs: 60_000, reason: 'down', holds: 'lane' };
      const fate = fateOf();
      if (fate !== 'sent' && fate !== 'refused') excuse(nameOf(to, delivery));
      if (fate === 'refused') return { kind: 'retry', afterMs: 5_000, reason: 'limited' };
      await time.sleep(waitMs(to.workspace));
      if (fate === 'lost-before') return { kind: 'unknown', reason: 'lost' };
      const arrived = { atMs: time.nowMs(), to, delivery, card: message.card, text: textOf(message.card) };
      posted.push(arrived);
      history.note('posted', arrived.atMs, nameOf(to, delivery), arrived.text);
      platforms.onPosted(arrived);
      // Longer than anybody waits for an answer.
      await time.sleep(fate === 'late' ? 25_000 : waitMs(to.workspace));
      return fate === 'lost-after'
        ? { kind: 'unknown', reason: 'lost' }
        : { kind: 'sent', ref: { delivery } };
    },
    async update(to, ref): Promise<SendOutcome> {
      const fate = fateOf();
      if (fate === 'refused') return { kind: 'retry', afterMs: 5_000, reason: 'limited' };
      await time.sleep(fate === 'late' ? 25_000 : waitMs(to.workspace));
      return fate === 'sent' ? { kind: 'sent', ref } : { kind: 'unknown', reason: 'lost' };
    },
    remove: (_to, ref) => Promise.resolve({ kind: 'sent', ref }),
    find(to, delivery) {
      if (name === 'teams') return Promise.resolve('cannot-tell');
      if (!weather.isCalm && chance.happens(weather.failures / 2))
        return Promise.reject(new SamlingError('CHAT_REFUSED', 'lost', { retryable: true }));
      const key = nameOf(to, delivery);
      const found = posted.some((each) => nameOf(each.to, each.delivery) === key);
      return Promise.resolve(found ? { delivery } : 'not-sent');
    },
  });
  const platforms: Platforms = {
    slack: platform('slack'),
    teams: platform('teams'),
    ...{ posted, excuses, excuse, onPosted: () => undefined },
  };
  return platforms;
}
