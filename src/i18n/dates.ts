import type { Language } from '../core/programme/language.js';

/** How a language and country write dates; the BCP 47 tag that `Intl` knows. */
export function tagOf(language: Language, country?: string): string {
  if (language === 'en') return 'en-GB';
  if (language === 'sv') return country === 'FI' ? 'sv-FI' : 'sv-SE';
  return { nb: 'nb-NO', nn: 'nn-NO', da: 'da-DK' }[language];
}

const formats = new Map<string, Intl.DateTimeFormat>();

const OPTIONS = {
  weekday: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' },
  day: { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' },
} as const;

function format(tag: string, kind: keyof typeof OPTIONS): Intl.DateTimeFormat {
  const key = `${tag}/${kind}`;
  let known = formats.get(key);
  if (known === undefined) formats.set(key, (known = new Intl.DateTimeFormat(tag, OPTIONS[kind])));
  return known;
}

/** A round of messages names the same few dates to thousands. */
const written = new Map<string, string>();
const MOST_WRITTEN = 5_000;

const utcNoon = (iso: string) => Date.parse(`${iso}T12:00:00Z`);

/** `laurdag 1. februar 2014` */
export function longDate(tag: string, iso: string): string {
  const key = `${tag}/${iso}`;
  const before = written.get(key);
  if (before !== undefined) return before;
  const text = format(tag, 'weekday').format(utcNoon(iso)).replace(',', '');
  if (written.size >= MOST_WRITTEN) written.clear();
  written.set(key, text);
  return text;
}

/** `6.–7. september 2018`; a single day is written with its weekday. */
export function dateRange(tag: string, from: string, until: string): string {
  if (from === until) return longDate(tag, from);
  return format(tag, 'day').formatRange(utcNoon(from), utcNoon(until)).replaceAll('\u2009', '');
}

/** `09.00` in Norwegian, Danish and Finland's Swedish, `09:00` elsewhere. */
export function clockTime(tag: string, time: string): string {
  return tag === 'sv-SE' || tag === 'en-GB' ? time : time.replace(':', '.');
}

/** A moment in a zone: with weekday and year when long, day and month when short; always with the time of day. */
export function momentText(tag: string, ms: number, zone: string, length: 'long' | 'short'): string {
  const key = `${tag}/${zone}/${length}`;
  let known = formats.get(key);
  if (known === undefined) {
    known = new Intl.DateTimeFormat(tag, {
      ...(length === 'long' ? { weekday: 'long', year: 'numeric' } : {}),
      day: 'numeric',
      month: 'long',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: zone,
    });
    formats.set(key, known);
  }
  return known.format(ms);
}
