import assert from 'node:assert/strict';
import { toBlockKit } from '../../src/cards/blockkit/index.js';
import { wordsIn } from '../support/cards.js';
import { noticeChat } from '../support/notice-chat.js';

describe('a notice with formatting', () => {
  const { parts, press, make, idOf } = noticeChat();
  const notices = () => parts().got.filter((each) => /^notice\/[^/]+\/1\/[^/]+$/.test(each.delivery));

  it('has it in Teams and in Slack, and its title as it was typed', async () => {
    const body =
      'Vi møtes i **Molde**, _tidlig_:\n- kart\n- [program](https://saman.example/a)\n\n5. mai, <b>ikke</b> før';
    await make({ role: 'network-leader', 'title-nb': 'Nytt **nå**', 'body-nb': body });
    await press('notice-send', { notice: await idOf() });
    const { card } = notices().find((each) => each.message.language === 'nb')!.message;
    const texts = wordsIn(card);
    assert.ok(
      texts.includes('Vi møtes i **Molde**, _tidlig_:\n- kart\n- [program](https://saman.example/a)'),
    );
    assert.ok(texts.includes('5\\. mai, \\<b>ikke\\</b> før'));
    assert.ok(texts.includes('Nytt \\*\\*nå\\*\\*'));
    const { messages } = toBlockKit(card, { surface: 'message', lang: 'nb' });
    const blocks = JSON.stringify(messages[0]!.blocks);
    assert.match(blocks, /Vi møtes i \*Molde\*, _tidlig_/);
    assert.match(blocks, /<https:\/\/saman\.example\/a\|program>/);
    assert.match(blocks, /5\. mai, .*ikke.* før/);
  });
});
