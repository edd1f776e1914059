import { buttonOf } from '../../local/slack/index.js';
import { press, said, signed, signedForm, FORM_TYPE, type Attack, type Lab } from './lab.js';

const form = (name: string, payload: (lab: Lab) => unknown, status: Attack['status'] = 200): Attack => ({
  name,
  status,
  send: (lab) => signedForm(lab, payload(lab)),
});

/** The nudge with another card in its metadata. */
function withBox(lab: Lab, box: unknown): Record<string, unknown> {
  const message = structuredClone(lab.nudge) as { metadata?: { event_payload: Record<string, unknown> } };
  if (message.metadata !== undefined) message.metadata.event_payload['card'] = box;
  return press(lab, { message });
}

function boxOf(lab: Lab): string {
  return (lab.nudge.metadata as { event_payload: { card: string } }).event_payload.card;
}

function flipped(box: string): string {
  const middle = Math.floor(box.length / 2);
  return `${box.slice(0, middle)}${box[middle] === 'A' ? 'B' : 'A'}${box.slice(middle + 1)}`;
}

const action = (lab: Lab, changes: object) => ({
  ...buttonOf(lab.nudge, 'Levert'),
  action_ts: '1',
  ...changes,
});

/** Genuine requests that reach for what is not theirs. */
export const foreign: readonly Attack[] = [
  form('a card of somebody else in another workspace', (lab) => press(lab, {}, lab.gjovik)),
  form('a card of somebody else in the same workspace', (lab) => press(lab, {}, lab.stranger)),
  form('a card changed by one sign', (lab) => withBox(lab, flipped(boxOf(lab)))),
  form('a card cut short', (lab) => withBox(lab, boxOf(lab).slice(0, 40))),
  form('no card', (lab) => withBox(lab, undefined)),
  form('a card that is an object', (lab) => withBox(lab, { verb: 'handed-in' })),
  form('a card that is not sealed', (lab) =>
    withBox(
      lab,
      JSON.stringify({
        card: { type: 'AdaptiveCard', actions: [{ type: 'Action.Execute', verb: 'handed-in' }] },
      }),
    ),
  ),
  form('a message that is not ours', (lab) => press(lab, { message: { ts: '1.1', text: 'x', blocks: [] } })),
  form('metadata of another app', (lab) =>
    press(lab, {
      message: { ...lab.nudge, metadata: { event_type: 'other', event_payload: { card: boxOf(lab) } } },
    }),
  ),
  form('a button that the card has not', (lab) =>
    press(lab, { actions: [action(lab, { action_id: 'ac.act.other' })] }),
  ),
  form('a button with data of its own', (lab) =>
    press(lab, {
      actions: [action(lab, { action_id: 'access-admit', value: '{"request":"slack/T2/UNYT2"}' })],
    }),
  ),
  form(
    'a workspace that has not installed Samling',
    (lab) => press(lab, { team: { id: 'T9' }, user: { id: 'UVOSS', team_id: 'T9' }, enterprise: null }),
    403,
  ),
  form('a person of another workspace who is called the same', (lab) =>
    press(lab, { team: { id: 'T1' }, user: { id: 'UVOSS', team_id: 'T1' } }),
  ),
  form(
    'a workspace whose id is a path',
    (lab) => press(lab, { team: { id: '../T2' }, user: { id: 'UVOSS', team_id: '../T2' } }),
    403,
  ),
  form('a home tab of somebody else', (lab) =>
    press(lab, {
      view: { id: 'V1', type: 'home', private_metadata: boxOf(lab) },
      user: { id: 'UGJOVIK', team_id: 'T1' },
      message: undefined,
      container: { type: 'view' },
    }),
  ),
  form('a form that was never opened', (lab) => ({
    ...press(lab),
    type: 'view_submission',
    view: { id: 'V1', hash: 'h', callback_id: 'access-admit', private_metadata: '', state: { values: {} } },
  })),
  form('a form of a card that was for somebody else', (lab) => ({
    ...press(lab, { user: { id: 'UGJOVIK', team_id: 'T1' }, team: { id: 'T1' } }),
    type: 'view_submission',
    view: { id: 'V2', hash: 'h', callback_id: 'x', private_metadata: boxOf(lab), state: { values: {} } },
  })),
  form('choices of a list that was for somebody else', (lab) => ({
    ...press(lab, { user: { id: 'UGJOVIK', team_id: 'T1' }, team: { id: 'T1' } }),
    ...{ type: 'block_suggestion', action_id: 'x', value: '' },
  })),
  {
    name: 'an event of a workspace that has not installed Samling',
    status: 403,
    send: (lab) =>
      signed(lab, JSON.stringify(said(lab, { team_id: 'T9', context_team_id: 'T9', event_id: 'Ev9' }))),
  },
  {
    name: 'an uninstall of a workspace that has not installed Samling',
    status: 403,
    send: (lab) =>
      signed(
        lab,
        JSON.stringify(
          said(lab, { team_id: 'T9', context_team_id: 'T9', event: { type: 'app_uninstalled' } }),
        ),
      ),
  },
  {
    name: 'tokens of users taken back',
    status: 200,
    send: (lab) =>
      signed(
        lab,
        JSON.stringify(
          said(lab, { event_id: 'EvT', event: { type: 'tokens_revoked', tokens: { oauth: ['U1'] } } }),
        ),
      ),
  },
  {
    name: 'a command of a workspace that has not installed Samling',
    status: 403,
    send: (lab) =>
      signed(lab, 'command=%2Fsamling&text=pause&team_id=T9&user_id=UVOSS&trigger_id=9', { type: FORM_TYPE }),
  },
];
