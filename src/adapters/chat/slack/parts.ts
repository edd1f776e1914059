import type { Log } from '../../../runtime/dispatcher.js';
import type { PlatformHub } from '../../../runtime/platform.js';
import type { CardBox } from './card-box.js';
import type { SlackClient } from './client.js';
import type { Installs } from './installs.js';
import type { OutboundOptions } from './outbound.js';
import type { Payload } from './payload.js';

/** What hearing from Slack is put together from. */
export interface InboundParts {
  readonly hub: PlatformHub;
  readonly installs: Installs;
  readonly client: SlackClient;
  readonly box: CardBox;
  readonly outbound: OutboundOptions;
  readonly log: Log;
}

/** A payload with the place that it comes from, in which Samling is installed. */
export interface Placed {
  readonly payload: Payload;
  readonly workspace: string;
}
