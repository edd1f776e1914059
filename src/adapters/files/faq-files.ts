import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  checkArticle,
  conceptsSchema,
  unknownSchema,
  type Article,
  type Knowledge,
  type UnknownTopic,
} from '../../core/faq/article.js';
import { SamlingError, type Fault } from '../../core/errors.js';
import { faultsOf } from '../../core/programme/faults.js';
import type { z } from 'zod';
import { parseJson } from './json-file.js';

/**
 * Reads what a programme's questions are answered from: its articles, the known unknowns that all programmes share and
 * its own, and the lexicon.
 * @throws SamlingError `FAQ_FILE_WRONG` with every fault of every file.
 */
export function loadKnowledge(folder: string, programme: string): Knowledge {
  const faults: Fault[] = [];
  const articles: Article[] = [];
  const own = join(folder, programme);
  const files = existsSync(own)
    ? readdirSync(own)
        .filter((name) => name.endsWith('.json'))
        .sort()
    : [];
  for (const name of files.filter((each) => each !== 'unknown.json')) {
    const source = `${programme}/${name}`;
    const raw = readJson(join(own, name), source, faults);
    if (raw === undefined) continue;
    const checked = checkArticle(source, raw);
    faults.push(...checked.faults);
    if (checked.article !== undefined) articles.push(checked.article);
  }
  const unknown: UnknownTopic[] = [join(folder, 'unknown.json'), join(own, 'unknown.json')].flatMap(
    (path) => checkedFile(path, unknownSchema, faults)?.topics ?? [],
  );
  const concepts = checkedFile(join(folder, 'concepts.json'), conceptsSchema, faults)?.concepts ?? {};
  if (faults.length > 0) throw new SamlingError('FAQ_FILE_WRONG', 'FAQ files are wrong.', { faults });
  return { articles, unknown, concepts };
}

/** Each programme's knowledge, read when it is first asked for. */
export function createKnowledge(folder: string): (programme: string) => Knowledge {
  const known = new Map<string, Knowledge>();
  return (programme) => {
    let knowledge = known.get(programme);
    if (knowledge === undefined) known.set(programme, (knowledge = loadKnowledge(folder, programme)));
    return knowledge;
  };
}

function checkedFile<T>(path: string, schema: z.ZodType<T>, faults: Fault[]): T | undefined {
  if (!existsSync(path)) return undefined;
  const raw = readJson(path, path, faults);
  if (raw === undefined) return undefined;
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  faults.push(...faultsOf(path, raw, parsed.error));
  return undefined;
}

function readJson(path: string, source: string, faults: Fault[]): unknown {
  const read = parseJson(source, readFileSync(path, 'utf8'));
  if ('json' in read) return read.json;
  faults.push(read.fault);
  return undefined;
}
