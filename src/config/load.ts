import { SamlingError, type Fault } from '../core/errors.js';
import { configSchema, type Config } from './schema.js';

/**
 * Checks the settings of an environment.
 * @throws SamlingError `CONFIG_WRONG` with all faults at once, for wrong values and for unknown `SAMLING_` names.
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const names = Object.keys(configSchema.shape);
  const given = Object.entries(environment).filter(
    ([name, value]) => name.startsWith('SAMLING_') && value !== '',
  );
  const faults: Fault[] = given
    .filter(([name]) => !names.includes(name) && !name.startsWith('SAMLING_TEST_'))
    .map(([name]) => ({
      source: 'environment',
      path: name,
      found: 'a setting that is not known',
      expected: `one of ${names.join(', ')}`,
    }));
  const parsed = configSchema.safeParse(Object.fromEntries(given.filter(([name]) => names.includes(name))));
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0]);
      faults.push({
        source: 'environment',
        path: name,
        found: JSON.stringify(environment[name]),
        expected: issue.message,
      });
    }
  }
  if (!parsed.success || faults.length > 0) {
    throw new SamlingError('CONFIG_WRONG', 'The settings are wrong.', { faults });
  }
  const { SAMLING_DATA_DIR, SAMLING_HOST, SAMLING_PORT, SAMLING_MODE } = parsed.data;
  return { dataDir: SAMLING_DATA_DIR, host: SAMLING_HOST, port: SAMLING_PORT, mode: SAMLING_MODE };
}
