import type { LocalPerson } from './connector.js';

/** Where an activity comes from. */
export interface Origin {
  readonly appId: string;
  readonly serviceUrl: string;
  readonly person: LocalPerson;
  readonly conversation: string;
  readonly scope?: 'personal' | 'groupChat' | 'channel';
}

let count = 0;

/** What every activity of Teams has. */
export function activityFrom(origin: Origin, rest: Record<string, unknown>): Record<string, any> {
  const { appId, serviceUrl, person, conversation, scope = 'personal' } = origin;
  count += 1;
  return {
    id: `${String(Date.now())}-${String(count)}`,
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl,
    from: { id: person.id, name: person.name, aadObjectId: person.aadObjectId },
    recipient: { id: `28:${appId}`, name: 'Samling' },
    conversation: {
      id: conversation,
      conversationType: scope,
      tenantId: person.tenant,
      ...(scope === 'personal' ? {} : { isGroup: true }),
    },
    channelData: { tenant: { id: person.tenant } },
    entities: [{ type: 'clientInfo', locale: person.locale ?? 'en-US', country: 'NO', platform: 'Web' }],
    ...(person.locale === undefined ? {} : { locale: person.locale }),
    ...rest,
  };
}

/** The activities that Teams sends. */
export const activities = {
  message: (origin: Origin, text: string) =>
    activityFrom(origin, { type: 'message', textFormat: 'plain', text }),
  mention: (origin: Origin, text: string) => {
    const activity = activityFrom(origin, { type: 'message', text: `<at>Samling</at> ${text}` });
    const mentioned = { id: `28:${origin.appId}`, name: 'Samling' };
    return {
      ...activity,
      entities: [...activity['entities'], { type: 'mention', mentioned, text: '<at>Samling</at>' }],
    };
  },
  /** Action.Submit of a card. */
  submit: (origin: Origin, replyToId: string, value: unknown) =>
    activityFrom(origin, { type: 'message', replyToId, value }),
  /** Action.Execute of a card; `automatic` is what refresh sends. */
  execute: (
    origin: Origin,
    replyToId: string,
    action: { readonly verb?: string; readonly data?: unknown },
    trigger: 'manual' | 'automatic' = 'manual',
  ) =>
    activityFrom(origin, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId,
      value: { action: { type: 'Action.Execute', ...action }, trigger },
    }),
  taskFetch: (origin: Origin, replyToId: string, data: unknown) =>
    activityFrom(origin, {
      type: 'invoke',
      name: 'task/fetch',
      replyToId,
      value: { data, context: { theme: 'default' } },
    }),
  taskSubmit: (origin: Origin, data: unknown) =>
    activityFrom(origin, {
      type: 'invoke',
      name: 'task/submit',
      value: { data, context: { theme: 'default' } },
    }),
  install: (origin: Origin, action: 'add' | 'remove' | 'add-upgrade' | 'remove-upgrade') =>
    activityFrom(origin, { type: 'installationUpdate', action }),
  membersAdded: (origin: Origin) =>
    activityFrom(origin, { type: 'conversationUpdate', membersAdded: [{ id: `28:${origin.appId}` }] }),
  reaction: (origin: Origin, replyToId: string) =>
    activityFrom(origin, { type: 'messageReaction', replyToId, reactionsAdded: [{ type: 'like' }] }),
};
