const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as HTML shows it, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

const SCHEMES: readonly string[] = ['https:', 'http:', 'mailto:'];

/** A link; what leads anywhere but to the web or to a mail is its words alone. */
export function linkHtml(url: string, words: string): string {
  if (!URL.canParse(url) || !SCHEMES.includes(new URL(url).protocol)) return words;
  return `<a href="${escapeHtml(url)}" target="_blank" rel="noopener noreferrer">${words}</a>`;
}

const OPEN = '\uE000';
const CLOSE = '\uE001';

/** Keeps pieces of HTML out of a text while the rest of it is read. */
export interface Held {
  /** What stands in the text for a piece. */
  hold(html: string): string;
  /** The text with all pieces in their places. */
  put(html: string): string;
}

/** Creates what holds pieces; the text must have been freed of the marks by `unmarked`. */
export function createHeld(): Held {
  const pieces: string[] = [];
  const put = (html: string): string =>
    html.replace(/\uE000(\d+)\uE001/g, (_all, place: string) => put(pieces[Number(place)] ?? ''));
  return { hold: (html) => `${OPEN}${String(pieces.push(html) - 1)}${CLOSE}`, put };
}

/** A text without the marks that stand for what is held. */
export function unmarked(text: string): string {
  return text.replace(/[\uE000\uE001]/g, '');
}
