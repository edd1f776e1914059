import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { isoInstant } from '../../../../src/core/calendar/iso-instant.js';
import { localTime } from '../../../../src/core/calendar/quiet-hours.js';

const instants = fc.integer({ min: Date.UTC(1972, 0), max: Date.UTC(2100, 0) });

describe('instants', () => {
  it('are written as Temporal writes them, to the millisecond', () => {
    fc.assert(
      fc.property(fc.oneof(instants, fc.integer({ min: -1e12, max: 1e12 })), (ms) => {
        assert.equal(isoInstant(ms), Temporal.Instant.fromEpochMilliseconds(ms).toString());
      }),
    );
  });

  it('have the same local time for a whole minute, also where the clocks change', () => {
    const zones = fc.constantFrom('Europe/Oslo', 'Europe/Copenhagen', 'Europe/Helsinki', 'Asia/Kathmandu');
    const changes = [Date.UTC(2014, 2, 30, 1), Date.UTC(2014, 9, 26, 1)];
    const near = fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -120_000, max: 120_000 }))
      .map(([at, by]) => at + by);
    fc.assert(
      fc.property(fc.oneof(instants, near), zones, (ms, zone) => {
        const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
        const found = localTime(ms, zone);
        assert.equal(found.date.toString(), local.toPlainDate().toString());
        assert.equal(found.time, local.toPlainTime().toString({ smallestUnit: 'minute' }));
      }),
    );
  });
});
