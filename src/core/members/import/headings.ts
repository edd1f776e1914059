/** What a column of a people file is about. */
export const COLUMNS = [
  'id',
  'organisation',
  'role',
  'party',
  'network',
  'name',
  'email',
  'language',
  'zone',
] as const;
export type Column = (typeof COLUMNS)[number];

/** How spreadsheets in English and the Nordic languages head each column, folded. */
const HEADINGS: Readonly<Record<Column, readonly string[]>> = {
  id: ['id', 'nummer', 'number', 'nr'],
  organisation: [
    'organisation',
    'organization',
    'organisasjon',
    'kommune',
    'kommun',
    'municipality',
    'virksomhet',
    'verksemd',
  ],
  role: ['role', 'roles', 'roll', 'roller', 'rolle', 'rollar'],
  party: ['party', 'part', 'parti', 'side'],
  network: ['network', 'networks', 'natverk', 'nettverk', 'netvaerk', 'netvark'],
  name: ['name', 'namn', 'navn'],
  email: ['email', 'e-mail', 'mail', 'epost', 'e-post', 'e-postadresse', 'e-postadress'],
  language: ['language', 'sprak', 'malform', 'sprog'],
  zone: ['zone', 'time zone', 'timezone', 'tidssone', 'tidszone', 'tidszon'],
};

/** Lower case, without diacritics, outer and doubled spaces: how headings, names and roles are compared. */
export function foldName(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'ae')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The column that a heading names, in any of the languages. */
export function columnOf(heading: string): Column | undefined {
  const folded = foldName(heading);
  return COLUMNS.find((column) => HEADINGS[column].includes(folded));
}
