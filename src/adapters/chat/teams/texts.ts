import type { Language } from '../../../core/programme/language.js';
import type { Translators } from '../../../i18n/index.js';

/** What the adapter itself says; all else comes from the core. */
export interface TeamsTexts {
  /** In place of what does not fit into a card. */
  shortened(language: Language): string;
  /** In a group or channel: the answer is in the person's own chat. */
  answered(language: Language, person: string): string;
  /** In a group or channel: the person has not added the app, so it cannot answer them. */
  installFirst(language: Language, person: string): string;
  dialogTitle(language: Language): string;
}

/** Creates the texts from `locales/<language>/teams.json`. */
export function createTeamsTexts(translators: Translators): TeamsTexts {
  return {
    shortened: (language) => translators(language).t('teams.shortened'),
    answered: (language, person) => translators(language).t('teams.answered', { person }),
    installFirst: (language, person) => translators(language).t('teams.install-first', { person }),
    dialogTitle: (language) => translators(language).t('teams.dialog-title'),
  };
}
