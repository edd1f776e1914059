/** What a terminal obeys instead of showing it: escape sequences, and a carriage return that writes over a line. */
const OBEYED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\r(?!\n)/g;

/** A text with a sign in the place of each that a terminal would obey: names and answers are typed by anybody. */
function shown(text: string): string {
  return text.replace(OBEYED, '\uFFFD');
}

/** Writes to standard output; bytes, which are a file, as they are. */
export function print(text: string | Uint8Array): void {
  process.stdout.write(typeof text === 'string' ? shown(text) : text);
}

/** Writes to standard error. */
export function printError(text: string): void {
  process.stderr.write(shown(text));
}
