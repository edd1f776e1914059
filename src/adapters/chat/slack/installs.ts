import { isoInstant } from '../../../core/calendar/iso-instant.js';
import { INSTALLS, type Install } from '../../../core/identity/types.js';
import { slackIdOf } from './ids.js';
import type { Clock } from '../../../core/ports/environment.js';
import type { Store } from '../../../core/ports/store.js';
import type { Sealer } from '../../../runtime/sealed.js';

/** What Samling holds to act in a workspace; stored only sealed. */
export interface Grant {
  readonly botToken: string;
  readonly botUser?: string;
  readonly appId?: string;
  /** There when tokens are rotated. */
  readonly refreshToken?: string;
  readonly expiresAtMs?: number;
  readonly scopes?: string;
}

export interface Installs {
  /** Whether a workspace may install; what is held for any other is as if it were not there. */
  isServed(workspace: string): boolean;
  /** What is held for a workspace; undefined when Samling is not installed there. */
  get(workspace: string): Promise<Grant | undefined>;
  /** The first of several places in which Samling is installed. */
  firstOf(workspaces: readonly string[]): Promise<string | undefined>;
  put(workspace: string, name: string | undefined, grant: Grant): Promise<void>;
  remove(workspace: string): Promise<boolean>;
  list(): Promise<readonly Install[]>;
}

export interface InstallsOptions {
  readonly store: Store;
  readonly sealer: Sealer;
  readonly clock: Clock;
  /** Slack's ids of the places that are served; none or left out: all. */
  readonly served?: readonly string[] | undefined;
}

/** How long an install is taken to be as it was read: another process may have changed it. */
const RECENT_MS = 30_000;

const place = (workspace: string) => `install/${workspace}`;

type Opened = Map<string, { readonly sealed: string; readonly grant: Grant }>;

/** Creates the installs over the store. What was closed with an older key is closed anew when it is read. */
export function createInstalls({ store, sealer, clock, served = [] }: InstallsOptions): Installs {
  const isServed = (workspace: string) => served.length === 0 || served.includes(slackIdOf(workspace));
  const opened: Opened = new Map();
  const grantOf = (row: Install) => openGrant({ store, sealer, clock }, opened, row);
  const recent = new Map<string, { readonly grant: Grant; readonly atMs: number }>();
  const get = async (workspace: string) => {
    if (!isServed(workspace)) return undefined;
    const known = recent.get(workspace);
    if (known !== undefined && clock.nowMs() - known.atMs < RECENT_MS) return known.grant;
    const row = await store.installs.get(INSTALLS, workspace);
    const grant = row?.state === 'active' ? await grantOf(row) : undefined;
    if (grant === undefined) recent.delete(workspace);
    else recent.set(workspace, { grant, atMs: clock.nowMs() });
    return grant;
  };
  return {
    isServed,
    get,
    async firstOf(workspaces) {
      for (const workspace of workspaces) if ((await get(workspace)) !== undefined) return workspace;
      return undefined;
    },
    async put(workspace, name, grant) {
      recent.delete(workspace);
      await putGrant({ store, sealer, clock }, workspace, name, grant);
    },
    async remove(workspace) {
      opened.delete(workspace);
      recent.delete(workspace);
      return removeGrant({ store, clock }, workspace);
    },
    list: async () =>
      (await store.installs.list(INSTALLS)).filter(
        ({ platform, id }) => platform === 'slack' && isServed(id),
      ),
  };
}

async function putGrant(
  { store, sealer, clock }: InstallsOptions,
  workspace: string,
  name: string | undefined,
  grant: Grant,
): Promise<void> {
  const sealed = sealer.seal(JSON.stringify(grant), place(workspace));
  const at = isoInstant(clock.nowMs());
  const known = await store.installs.get(INSTALLS, workspace);
  const called = name ?? known?.name;
  await store.installs.put({
    programme: INSTALLS,
    id: workspace,
    platform: 'slack',
    sealed,
    state: 'active',
    at,
    ...(called === undefined ? {} : { name: called }),
  });
}

/** The tokens are revoked; nothing of them needs to stay. */
async function removeGrant(
  { store, clock }: Pick<InstallsOptions, 'store' | 'clock'>,
  workspace: string,
): Promise<boolean> {
  const row = await store.installs.get(INSTALLS, workspace);
  if (row?.state !== 'active') return false;
  await store.installs.put({ ...row, sealed: '', state: 'removed', at: isoInstant(clock.nowMs()) });
  return true;
}

async function openGrant(
  { store, sealer }: InstallsOptions,
  opened: Opened,
  row: Install,
): Promise<Grant | undefined> {
  const known = opened.get(row.id);
  if (known?.sealed === row.sealed) return known.grant;
  const content = sealer.open(row.sealed, place(row.id));
  if (content === undefined) return undefined;
  const grant = JSON.parse(content.toString()) as Grant;
  let { sealed } = row;
  if (sealer.isOld(sealed)) {
    sealed = sealer.seal(content, place(row.id));
    await store.installs.put({ ...row, sealed });
  }
  opened.set(row.id, { sealed, grant });
  return grant;
}
