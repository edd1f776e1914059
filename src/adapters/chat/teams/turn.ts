import {
  ActivityHandlerBase,
  BotAdapter,
  INVOKE_RESPONSE_KEY,
  TurnContext,
  type InvokeResponse,
  type ResourceResponse,
} from 'botbuilder';
import { SamlingError } from '../../../core/errors.js';
import type { TeamsActivity } from './activity.js';

/** What is answered to an activity: a status, and for invokes a body. */
export interface TurnAnswer {
  readonly status: number;
  readonly body?: unknown;
  /** The body, where it is JSON already. */
  readonly json?: string;
}

/** What is done with each kind of activity. */
export interface TurnHandlers {
  message(activity: TeamsActivity): Promise<void>;
  invoke(activity: TeamsActivity): Promise<TurnAnswer>;
  /** The app was installed for a person or a team, or taken away. */
  installation(activity: TeamsActivity): Promise<void>;
  /** People came or went. */
  members(activity: TeamsActivity): Promise<void>;
}

/** Runs an activity through botbuilder's turn. */
export type RunTurn = (raw: object, activity: TeamsActivity) => Promise<TurnAnswer>;

const ACTIVITY = Symbol('activity');

/**
 * Hands activities on by kind; what Samling does not use (reactions, typing, events) is taken and left alone. The base of
 * botbuilder's handlers: those above it tell listeners of each step, which costs as much as all else here.
 */
class SamlingBot extends ActivityHandlerBase {
  constructor(private readonly turn: TurnHandlers) {
    super();
  }

  protected override async onMessageActivity(context: TurnContext): Promise<void> {
    await this.turn.message(activityIn(context));
  }

  protected override async onInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    const value = await this.turn.invoke(activityIn(context));
    context.turnState.set(INVOKE_RESPONSE_KEY, { value });
    return value;
  }

  protected override async onInstallationUpdateActivity(context: TurnContext): Promise<void> {
    await this.turn.installation(activityIn(context));
  }

  protected override async onConversationUpdateActivity(context: TurnContext): Promise<void> {
    await this.turn.members(activityIn(context));
  }
}

function activityIn(context: TurnContext): TeamsActivity {
  return context.turnState.get<TeamsActivity>(ACTIVITY);
}

/** Turns send nothing by themselves but the answer to an invoke: messages go by the outbox. */
class TurnAdapter extends BotAdapter {
  async process(
    raw: object,
    activity: TeamsActivity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<TurnAnswer> {
    const context = new TurnContext(this, raw);
    context.turnState.set(ACTIVITY, activity);
    // There is no middleware to run.
    await logic(context);
    const response = context.turnState.get<{ readonly value?: TurnAnswer } | undefined>(INVOKE_RESPONSE_KEY);
    return response?.value ?? { status: 200 };
  }

  override sendActivities(): Promise<ResourceResponse[]> {
    return this.refuse();
  }

  override updateActivity(): Promise<undefined> {
    return this.refuse();
  }

  override deleteActivity(): Promise<void> {
    return this.refuse();
  }

  override continueConversation(): Promise<void> {
    return this.refuse();
  }

  private refuse(): Promise<never> {
    return Promise.reject(new SamlingError('INTERNAL', 'A turn sends nothing by itself.'));
  }
}

/** Creates what runs turns. The request has been verified before; botbuilder sees genuine activities only. */
export function createTurns(handlers: TurnHandlers): RunTurn {
  const adapter = new TurnAdapter();
  const bot = new SamlingBot(handlers);
  const logic = (context: TurnContext) => bot.run(context);
  return (raw, activity) => adapter.process(raw, activity, logic);
}
