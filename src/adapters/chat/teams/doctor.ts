import { Agent, request, type Dispatcher } from 'undici';
import { SamlingError } from '../../../core/errors.js';
import type { Clock } from '../../../core/ports/environment.js';
import type { Finding } from '../../../runtime/platform.js';
import { MESSAGES_PATH } from './inbound.js';
import type { TeamsApp } from './settings.js';
import { createSigningKeys } from './signing-keys.js';
import { createSendingTokens } from './tokens.js';

export interface TeamsDoctorOptions {
  readonly app: TeamsApp;
  readonly publicUrl?: string;
  readonly clock: Clock;
}

/** Tokens of the Bot Connector are refused when the clocks are five minutes apart; half of it is worth a word. */
const CLOCK_TOLERANCE_MS = 150_000;
const TIMEOUT_MS = 10_000;

/** Checks what Teams needs: the Bot Connector's keys, a clock that goes right, a way in, and credentials. */
export async function checkTeams({ app, publicUrl, clock }: TeamsDoctorOptions): Promise<readonly Finding[]> {
  const http = new Agent({ connections: 2 });
  try {
    const [clockFound, credentials] = await Promise.all([
      checkReach(app, clock, http),
      checkCredentials(app, clock, http),
    ]);
    return [clockFound, checkWayIn(app, publicUrl), credentials];
  } finally {
    await http.destroy();
  }
}

async function checkReach({ openIdUrl }: TeamsApp, clock: Clock, http: Dispatcher): Promise<Finding> {
  const what = 'Teams: reach and clock';
  const keys = createSigningKeys({ openIdUrl, clock, http });
  try {
    const { headers, body } = await request(openIdUrl, {
      dispatcher: http,
      headersTimeout: TIMEOUT_MS,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await body.dump();
    if ((await keys.get('')) === 'unavailable') {
      const todo = 'Leave SAMLING_TEAMS_OPENID_URL out, and try again later.';
      return { what, isOk: false, says: "The Bot Connector's keys cannot be read.", todo };
    }
    const apartMs = Math.abs(clock.nowMs() - Date.parse(String(headers['date'])));
    if (Number.isNaN(apartMs) || apartMs < CLOCK_TOLERANCE_MS)
      return { what, isOk: true, says: "The Bot Connector's keys can be read, and the clocks agree." };
    const says = `The clocks are ${String(Math.round(apartMs / 1000))} s apart; Teams' requests would be refused.`;
    return { what, isOk: false, says, todo: 'Let the machine set its clock by NTP.' };
  } catch {
    const todo = `Let the machine reach ${new URL(openIdUrl).host} over HTTPS.`;
    return { what, isOk: false, says: 'The Bot Connector cannot be reached.', todo };
  }
}

function checkWayIn({ type }: TeamsApp, publicUrl: string | undefined): Finding {
  const what = 'Teams: the way in';
  if (type === 'playground') return { what, isOk: true, says: 'a client on this machine.' };
  if (publicUrl?.startsWith('https://') === true)
    return { what, isOk: true, says: `the bot's messaging endpoint has to be ${publicUrl}${MESSAGES_PATH}.` };
  return {
    what,
    isOk: false,
    says: 'Teams has no way to reach Samling.',
    todo: 'Set SAMLING_PUBLIC_URL to an https address, and let its proxy pass /api/messages on.',
  };
}

async function checkCredentials(app: TeamsApp, clock: Clock, http: Dispatcher): Promise<Finding> {
  const what = 'Teams: credentials';
  if (app.type === 'playground') return { what, isOk: true, says: 'none; enough for trying out.' };
  try {
    await createSendingTokens({ app, clock, http }).get();
    return { what, isOk: true, says: `Microsoft gives the app a token (${app.type}).` };
  } catch (error) {
    if (!(error instanceof SamlingError)) throw error;
    return { what, isOk: false, says: error.message, todo: todoFor(app, error.retryable) };
  }
}

function todoFor(app: TeamsApp, isRetryable: boolean): string {
  if (app.type === 'managed-identity')
    return 'Run Samling in Azure, on a machine to which the identity of SAMLING_TEAMS_APP_ID is assigned.';
  if (isRetryable) return `Let the machine reach ${new URL(app.loginUrl).host} over HTTPS, and try again.`;
  return (
    'Check SAMLING_TEAMS_APP_ID, SAMLING_TEAMS_TENANT_ID and SAMLING_TEAMS_APP_TYPE; if they are right, make a new ' +
    'client secret in Azure and put it into SAMLING_TEAMS_APP_SECRET.'
  );
}
