import type { z } from 'zod';
import type { Fault } from '../errors.js';

/** Writes a path as people read it: `gatherings[3].starts`; the whole is `(file)`. */
export function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map((part) => (typeof part === 'number' ? `[${String(part)}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  return text === '' ? '(file)' : text;
}

/** What stands at a path, briefly. */
export function foundAt(json: unknown, path: readonly PropertyKey[]): string {
  let value = json;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return 'nothing';
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return foundText(value);
}

/** A value as a fault shows it, at most 80 characters. */
export function foundText(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Turns zod's issues into faults that say what was found and what is expected, all of them. */
export function faultsOf(source: string, json: unknown, error: z.ZodError): readonly Fault[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        source,
        path: pathText([...issue.path, key]),
        found: 'a key that is not known here',
        expected: 'no such key',
      }));
    }
    return [
      { source, path: pathText(issue.path), found: foundAt(json, issue.path), expected: expectedOf(issue) },
    ];
  });
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['array', 'a list'],
  ['object', 'an object'],
  ['int', 'a whole number'],
  ['string', 'a text'],
]);

function expectedOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return KINDS.get(issue.expected) ?? `a ${issue.expected}`;
    case 'invalid_value':
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'invalid_union':
      return unionOf(issue.errors);
    case 'too_small':
      return typeof issue.minimum === 'number' && issue.origin === 'number'
        ? `at least ${String(issue.minimum)}`
        : issue.message;
    case 'too_big':
      return `at most ${String(issue.maximum)}`;
    default:
      return issue.message;
  }
}

function unionOf(errors: readonly (readonly z.core.$ZodIssue[])[]): string {
  const each = errors.map((issues) => issues.map(expectedOf).join(' and '));
  return [...new Set(each)].filter((text) => text !== '').join(', or ');
}
