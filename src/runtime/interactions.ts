import { isConfirmed, type Cast } from '../core/pulse/answering.js';
import type { Directory } from '../core/ports/directory.js';
import type { Answer, Interaction, Message } from '../core/ports/interaction.js';
import type { Delivery } from '../core/ports/outbox.js';
import type { Store, Tables } from '../core/ports/store.js';
import type { Language } from '../core/programme/language.js';
import type { Ahead } from './lanes/ahead.js';
import type { LanguageIn } from './member-language.js';
import type { Planner } from './planner.js';
import type { Pulses } from './pulses.js';

/** Answers an interaction inside a transaction. */
export type Handle = (interaction: Interaction, tables: Tables, nowMs: number) => Promise<Answer>;

export interface InteractionsOptions {
  readonly store: Store;
  readonly directory: Directory;
  readonly planner: Planner;
  readonly handle: Handle;
  /** Takes presses on ballots' cards, whose answers do not go through the store's transactions. */
  readonly pulses?: Pick<Pulses, 'takes' | 'receive'>;
  /** Runs the small transactions of presses on ballots' cards; default: each by itself. */
  readonly transact?: Store['transact'];
  /** Reads the language in which a member is answered; default: whoever draws the answer reads it. */
  readonly languageOf?: LanguageIn;
  /** From when on a member may be told something of Samling's own accord; default: at once. */
  readonly speakAt?: SpeakAt;
  /** Sends replies as soon as they are kept; default: they wait to be found in the outbox. */
  readonly ahead?: () => Ahead;
}

/** Reads a member's quiet hours and days, and gives the first instant from `nowMs` on outside them. */
export type SpeakAt = (tables: Tables, programme: string, member: string, nowMs: number) => Promise<number>;

/**
 * What came of an interaction: what takes the place of the pressed card, if anything, and in which language; or that
 * nothing was done.
 */
export type Received =
  | { readonly kind: 'handled'; readonly replace?: Message; readonly language?: Language }
  | { readonly kind: 'busy' | 'done-before' };

/** How long handling may take before the same event, repeated, is handled again. */
const LEASE_MS = 60_000;

/** Creates what takes interactions: each claimed, handled once, and stored before it is answered. */
export function createInteractions(options: InteractionsOptions) {
  const { store, pulses } = options;
  const transactBallots: Store['transact'] = options.transact ?? ((work) => store.transact(work));
  return async (interaction: Interaction, nowMs: number): Promise<Received> => {
    if (pulses?.takes(interaction) === true) {
      return pulses.receive(interaction, nowMs, async (cast, finish) => {
        if (cast.press === 'done') return refused(cast.press);
        const done = await transactBallots(async (tables) => {
          const claim = await claimOf(cast, tables, interaction, nowMs);
          return claim === 'mine' ? finishIn(options, tables, interaction, nowMs, finish) : claim;
        });
        return typeof done === 'string' ? refused(done) : settle(options, interaction, done);
      });
    }
    const ahead = options.ahead?.();
    const work = async (tables: Tables) => {
      const claim = await claimIn(tables, interaction, nowMs);
      if (claim !== 'mine') return claim;
      const handled = () => options.handle(interaction, tables, nowMs);
      return finishIn(options, tables, interaction, nowMs, handled, ahead);
    };
    const done = await sentAhead(ahead, store.transact(work));
    return typeof done === 'string' ? refused(done) : settle(options, interaction, done);
  };
}

async function sentAhead<R>(ahead: Ahead | undefined, transaction: Promise<R>): Promise<R> {
  try {
    const done = await transaction;
    ahead?.go();
    return done;
  } catch (error) {
    ahead?.cancel();
    throw error;
  }
}

/** In the transaction of what it is for: one write to the disk, and nothing to wait for when that is taken back. */
async function claimIn({ claims }: Tables, { programme, id }: Interaction, nowMs: number) {
  const claim = await claims.claim(programme, id, nowMs, LEASE_MS);
  if (claim === 'mine') await claims.done(programme, id);
  return claim;
}

/** A press on a ballot's card that is kept in the round's box is not among the claims. */
async function claimOf(cast: Cast, tables: Tables, interaction: Interaction, nowMs: number) {
  if (cast.press === 'claim') return claimIn(tables, interaction, nowMs);
  return (await isConfirmed(tables, cast)) ? 'done' : 'mine';
}

const refused = (claim: 'busy' | 'done'): Received => ({ kind: claim === 'busy' ? 'busy' : 'done-before' });

interface Done {
  readonly answer: Answer;
  readonly language?: Language;
}

/** Handles a claimed interaction, and puts what it causes into the outbox. */
async function finishIn(
  options: InteractionsOptions,
  tables: Tables,
  interaction: Interaction,
  nowMs: number,
  work: (tables: Tables) => Promise<Answer>,
  ahead?: Ahead,
): Promise<Done> {
  const { programme, member } = interaction;
  const answer = await work(tables);
  const replies = await repliesOf(options, tables, interaction, answer, nowMs);
  const added = replies.length === 0 ? [] : await tables.outbox.add(replies);
  if (added.length > 0) await ahead?.lease(tables, added);
  if (answer.replan === true) await options.planner.replanIn(tables, programme);
  const language = answer.replace && (await options.languageOf?.(tables, programme, member));
  return { answer, ...(language && { language }) };
}

async function settle(
  { directory, planner }: InteractionsOptions,
  { programme }: Interaction,
  { answer, language }: Done,
): Promise<Received> {
  if (answer.replan === true) await directory.refresh?.(programme);
  planner.changed(programme);
  const { replace } = answer;
  return { kind: 'handled', ...(replace && { replace }), ...(language && { language }) };
}

/** What is sent because of an interaction, or of something else that has an id. */
export async function repliesOf(
  { directory, speakAt }: Pick<InteractionsOptions, 'directory' | 'speakAt'>,
  tables: Tables,
  interaction: Pick<Interaction, 'id' | 'programme' | 'member'>,
  answer: Answer,
  nowMs: number,
): Promise<Delivery[]> {
  const { programme, member } = interaction;
  const told: readonly (NonNullable<Answer['tell']>[number] & { readonly urgent: boolean })[] = [
    ...answer.say.map((message) => ({ member, message, urgent: true })),
    ...(answer.tell ?? []).map((each) => ({ ...each, urgent: false })),
  ];
  const replies: Delivery[] = [];
  for (const [index, { member: to, message, urgent, lane: known }] of told.entries()) {
    const lane = directory.laneOf(programme, to) ?? known;
    if (lane === undefined) continue;
    const id = `reply/${interaction.id}/${String(index)}`;
    const data = { message: { template: message.template, data: message.data } };
    const notBeforeMs = urgent ? nowMs : ((await speakAt?.(tables, programme, to, nowMs)) ?? nowMs);
    replies.push({ programme, id, items: [id], kind: 'reply', member: to, lane, notBeforeMs, urgent, data });
  }
  if (answer.publish !== undefined) replies.push(published(interaction, answer.publish, nowMs));
  return replies;
}

/** What a member shows to all in a channel goes there in their name, by the lane of that workspace. */
function published(
  { id: event, programme, member }: Pick<Interaction, 'id' | 'programme' | 'member'>,
  { place, lane, message }: NonNullable<Answer['publish']>,
  nowMs: number,
): Delivery {
  const id = `reply/${event}/published`;
  const data = { message: { template: message.template, data: message.data }, place };
  return { programme, id, items: [id], kind: 'reply', member, lane, notBeforeMs: nowMs, urgent: true, data };
}
