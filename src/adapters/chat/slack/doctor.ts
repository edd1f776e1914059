import type { Clock } from '../../../core/ports/environment.js';
import type { Store } from '../../../core/ports/store.js';
import type { Finding } from '../../../runtime/platform.js';
import type { Sealer } from '../../../runtime/sealed.js';
import { createSlackClient, type SlackClient } from './client.js';
import { failureOf } from './errors.js';
import { createInstalls } from './installs.js';
import { BOT_SCOPES } from './manifest.js';
import { INSTALL_PATH } from './oauth.js';
import type { SlackSettings } from './settings.js';

export interface SlackDoctorOptions {
  readonly settings: SlackSettings;
  readonly publicUrl?: string;
  readonly store: Store;
  /** While a running Samling has the store, installs cannot be checked. Default true. */
  readonly knowsInstalls?: boolean;
  readonly sealer: Sealer;
  readonly clock: Clock;
}

/** Slack refuses requests, and Samling Slack's, when the clocks are this far apart; half of it is worth a word. */
const CLOCK_TOLERANCE_MS = 150_000;

/** Checks what Slack needs: a way in, installs, tokens and scopes, and a clock that goes right. */
export async function checkSlack(options: SlackDoctorOptions): Promise<readonly Finding[]> {
  const { settings, store, sealer, clock, knowsInstalls = true } = options;
  const installs = createInstalls({ store, sealer, clock, served: settings.workspaces });
  const client = createSlackClient({ config: settings, installs, clock });
  try {
    const findings = [await checkClock(settings.apiUrl, clock), checkWayIn(options)];
    if (settings.botToken !== undefined) findings.push(await checkToken(client, settings.botToken));
    const active = (await installs.list()).filter((each) => each.state === 'active');
    for (const { id } of active) findings.push(await checkInstall(client, id, installs));
    if (knowsInstalls && active.length === 0 && settings.botToken === undefined)
      findings.push(nothingInstalled(options));
    return findings;
  } finally {
    await client.close();
  }
}

async function checkClock(apiUrl: string, clock: Clock): Promise<Finding> {
  const what = 'Slack: reach and clock';
  try {
    const response = await fetch(`${apiUrl}api.test`, {
      method: 'POST',
      signal: AbortSignal.timeout(10_000),
    });
    await response.body?.cancel();
    const theirs = Date.parse(response.headers.get('date') ?? '');
    const apartMs = Math.abs(clock.nowMs() - theirs);
    if (Number.isNaN(apartMs) || apartMs < CLOCK_TOLERANCE_MS)
      return { what, isOk: true, says: 'Slack answers, and the clocks agree.' };
    const says = `The clocks are ${String(Math.round(apartMs / 1000))} s apart; Slack's requests would be refused.`;
    return { what, isOk: false, says, todo: 'Let the machine set its clock by NTP.' };
  } catch {
    const todo = 'Let the machine reach slack.com over HTTPS; set a proxy if there is one.';
    return { what, isOk: false, says: 'Slack cannot be reached.', todo };
  }
}

function checkWayIn({ settings, publicUrl }: SlackDoctorOptions): Finding {
  const what = 'Slack: the way in';
  if (settings.appToken !== undefined)
    return { what, isOk: true, says: 'Socket Mode; no port needs to be open.' };
  if (publicUrl?.startsWith('https://') === true)
    return { what, isOk: true, says: `Slack calls ${publicUrl}.` };
  return {
    what,
    isOk: false,
    says: 'Slack has no way to reach Samling.',
    todo: 'Set SAMLING_PUBLIC_URL to an https address, or SAMLING_SLACK_APP_TOKEN for Socket Mode.',
  };
}

function nothingInstalled({ settings, publicUrl }: SlackDoctorOptions): Finding {
  const page = settings.clientId === undefined ? undefined : `${publicUrl ?? ''}${INSTALL_PATH}`;
  return {
    what: 'Slack: installs',
    isOk: false,
    says: 'Samling is not installed in any workspace.',
    todo:
      page === undefined
        ? 'Set SAMLING_SLACK_CLIENT_ID and SAMLING_SLACK_CLIENT_SECRET, or SAMLING_SLACK_BOT_TOKEN.'
        : `Start Samling and open ${page} in a browser.`,
  };
}

async function checkInstall(
  client: SlackClient,
  workspace: string,
  installs: ReturnType<typeof createInstalls>,
): Promise<Finding> {
  const what = `Slack: ${workspace}`;
  if ((await installs.get(workspace)) === undefined) {
    const todo =
      'Put the key that it was sealed with back into SAMLING_KEYS, behind the new one; or install again.';
    return { what, isOk: false, says: 'Its token cannot be opened with the keys of SAMLING_KEYS.', todo };
  }
  return client
    .call(workspace, (web, token) => checkToken({ ...client, web }, token, what))
    .catch((error: unknown) => refused(what, error));
}

async function checkToken(client: SlackClient, token: string, what = 'Slack: bot token'): Promise<Finding> {
  try {
    const answer = await client.web.auth.test({ token });
    const granted = answer.response_metadata?.scopes;
    const missing = BOT_SCOPES.map((each) => each.scope).filter(
      (scope) => granted?.includes(scope) === false,
    );
    if (missing.length === 0) return { what, isOk: true, says: 'The token works and has its scopes.' };
    const todo = 'Update the app by `samling manifest slack` and install it again.';
    return { what, isOk: false, says: `The token lacks the scopes ${missing.join(', ')}.`, todo };
  } catch (error) {
    return refused(what, error);
  }
}

function refused(what: string, error: unknown): Finding {
  const failure = failureOf(error);
  const word = failure?.kind === 'refused' ? failure.word : 'no answer';
  return {
    what,
    isOk: false,
    says: `Slack refuses the token: ${word}.`,
    todo: 'Install Samling there again.',
  };
}
