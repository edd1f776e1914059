import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { calendarMount, calendarUrlOf } from '../../../../src/adapters/web/calendar-mount.js';
import { occurrencesOf } from '../../../../src/core/programme/occurrences.js';
import { createSealer } from '../../../../src/runtime/sealed.js';
import { programmeWith } from '../../../support/programmes.js';
import { programmesOf } from '../../../support/slack-app.js';

describe('a calendar file', () => {
  const programme = programmeWith('saman');
  const [event, other] = occurrencesOf(programme);
  const key = randomBytes(32).toString('base64');
  const sealer = createSealer([key]);
  const path = calendarUrlOf('', sealer)(programme, event!, 'nn')!;
  const statusOf = async (asked: string, keys: readonly string[] = [key]) => {
    const store = { gatherings: { list: () => Promise.resolve([]) } } as never;
    const mount = calendarMount({ programmes: programmesOf(programme), store, sealer: createSealer(keys) });
    return (await mount.handle({ path: asked } as never)).status;
  };

  it('is given to who was told its address, also after a new key', async () => {
    assert.equal(await statusOf(path), 200);
    assert.equal(await statusOf(path, [randomBytes(32).toString('base64'), key]), 200);
  });

  it('is not found by who knows or guesses the ids of programme and event', async () => {
    const proof = /nn-([\w-]{22})\.ics$/.exec(path)![1]!;
    const below = `/calendar/${programme.id}`;
    for (const guessed of [
      `${below}/${event!.id}/nn.ics`,
      `${below}/${event!.id}/nn-.ics`,
      `${below}/${event!.id}/nn-${'A'.repeat(22)}.ics`,
      `${below}/${event!.id}/nb-${proof}.ics`,
      `${below}/${other!.id}/nn-${proof}.ics`,
      `/calendar/__proto__/${event!.id}/nn-${proof}.ics`,
    ])
      assert.equal(await statusOf(guessed), 404, guessed);
    assert.equal(await statusOf(path, [randomBytes(32).toString('base64')]), 404);
  });
});
