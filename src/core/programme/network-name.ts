import { LANGUAGES, textIn, type Language, type Text } from './language.js';
import type { Programme } from './schema.js';

/**
 * What a network is called in a list of networks: with its cohort where another one has the same name, as where two
 * cohorts work on one theme. Its id where the programme does not have it (any more).
 */
export function networkName({ networks, cohorts }: Programme, id: string): Text {
  const network = networks.find((each) => each.id === id);
  if (network === undefined) return id;
  const cohort = cohorts.find((each) => each.id === network.cohort);
  const isAlone = !networks.some((each) => each.id !== id && isSame(each.name, network.name));
  if (cohort === undefined || isAlone) return network.name;
  const named = (language: Language) => `${textIn(network.name, language)}, ${textIn(cohort.name, language)}`;
  return Object.fromEntries(LANGUAGES.map((language) => [language, named(language)]));
}

/** Networks to choose from, named so that each can be told from the others. */
export function networkChoices(programme: Programme, networks = programme.networks) {
  return networks.map(({ id }) => ({ id, title: networkName(programme, id) }));
}

const isSame = (a: Text, b: Text) =>
  LANGUAGES.some((language) => textIn(a, language) === textIn(b, language));
