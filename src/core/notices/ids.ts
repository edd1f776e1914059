/** Ids of what is sent of a notice; each says what it is, and is taken once. */

export const sendingId = (notice: string, turn: string) => `${notice}/${turn}`;

/** The first delivery of a sending to a member, or the n-th time that it is tried again. */
export const deliveryId = (sending: string, member: string, retry = 0) =>
  retry === 0 ? `notice/${sending}/${member}` : `notice/${sending}/again-${String(retry)}/${member}`;

/** The n-th correction of what a member has. */
export const correctionId = (sending: string, member: string, correction: number) =>
  `notice/${sending}/correction-${String(correction)}/${member}`;

/** Taking back what a member has. */
export const recallId = (sending: string, member: string) => `notice/${sending}/recall/${member}`;

/** The card that follows a sending, and its n-th change. */
export const progressId = (sending: string, member: string, change = 0) =>
  change === 0
    ? `notice/${sending}/progress/${member}`
    : `notice/${sending}/progress-${String(change)}/${member}`;

/** A member's own word that a notice has been read. */
export const receiptId = (sending: string, member: string) => `${sending}/${member}`;
