import { openLowdbStore } from '../../src/adapters/store/lowdb/persistence.js';

/** A process that writes until it is killed, and says of each write that was answered: `<writer> <number>`. */
const [folder = '', first = '0'] = process.argv.slice(2);
const store = await openLowdbStore(folder, { foldAtBytes: 20_000 });
process.stdout.write('ready\n');

async function writer(name: string): Promise<never> {
  for (let number = Number(first) + 1; ; number += 1) {
    const value = String(number);
    await store.transact(async (tables) => {
      await tables.settings.put({ programme: 'saman', id: `${name}-1`, value });
      await tables.settings.put({ programme: 'uso4', id: `${name}-2`, value });
    });
    process.stdout.write(`${name} ${value}\n`);
  }
}

await Promise.all(['a', 'b', 'c', 'd'].map(writer));
