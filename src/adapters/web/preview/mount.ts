import type { Renderer } from '../../../cards/index.js';
import { isStillDraft, noticeLooks } from '../../../core/notices/looks.js';
import type { Clock } from '../../../core/ports/environment.js';
import type { Programmes } from '../../../core/ports/programmes.js';
import type { Store } from '../../../core/ports/store.js';
import type { CalendarUrl } from '../../../core/reminders/event-item.js';
import { loadState } from '../../../core/reminders/member-state.js';
import type { Translators } from '../../../i18n/index.js';
import type { Sealer } from '../../../runtime/sealed.js';
import type { WebMount, WebResponse } from '../../../runtime/web.js';
import { PREFIX, shownAt } from './address.js';

export interface PreviewOptions {
  readonly programmes: Programmes;
  readonly store: Store;
  readonly clock: Clock;
  readonly sealer: Pick<Sealer, 'open'>;
  readonly renderer: Renderer;
  readonly translators: Translators;
  readonly calendarUrl?: CalendarUrl;
}

export interface PreviewMountOptions extends PreviewOptions {
  /** Reads a file of the page. */
  readonly read: (name: 'page.js' | 'page.css') => Promise<string>;
}

/**
 * The page's own script and style and nothing else; pictures by https. Its address is told to nobody: neither to those
 * who hold the pictures, nor to a page that a link leads to.
 */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow',
};

/** Draws a draft at its secret address, for whoever has that; anything else is answered 404, all alike. */
export function previewMount(options: PreviewMountOptions): WebMount {
  return {
    path: PREFIX,
    methods: ['GET'],
    async handle({ path }) {
      const [first = '', token] = path.slice(PREFIX.length).split('/');
      const found = await (token === undefined
        ? fileOf(options, first)
        : answerPreview(options, first, token));
      return found ?? { status: 404 };
    },
  };
}

const TYPES = { 'page.js': 'text/javascript', 'page.css': 'text/css' } as const;

async function fileOf({ read }: PreviewMountOptions, name: string): Promise<WebResponse | undefined> {
  if (name !== 'page.js' && name !== 'page.css') return undefined;
  const headers = { 'content-type': `${TYPES[name]}; charset=utf-8`, 'cache-control': 'max-age=300' };
  return { status: 200, headers, body: await read(name) };
}

/** The page at an address, if there is one. */
export async function answerPreview(
  options: PreviewOptions,
  id: string,
  token: string,
): Promise<WebResponse | undefined> {
  const { programmes, store, clock, sealer, renderer, translators, calendarUrl } = options;
  const programme = programmes.get(id);
  const shown = shownAt(id, token, { sealer, nowMs: clock.nowMs() });
  if (programme === undefined || shown === undefined) return undefined;
  const row = await store.notices.get(id, shown.notice);
  if (row === undefined || !isStillDraft(row)) return undefined;
  const state = await loadState(store, programme);
  const looks = await noticeLooks(store, state, row, { ...(calendarUrl && { calendarUrl }) });
  const cards = looks.map(({ language, message }) => ({
    language,
    card: renderer.render(message, { language, programme }).card,
  }));
  // Loaded when the first page is asked for.
  const { previewPage } = await import('./page-html.js');
  return { status: 200, headers: HEADERS, body: previewPage(cards, translators(shown.language)) };
}
