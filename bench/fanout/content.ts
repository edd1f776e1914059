import { toBlockKit } from '../../src/cards/blockkit/index.js';
import { createRenderer } from '../../src/cards/index.js';
import { asset } from '../../src/cli/assets.js';
import { loadProgrammes } from '../../src/adapters/files/programme-files.js';
import { createTranslators } from '../../src/i18n/index.js';

/** What is sent: the reminder of a deadline, as the product words it. */
export function contentFor(organisation: string) {
  const programme = loadProgrammes(asset('data', 'programmes')).get('saman');
  if (programme === undefined) throw new TypeError('there is no programme saman');
  const renderer = createRenderer({
    cardsDir: asset('cards'),
    translators: createTranslators(asset('locales')),
  });
  const message = renderer.render(messageFor(organisation), { language: 'nb', programme });
  const [first] = toBlockKit(message.card, { surface: 'message', lang: 'nb' }).messages;
  return { programme, message, blocks: first?.blocks ?? [] };
}

/** The reminder, before it is written in a language. */
export function messageFor(organisation: string) {
  const event = {
    ...{ event: 'arsrapport-2014', kind: 'deadline', title: 'Årsrapport', starts: '2014-02-01', daysLeft: 7 },
    ...{ organisation, why: {}, status: 'open', canHandIn: true, snoozeChoices: [] },
  };
  return { template: 'nudge', data: { items: [event] } };
}
