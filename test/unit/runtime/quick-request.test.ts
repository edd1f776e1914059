import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent } from 'undici';
import { quickRequest } from '../../../src/runtime/quick-request.js';

describe('a request that finds no free connection in time', () => {
  it('is not sent, then or later, and says so', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      setTimeout(() => response.end('answer'), 200);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const http = new Agent({ connections: 1 });
    const ask = (path: string, queueMs?: number) =>
      quickRequest(http, { method: 'POST', origin, path, headers: {}, body: '{}' }, queueMs);
    const first = ask('/first');
    await assert.rejects(ask('/second', 50), { code: 'UND_ERR_CONNECT_TIMEOUT' });
    assert.equal((await first).bytes.toString(), 'answer');
    assert.equal((await ask('/third')).bytes.toString(), 'answer');
    await pause(50);
    assert.deepEqual(asked, ['/first', '/third']);
    await http.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
