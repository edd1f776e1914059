import { LANGUAGES, type Language } from '../../../core/programme/language.js';
import type { Translators } from '../../../i18n/index.js';

/** Version of Microsoft's schema that the manifest follows; the test holds it to that schema. */
export const MANIFEST_VERSION = '1.19';

/** What the configuration and the one who runs Samling say of the app. */
export interface TeamsManifestOptions {
  /** The bot's app id; the app has the same. */
  readonly appId: string;
  /** Who runs Samling, at most 32 characters. */
  readonly developer: string;
  /** Pages about them, their privacy statement and their terms; https. */
  readonly websiteUrl: string;
  readonly privacyUrl: string;
  readonly termsUrl: string;
  /** Of the manifest; Teams takes a new one only with a higher version. */
  readonly version: string;
  readonly translators: Translators;
}

/** Language that people get whose own Samling does not speak. */
const DEFAULT: Language = 'en';
/** Teams' tags; the plain language covers every region. */
const TAGS: Readonly<Record<Language, string>> = { sv: 'sv', nb: 'nb', nn: 'nn', da: 'da', en: 'en' };

/** What people can say, as Teams offers it; each title is understood when it is sent. */
const COMMANDS = ['coming', 'pause', 'language', 'help'] as const;

/** The files of the app package but its icons: `manifest.json`, and the texts of each language. */
export function teamsManifest(options: TeamsManifestOptions): Readonly<Record<string, unknown>> {
  const files = LANGUAGES.filter((language) => language !== DEFAULT).map(
    (language) => [`${language}.json`, localisation(options, language)] as const,
  );
  return { 'manifest.json': manifest(options), ...Object.fromEntries(files) };
}

function manifest(options: TeamsManifestOptions) {
  const { appId, version, developer, websiteUrl, privacyUrl, termsUrl: termsOfUseUrl } = options;
  const { name, description, commands } = textsOf(options, DEFAULT);
  const scopes = ['personal', 'team', 'groupChat'];
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${MANIFEST_VERSION}/MicrosoftTeams.schema.json`,
    manifestVersion: MANIFEST_VERSION,
    version,
    id: appId,
    developer: { name: developer, websiteUrl, privacyUrl, termsOfUseUrl },
    name,
    description,
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#1F5F5B',
    localizationInfo: {
      defaultLanguageTag: TAGS[DEFAULT],
      additionalLanguages: LANGUAGES.filter((language) => language !== DEFAULT).map((language) => ({
        languageTag: TAGS[language],
        file: `${language}.json`,
      })),
    },
    defaultInstallScope: 'personal',
    bots: [
      {
        botId: appId,
        scopes,
        isNotificationOnly: false,
        supportsFiles: false,
        commandLists: [{ scopes, commands }],
      },
    ],
    // Reads nothing but who writes to it; no domain, because nothing of it opens in Teams but cards.
    permissions: ['identity'],
    validDomains: [],
  };
}

function localisation(options: TeamsManifestOptions, language: Language) {
  const { name, description, commands } = textsOf(options, language);
  const entries = commands.flatMap(({ title, description: told }, index) => {
    const key = `bots[0].commandLists[0].commands[${String(index)}]`;
    return [
      [`${key}.title`, title],
      [`${key}.description`, told],
    ] as const;
  });
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${MANIFEST_VERSION}/MicrosoftTeams.Localization.schema.json`,
    'name.short': name.short,
    'name.full': name.full,
    'description.short': description.short,
    'description.full': description.full,
    ...Object.fromEntries(entries),
  };
}

function textsOf({ translators }: TeamsManifestOptions, language: Language) {
  const { t } = translators(language);
  return {
    name: { short: t('teams.dialog-title'), full: t('teams.name-full') },
    description: { short: t('teams.about-short'), full: t('teams.about-long') },
    commands: COMMANDS.map((command) => ({
      title: t(`teams.title-${command}`),
      description: t(`teams.command-${command}`),
    })),
  };
}
