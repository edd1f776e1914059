import type { MessageData } from '../../core/messages/schemas.js';
import type { View, ViewContext } from './view.js';

/** Where a draft is drawn as each platform does. */
export function noticeLooksView(data: MessageData<'notice-looks'>, context: ViewContext): View {
  const { t, language } = context.translator;
  const title = t('notice.looks');
  const text = t('notice.looks-how', { hours: data.hours });
  return {
    template: 'address',
    data: { lang: language, summary: title, text, links: [{ title, url: data.url }] },
  };
}
