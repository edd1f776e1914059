import { z } from 'zod';
import { LOOKS_HOURS } from '../../../core/notices/looks.js';
import type { PreviewUrl, ShownNotice } from '../../../core/ports/addresses.js';
import { LANGUAGES } from '../../../core/programme/language.js';
import type { Sealer } from '../../../runtime/sealed.js';

export const PREFIX = '/preview/';

const HOUR_MS = 3_600_000;
/** Longer than any box: an id of 80 characters, sealed, takes some 200. */
const TOKEN = /^[\w-]{40,400}$/;

/** Until when, around it in which language, and which notice. */
const contentSchema = z.tuple([z.number(), z.enum(LANGUAGES), z.string()]);

const placeOf = (programme: string) => `notice-preview/${programme}`;

/**
 * Addresses of pages that draw a draft, below a public one such as `https://samling.example.org`. All that such a page
 * needs to know is sealed in its address, so that nothing is stored, and any process can answer.
 */
export function createPreviewUrl(publicUrl: string, sealer: Pick<Sealer, 'seal'>): PreviewUrl {
  return ({ programme, notice, language }, nowMs) => {
    const content = JSON.stringify([nowMs + LOOKS_HOURS * HOUR_MS, language, notice]);
    return `${publicUrl}${PREFIX}${programme}/${sealer.seal(content, placeOf(programme))}`;
  };
}

/** What an address shows; undefined for what was not sealed here, for this programme, or has ended. */
export function shownAt(
  programme: string,
  token: string,
  { sealer, nowMs }: { readonly sealer: Pick<Sealer, 'open'>; readonly nowMs: number },
): ShownNotice | undefined {
  const content = TOKEN.test(token) ? sealer.open(token, placeOf(programme)) : undefined;
  if (content === undefined) return undefined;
  const parsed = contentSchema.safeParse(JSON.parse(content.toString()));
  if (!parsed.success) return undefined;
  const [endsMs, language, notice] = parsed.data;
  return nowMs < endsMs ? { programme, notice, language } : undefined;
}
