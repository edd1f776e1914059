/** JSON from outside: an object of which nothing is known. */
export type Payload = Readonly<Record<string, unknown>>;

/** The object itself, or undefined for anything else. */
export function asObject(value: unknown): Payload | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Payload)
    : undefined;
}

/** An object within an object. */
export function objectIn(payload: Payload | undefined, key: string): Payload | undefined {
  return payload !== undefined && Object.hasOwn(payload, key) ? asObject(payload[key]) : undefined;
}

/** A text within an object; an empty one is none. */
export function textIn(payload: Payload | undefined, key: string): string | undefined {
  const value = payload !== undefined && Object.hasOwn(payload, key) ? payload[key] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Parses a body of Slack's: JSON, or a form whose field `payload` is JSON, or a form (slash commands). */
export function parseBody(contentType: string, body: Uint8Array): Payload | undefined {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  if (contentType.startsWith('application/json')) return parseJson(text);
  // What nearly every form is, without the cost of taking the whole apart.
  if (text.startsWith('payload=') && !text.includes('&')) {
    return parseJson(decodeForm(text.slice('payload='.length)));
  }
  const form = new URLSearchParams(text);
  const payload = form.get('payload');
  return payload === null ? { type: 'slash_command', ...Object.fromEntries(form) } : parseJson(payload);
}

function decodeForm(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError) return '';
    throw error;
  }
}

function parseJson(text: string): Payload | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
