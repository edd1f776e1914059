import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { openPostgresStore, type PostgresStore } from '../../src/adapters/store/postgres/store.js';
import { noticeSchema } from '../../src/core/notices/definition.js';
import { noticeDelivery } from '../../src/core/notices/sending.js';
import type { Directory } from '../../src/core/ports/directory.js';
import { createNotices } from '../../src/runtime/notices.js';
import { createWriter } from '../../src/runtime/writer.js';
import { createDispatch, createFakeDirectory } from '../support/dispatch.js';
import { createFakeChat } from '../support/fake-chat.js';
import { postgres } from '../support/postgres.js';
import { programmeWith } from '../support/programmes.js';
import { memberWith } from '../support/teams-samling.js';

const RECEIVERS = 20_000;
/** As many as are looked at; the rest wait. */
const SENT = 200;
const programme = programmeWith('saman');
const sending = 'velkommen/1';
const idOf = (nth: number) => `member-${String(nth)}`;

/** Passes everything on to a database, and counts the bytes that come from it. */
async function countedDatabase(url: string) {
  const counted = { bytes: 0 };
  const target = new URL(url);
  const server = createServer((socket) => {
    const upstream = connect(Number(target.port), target.hostname);
    upstream.on('data', (part: Buffer) => (counted.bytes += part.length));
    socket.pipe(upstream).pipe(socket);
    for (const each of [socket, upstream]) each.on('error', () => void socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(url);
  through.port = String((server.address() as AddressInfo).port);
  const other = await openPostgresStore(url);
  return {
    counted,
    url: through.href,
    /** Another process, whose bytes are not counted. */
    other,
    async close() {
      await other.close();
      server.close();
    },
  };
}

describe('a notice to 20,000 on PostgreSQL', function () {
  this.timeout(120_000);
  let database: Awaited<ReturnType<typeof countedDatabase>>;
  let store: PostgresStore;
  before(async () => {
    database = await countedDatabase(await (await postgres()).database());
    store = await openPostgresStore(database.url);
    const all = Array.from({ length: RECEIVERS }, (_, nth) => memberWith(idOf(nth)));
    await store.members.put(...all);
    const notice = noticeSchema.parse({
      ...{ id: 'velkommen', title: { nb: 'Velkommen', nn: 'Velkomen' } },
      ...{ body: { nb: 'Tekst', nn: 'Tekst' }, audience: {} },
    });
    await store.notices.put({
      ...{ programme: programme.id, id: notice.id, notice, by: idOf(0), state: 'sent', version: 1 },
      isTemplate: false,
    });
    await store.sendings.put({
      ...{ programme: programme.id, id: sending, notice: 'velkommen', turn: '1', state: 'sending' },
      receivers: all.map(({ id }) => ({ member: id, language: 'nb' as const })),
      ...{ unreached: [], startedMs: 0, retries: 0, corrections: 0 },
    });
  });
  after(async () => {
    await store.close();
    await database.close();
  });

  it('reads for each message what that message needs, not the list of all receivers', async () => {
    const chat = createFakeChat();
    const directory: Directory = createFakeDirectory(chat);
    const write = createWriter({
      store,
      programmes: { get: () => programme, all: () => [programme] },
      render: (message, { language }) => ({
        card: { type: 'AdaptiveCard' },
        text: message.template,
        language,
      }),
      capabilities: [createNotices({ store, directory })],
    });
    const { dispatcher } = createDispatch(chat, { store, directory, write });
    const send = async (from: number) => {
      const some = Array.from({ length: SENT }, (_, nth) => idOf(from + nth));
      await store.outbox.add(some.map((id) => noticeDelivery(programme.id, sending, id, 'lane', 0, 0)));
      const before = database.counted.bytes;
      await dispatcher.flush();
      return database.counted.bytes - before;
    };
    const [members, sendings] = [
      await store.members.list(programme.id),
      await store.sendings.list(programme.id),
    ];
    const stateBytes = Buffer.byteLength(JSON.stringify([members, sendings]));
    // Another process has written: everything is read again.
    await database.other.members.put(memberWith(idOf(0)));
    await database.other.sendings.put(...sendings);
    const first = await send(0);
    assert.ok(
      first < 1.5 * stateBytes,
      `${String(first)} bytes, where all that is needed are ${String(stateBytes)}`,
    );
    const others = await send(SENT);
    assert.ok(others < 1_000 * SENT, `${String(Math.round(others / SENT))} bytes a message`);
    assert.equal(chat.posted.length, 2 * SENT);
  });
});
