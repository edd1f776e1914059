import { migrateStore } from '../../src/cli/move-store.js';

/** A process that moves the embedded store into a database, and says when it begins and what it did. */
const [dataDir = '', url = ''] = process.argv.slice(2);
process.stdout.write('ready\n');
const { wasThere } = await migrateStore({ dataDir }, url);
process.stdout.write(wasThere ? 'was there\n' : 'moved\n');
