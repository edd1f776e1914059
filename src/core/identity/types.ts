import { z } from 'zod';

/** The chat platforms on which people have accounts. */
export const PLATFORMS = ['slack', 'teams'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** What platforms are called, in every language. */
export const PLATFORM_NAMES: Readonly<Record<Platform, string>> = { slack: 'Slack', teams: 'Teams' };

/**
 * A member's identity in one workspace, linked by what the platform itself says of the person. Id: `accountId`.
 */
export const accountSchema = z.strictObject({
  programme: z.string(),
  id: z.string(),
  member: z.string(),
  platform: z.enum(PLATFORMS),
  /** One Slack workspace or Teams tenant, such as `slack/T0123`; also the name of the lane. */
  workspace: z.string(),
  /** The person's id there. */
  user: z.string(),
  /** What the adapter needs besides to reach the person, in the platform's own words. */
  address: z.record(z.string(), z.string()),
  state: z.enum(['active', 'unreachable']),
  /** Why the person cannot be reached there, such as `account_inactive`. */
  reason: z.string().optional(),
  /** ISO instant of the linking or of the last change of state. */
  at: z.string(),
});
export type Account = z.infer<typeof accountSchema>;

/** Somebody unknown asks to be let in. Id: `accountId` of the asker. */
export const accessRequestSchema = z.strictObject({
  programme: z.string(),
  id: z.string(),
  platform: z.enum(PLATFORMS),
  workspace: z.string(),
  user: z.string(),
  address: z.record(z.string(), z.string()),
  /** Id of the member whom the asker would become. */
  member: z.string(),
  /** As the platform gives them; shown to the coordinator only. */
  name: z.string().optional(),
  email: z.string().optional(),
  /** What the asker said. */
  organisation: z.string(),
  role: z.string(),
  at: z.string(),
  state: z.enum(['open', 'admitted', 'declined']),
});
export type AccessRequest = z.infer<typeof accessRequestSchema>;

/**
 * Samling is installed in a workspace. Not of any programme, so stored under `INSTALLS`. Tokens only as a sealed box.
 */
export const installSchema = z.strictObject({
  programme: z.string(),
  /** `slack/T0123`, `slack/E0123` for a whole organisation of workspaces, `teams/<tenant>`. */
  id: z.string(),
  platform: z.enum(PLATFORMS),
  /** How people call the workspace. */
  name: z.string().optional(),
  /** What only the adapter reads, sealed. */
  sealed: z.string(),
  state: z.enum(['active', 'removed']),
  at: z.string(),
});
export type Install = z.infer<typeof installSchema>;

/** The scope under which installs are stored. */
export const INSTALLS = 'all';

/** The id of an account: workspace and user. */
export function accountId(workspace: string, user: string): string {
  return `${workspace}/${user}`;
}

/** A person as a platform vouches for them; never what somebody typed. */
export interface VerifiedPerson {
  readonly platform: Platform;
  readonly workspace: string;
  readonly user: string;
  readonly address: Readonly<Record<string, string>>;
  /** Only if the platform says that it has been verified. */
  readonly email?: string;
  readonly name?: string;
}
