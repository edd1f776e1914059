import { startServer, type PostgresServer } from './postgres-server.js';

let running: Promise<PostgresServer> | undefined;

/** The server of this test process: started when first asked for, stopped after the last test. */
export function postgres(): Promise<PostgresServer> {
  return (running ??= startServer());
}

// Outside the time of any test: a server, and the database that others are copied from.
before(async function () {
  this.timeout(180_000);
  await (await postgres()).database();
});

after(async () => {
  await (await running)?.stop();
});
