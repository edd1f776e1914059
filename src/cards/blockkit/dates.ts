import type { Span } from './inline.js';

/** `{{DATE(2017-02-14T06:08:39Z,LONG)}}` and `{{TIME(…)}}`: RFC 3339 with a zone, as the Adaptive Cards schema asks. */
const MACRO =
  /\{\{(DATE|TIME)\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2}))(?:,\s{0,3}(COMPACT|SHORT|LONG))?\)\}\}/;

/** Slack's own words for the same lengths. */
const SLACK = { COMPACT: '{date_num}', SHORT: '{date_short}', LONG: '{date_long}', TIME: '{time}' };

const LOOKS: Record<keyof typeof SLACK, Intl.DateTimeFormatOptions> = {
  COMPACT: { dateStyle: 'short' },
  SHORT: { dateStyle: 'medium' },
  LONG: { dateStyle: 'full' },
  TIME: { timeStyle: 'short' },
};

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * A text cut at its date macros: the dates as dated spans with the locale's text as their fallback, the rest as it is.
 * A macro with an impossible date stays as it is written, as in Microsoft's renderers.
 */
export function splitDates(text: string, lang: string, timeZone: string): Span[] {
  if (!text.includes('{{')) return [{ text }];
  const spans: Span[] = [];
  let rest = text;
  for (let match = MACRO.exec(rest); match; match = MACRO.exec(rest)) {
    if (match.index > 0) spans.push({ text: rest.slice(0, match.index) });
    spans.push(dated(match, lang, timeZone));
    rest = rest.slice(match.index + match[0].length);
  }
  if (rest !== '') spans.push({ text: rest });
  return spans;
}

function dated(match: RegExpExecArray, lang: string, timeZone: string): Span {
  const [whole, kind, instant, length] = match;
  const at = Date.parse((instant ?? '').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(at)) return { text: whole };
  const look = kind === 'TIME' ? 'TIME' : ((length ?? 'COMPACT') as keyof typeof SLACK);
  return {
    text: formatAt(at, look, lang, timeZone),
    date: { at: Math.floor(at / 1000), format: SLACK[look] },
  };
}

function formatAt(at: number, look: keyof typeof SLACK, lang: string, timeZone: string): string {
  const key = `${lang} ${timeZone} ${look}`;
  const known = formats.get(key) ?? createFormat(look, lang, timeZone);
  if (formats.size < 200) formats.set(key, known);
  return known.format(at);
}

function createFormat(look: keyof typeof SLACK, lang: string, timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(lang, { ...LOOKS[look], timeZone });
}

const numbers = new Map<string, Intl.NumberFormat>();

/** A number as the locale writes it, with at most three decimals unless stated. */
export function formatNumber(value: number, lang: string): string {
  const known = numbers.get(lang) ?? new Intl.NumberFormat(lang, { maximumFractionDigits: 3 });
  if (numbers.size < 200) numbers.set(lang, known);
  return known.format(value);
}

/** A tag that `Intl` takes: the wished one, or `en`. */
export function usableLang(lang: string): string {
  let usable = langs.get(lang);
  if (usable === undefined) {
    if (langs.size >= MOST_LANGS) langs.clear();
    langs.set(lang, (usable = lookUpLang(lang)));
  }
  return usable;
}

const langs = new Map<string, string>();
const MOST_LANGS = 500;

function lookUpLang(lang: string): string {
  try {
    return Intl.getCanonicalLocales(lang)[0] ?? 'en';
  } catch (error) {
    if (error instanceof RangeError) return 'en';
    throw error;
  }
}

/** A time zone that `Intl` knows: the wished one, or UTC. */
export function usableZone(zone: string): string {
  let usable = zones.get(zone);
  if (usable === undefined) {
    if (zones.size >= MOST_ZONES) zones.clear();
    zones.set(zone, (usable = lookUpZone(zone)));
  }
  return usable;
}

/** Asking `Intl` is a fifth of a translation; there are some 400 zones. */
const MOST_ZONES = 500;
const zones = new Map<string, string>();

function lookUpZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return 'UTC';
    throw error;
  }
}
