import { press, said, send, signed, signedForm, FORM_TYPE, type Attack, type Lab } from './lab.js';

const json = (name: string, body: (lab: Lab) => unknown, status: Attack['status'] = 400): Attack => ({
  name,
  status,
  send: (lab) => signed(lab, JSON.stringify(body(lab))),
});
const text = (name: string, body: string, status: Attack['status'] = 400, type?: string): Attack => ({
  name,
  status,
  send: (lab) => signed(lab, body, type === undefined ? {} : { type }),
});
const form = (name: string, payload: (lab: Lab) => unknown, status: Attack['status'] = 400): Attack => ({
  name,
  status,
  send: (lab) => signedForm(lab, payload(lab)),
});

/** What is signed and yet not what Slack sends, and what does not come to be looked at. */
export const malformed: readonly Attack[] = [
  text('an empty body', ''),
  text('no JSON', 'hello'),
  text('half a JSON', '{"type":"event_callback"'),
  text('a JSON number', '7'),
  text('a JSON null', 'null'),
  text('a JSON list', '[{"type":"event_callback"}]'),
  text('a thousand brackets', '['.repeat(10_000)),
  text('a form that is no payload', 'a=b&c=d', [400, 403], FORM_TYPE),
  text('a form whose payload is no JSON', 'payload=hello', 400, FORM_TYPE),
  text('a form with a broken escape', 'payload=%E0%A4%A', 400, FORM_TYPE),
  text('a form with two payloads', 'payload=1&payload=2', 400, FORM_TYPE),
  { name: 'plain text', status: 415, send: (lab) => signed(lab, 'x', { type: 'text/plain' }) },
  { name: 'XML', status: 415, send: (lab) => signed(lab, '<!DOCTYPE x>', { type: 'application/xml' }) },
  {
    name: 'a file',
    status: 415,
    send: (lab) => signed(lab, 'x', { type: 'multipart/form-data; boundary=x' }),
  },
  {
    name: 'a compressed body',
    status: 415,
    send: (lab) => signed(lab, '{}', { headers: { 'content-encoding': 'gzip' } }),
  },
  {
    name: 'a body of a megabyte',
    status: [413, 0],
    send: (lab) => signed(lab, JSON.stringify({ x: 'x'.repeat(1024 * 1024) })),
  },
  {
    name: 'a body that says it is a gigabyte',
    status: [413, 0],
    send: (lab) => signed(lab, '{}', { headers: { 'content-length': '1000000000' } }),
  },
  {
    name: 'headers of 64 kilobytes',
    status: [431, 0],
    send: (lab) => signed(lab, '{}', { headers: { 'x-long': 'x'.repeat(65_536) } }),
  },
  { name: 'GET', status: 405, send: (lab) => send(lab, { method: 'GET' }) },
  { name: 'PUT', status: 405, send: (lab) => send(lab, { method: 'PUT', body: 'x' }) },
  {
    name: 'a path above',
    status: [404, 400],
    send: (lab) => send(lab, { path: '/slack/events/../../etc/passwd' }),
  },
  { name: 'a path below', status: 404, send: (lab) => send(lab, { path: '/slack/events/x' }) },
  json('no type', () => ({ team_id: 'T2' })),
  json('a type of the prototype', () => ({ type: '__proto__', team_id: 'T2' })),
  json('a type that is "constructor"', () => ({ type: 'constructor', team_id: 'T2' })),
  json('a type that is an object', () => ({ type: { toString: 'x' }, team_id: 'T2' })),
  json('a challenge without one', () => ({ type: 'url_verification' })),
  json('an event without an event', (lab) => said(lab, { event: undefined })),
  json('an event that is a text', (lab) => said(lab, { event: 'message' })),
  json('an event without an id', (lab) => said(lab, { event_id: undefined })),
  json('an event whose id is an object', (lab) => said(lab, { event_id: { $gt: '' } })),
  json('an event of nobody', (lab) => said(lab, {}, { user: undefined }), 200),
  json('an event of a person that is a list', (lab) => said(lab, {}, { user: ['UVOSS'] }), 200),
  json('an event of a bot', (lab) => said(lab, {}, { bot_id: 'B1' }), 200),
  json('a message that was changed', (lab) => said(lab, {}, { subtype: 'message_changed' }), 200),
  json('a message in a channel', (lab) => said(lab, {}, { channel_type: 'channel' }), 200),
  json('an unknown event', (lab) => said(lab, {}, { type: 'pin_added' }), 200),
  form('a press without a person', (lab) => press(lab, { user: undefined })),
  form('a press by a person that is a text', (lab) => press(lab, { user: 'UVOSS' })),
  form('a press of nothing', (lab) => press(lab, { actions: [] })),
  form('a press of what is no list', (lab) => press(lab, { actions: 'x' })),
  form('a press without a trigger', (lab) => press(lab, { trigger_id: undefined })),
  form('a view without a view', (lab) => press(lab, { type: 'view_submission' })),
  form('a shortcut that there is not', (lab) => press(lab, { type: 'shortcut', callback_id: '../x' })),
  form('a dialog of long ago', (lab) => press(lab, { type: 'dialog_submission' })),
  form(
    'keys of the prototype',
    () => JSON.parse('{"__proto__":{"type":"event_callback"},"constructor":1}') as unknown,
  ),
];
