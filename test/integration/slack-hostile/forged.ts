import { press, said, send, signed, signedForm, FORM_TYPE, JSON_TYPE, type Attack, type Lab } from './lab.js';

const text = (lab: Lab) => JSON.stringify(said(lab));
const headersOf = (lab: Lab, changes: object) => ({
  'content-type': JSON_TYPE,
  'x-slack-request-timestamp': String(Math.floor(lab.app.clock.nowMs() / 1000)),
  'x-slack-signature': `v0=${'0'.repeat(64)}`,
  ...changes,
});
const withHeaders = (name: string, changes: object): Attack => ({
  name,
  status: 401,
  send: (lab) => send(lab, { body: text(lab), headers: headersOf(lab, changes) }),
});

/** Nobody who cannot sign is listened to. */
export const forged: readonly Attack[] = [
  {
    name: 'no signature',
    status: 401,
    send: (lab) => send(lab, { body: text(lab), headers: { 'content-type': JSON_TYPE } }),
  },
  { name: 'another secret', status: 401, send: (lab) => signed(lab, text(lab), { secret: 'guessed' }) },
  { name: 'an empty secret', status: 401, send: (lab) => signed(lab, text(lab), { secret: '' }) },
  {
    name: 'another secret on a button',
    status: 401,
    send: (lab) => signedForm(lab, press(lab), { secret: 'guessed' }),
  },
  {
    name: 'a body changed after signing',
    status: 401,
    send: (lab) => signed(lab, text(lab), { sent: text(lab).replace('pause', 'hjelp') }),
  },
  {
    name: 'a byte added after signing',
    status: 401,
    send: (lab) => signed(lab, text(lab), { sent: `${text(lab)} ` }),
  },
  {
    name: 'a body taken away after signing',
    status: 401,
    send: (lab) => signed(lab, text(lab), { sent: '' }),
  },
  { name: 'six minutes old', status: 401, send: (lab) => signed(lab, text(lab), { ageS: 361 }) },
  { name: 'a day old', status: 401, send: (lab) => signed(lab, text(lab), { ageS: 86_400 }) },
  { name: 'six minutes from the future', status: 401, send: (lab) => signed(lab, text(lab), { ageS: -361 }) },
  {
    name: 'a year from the future',
    status: 401,
    send: (lab) => signed(lab, text(lab), { ageS: -31_536_000 }),
  },
  {
    name: 'another version of the signature',
    status: 401,
    send: (lab) => signed(lab, text(lab), { version: 'v1' }),
  },
  withHeaders('a signature of zeros', {}),
  withHeaders('a signature that is too short', { 'x-slack-signature': 'v0=00' }),
  withHeaders('a signature that is too long', { 'x-slack-signature': `v0=${'0'.repeat(65)}` }),
  withHeaders('a signature in capitals', { 'x-slack-signature': `v0=${'A'.repeat(64)}` }),
  withHeaders('a signature without its version', { 'x-slack-signature': '0'.repeat(64) }),
  withHeaders('an empty signature', { 'x-slack-signature': '' }),
  withHeaders('no timestamp', { 'x-slack-request-timestamp': undefined }),
  withHeaders('an empty timestamp', { 'x-slack-request-timestamp': '' }),
  withHeaders('a timestamp that is no number', { 'x-slack-request-timestamp': 'now' }),
  withHeaders('a negative timestamp', { 'x-slack-request-timestamp': '-1' }),
  withHeaders('a timestamp with a fraction', { 'x-slack-request-timestamp': '1.5e9' }),
  withHeaders('a timestamp of a hundred digits', { 'x-slack-request-timestamp': '1'.repeat(100) }),
  withHeaders('an infinite timestamp', { 'x-slack-request-timestamp': 'Infinity' }),
  {
    name: 'a genuine signature of another timestamp',
    status: 401,
    send: (lab) =>
      signed(lab, text(lab), {
        headers: { 'x-slack-request-timestamp': String(Math.floor(lab.app.clock.nowMs() / 1000) - 1) },
      }),
  },
  {
    name: 'two signatures, one of them genuine',
    status: 401,
    send: (lab) =>
      signed(lab, text(lab), {
        headers: { 'X-Slack-Signature': [`v0=${'0'.repeat(64)}`, `v0=${'1'.repeat(64)}`] },
      }),
  },
  {
    name: 'the verification token instead of a signature',
    status: 401,
    send: (lab) =>
      send(lab, {
        body: JSON.stringify({ ...said(lab), token: 'deprecated' }),
        headers: { 'content-type': JSON_TYPE },
      }),
  },
  {
    name: 'a forged challenge',
    status: 401,
    send: (lab) =>
      signed(lab, JSON.stringify({ type: 'url_verification', challenge: 'x' }), { secret: 'guessed' }),
  },
  {
    name: 'the headers of a proxy',
    status: 401,
    send: (lab) =>
      send(lab, {
        body: text(lab),
        headers: {
          'content-type': JSON_TYPE,
          'x-forwarded-for': '127.0.0.1',
          'x-forwarded-proto': 'https',
          'x-original-url': '/healthz',
        },
      }),
  },
  {
    name: 'a certificate header instead of a signature',
    status: 401,
    send: (lab) =>
      send(lab, {
        body: text(lab),
        headers: { 'content-type': FORM_TYPE, 'x-client-certificate-san': 'platform-tls-client.slack.com' },
      }),
  },
];
