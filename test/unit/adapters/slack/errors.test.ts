import assert from 'node:assert/strict';
import { failureOf } from '../../../../src/adapters/chat/slack/errors.js';

const thrownFor = (code: string) => ({
  code: 'slack_webapi_request_error',
  original: Object.assign(new TypeError('fetch failed'), { cause: { code } }),
});

describe('a failed call to Slack', () => {
  it('has certainly not been made when there was no connection, or none that could be trusted', () => {
    for (const code of ['ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT', 'SELF_SIGNED_CERT_IN_CHAIN'])
      assert.deepEqual(failureOf(thrownFor(code)), { kind: 'not-reached' }, code);
  });

  it('may have been made when the connection broke', () => {
    for (const code of ['ECONNRESET', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT'])
      assert.deepEqual(failureOf(thrownFor(code)), { kind: 'lost', what: 'no-answer' }, code);
  });
});
