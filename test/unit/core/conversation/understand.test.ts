import assert from 'node:assert/strict';
import { loadVocabulary } from '../../../../src/adapters/files/vocabulary.js';
import { asset } from '../../../../src/cli/assets.js';
import { LANGUAGES } from '../../../../src/core/programme/language.js';
import { createTranslators } from '../../../../src/i18n/index.js';
import { understand } from '../../../../src/core/conversation/understand.js';

const vocabulary = loadVocabulary(
  new URL('../../../../data/conversation/commands.json', import.meta.url).pathname,
);

const translators = createTranslators(asset('locales'));

/** What people write, and what it asks for. */
const UTTERANCES: readonly [string, string][] = [
  ['Vad är på gång?', 'coming'],
  ['vad händer', 'coming'],
  ['Hva kommer', 'coming'],
  ['hva skjer', 'coming'],
  ['Kva kjem?', 'coming'],
  ['kva skjer framover', 'coming'],
  ['ka skjer', 'coming'],
  ['hvad sker der', 'coming'],
  ['Hvad er på vej?', 'coming'],
  ["what's next", 'coming'],
  ['coming up', 'coming'],
  ['agenda', 'coming'],
  ['frister', 'deadlines'],
  ['fristar', 'deadlines'],
  ['mine fristar', 'deadlines'],
  ['Deadlines please', 'deadlines'],
  ['når er årsrapporten', 'deadlines'],
  ['årsrapport', 'deadlines'],
  ['aarsrapport', 'deadlines'],
  ['rapporter', 'deadlines'],
  ['når er fristen', 'deadlines'],
  ['träffar', 'gatherings'],
  ['träfar', 'gatherings'],
  ['samlinger', 'gatherings'],
  ['samlingar', 'gatherings'],
  ['neste samling', 'gatherings'],
  ['nettverkssamling', 'gatherings'],
  ['møder', 'gatherings'],
  ['gatherings', 'gatherings'],
  ['gatherigns', 'gatherings'],
  ['seminarier', 'gatherings'],
  ['språk', 'language'],
  ['sprog', 'language'],
  ['målform', 'language'],
  ['language', 'language'],
  ['hjelp', 'help'],
  ['hjälp', 'help'],
  ['hjælp', 'help'],
  ['help', 'help'],
  ['Hei!', 'help'],
  ['takk', 'help'],
  ['kva kan du', 'help'],
  ['hallå', 'help'],
  ['Hejsan', 'help'],
  ['god morgon', 'help'],
  ['pulserna', 'pulses'],
  ['spør', 'ask'],
  ['Fråga', 'ask'],
  ['ask when is the deadline', 'ask: when is the deadline'],
  ['spørg hvornår er fristen', 'ask: hvornår er fristen'],
  ['fråga: pausa', 'ask: pausa'],
  ['jeg vil ikke spørre', '?'],
  ['skriv på svenska', 'set sv'],
  ['på dansk, tak', 'set da'],
  ['norwegian', 'set nb'],
  ['pause', 'pause'],
  ['pausa', 'pause'],
  ['ferie', 'pause'],
  ['nynorsk', 'set nn'],
  ['skriv nynorsk', 'set nn'],
  ['bokmål', 'set nb'],
  ['svenska', 'set sv'],
  ['dansk', 'set da'],
  ['english please', 'set en'],
  ['change language to danish', 'set da'],
  ['bytt språk til svenska', 'set sv'],
  ['pause til 15. mars', 'until 2014-03-15'],
  ['pausa till 15 mars', 'until 2014-03-15'],
  ['pause until 15/3', 'until 2014-03-15'],
  ['pause til 2014-03-15', 'until 2014-03-15'],
  ['pause til 1.1', 'until 2015-01-01'],
  ['pause neste veke', 'until 2014-02-02'],
  ['pause i morgen', 'until 2014-01-21'],
  ['pause til 31.2', 'pause-unread'],
  ['pause til 31. februar', 'pause-unread'],
  ['hjälpp', 'help'],
  ['tjena', 'help'],
  ['ka tjene prosjektleiaren', '?'],
  ['hva tjener dere', '?'],
  ['pause til 15.3.2014', 'until 2014-03-15'],
  ['fortsett', 'resume'],
  ['hald fram', 'resume'],
  ['resume', 'resume'],
  ['fortsæt', 'resume'],
  ['levert', 'handed-in'],
  ['vi har levert', 'handed-in'],
  ['jag har lämnat in', 'handed-in'],
  ['afleveret', 'handed-in'],
  ['submitted', 'handed-in'],
  ['hva skjer framover', 'coming'],
  ['hva er neste', 'coming'],
  ['Kva skjer denne veka', 'coming'],
  ['hvad venter', 'coming'],
  ['my calendar', 'coming'],
  ['this week', 'coming'],
  ['fristene', 'deadlines'],
  ['fristane mine', 'deadlines'],
  ['fristerne', 'deadlines'],
  ['mina deadliner', 'deadlines'],
  ['due dates', 'deadlines'],
  ['kva skal eg levere', 'deadlines'],
  ['Hva må jeg levere', 'deadlines'],
  ['vad ska jag lämna in', 'deadlines'],
  ['hvad skal vi aflevere', 'deadlines'],
  ['what do I have to hand in', 'deadlines'],
  ['träffarna', 'gatherings'],
  ['nettverkssamlingar', 'gatherings'],
  ['netværkssamlinger', 'gatherings'],
  ['nätverksträffar', 'gatherings'],
  ['når møtes vi', 'gatherings'],
  ['Hvornår mødes vi?', 'gatherings'],
  ['när ses vi', 'gatherings'],
  ['when do we meet', 'gatherings'],
  ['workshops', 'gatherings'],
  ['norsk', 'set nb'],
  ['norsk nynorsk', 'set nn'],
  ['norsk bokmål', 'set nb'],
  ['skriv på engelska', 'set en'],
  ['stopp', 'pause'],
  ['slutt å minne meg', 'pause'],
  ['inga påminnelser', 'pause'],
  ['stop reminding me', 'pause'],
  ['on leave', 'pause'],
  ['avslutt pausen', 'resume'],
  ['avsluta pausen', 'resume'],
  ['jeg er tilbage', 'resume'],
  ["I'm back", 'resume'],
  ['heisann', 'help'],
  ['meny', 'help'],
  ['kven er du', 'help'],
  ['hvordan fungerer det', 'help'],
  ['rapporten er levert', 'handed-in'],
  ['slutrapporten är inlämnad', 'handed-in'],
  ['vi har indsendt', 'handed-in'],
  ['vi har ikke levert ennå', 'deadlines'],
  ['Har Voss levert?', 'deadlines'],
  ['hvem har levert', 'deadlines'],
  ['vi har inte lämnat in', 'deadlines'],
  ["we haven't submitted yet", 'deadlines'],
  ['xyzzy', '?'],
  ['', '?'],
  ['🙂🙂', '?'],
  ['salt og pepar', '?'],
];

describe('understanding what members write', () => {
  for (const [text, wanted] of UTTERANCES) {
    it(`"${text}" asks for ${wanted}`, () => {
      const command = understand(text, vocabulary, '2014-01-20');
      const got =
        command === undefined
          ? '?'
          : command.kind === 'show'
            ? command.what
            : command.kind === 'set-language'
              ? `set ${command.language}`
              : command.kind === 'pause-until'
                ? `until ${command.until}`
                : command.kind === 'ask'
                  ? `ask: ${command.question}`
                  : command.kind;
      assert.equal(got, wanted);
    });
  }

  const LABELS = {
    ...{ 'help.coming': 'coming', 'help.deadlines': 'deadlines', 'help.gatherings': 'gatherings' },
    ...{ 'help.language': 'language', 'help.pause': 'pause' },
    ...{ 'gathering.list': 'gatherings', 'home.gatherings': 'gatherings' },
    ...{ 'deadline.list': 'deadlines', 'home.deadlines': 'deadlines' },
    ...{
      'home.notices': 'notices',
      'home.pulses': 'pulses',
      'home.audit': 'audit',
      'notice.list': 'notices',
      'pulse.list': 'pulses',
      'audit.title': 'audit',
    },
  };
  for (const language of LANGUAGES) {
    const { t } = translators(language);
    for (const [key, what] of Object.entries(LABELS)) {
      it(`"${t(key)}", as a button or card is called, asks for ${what}`, () => {
        assert.deepEqual(understand(t(key), vocabulary, '2014-01-20'), { kind: 'show', what });
      });
    }
  }

  it('understands a day from the day on which it is said, however often', () => {
    const on = (today: string) => understand('pause i morgen', vocabulary, today);
    assert.deepEqual(on('2014-01-20'), { kind: 'pause-until', until: '2014-01-21' });
    assert.deepEqual(on('2014-01-21'), { kind: 'pause-until', until: '2014-01-22' });
    const ever = (text: string, today: string) => understand(text, vocabulary, today);
    assert.deepEqual(ever('pause til 15.3.2014', '2014-01-20'), { kind: 'pause-until', until: '2014-03-15' });
    assert.deepEqual(ever('hjelp', '2014-01-20'), ever('hjelp', '2014-01-21'));
  });
});
