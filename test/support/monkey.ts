import { z } from 'zod';
import { actionSchemas, type ActionVerb } from '../../src/core/messages/schemas.js';
import type { Json } from '../../src/core/ports/outbox.js';
import type { Chance } from '../simulation/chance.js';
import { elementsOf, type Element } from './elements.js';

export interface Press {
  readonly verb: string;
  readonly data: Readonly<Record<string, Json>>;
}

const VERBS = Object.keys(actionSchemas) as ActionVerb[];
const SCHEMAS = new Map(
  VERBS.map((verb) => [verb, z.toJSONSchema(actionSchemas[verb], { unrepresentable: 'any', io: 'input' })]),
);
const DATES = ['2014-01-21', '2014-02-14', '2014-03-03', '2014-01-30', '2013-12-24', '2014-13-40', ''];
const TIMES = ['09:00', '10:15', '16:30', '25:00', ''];
const WORDS = [
  'Ja',
  'Vi er i gang',
  'https://example.org/x',
  '12',
  '*stjerner* <b> [lenke](https://example.org)',
  'å'.repeat(400),
  ' ',
  '',
];

function anyOf<T>(chance: Chance, from: readonly T[]): T {
  return from[chance.below(from.length)] as T;
}

/** A press that no card shows perhaps, with data of the right kinds: ids of what is there, was there, or never was. */
export function inventedPress(chance: Chance, ids: readonly string[]): Press {
  const verb = anyOf(chance, VERBS);
  return { verb, data: valueFor(SCHEMAS.get(verb) as Schema, chance, ids) as Press['data'] };
}

interface Schema {
  readonly type?: string;
  readonly enum?: readonly Json[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
}

function valueFor(schema: Schema, chance: Chance, ids: readonly string[]): Json {
  if (schema.enum !== undefined) return anyOf(chance, schema.enum);
  if (schema.anyOf !== undefined) return valueFor(anyOf(chance, schema.anyOf), chance, ids);
  if (schema.type === 'boolean') return chance.happens(0.5);
  if (schema.type === 'integer' || schema.type === 'number') return chance.below(6);
  if (schema.type === 'object') {
    const wanted = Object.entries(schema.properties ?? {}).filter(
      ([name]) => schema.required?.includes(name) === true || chance.happens(0.6),
    );
    return Object.fromEntries(wanted.map(([name, each]) => [name, valueFor(each, chance, ids)]));
  }
  return anyOf(chance, [anyOf(chance, ids), anyOf(chance, ids), anyOf(chance, DATES), anyOf(chance, WORDS)]);
}

/** Every button of a card, with what somebody in a hurry might enter in its fields. */
export function pressesOn(card: unknown, chance: Chance): readonly Press[] {
  const elements = elementsOf(card);
  const fields = elements.filter((each) => String(each['type']).startsWith('Input.'));
  return elements
    .filter((each) => each['type'] === 'Action.Execute' || each['type'] === 'Action.Submit')
    .map((action) => ({
      verb: String(action['verb']),
      data: {
        ...(action['associatedInputs'] === 'none'
          ? {}
          : Object.fromEntries(fields.map((field) => [String(field['id']), entered(field, chance)]))),
        ...(action['data'] as Press['data'] | undefined),
      },
    }));
}

function entered(field: Element, chance: Chance): Json {
  const before = typeof field['value'] === 'string' ? field['value'] : '';
  // Most people leave what may be left, and change little of what is there.
  if (before !== '' && chance.happens(0.6)) return before;
  if (field['type'] !== 'Input.Text' && field['isRequired'] !== true && chance.happens(0.7)) return before;
  const choices = (field['choices'] ?? []) as readonly { readonly value: string }[];
  switch (field['type']) {
    case 'Input.ChoiceSet':
      return choices.length === 0 ? '' : anyOf(chance, choices).value;
    case 'Input.Date':
      return chance.happens(0.6) ? '2014-03-03' : anyOf(chance, DATES);
    case 'Input.Time':
      return chance.happens(0.6) ? '10:15' : anyOf(chance, TIMES);
    case 'Input.Toggle':
      return chance.happens(0.5) ? 'true' : 'false';
    default:
      return chance.happens(0.8) ? 'Møt opp' : anyOf(chance, WORDS);
  }
}
