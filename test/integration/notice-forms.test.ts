import assert from 'node:assert/strict';
import { boss, leader, network, noticeChat, TEXTS } from '../support/notice-chat.js';
import { buttonData } from '../support/pulse-parts.js';

describe('what a form of a notice does not ask', () => {
  const { parts, press, latest, make, rows, idOf } = noticeChat();

  it('is corrected by the leader of a network with what the form of a correction has', async () => {
    const title = { nb: 'Til nettverket', nn: 'Til nettverket' };
    const audience = { networks: [network], roles: ['project-leader', 'project-owner'] };
    await make({ network, role: 'project-leader' }, leader.id);
    const id = await idOf();
    const row = (await rows())[0]!;
    await parts().store.notices.put({ ...row, notice: { ...row.notice, title, audience } });
    await press('notice-send', { notice: id }, leader.id);
    // A correction asks for texts, picture, link and gathering only.
    await press('notice-make', { ...TEXTS, notice: id, 'title-nb': 'Rettet' }, leader.id);
    const corrected = (await rows())[0]!;
    assert.equal(corrected.version, 2);
    assert.deepEqual(corrected.notice.audience, audience);
    assert.equal(corrected.notice.title.nb, 'Rettet');
  });

  it('made of another, or changed, goes to whom that goes where the form does not say otherwise', async () => {
    await make({ role: 'project-leader' });
    const id = await idOf();
    const row = (await rows())[0]!;
    const audience = { roles: ['project-leader', 'project-owner'], organisations: ['voss', 'stord'] };
    await parts().store.notices.put({ ...row, notice: { ...row.notice, audience } });
    const shown = { ...TEXTS, role: 'project-leader', organisation: 'voss' };
    await press('notice-make', { ...shown, notice: id, 'title-nb': 'Endret' });
    assert.deepEqual((await rows())[0]?.notice.audience, audience);
    await press('notice-new', { from: id });
    assert.deepEqual(buttonData(latest(boss)!.card, 'notice-make'), { from: id });
    await press('notice-make', { ...shown, from: id, 'title-nb': 'Et annet' });
    assert.deepEqual((await rows())[1]?.notice.audience, audience);
    await press('notice-new', { from: id }, leader.id);
    assert.deepEqual(
      buttonData(latest(leader.id)!.card, 'notice-make'),
      {},
      'it is not the leader’s to copy',
    );
  });
});
