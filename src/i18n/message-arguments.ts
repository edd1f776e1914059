import { IntlMessageFormat } from 'intl-messageformat';

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/** The parser's enum of types is not among the library's exports. */
const isLiteral = (type: number) => type === 0;

/** The names of the arguments that an ICU message takes, sorted, each once. */
export function argumentsOf(message: string, language: string): string[] {
  const parsed = new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
  return [...new Set(parsed.getAst().flatMap(namesIn))].sort();
}

/** What is neither text nor `#` carries its argument's name as value; plurals and selections hold more elements. */
function namesIn(element: Element): string[] {
  if (!('value' in element) || isLiteral(element.type)) return [];
  const options = 'options' in element ? Object.values(element.options) : [];
  return [element.value, ...options.flatMap((option) => option.value.flatMap(namesIn))];
}
