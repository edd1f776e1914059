import type { Texts } from './types.js';

const sv: Texts = {
  answer: 'Ditt svar',
  background: 'Bild',
  choose: 'Välj',
  close: 'Stäng',
  dateFrom: 'Tidigast {0}',
  dateTo: 'Senast {0}',
  form: 'Formulär',
  highest: 'Högst {0}',
  image: 'Bild',
  invalid: 'Kontrollera det här svaret',
  lowest: 'Minst {0}',
  media: 'Spela upp',
  more: 'Mer',
  next: 'Nästa sida',
  noChoices: 'Det finns inget att välja på',
  notAvailable: 'går inte att välja just nu',
  open: 'Öppna',
  page: 'Sida {0} av {1}',
  password: 'Lösenord kan inte skrivas säkert i Slack',
  previous: 'Föregående sida',
  required: 'Det här behöver du fylla i',
  send: 'Skicka',
  yes: 'Ja',
};

const nb: Texts = {
  answer: 'Svaret ditt',
  background: 'Bilde',
  choose: 'Velg',
  close: 'Lukk',
  dateFrom: 'Tidligst {0}',
  dateTo: 'Senest {0}',
  form: 'Skjema',
  highest: 'Høyst {0}',
  image: 'Bilde',
  invalid: 'Sjekk dette svaret',
  lowest: 'Minst {0}',
  media: 'Spill av',
  more: 'Mer',
  next: 'Neste side',
  noChoices: 'Det er ingenting å velge mellom',
  notAvailable: 'kan ikke velges nå',
  open: 'Åpne',
  page: 'Side {0} av {1}',
  password: 'Passord kan ikke skrives trygt i Slack',
  previous: 'Forrige side',
  required: 'Dette må du fylle ut',
  send: 'Send',
  yes: 'Ja',
};

const nn: Texts = {
  answer: 'Svaret ditt',
  background: 'Bilete',
  choose: 'Vel',
  close: 'Lukk',
  dateFrom: 'Tidlegast {0}',
  dateTo: 'Seinast {0}',
  form: 'Skjema',
  highest: 'Høgst {0}',
  image: 'Bilete',
  invalid: 'Sjekk dette svaret',
  lowest: 'Minst {0}',
  media: 'Spel av',
  more: 'Meir',
  next: 'Neste side',
  noChoices: 'Det er ikkje noko å velje mellom',
  notAvailable: 'kan ikkje veljast no',
  open: 'Opne',
  page: 'Side {0} av {1}',
  password: 'Passord kan ikkje skrivast trygt i Slack',
  previous: 'Førre side',
  required: 'Dette må du fylle ut',
  send: 'Send',
  yes: 'Ja',
};

const da: Texts = {
  answer: 'Dit svar',
  background: 'Billede',
  choose: 'Vælg',
  close: 'Luk',
  dateFrom: 'Tidligst {0}',
  dateTo: 'Senest {0}',
  form: 'Formular',
  highest: 'Højst {0}',
  image: 'Billede',
  invalid: 'Tjek dette svar',
  lowest: 'Mindst {0}',
  media: 'Afspil',
  more: 'Mere',
  next: 'Næste side',
  noChoices: 'Der er ikke noget at vælge imellem',
  notAvailable: 'kan ikke vælges lige nu',
  open: 'Åbn',
  page: 'Side {0} af {1}',
  password: 'Adgangskoder kan ikke skrives sikkert i Slack',
  previous: 'Forrige side',
  required: 'Det her skal du udfylde',
  send: 'Send',
  yes: 'Ja',
};

const en: Texts = {
  answer: 'Your answer',
  background: 'Picture',
  choose: 'Choose',
  close: 'Close',
  dateFrom: 'Not before {0}',
  dateTo: 'Not after {0}',
  form: 'Form',
  highest: 'At most {0}',
  image: 'Picture',
  invalid: 'Please check this answer',
  lowest: 'At least {0}',
  media: 'Play',
  more: 'More',
  next: 'Next page',
  noChoices: 'There is nothing to choose from',
  notAvailable: 'not available now',
  open: 'Open',
  page: 'Page {0} of {1}',
  password: 'A password cannot be entered safely in Slack',
  previous: 'Previous page',
  required: 'Please fill this in',
  send: 'Send',
  yes: 'Yes',
};

const all: Readonly<Record<string, Texts>> = { sv, nb, no: nb, nn, da, en };

/** The small words in a language, English where there are none, with the caller's own on top. */
export function textsFor(lang: string, mine: Partial<Texts> = {}): Texts {
  const language = lang.toLowerCase().split('-')[0] ?? 'en';
  const base = Object.hasOwn(all, language) ? all[language] : undefined;
  return { ...(base ?? en), ...mine };
}

/** Puts values into `{0}` and `{1}`. */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
}
