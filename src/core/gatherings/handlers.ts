import type { z } from 'zod';
import type { Talk } from '../conversation/context.js';
import type { Answer } from '../ports/interaction.js';
import { askAttendance, askHowItWas, askMaterials, sendMaterials, takeAttendance } from './after.js';
import { openGathering } from './detail.js';
import { askEdit, askNewGathering, cancelGathering, gatheringList, makeGathering } from './edit.js';
import { askFile, makeFeed, showFeeds, stopFeed } from './feeds.js';
import type { gatheringActions } from './messages.js';
import { answerRsvp, askNeeds, askOthers, keepNeeds, removeOther, signUpOther } from './rsvp.js';

type Actions = typeof gatheringActions;
type Handlers = {
  readonly [V in keyof Actions]: (talk: Talk, data: z.infer<Actions[V]>) => Answer | Promise<Answer>;
};

/** What is done with gatherings in chat. */
export const gatheringHandlers: Handlers = {
  rsvp: answerRsvp,
  'rsvp-others': askOthers,
  'rsvp-others-send': signUpOther,
  'rsvp-others-remove': removeOther,
  'rsvp-needs': askNeeds,
  'rsvp-needs-send': keepNeeds,
  'gathering-list': gatheringList,
  'gathering-open': openGathering,
  'gathering-new': askNewGathering,
  'gathering-edit': askEdit,
  'gathering-make': makeGathering,
  'gathering-cancel': cancelGathering,
  attendance: askAttendance,
  'attendance-send': takeAttendance,
  materials: askMaterials,
  'materials-send': sendMaterials,
  'gathering-pulse': askHowItWas,
  'gathering-file': askFile,
  calendars: showFeeds,
  'calendar-make': makeFeed,
  'calendar-stop': stopFeed,
};
