import { SamlingError } from '../../core/errors.js';

/** What an expression reads: the data at hand, the whole data, and the place in the list. */
export interface Scope {
  readonly data: unknown;
  readonly root: unknown;
  readonly index: number;
}

export type Expression = (scope: Scope) => unknown;

const TOKEN = /\s*(?:(\$?[A-Za-z_][\w]*(?:\.[A-Za-z_][\w]*)*)|('(?:[^']*)')|(\d+)|(==|!=|&&|\|\||!|\(|\)))/y;

/**
 * Compiles the part of the Adaptive Card Templating language that Samling's cards use: paths, `$root`, `$index`, texts
 * in single quotes, numbers, `!`, `==`, `!=`, `&&`, `||` and brackets.
 * @throws SamlingError `CARD_TEMPLATE_WRONG` for anything else.
 */
export function compileExpression(source: string, where: string): Expression {
  const parser = createParser(
    tokenize(source, where),
    () => {
      throw new SamlingError('CARD_TEMPLATE_WRONG', `${where}: cannot read \${${source}}.`);
    },
    where,
  );
  return parser();
}

type Binary = (first: unknown, second: () => unknown) => unknown;

const EQUALITY: ReadonlyMap<string, Binary> = new Map([
  ['==', (first, second) => first === second()],
  ['!=', (first, second) => first !== second()],
]);
const AND: ReadonlyMap<string, Binary> = new Map([
  ['&&', (first, second) => first === true && second() === true],
]);
const OR: ReadonlyMap<string, Binary> = new Map([
  ['||', (first, second) => first === true || second() === true],
]);

/** A recursive descent over the tokens: or, and, equality, then what stands alone. */
function createParser(tokens: readonly string[], fail: () => never, where: string): () => Expression {
  let at = 0;
  const binary = (next: () => Expression, operators: ReadonlyMap<string, Binary>): Expression => {
    let left = next();
    for (
      let operator = operators.get(tokens[at] ?? '');
      operator;
      operator = operators.get(tokens[at] ?? '')
    ) {
      at += 1;
      left = joined(operator, left, next());
    }
    return left;
  };
  const primary = (): Expression => {
    const token = tokens[at] ?? fail();
    at += 1;
    if (token === '!') {
      const inner = primary();
      return (scope) => inner(scope) !== true;
    }
    if (token === '(') {
      const inner = or();
      at += 1;
      return tokens[at - 1] === ')' ? inner : fail();
    }
    return literalOrPath(token, where) ?? fail();
  };
  const or = (): Expression => binary(() => binary(() => binary(primary, EQUALITY), AND), OR);
  return () => {
    const compiled = or();
    return at === tokens.length ? compiled : fail();
  };
}

function joined(operator: Binary, first: Expression, second: Expression): Expression {
  return (scope) => operator(first(scope), () => second(scope));
}

function literalOrPath(token: string, where: string): Expression | undefined {
  if (token.startsWith("'")) return () => token.slice(1, -1);
  if (/^\d/.test(token)) return () => Number(token);
  return /^[$A-Za-z_]/.test(token) ? pathOf(token, where) : undefined;
}

function tokenize(source: string, where: string): readonly string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.trimEnd().length) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (match === null) {
      throw new SamlingError(
        'CARD_TEMPLATE_WRONG',
        `${where}: cannot read "${source.slice(start)}" in \${${source}}.`,
      );
    }
    tokens.push(match[0].trim());
  }
  return tokens;
}

function pathOf(path: string, where: string): Expression {
  const [first = '', ...rest] = path.split('.');
  if (first.startsWith('$') && !['$root', '$data', '$index'].includes(first)) {
    throw new SamlingError('CARD_TEMPLATE_WRONG', `${where}: there is no "${first}" in \${${path}}.`);
  }
  if (first === '$index') return (scope) => scope.index;
  const keys = first === '$root' || first === '$data' ? rest : [first, ...rest];
  return (scope) => {
    let value = first === '$root' ? scope.root : scope.data;
    for (const key of keys) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) {
        throw new SamlingError('CARD_TEMPLATE_WRONG', `${where}: the data has no "${path}".`);
      }
      value = (value as Record<string, unknown>)[key];
    }
    return value;
  };
}
