import type { Programme } from '../programme/schema.js';
import { textIn, type Language, type Text } from '../programme/language.js';
import type { ResultItem } from './messages.js';
import { everyScope, partsOf } from './report.js';
import type { PulseResult, Round } from './types.js';

/** A cell of a results table; empty where nothing is to be said. */
export type TableCell = string | number | undefined;

/** Words that a table needs in the reader's language. */
export interface TableWords {
  readonly everybody: string;
  /** The names of a question's steps or choices. */
  readonly options: (item: ResultItem) => readonly string[];
}

const COLUMNS = [
  ...[
    'group',
    'asked',
    'answered',
    'question',
    'verdict',
    'answers',
    'option',
    'count',
    'percent',
    'mean_place',
  ],
  ...[
    'mean',
    'mean_low',
    'mean_high',
    'share',
    'share_low',
    'share_high',
    'score',
    'change',
    'since',
    'against',
    'text',
  ],
] as const;

/**
 * A round's results as rows for a spreadsheet, headings first: the numbers of the cards. A row for each option of each
 * question of each group that is shown, one for each question that is not, and one for each text.
 */
export function resultTable(
  programme: Programme,
  round: Round,
  all: readonly PulseResult[],
  language: Language,
  words: TableWords,
): readonly (readonly TableCell[])[] {
  const own = all.find((each) => each.id === round.id);
  if (own === undefined) return [COLUMNS];
  const local = (text: Text) => textIn(text, language, programme.languages);
  const results = all.map((each) => each.results);
  const { parts } = partsOf(programme, round, own.results, everyScope(programme, round), results);
  const rows = parts.flatMap((part) => {
    const group = [part.name === undefined ? words.everybody : local(part.name), part.asked, part.answered];
    return part.items.flatMap((item) =>
      detailsOf(item, words).map((detail) => [...group, local(item.question.text), item.verdict, ...detail]),
    );
  });
  return [COLUMNS, ...rows];
}

const EMPTY: readonly TableCell[] = new Array<TableCell>(16).fill(undefined);

function detailsOf(item: ResultItem, words: TableWords): readonly (readonly TableCell[])[] {
  if (item.verdict !== 'shown') return [EMPTY];
  const { n, texts } = item;
  if (texts !== undefined) return texts.map((text) => [n, ...EMPTY.slice(2), text]);
  const numbers = [
    ...[item.mean?.value, item.mean?.low, item.mean?.high],
    ...[item.share?.value, item.share?.low, item.share?.high],
    ...[item.score, item.change?.points, item.change?.since, item.against, undefined],
  ];
  return words.options(item).map((option, index) => {
    const count = item.counts[index] ?? 0;
    return [n, option, count, n === 0 ? undefined : (100 * count) / n, item.places?.[index], ...numbers];
  });
}
