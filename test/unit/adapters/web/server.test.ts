import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { createWebServer, type WebServerOptions } from '../../../../src/adapters/web/server.js';
import { SamlingError } from '../../../../src/core/errors.js';
import type { WebMount } from '../../../../src/runtime/web.js';
import { createFakeLog } from '../../../support/dispatch.js';

describe('the web server', () => {
  let close: (() => void) | undefined;
  afterEach(() => close?.());

  async function start(mount: Partial<WebMount>, options: Partial<WebServerOptions> = {}) {
    const log = createFakeLog();
    const echo: WebMount = {
      path: '/echo',
      methods: ['POST'],
      bodyLimitBytes: 10,
      handle: (request) => Promise.resolve({ status: 200, body: request.body }),
      ...mount,
    };
    const server = createWebServer({ mounts: [echo], log, ...options });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    close = () => {
      server.closeAllConnections();
      server.close();
    };
    const { port } = server.address() as AddressInfo;
    return { log, port, url: `http://127.0.0.1:${String(port)}` };
  }
  const statusOf = async (url: string, init?: RequestInit) => (await fetch(url, init)).status;

  it('says how it is', async () => {
    let isHealthy = true;
    const { url } = await start({}, { isHealthy: () => isHealthy });
    assert.deepEqual(await (await fetch(`${url}/healthz`)).json(), { status: 'ok' });
    isHealthy = false;
    assert.equal(await statusOf(`${url}/healthz`), 503);
  });

  it('says whether it is ready', async () => {
    let isReady = true;
    const { url } = await start({}, { isReady: () => Promise.resolve(isReady) });
    assert.equal(await statusOf(`${url}/readyz`), 200);
    isReady = false;
    assert.equal(await statusOf(`${url}/readyz`), 503);
  });

  it('answers 503 while the store cannot write, so that the platform asks again, and goes on by itself', async () => {
    let isFull = true;
    const handle = () =>
      isFull
        ? Promise.reject(new SamlingError('STORE_WRITE_FAILED', 'full', { retryable: true }))
        : Promise.resolve({ status: 200 });
    const seen: unknown[] = [];
    const { url } = await start({ handle }, { onHandled: (path, status) => seen.push([path, status]) });
    const post = () => statusOf(`${url}/echo`, { method: 'POST', body: 'x' });
    assert.equal(await post(), 503);
    isFull = false;
    assert.equal(await post(), 200);
    assert.deepEqual(seen, [
      ['/echo', 503],
      ['/echo', 200],
    ]);
  });

  it('hands bodies on as they came', async () => {
    const { url } = await start({});
    const response = await fetch(`${url}/echo?x=1`, { method: 'POST', body: 'å' });
    assert.equal(await response.text(), 'å');
  });

  it('answers what it does not serve', async () => {
    const { url } = await start({});
    assert.equal(await statusOf(`${url}/nowhere`), 404);
    assert.equal(await statusOf(`${url}/echo`), 405);
    assert.equal(await statusOf(`${url}/echo`, { method: 'POST', body: 'eleven byte' }), 413);
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(11));
        controller.close();
      },
    });
    assert.equal(
      await statusOf(`${url}/echo`, { method: 'POST', body: stream, duplex: 'half' } as RequestInit),
      413,
    );
    assert.equal(
      await statusOf(`${url}/echo`, { method: 'POST', body: 'x', headers: { 'content-encoding': 'gzip' } }),
      415,
    );
  });

  it('refuses by headers before it reads the body', async () => {
    const { url } = await start({ admit: () => ({ status: 401 }) });
    assert.equal(await statusOf(`${url}/echo`, { method: 'POST', body: 'x'.repeat(1000) }), 401);
  });

  it('answers a failure with 500 and nothing of it, and logs only its kind', async () => {
    const { url, log } = await start({ handle: () => Promise.reject(new TypeError('a secret')) });
    const response = await fetch(`${url}/echo?name=secret`, { method: 'POST', body: 'x' });
    assert.deepEqual([response.status, await response.text()], [500, '']);
    assert.deepEqual(log.lines, ['error request failed {"path":"/echo","error":"TypeError"}']);
  });

  it('logs of a secret address only below what it lies', async () => {
    const { url, log } = await start({
      ...{ path: '/feed/', methods: ['GET'], handle: () => Promise.reject(new TypeError('failed')) },
    });
    assert.equal(await statusOf(`${url}/feed/saman/0123456789abcdef`), 500);
    assert.deepEqual(log.lines, ['error request failed {"path":"/feed/","error":"TypeError"}']);
  });

  it('gives up on who does not read the answer, and on who says nothing', async () => {
    const handle = () => Promise.resolve({ status: 200, body: new Uint8Array(32 * 1024 * 1024) });
    const { port } = await start({ handle, methods: ['GET'] }, { stillMs: 200 });
    const givenUp = (said: string) =>
      new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(said));
        // Nothing is read, so that all of the way is full.
        socket.pause().on('error', () => resolve());
        const probe = setInterval(() => socket.write('\r\n'), 1_000);
        socket.on('close', () => resolve()).on('close', () => clearInterval(probe));
      });
    await Promise.all([givenUp('GET /echo HTTP/1.1\r\nhost: x\r\n\r\n'), givenUp('')]);
  });

  for (const [name, head] of Object.entries({
    'two ways of saying its length': 'content-length: 5\r\ntransfer-encoding: chunked',
    'two lengths': 'content-length: 5\r\ncontent-length: 6',
    'a coding that is nearly chunked': 'transfer-encoding: xchunked',
    'a blank before the colon': 'transfer-encoding : chunked',
  })) {
    it(`takes no request with ${name} for two`, async () => {
      let handled = 0;
      const handle = () => Promise.resolve({ status: 200, body: String((handled += 1)) });
      const { port } = await start({ handle });
      const inner = 'POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n';
      const answer = await new Promise<string>((resolve) => {
        const socket = connect(port, '127.0.0.1', () =>
          socket.write(`POST /echo HTTP/1.1\r\nhost: x\r\n${head}\r\n\r\n0\r\n\r\n${inner}`),
        );
        let text = '';
        socket.on('data', (part) => (text += part.toString())).on('close', () => resolve(text));
      });
      assert.match(answer, /^HTTP\/1\.1 400/);
      assert.equal(handled, 0);
    });
  }

  it('gives up on a request that does not arrive', async () => {
    const { port } = await start({}, { arrivalMs: 200 });
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write('POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nab'),
      );
      let text = '';
      socket.on('data', (part) => (text += part.toString())).on('close', () => resolve(text));
    });
    assert.match(answer, /^HTTP\/1.1 408/);
  });
});
