import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openRoundBox } from '../../../../src/adapters/store/lowdb/ballots/box.js';
import type { AnswerValue } from '../../../../src/core/ports/ballots.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

describe('the files of a round', () => {
  const folder = temporaryFolder();

  it('do not say by their times whether the last who answered wrote a text', async () => {
    const file = join(folder(), 'round');
    const box = await openRoundBox(file, 'round', randomBytes(32));
    const times = new Set<number>();
    for (const [question, value] of [
      [0, 3],
      [1, 'Det er for lite folk'],
      [0, 2],
      [1, 'Det er altfor lite folk'],
    ] as readonly [number, AnswerValue][]) {
      await box.change(`token-${String(question)}`, question, { question, group: 0, value });
      // What is written is confirmed at once; the times follow in the same turn of the box.
      await box.reserve(1);
      const [choices, texts] = await Promise.all(
        ['choices', 'texts'].map(async (kind) => (await stat(`${file}.${kind}`)).mtimeMs),
      );
      assert.equal(choices, texts);
      times.add(choices!);
      await pause(20);
    }
    assert.equal(times.size, 4, 'copies by time of change still see that there is something new');
    await box.close();
  });
});
