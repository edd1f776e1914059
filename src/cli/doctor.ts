import { loadProgrammes } from '../adapters/files/programme-files.js';
import { createMemoryStore } from '../adapters/store/lowdb/memory.js';
import { loadConfig } from '../config/load.js';
import type { Config } from '../config/schema.js';
import { describeFault, SamlingError } from '../core/errors.js';
import type { Store } from '../core/ports/store.js';
import type { Finding } from '../runtime/platform.js';
import { createSealer } from '../runtime/sealed.js';
import { asset } from './assets.js';
import { openStore } from './open-store.js';

/**
 * Checks the set-up, one line for each thing: configuration, programmes, store, public address, platforms.
 * @returns whether all is well.
 */
export async function doctor(write: (text: string) => void): Promise<boolean> {
  let isWell = true;
  const report = (...findings: readonly Finding[]) => {
    for (const { what, isOk, says, todo } of findings) {
      isWell &&= isOk;
      write(`${isOk ? 'ok   ' : 'WRONG'}  ${what}: ${says}${todo === undefined ? '' : ` ${todo}`}\n`);
    }
  };
  const config = checkConfig(report);
  if (config === undefined) return false;
  report(checkProgrammes(config), await checkAddress(config));
  const store = await checkStore(config, report);
  report(...(await checkPlatforms(config, store)));
  await store?.close();
  return isWell;
}

function checkConfig(report: (...findings: readonly Finding[]) => void): Config | undefined {
  const what = 'configuration';
  try {
    const config = loadConfig();
    report({ what, isOk: true, says: `complete, for ${config.mode}.` });
    return config;
  } catch (error) {
    if (!(error instanceof SamlingError)) throw error;
    const todo = 'See docs/configuration.md.';
    report(...error.faults.map((fault) => ({ what, isOk: false, says: `${describeFault(fault)}.`, todo })));
    return undefined;
  }
}

function checkProgrammes(config: Config): Finding {
  const what = 'programmes';
  try {
    const all = loadProgrammes(config.programmesDir ?? asset('data', 'programmes')).all();
    const says = `${all.map((each) => each.id).join(', ')}.`;
    if (config.programmesDir !== undefined || config.mode === 'development')
      return { what, isOk: true, says };
    const todo = 'Set SAMLING_PROGRAMMES_DIR to the folder of your own.';
    return { what, isOk: false, says: 'These are the demo programmes.', todo };
  } catch (error) {
    if (!(error instanceof SamlingError)) throw error;
    const todo = `Mend ${error.faults.slice(0, 3).map(describeFault).join('; ')}.`;
    return { what, isOk: false, says: error.message, todo };
  }
}

/** Whether the public address leads to a Samling; it need not run while this is asked. */
async function checkAddress({ publicUrl }: Config): Promise<Finding> {
  const what = 'public address';
  if (publicUrl === undefined) return { what, isOk: true, says: 'none; enough for Socket Mode alone.' };
  try {
    const response = await fetch(`${publicUrl}/healthz`, { signal: AbortSignal.timeout(10_000) });
    const isSamling = response.ok && (await response.text()).includes('"status"');
    if (isSamling) return { what, isOk: true, says: `${publicUrl} leads to Samling.` };
    const todo = 'Let the proxy pass /healthz, /slack, /api/messages, /calendar and /feed on to Samling.';
    return { what, isOk: false, says: `${publicUrl}/healthz answers ${String(response.status)}.`, todo };
  } catch {
    const todo = 'Start Samling, and check the name, the certificate and the proxy.';
    return { what, isOk: false, says: `${publicUrl} cannot be reached from here.`, todo };
  }
}

async function checkStore(
  config: Config,
  report: (...findings: readonly Finding[]) => void,
): Promise<Store | undefined> {
  const what = 'store';
  try {
    const store = await openStore(config);
    const says =
      config.databaseUrl === undefined
        ? `${config.dataDir} can be written.`
        : 'the database of DATABASE_URL can be used.';
    report({ what, isOk: true, says });
    return store;
  } catch (error) {
    report(storeFinding(config, error));
    return undefined;
  }
}

/** Why the store cannot be opened: an embedded one that Samling is running on is as it should be. */
function storeFinding({ databaseUrl, dataDir }: Config, error: unknown): Finding {
  const what = 'store';
  const code = error instanceof SamlingError ? error.code : undefined;
  if (code === 'STORE_LOCKED') {
    const says = 'in use by a running Samling, so installs in Slack are not checked.';
    return { what, isOk: true, says, todo: 'Stop it to check them.' };
  }
  // It says itself what to do.
  if (error instanceof SamlingError && code === 'STORE_DAMAGED')
    return { what, isOk: false, says: error.message };
  if (databaseUrl !== undefined) {
    const todo = 'Check that its server runs, and name and password.';
    return { what, isOk: false, says: 'the database of DATABASE_URL cannot be used.', todo };
  }
  return {
    what,
    isOk: false,
    says: 'cannot be opened.',
    todo: `Check the rights and the space of ${dataDir}.`,
  };
}

/** Without a store, what is not kept in one is checked all the same. */
async function checkPlatforms(config: Config, store: Store | undefined): Promise<readonly Finding[]> {
  const common = {
    clock: { nowMs: () => Date.now() },
    ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
  };
  const findings: Finding[] = [];
  if (config.slack !== undefined) {
    const { checkSlack } = await import('../adapters/chat/slack/doctor.js');
    const sealer = createSealer(config.keys);
    const kept = { store: store ?? createMemoryStore(), knowsInstalls: store !== undefined };
    findings.push(...(await checkSlack({ ...common, ...kept, settings: config.slack, sealer })));
  }
  if (config.teams !== undefined) {
    const { checkTeams } = await import('../adapters/chat/teams/doctor.js');
    findings.push(...(await checkTeams({ ...common, app: config.teams })));
  }
  if (findings.length > 0) return findings;
  const todo = 'Follow docs/setup-slack.md or docs/setup-teams.md.';
  return [{ what: 'platforms', isOk: false, says: 'No chat platform is configured.', todo }];
}
