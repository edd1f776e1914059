/** The languages that Samling speaks, in the order in which they are offered. */
export const LANGUAGES = ['sv', 'nb', 'nn', 'da', 'en'] as const;

export type Language = (typeof LANGUAGES)[number];

/** A text in several languages. */
export type Localised = Partial<Record<Language, string>>;

/** A text in several languages, or one that is the same in all of them (most place names). */
export type Text = string | Localised;

/**
 * Picks the text for a language.
 *
 * Programme files are checked to carry every language of their programme, so the fallback (the first language of
 * `order` that is there) only serves a member whose stored language the programme no longer lists.
 */
export function textIn(text: Text, language: Language, order: readonly Language[] = LANGUAGES): string {
  if (typeof text === 'string') return text;
  const found = text[language] ?? order.map((each) => text[each]).find((each) => each !== undefined);
  return found ?? '';
}
