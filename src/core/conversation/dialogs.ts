import type { Answer, Interaction, Message } from '../ports/interaction.js';

/** Buttons that ask for a form; it opens in a dialog where the platform has one. To ask changes nothing. */
export const FORM_VERBS: ReadonlySet<string> = new Set([
  'notice-new',
  'notice-edit',
  'gathering-new',
  'gathering-edit',
]);

/** Forms that can be open in a dialog; with something wrong in it, one comes back there. */
const FORMS: ReadonlySet<string> = new Set(['notice-form', 'gathering-form']);

/** Whether a message is a form of such a button. */
export const isForm = ({ template }: Message): boolean => FORMS.has(template);

/** What is followed further on; a dialog that closes must not take it along. */
const FOLLOWED: ReadonlySet<string> = new Set(['notice-detail', 'gathering-detail']);

/** What comes of a dialog: a form with what is wrong stays there, what is followed is said in the conversation. */
export function outOfDialog({ isDialog }: Pick<Interaction, 'isDialog'>, answer: Answer): Answer {
  const { replace, ...rest } = answer;
  if (isDialog !== true || replace === undefined || !FOLLOWED.has(replace.template)) return answer;
  return { ...rest, say: [replace, ...answer.say] };
}
