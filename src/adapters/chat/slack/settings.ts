/** What the adapter is told of the Slack app. */
export interface SlackSettings {
  readonly signingSecret: string;
  /** For installing by OAuth. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Turns Socket Mode on. */
  readonly appToken?: string;
  /** Of the one workspace that was installed by hand. */
  readonly botToken?: string;
  /** Slack's ids of the workspaces and organisations that are served; none or left out: all. */
  readonly workspaces?: readonly string[];
  /** Ends in a slash. */
  readonly apiUrl: string;
}
