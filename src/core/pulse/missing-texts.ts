import type { Fault } from '../errors.js';
import { pathText } from '../programme/faults.js';
import type { Language } from '../programme/language.js';
import { asJsonObject, jsonList } from './json.js';

type Place = readonly [path: readonly PropertyKey[], text: unknown];

/** Each text of a definition that lacks a needed language, however wrong the definition is besides. */
export function missingTexts(source: string, json: unknown, needed: readonly Language[]): readonly Fault[] {
  return textsOf(json).flatMap(([path, text]) => {
    // One text for all languages lacks none, and what is no text at all has a fault of its own.
    if (text !== Object(text) || Array.isArray(text)) return [];
    return needed
      .filter((language) => asJsonObject(text)[language] === undefined)
      .map((language) => ({
        source,
        path: pathText([...path, language]),
        found: 'nothing',
        expected: `a text in "${language}", which members who are asked read`,
      }));
  });
}

function textsOf(json: unknown): readonly Place[] {
  const whole = asJsonObject(json);
  const questions = jsonList(whole['questions']).flatMap((each, index): Place[] => {
    const path = ['questions', index];
    const question = asJsonObject(each);
    return [
      [[...path, 'text'], question['text']],
      ...jsonList(question['choices']).map((choice, at): Place => [
        [...path, 'choices', at, 'text'],
        asJsonObject(choice)['text'],
      ]),
      ...jsonList(question['words']).map((words, at): Place => [[...path, 'words', at], words]),
    ];
  });
  return [[['title'], whole['title']], [['intro'], whole['intro']], ...questions];
}
