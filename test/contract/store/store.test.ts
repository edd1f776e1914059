import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryStore } from '../../../src/adapters/store/lowdb/memory.js';
import { openLowdbStore } from '../../../src/adapters/store/lowdb/persistence.js';
import { openPostgresStore } from '../../../src/adapters/store/postgres/store.js';
import type { Store } from '../../../src/core/ports/store.js';
import { postgres } from '../../support/postgres.js';
import { claimsContract } from './claims-contract.js';
import { outboxContract } from './outbox-contract.js';
import { tableContract } from './table-contract.js';
import { transactContract } from './transact-contract.js';

const folders: string[] = [];

async function newLowdbStore(): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'samling-store-'));
  folders.push(folder);
  return openLowdbStore(folder);
}

const stores: Record<string, () => Promise<Store>> = {
  'memory store': () => Promise.resolve(createMemoryStore()),
  'lowdb store': newLowdbStore,
  'PostgreSQL store': async () => openPostgresStore(await (await postgres()).database()),
};

for (const [name, create] of Object.entries(stores)) {
  tableContract(name, create);
  transactContract(name, create);
  outboxContract(name, create);
  claimsContract(name, create);
}

after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));
