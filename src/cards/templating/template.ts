import { SamlingError } from '../../core/errors.js';
import { compileExpression, type Expression, type Scope } from './expression.js';

/** A compiled template: data in, card out. */
export type Template = (data: unknown) => unknown;

/** What a node gives: nothing, one value, or several when it is repeated. */
type Node = (scope: Scope) => readonly unknown[];

/**
 * Compiles a card template of the Adaptive Card Templating language: `${…}` in texts, `$data` to repeat an object for
 * each entry of a list, `$when` to leave it out.
 * @throws SamlingError `CARD_TEMPLATE_WRONG`, at compilation for what it cannot read, at expansion for a missing key.
 */
export function compileTemplate(source: unknown, name: string): Template {
  const node = compileNode(source, name);
  return (data) => node({ data, root: data, index: 0 })[0];
}

function compileNode(source: unknown, where: string): Node {
  if (typeof source === 'string') {
    const text = compileText(source, where);
    return (scope) => [text(scope)];
  }
  if (Array.isArray(source)) {
    const nodes = source.map((each, index) => compileNode(each, `${where}[${String(index)}]`));
    return (scope) => [nodes.flatMap((node) => node(scope))];
  }
  if (typeof source === 'object' && source !== null)
    return compileObject(source as Record<string, unknown>, where);
  return () => [source];
}

function compileObject(source: Record<string, unknown>, where: string): Node {
  const { $data, $when, ...rest } = source;
  const entries = Object.entries(rest).map(
    ([key, value]) => [key, compileNode(value, `${where}.${key}`)] as const,
  );
  const data =
    $data === undefined ? undefined : compileText(asText($data, `${where}.$data`), `${where}.$data`);
  const when =
    $when === undefined ? undefined : compileText(asText($when, `${where}.$when`), `${where}.$when`);
  const one = (scope: Scope): readonly unknown[] =>
    when !== undefined && !decided(when(scope), where)
      ? []
      : [Object.fromEntries(entries.map(([key, node]) => [key, node(scope)[0]]))];
  if (data === undefined) return one;
  return (scope) => {
    const found = data(scope);
    if (!Array.isArray(found)) return one({ ...scope, data: found });
    return found.flatMap((each: unknown, index) => one({ data: each, root: scope.root, index }));
  };
}

function decided(value: unknown, where: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new SamlingError('CARD_TEMPLATE_WRONG', `${where}.$when: expected true or false.`);
}

function asText(value: unknown, where: string): string {
  if (typeof value === 'string') return value;
  throw new SamlingError('CARD_TEMPLATE_WRONG', `${where}: expected an expression such as "\${items}".`);
}

/** A text that is one expression keeps the expression's type; else what is bound becomes part of the text. */
function compileText(source: string, where: string): Expression {
  const parts = source.split(/\$\{([^}]*)\}/);
  if (parts.some((part, index) => index % 2 === 0 && part.includes('${'))) {
    throw new SamlingError('CARD_TEMPLATE_WRONG', `${where}: "${source}" has no closing bracket.`);
  }
  if (parts.length === 1) return () => source;
  const compiled = parts.map((part, index) =>
    index % 2 === 1 ? compileExpression(part, where) : () => part,
  );
  const only = compiled[1];
  if (only !== undefined && parts.length === 3 && parts[0] === '' && parts[2] === '') return only;
  return (scope) => compiled.map((part) => String(part(scope))).join('');
}
