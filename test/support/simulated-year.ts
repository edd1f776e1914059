import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadProgrammes } from '../../src/adapters/files/programme-files.js';
import { loadVocabulary } from '../../src/adapters/files/vocabulary.js';
import { openLowdbStore } from '../../src/adapters/store/lowdb/persistence.js';
import { createRenderer } from '../../src/cards/index.js';
import { asset } from '../../src/cli/assets.js';
import { openDemoSession } from '../../src/cli/demo-session.js';
import { DAY_MS, openPresses } from './presses.js';
import { SamlingError } from '../../src/core/errors.js';
import { createTranslators } from '../../src/i18n/index.js';

/**
 * A process that lives through a year of a programme, from where it was killed the last time.
 * At the end of each day members press what they make up their minds to press on the day's nudges.
 * Says `ready` when it begins, `sent` for each message, `confirmed` for each press that was answered, `done` at the end.
 */
const [folder = '', id = 'saman', from = '2013-08-15', until = '2014-08-15'] = process.argv.slice(2);

const programme = loadProgrammes(asset('data', 'programmes')).get(id);
if (programme === undefined) throw new SamlingError('PROGRAMME_UNKNOWN', id);

await mkdir(folder, { recursive: true });
const store = await openLowdbStore(join(folder, 'store'));
if ((await store.settings.get(id, 'demo-clock')) === undefined) {
  await store.settings.put({
    programme: id,
    id: 'demo-clock',
    value: String(Date.parse(`${from}T06:00:00Z`)),
  });
}
await store.close();

const translators = createTranslators(asset('locales'));
const nothing = () => undefined;
const session = await openDemoSession({
  programme,
  folder,
  renderer: createRenderer({ cardsDir: asset('cards'), translators }),
  translators,
  vocabulary: loadVocabulary(asset('data', 'conversation', 'commands.json')),
  log: {
    info: nothing,
    warn: nothing,
    error: (fields, what) => void process.stderr.write(`${what} ${JSON.stringify(fields)}\n`),
  },
});
session.listen(() => process.stdout.write('sent\n'));
process.stdout.write('ready\n');
const startMs = Date.parse(`${from}T06:00:00Z`);
const endMs = Date.parse(`${until}T06:00:00Z`);
for (let dayMs = startMs; dayMs <= endMs; dayMs += DAY_MS) {
  if (dayMs < session.now()) continue;
  await session.advance(dayMs);
  for (const press of await openPresses(session, dayMs)) {
    await session.act(press.member, press.delivery, press.verb, press.data);
    process.stdout.write(`confirmed ${press.table} ${press.row}\n`);
  }
}
await session.close();
process.stdout.write('done\n');
