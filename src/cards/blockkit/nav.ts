import { plain } from './context.js';
import { pageId } from './ids.js';
import { fill } from './texts.js';
import type { SlackBlock, Texts } from './types.js';

/** Where among the pages something is. */
export interface Nav {
  readonly page: number;
  readonly pages: number;
  readonly texts: Texts;
}

/** The page's number, and buttons to the one before and the one after (unless the modal's own button turns it). */
export function pageNav({ page, pages, texts }: Nav, turnsBySubmit = false): SlackBlock[] {
  const button = (text: string, to: number): SlackBlock => ({
    type: 'button',
    action_id: pageId(to),
    text: plain(text.slice(0, 75)),
  });
  const buttons = [
    ...(page > 1 ? [button(texts.previous, page - 1)] : []),
    ...(page < pages && !turnsBySubmit ? [button(texts.next, page + 1)] : []),
  ];
  return [
    { type: 'context', elements: [plain(fill(texts.page, page, pages))] },
    ...(buttons.length > 0 ? [{ type: 'actions', elements: buttons }] : []),
  ];
}
