import type { Fault } from '../../core/errors.js';

/** What a text of JSON says, or where it stops being JSON. A byte order mark, as some editors write it, is passed over. */
export function parseJson(
  source: string,
  given: string,
): { readonly json: unknown } | { readonly fault: Fault } {
  const text = given.replace(/^\uFEFF/, '');
  try {
    return { json: JSON.parse(text) as unknown };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const expected = `JSON (${error.message})`;
    return { fault: { source, path: placeOf(wrongAt(text), text), found: 'what is not JSON', expected } };
  }
}

function placeOf(position: number, text: string): string {
  const before = text.slice(0, position).split('\n');
  return `line ${String(before.length)}, column ${String((before.at(-1)?.length ?? 0) + 1)}`;
}

/** The first sign with which a text is JSON no more. V8 says it of some mistakes only; so the beginnings are tried. */
function wrongAt(text: string): number {
  if (couldGoOn(text)) return text.length;
  let [open, wrong] = [0, text.length];
  while (wrong - open > 1) {
    const middle = (open + wrong) >> 1;
    if (couldGoOn(text.slice(0, middle))) open = middle;
    else wrong = middle;
  }
  return open;
}

/** Whether nothing is wrong with a text but that it ends. */
function couldGoOn(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const position = /position (\d+)/.exec(error.message)?.[1];
    return /end of JSON|Unterminated string/.test(error.message) || Number(position ?? -1) >= text.length;
  }
}
