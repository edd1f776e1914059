import assert from 'node:assert/strict';
import { understand } from '../../../../src/core/conversation/understand.js';
import { demoPeople } from '../../../../src/core/programme/demo-people.js';
import { programmeWith } from '../../../support/programmes.js';
import { pulseParts, vocabulary } from '../../../support/pulse-parts.js';

const programme = programmeWith('saman');
const EVENT = 'sykefravaer-pulje-2-2014-04-28';

describe('an answer in words', () => {
  const said: readonly [string, 'yes' | 'maybe' | 'no'][] = [
    ['Jeg kommer', 'yes'],
    ['Eg kjem gjerne', 'yes'],
    ['Jag kommer!', 'yes'],
    ["I'm coming", 'yes'],
    ['Jeg kommer kanskje', 'maybe'],
    ['Kanske kommer jag', 'maybe'],
    ['Jeg kommer måske', 'maybe'],
    ['Beklager, jeg kan ikke komme', 'no'],
    ['Eg kjem ikkje', 'no'],
    ['Jag kan inte komma', 'no'],
    ['I cannot come', 'no'],
    ['Jeg kommer dessverre ikke', 'no'],
    ['Jag kommer tyvärr inte', 'no'],
    ['Jeg kommer desværre ikke', 'no'],
    ['Eg kjem nok ikkje', 'no'],
    ['Vi kan inte vara med', 'no'],
    ["I can't make it", 'no'],
    ['Jag kanske kommer', 'maybe'],
    ['Jeg deltar', 'yes'],
    ["I'll be there", 'yes'],
  ];
  for (const [text, answer] of said) {
    it(`“${text}” is ${answer}`, () => {
      assert.deepEqual(understand(text, vocabulary, '2014-04-01'), { kind: 'rsvp', answer });
    });
  }

  for (const text of [
    'Når kommer jeg fram?',
    'Jeg kommer med tog, hvor er det?',
    'hvis jeg kommer for sent',
  ]) {
    it(`is not taken from “${text}”`, () => {
      assert.notEqual(understand(text, vocabulary, '2014-04-01')?.kind, 'rsvp');
    });
  }

  it('is not taken from a long question', () => {
    const text = 'Hva skjer hvis jeg kommer for sent til registreringen den første dagen?';
    assert.notEqual(understand(text, vocabulary, '2014-04-01')?.kind, 'rsvp');
  });

  it('is taken where one gathering can be meant, asked back where several can, and refused where none is', async () => {
    const parts = await pulseParts(programme, demoPeople(programme), Date.parse('2014-04-15T08:00:00Z'));
    const say = async (member: string, text: string) => {
      await parts.say(member, text);
      await parts.samling.tick();
      const replies = parts.got.filter((each) => each.member === member && /^reply/.test(each.delivery));
      return replies.map((each) => each.message.text).join('\n');
    };
    const taken = await say('voss-political', 'eg kjem');
    assert.match(taken, /Nettverkssamling 3/);
    assert.equal((await parts.store.rsvps.get('saman', `${EVENT}/voss-political`))?.answer, 'yes');

    const titles = Object.fromEntries(programme.languages.map((each) => [`title-${each}`, 'Ekstra']));
    await parts.press('sekretariat-coordinator', 'gathering-make', { ...titles, starts: '2014-05-02' });
    assert.match(await say('gjovik-political', 'jeg kommer'), /Hvilken samling mener du/);
    assert.equal(await parts.store.rsvps.get('saman', `${EVENT}/gjovik-political`), undefined);

    parts.moment.ms = Date.parse('2030-01-02T08:00:00Z');
    assert.match(await say('hoyanger-political', 'eg kjem ikkje'), /inga samling framover/);
    await parts.close();
  });
});
