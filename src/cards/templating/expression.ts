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
  const tokens = tokenize(source, where);
  let at = 0;
  const fail = (): never => {
    throw new SamlingError(
      'CARD_TEMPLATE_WRONG',
      `${where}: cannot read \${${source}} at part ${String(at + 1)}.`,
    );
  };
  const binary = (
    next: () => Expression,
    operators: Readonly<Record<string, (a: unknown, b: () => unknown) => unknown>>,
  ) => {
    let left = next();
    for (;;) {
      const operator = operators[tokens[at] ?? ''];
      if (operator === undefined) return left;
      at += 1;
      const [first, second] = [left, next()];
      left = (scope) => operator(first(scope), () => second(scope));
    }
  };
  const primary = (): Expression => {
    const token = tokens[at];
    at += 1;
    if (token === undefined) return fail();
    if (token === '!') {
      const inner = primary();
      return (scope) => inner(scope) !== true;
    }
    if (token === '(') {
      const inner = or();
      if (tokens[at] !== ')') return fail();
      at += 1;
      return inner;
    }
    if (token.startsWith("'")) return () => token.slice(1, -1);
    if (/^\d/.test(token)) return () => Number(token);
    return /^[$A-Za-z_]/.test(token) ? pathOf(token, where) : fail();
  };
  const equality = () => binary(primary, { '==': (a, b) => a === b(), '!=': (a, b) => a !== b() });
  const and = () => binary(equality, { '&&': (a, b) => a === true && b() === true });
  const or = (): Expression => binary(and, { '||': (a, b) => a === true || b() === true });
  const compiled = or();
  return at === tokens.length ? compiled : fail();
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
