import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { asset } from '../../../../src/cli/assets.js';
import { pulseSchema, questionSchema, scheduleSchema } from '../../../../src/core/pulse/definition.js';

const page = readFileSync(asset('docs', 'pulses.md'), 'utf8');

describe('the document on definitions of pulses', () => {
  it('lists every field, and no other', () => {
    const table = page.slice(page.indexOf('| field'), page.indexOf('A question with'));
    const listed = [...table.matchAll(/^\| ((?:`\w+`(?:, )?)+)/gm)].flatMap((match) =>
      match[1]!.match(/\w+/g)!,
    );
    const fields = Object.keys(pulseSchema.shape).filter((each) => each !== '$schema');
    assert.deepEqual([...listed].sort(), [...fields].sort());
  });

  it('names every kind of question and every field of a schedule', () => {
    const kinds = questionSchema.options.map((each) => each.shape.kind.value);
    for (const name of [...kinds, ...Object.keys(scheduleSchema.shape)])
      assert.ok(page.includes(`\`${name}\``), name);
  });

  it('tells the defaults that hold', () => {
    const { threshold, textThreshold } = pulseSchema.shape;
    assert.ok(page.includes(`default ${String(threshold.parse(undefined))}, at least 3`));
    assert.ok(page.includes(`default ${String(textThreshold.parse(undefined))} `));
  });
});
