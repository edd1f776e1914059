import type { Programmes } from '../../src/core/ports/programmes.js';
import type { Programme } from '../../src/core/programme/schema.js';

/** The given programmes as a port. */
export function programmesOf(...programmes: readonly Programme[]): Programmes {
  return { get: (id) => programmes.find((each) => each.id === id), all: () => programmes };
}
