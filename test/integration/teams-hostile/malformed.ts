import { activities } from '../../local/teams/index.js';
import type { Attack } from './lab.js';

/** Genuine tokens on requests that are wrong. */
export const malformed: readonly Attack[] = [
  { name: 'an empty body', status: 400, send: (lab) => lab.genuineWith('') },
  { name: 'no JSON', status: 400, send: (lab) => lab.genuineWith('{"type":') },
  { name: 'a JSON list', status: 400, send: (lab) => lab.genuineWith([lab.handIn()]) },
  { name: 'a JSON word', status: 400, send: (lab) => lab.genuineWith('"message"') },
  { name: 'null', status: 400, send: (lab) => lab.genuineWith('null') },
  {
    name: 'bytes that are no text',
    status: 400,
    send: (lab) => lab.genuineWith(Buffer.from([0xff, 0xfe, 0x00, 0x80])),
  },
  {
    name: 'brackets a hundred thousand deep',
    status: 400,
    send: (lab) => lab.genuineWith('['.repeat(100_000)),
  },
  {
    name: 'a form',
    status: 415,
    send: (lab) => lab.genuineWith('a=b', { 'content-type': 'application/x-www-form-urlencoded' }),
  },
  {
    name: 'JSON that says it is text',
    status: 415,
    send: (lab) => lab.genuineWith(lab.handIn(), { 'content-type': 'text/plain' }),
  },
  {
    name: 'a compressed body',
    status: 415,
    send: (lab) => lab.genuineWith(lab.handIn(), { 'content-encoding': 'gzip' }),
  },
  {
    name: 'a body of 300 KB',
    status: 413,
    send: (lab) => lab.genuineWith(lab.changed((it) => (it.text = 'x'.repeat(300_000)))),
  },
  {
    name: 'a length of a gigabyte',
    status: 413,
    send: async (lab) =>
      lab.raw({
        headers: { authorization: `Bearer ${await lab.genuine()}`, 'content-length': String(2 ** 30) },
      }),
  },
  { name: 'a request cut off in the middle', status: [400, 408, 0], send: (lab) => lab.cutOff() },
  {
    name: 'GET',
    status: 405,
    send: async (lab) =>
      lab.raw({ method: 'GET', headers: { authorization: `Bearer ${await lab.genuine()}` } }),
  },
  {
    name: 'PUT',
    status: 405,
    send: async (lab) =>
      lab.raw({ method: 'PUT', body: '{}', headers: { authorization: `Bearer ${await lab.genuine()}` } }),
  },
  {
    name: 'POST that calls itself DELETE',
    status: [200, 400],
    send: (lab) =>
      lab.genuineWith(
        lab.changed((it) => (it.type = 'deleteUserData')),
        { 'x-http-method-override': 'DELETE' },
      ),
  },
  {
    name: 'another path',
    status: 404,
    send: async (lab) =>
      lab.raw({
        path: '/api/messages/../admin',
        body: '{}',
        headers: { authorization: `Bearer ${await lab.genuine()}` },
      }),
  },
  { name: 'no type', status: 400, send: (lab) => lab.genuineWith(lab.changed((it) => delete it.type)) },
  {
    name: 'a type that is a number',
    status: 400,
    send: (lab) => lab.genuineWith(lab.changed((it) => (it.type = 7))),
  },
  { name: 'no sender', status: 400, send: (lab) => lab.genuineWith(lab.changed((it) => delete it.from)) },
  {
    name: 'no conversation',
    status: 400,
    send: (lab) => lab.genuineWith(lab.changed((it) => delete it.conversation)),
  },
  {
    name: 'no service',
    status: 400,
    send: (lab) => lab.genuineWith(lab.changed((it) => delete it.serviceUrl)),
  },
  {
    name: 'another channel than the key may speak for',
    status: 401,
    send: (lab) => lab.genuineWith(lab.changed((it) => (it.channelId = 'emulator'))),
  },
  {
    name: "a service of one's own in the activity",
    status: 401,
    send: (lab) => lab.genuineWith(lab.changed((it) => (it.serviceUrl = 'http://127.0.0.1:9/steal/'))),
  },
  {
    name: 'no tenant',
    status: 400,
    send: (lab) =>
      lab.genuineWith(
        lab.changed((it) => {
          delete it.channelData;
          delete it.conversation.tenantId;
        }),
      ),
  },
  {
    name: 'two tenants',
    status: 400,
    send: (lab) => lab.genuineWith(lab.changed((it) => (it.channelData.tenant.id = 'volda'))),
  },
  {
    name: 'a tenant that is a path',
    status: 400,
    send: (lab) =>
      lab.genuineWith(
        lab.changed((it) => {
          it.channelData.tenant.id = '../voss';
          it.conversation.tenantId = '../voss';
        }),
      ),
  },
  {
    name: 'an invoke that nobody knows',
    status: 501,
    send: (lab) => lab.genuineWith(lab.changed((it) => (it.name = 'composeExtension/query'))),
  },
  {
    name: 'an action that is no object',
    status: 400,
    send: (lab) => lab.genuineWith(lab.changed((it) => (it.value.action = 'handed-in'))),
  },
  { name: 'no value', status: 400, send: (lab) => lab.genuineWith(lab.changed((it) => delete it.value)) },
  {
    name: 'a reaction',
    status: 200,
    send: (lab) => lab.genuineWith(activities.reaction(lab.teams.origin(lab.kari), '1')),
  },
  {
    name: 'a kind of activity that nobody knows',
    status: 200,
    send: (lab) => lab.genuineWith(lab.changed((it) => (it.type = 'trace'))),
  },
];
