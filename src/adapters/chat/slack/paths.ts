/** Where Slack sends events, interactions and commands alike. */
export const INTERACTIVITY_PATH = '/slack/events';
