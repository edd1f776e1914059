import type { Delivery } from '../../../core/ports/outbox.js';
import type { Session } from './transaction.js';

/** Has lanes worked on when deliveries are due, by jobs that are written with them. */
export type Wake = (
  session: Session,
  deliveries: readonly Pick<Delivery, 'lane' | 'notBeforeMs'>[],
) => Promise<void>;
