const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether the text is a day of the calendar as `2026-11-23`. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, day));
  return date.getUTCMonth() === (month ?? 0) - 1 && date.getUTCDate() === day;
}

/** Whether the text is a time of day as `08:30` or `08:30:00`. */
export function isTime(text: string): boolean {
  return /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/.test(text);
}

/** A day as the locale writes it. */
export function formatDay(day: string, lang: string): string {
  const format = formats.get(lang) ?? new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeZone: 'UTC' });
  if (formats.size < 100) formats.set(lang, format);
  return format.format(Date.parse(`${day}T00:00:00Z`));
}
