import { startServer, type PostgresServer } from './postgres-server.js';

let running: Promise<PostgresServer> | undefined;

/**
 * The server of this test process: started when first asked for, stopped after the last test of the run; where files run
 * beside each other, after those of the first file, and once more when the process ends.
 */
export function postgres(): Promise<PostgresServer> {
  return (running ??= startServer());
}

// Outside the time of any test: a server, and the database that others are copied from.
before(async function () {
  this.timeout(180_000);
  await (await postgres()).database();
});

after(async () => {
  const server = running;
  running = undefined;
  await (await server)?.stop();
});
