import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { viewOf } from '../../../src/cards/index.js';
import { templateData, type TemplateName } from '../../../src/cards/template-data.js';
import { compileTemplate } from '../../../src/cards/templating/template.js';
import { asset } from '../../../src/cli/assets.js';
import { LANGUAGES } from '../../../src/core/programme/language.js';
import { createTranslators } from '../../../src/i18n/index.js';
import { samples } from '../../support/messages.js';
import { programmeWith } from '../../support/programmes.js';

type Shape = Readonly<Record<string, z.ZodType>>;

const names = Object.keys(templateData) as TemplateName[];
const template = (name: string): unknown =>
  JSON.parse(readFileSync(asset('cards', `${name}.json`), 'utf8')) as unknown;
const shapeOf = (schema: z.ZodType): Shape => (schema as z.ZodObject).shape;

/** Reads a template against its schema: which keys each part binds, and which of them the schema lacks. */
function bindings(root: z.ZodType, source: unknown) {
  const used = new Map<z.ZodType, Set<string>>([[root, new Set()]]);
  const missing: string[] = [];
  const find = (key: string, scope: z.ZodType): z.ZodType | undefined => {
    const from = key.startsWith('$root.') ? root : scope;
    const own = key.replace('$root.', '');
    used.get(from)?.add(own);
    const found = shapeOf(from)[own];
    if (found === undefined) missing.push(key);
    return found;
  };
  const keysIn = (text: string) => [...text.matchAll(/\$\{([^}]*)\}/g)].map((match) => match[1]!);
  const visit = (node: unknown, scope: z.ZodType): void => {
    if (typeof node === 'string') for (const key of keysIn(node)) find(key, scope);
    if (typeof node !== 'object' || node === null) return;
    const { $data, ...rest } = node as Record<string, unknown>;
    let inner = scope;
    if (typeof $data === 'string') {
      const list = find(keysIn($data)[0] ?? '', scope);
      if (!(list instanceof z.ZodArray)) return;
      inner = list.element as z.ZodType;
      if (!used.has(inner)) used.set(inner, new Set());
    }
    for (const value of Object.values(rest)) visit(value, inner);
  };
  visit(source, root);
  const unused = [...used].flatMap(([schema, keys]) =>
    Object.keys(shapeOf(schema)).filter((key) => !keys.has(key)),
  );
  return { missing, unused };
}

describe('the data of card templates', () => {
  const translators = createTranslators(asset('locales'));
  const programme = programmeWith('saman');

  it('has a schema for each template, and a template for each schema', () => {
    const files = readdirSync(asset('cards')).map((file) => file.replace('.json', ''));
    assert.deepEqual([...names].sort(), files.sort());
  });

  for (const name of names) {
    it(`of ${name} is every key that it binds, and no other`, () => {
      const { missing, unused } = bindings(templateData[name], template(name));
      assert.deepEqual(missing, []);
      // The line for notifications goes beside a card that says it already.
      assert.deepEqual(
        unused.filter((key) => key !== 'summary'),
        [],
      );
    });
  }

  it('is found out when a template binds a key that is not there, or leaves one out', () => {
    const schema = z.strictObject({ title: z.string(), rows: z.array(z.strictObject({ text: z.string() })) });
    const wrong = { body: [{ text: '${titel}' }, { $data: '${rows}', text: '${words}' }] };
    assert.deepEqual(bindings(schema, wrong), { missing: ['titel', 'words'], unused: ['title', 'text'] });
  });

  for (const [what, name, data] of samples) {
    it(`of ${name}, ${what}, keeps the schema in every language`, () => {
      for (const language of LANGUAGES) {
        const context = { translator: translators(language, programme.country), programme };
        const view = viewOf({ template: name, data: JSON.parse(JSON.stringify(data)) as never }, context);
        const parsed = templateData[view.template].safeParse(view.data);
        assert.ok(parsed.success, parsed.success ? '' : z.prettifyError(parsed.error));
      }
    });
  }

  it('that lacks a key is an error, never a binding in a card', () => {
    const { viewed } = { viewed: samples.find(([, name]) => name === 'statement')! };
    const context = { translator: translators('nb', 'NO'), programme };
    const view = viewOf({ template: viewed[1], data: viewed[2] as never }, context);
    const { text, ...without } = view.data;
    assert.equal(typeof text, 'string');
    assert.ok(!templateData[view.template].safeParse(without).success);
    const compiled = compileTemplate(template(view.template), view.template);
    assert.throws(() => compiled(without), { code: 'CARD_TEMPLATE_WRONG' });
  });
});
