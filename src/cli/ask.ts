import { readFile } from 'node:fs/promises';
import { loadKnowledge } from '../adapters/files/faq-files.js';
import { SamlingError, type Fault } from '../core/errors.js';
import { createSearch, type Search } from '../core/faq/search/engine.js';
import { answerLanguage } from '../core/faq/search/language-of.js';
import { splitLiveParts, type Knowledge } from '../core/faq/article.js';
import { LANGUAGES, type Language } from '../core/programme/language.js';
import type { Programme } from '../core/programme/schema.js';
import { z } from 'zod';

export interface AskOptions {
  readonly programme: Programme;
  /** Folder of the articles. */
  readonly folder: string;
  readonly question?: string;
  /** Questions, one JSON object a line: `{"q": …, "lang": …}`. */
  readonly file?: string;
  /** The asker's stored language; default: the programme's first. */
  readonly locale?: string;
  readonly json: boolean;
  readonly write: (text: string) => void;
}

const lineSchema = z.object({ q: z.string(), lang: z.enum(LANGUAGES).optional() });

/** What is written for each question. */
interface Asked {
  readonly q: string;
  readonly tier: 'answer' | 'suggest' | 'escalate';
  readonly articles: readonly string[];
  readonly confidence: number;
  readonly lang: Language;
}

/**
 * Answers one question, or every line of a file.
 * @throws SamlingError `ARGUMENT_WRONG` for a language that the programme lacks, neither question nor file, or lines
 *   that are no questions, all at once.
 */
export async function ask(options: AskOptions): Promise<void> {
  const stored = localeOf(options);
  const knowledge = loadKnowledge(options.folder, options.programme.id);
  const search = createSearch(knowledge);
  const { languages } = options.programme;
  const answerTo = (q: string, lang: Language): Asked => {
    const { tier, articles, confidence } = search.find(q);
    const to = answerLanguage(q, lang, languages);
    return { q, tier, articles, confidence: Number(confidence.toFixed(3)), lang: to };
  };
  if (options.file !== undefined) {
    for (const { q, lang } of await readQuestions(options.file))
      options.write(`${JSON.stringify(answerTo(q, lang ?? stored))}\n`);
    return;
  }
  if (options.question === undefined)
    throw new SamlingError('ARGUMENT_WRONG', 'Ask a question, or name a file of questions with --file.');
  const asked = answerTo(options.question, stored);
  options.write(options.json ? `${JSON.stringify(asked)}\n` : textOf(asked, knowledge, search));
}

function localeOf({ locale, programme }: AskOptions): Language {
  if (locale === undefined) return programme.languages[0] ?? 'en';
  const found = LANGUAGES.find((each) => each === locale);
  if (found !== undefined) return found;
  const faults = [{ source: 'ask', path: '--locale', found: locale, expected: LANGUAGES.join(', ') }];
  throw new SamlingError('ARGUMENT_WRONG', 'The language is wrong.', { faults });
}

async function readQuestions(path: string): Promise<z.infer<typeof lineSchema>[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new SamlingError('ARGUMENT_WRONG', `${path} cannot be read.`, { cause });
  }
  const faults: Fault[] = [];
  const questions = text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const parsed = lineSchema.safeParse(parseLine(line));
    if (parsed.success) return [parsed.data];
    const found = line.length > 60 ? `${line.slice(0, 59)}…` : line;
    faults.push({
      source: path,
      path: `line ${String(index + 1)}`,
      found,
      expected: '{"q": "…", "lang": "nb"}',
    });
    return [];
  });
  if (faults.length > 0)
    throw new SamlingError('ARGUMENT_WRONG', 'The file of questions is wrong.', { faults });
  return questions;
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function textOf(asked: Asked, knowledge: Knowledge, search: Search): string {
  const confidence = `${asked.tier}, confidence ${asked.confidence.toFixed(2)}, in ${asked.lang}`;
  const titles = asked.articles.map((id) => {
    const text = knowledge.articles.find((each) => each.id === id)?.text[asked.lang];
    return `  ${id}: ${text?.title ?? ''}`;
  });
  const [first] = asked.articles;
  const answer = knowledge.articles.find((each) => each.id === first)?.text[asked.lang]?.answer ?? '';
  const known = splitLiveParts(answer)
    .map((part, index) => (index % 2 === 0 ? part : `[${part}]`))
    .join('');
  const unknown = search.find(asked.q).unknown;
  const note = unknown === undefined ? '' : `  (not known: ${unknown})\n`;
  return `${confidence}\n${titles.join('\n')}\n${note}${asked.tier === 'answer' ? `\n${known}\n` : ''}`;
}
