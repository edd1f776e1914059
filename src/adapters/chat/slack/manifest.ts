import { INTERACTIVITY_PATH } from './paths.js';

/** Every scope that the app asks for, and what it is used for; a test holds the list to the calls that are made. */
export const BOT_SCOPES: readonly { readonly scope: string; readonly why: string }[] = [
  { scope: 'app_mentions:read', why: 'hears when somebody mentions Samling in a channel' },
  { scope: 'chat:write', why: 'sends reminders and answers, and changes its own cards' },
  { scope: 'commands', why: 'offers /samling and the shortcuts' },
  {
    scope: 'im:history',
    why: 'hears what people write to it, and finds its own messages after a lost answer',
  },
  { scope: 'im:read', why: 'knows its conversations with people' },
  { scope: 'im:write', why: 'begins a conversation with a person' },
  { scope: 'users:read', why: 'learns who somebody is that it does not know yet' },
  { scope: 'users:read.email', why: 'links a person to a member by the address that Slack has verified' },
];

/** Events that the app listens to, and why. */
export const BOT_EVENTS: readonly { readonly event: string; readonly why: string }[] = [
  { event: 'app_home_opened', why: 'draws the home tab' },
  { event: 'app_mention', why: 'answers in the conversation with the person who mentioned it' },
  { event: 'app_uninstalled', why: 'stops sending, and tells the coordinators' },
  { event: 'message.im', why: 'hears what people write to it' },
  { event: 'tokens_revoked', why: 'stops sending when its token is taken back' },
];

/** Shortcuts: what they show, and their names in Slack, which knows one language only. */
const SHORTCUTS = [
  {
    name: 'What is coming up',
    callback_id: 'show_coming',
    description: 'Gatherings and deadlines ahead of you',
  },
  { name: 'Pause reminders', callback_id: 'show_pause', description: 'Be left alone until a date' },
] as const;

export interface ManifestOptions {
  /** Address under which Slack reaches Samling; without it the manifest is for Socket Mode. */
  readonly publicUrl?: string;
  readonly name?: string;
  readonly isSocketMode: boolean;
}

/** The app's manifest, as `https://api.slack.com/apps?new_app=1` takes it. */
export function slackManifest({ publicUrl, name = 'Samling', isSocketMode }: ManifestOptions) {
  const url = isSocketMode || publicUrl === undefined ? undefined : `${publicUrl}${INTERACTIVITY_PATH}`;
  return {
    display_information: {
      name,
      description: 'Reminds you of gatherings and deadlines in your network programme',
      background_color: '#1b4b5a',
    },
    features: featuresOf(name, url),
    oauth_config: {
      ...(publicUrl === undefined ? {} : { redirect_urls: [`${publicUrl}/slack/oauth_redirect`] }),
      scopes: { bot: BOT_SCOPES.map((each) => each.scope) },
    },
    settings: {
      event_subscriptions: {
        bot_events: BOT_EVENTS.map((each) => each.event),
        ...(url === undefined ? {} : { request_url: url }),
      },
      interactivity: {
        is_enabled: true,
        ...(url === undefined ? {} : { request_url: url, message_menu_options_url: url }),
      },
      org_deploy_enabled: true,
      socket_mode_enabled: isSocketMode,
      token_rotation_enabled: publicUrl !== undefined,
    },
  };
}

function featuresOf(name: string, url: string | undefined) {
  return {
    app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
    bot_user: { display_name: name, always_online: true },
    shortcuts: SHORTCUTS.map((each) => ({ ...each, type: 'global' })),
    slash_commands: [
      {
        command: '/samling',
        description: 'The same words as in the conversation with Samling',
        usage_hint: '[ask … | frister | deadlines | help]',
        should_escape: false,
        ...(url === undefined ? {} : { url }),
      },
    ],
  };
}
