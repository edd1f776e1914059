import { Temporal } from 'temporal-polyfill';
import { zoneOf } from '../members/member-view.js';
import type { FileSource } from './table.js';

/** Writes instants (in ms, or ISO) as spreadsheets sort them, `2014-01-31 09:05`, in the reader's zone. */
export function localInstant({
  state,
  member,
}: Pick<FileSource, 'state' | 'member'>): (instant: number | string | undefined) => string {
  const zone = zoneOf(state.programme, member);
  return (instant) => {
    if (instant === undefined) return '';
    const at =
      typeof instant === 'number'
        ? Temporal.Instant.fromEpochMilliseconds(instant)
        : Temporal.Instant.from(instant);
    return at
      .toZonedDateTimeISO(zone)
      .toPlainDateTime()
      .toString({ smallestUnit: 'minute' })
      .replace('T', ' ');
  };
}
