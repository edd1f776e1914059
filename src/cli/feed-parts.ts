import type { FeedOptions } from '../adapters/web/feed-mount.js';
import { optionsOf } from '../cards/views/pulse.js';
import type { MatrixWords } from '../core/gatherings/matrix-table.js';
import type { Translator, Translators } from '../i18n/index.js';

/** How lists at secret addresses are worded and written. */
export function feedParts(translators: Translators): Pick<FeedOptions, 'words' | 'write'> {
  return {
    words(language, programme) {
      const translator = translators(language, programme.country);
      const { t } = translator;
      return {
        say: t,
        matrix: matrixWords(translator),
        pulse: {
          everybody: t('pulse.everybody'),
          options: ({ question }) => optionsOf(question, { programme, translator }),
        },
      };
    },
    async write(format, rows) {
      // Loaded when the first list is asked for.
      const { csvOf, xlsxOf } = await import('./result-files.js');
      return format === 'csv' ? Buffer.from(csvOf(rows)) : xlsxOf(rows);
    },
  };
}

function matrixWords({ t }: Translator): MatrixWords {
  return {
    organisation: t('gathering.table-organisation'),
    party: (party) => t(`gathering.party-${party}`),
    state: (state) =>
      state === 'missing'
        ? t('gathering.table-missing')
        : t(state === 'maybe' ? 'gathering.answer-maybe' : 'gathering.answer-yes'),
    coming: t('gathering.answer-yes'),
    waiting: t('gathering.answer-waiting'),
    needs: t('gathering.needs'),
  };
}
