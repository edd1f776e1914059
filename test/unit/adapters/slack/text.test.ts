import assert from 'node:assert/strict';
import { plainText } from '../../../../src/adapters/chat/slack/text.js';

describe('what a person typed in Slack', () => {
  it('is taken out of Slack’s writing: mentions go, of links and channels the words stay', () => {
    assert.equal(
      plainText('<@UBOT> sjå <https://x.example|sida>  og\n<https://y.example>'),
      'sjå sida og https://y.example',
    );
    assert.equal(
      plainText('<!subteam^S1|@alle> i <#C1|drift>: 1 &lt; 2 &amp;&amp; 3 &gt; 2'),
      '@alle i drift: 1 < 2 && 3 > 2',
    );
  });

  // What takes a look for each sign of the rest of the text would take hours here.
  for (const sign of ['<', '<|', '<!', '<@', '<a|', '&', ' ']) {
    it(`is read in one go, also where it is nothing but ${JSON.stringify(sign)}`, () => {
      assert.ok(plainText(sign.repeat(1_000_000)).length <= sign.length * 1_000_000);
    });
  }
});
