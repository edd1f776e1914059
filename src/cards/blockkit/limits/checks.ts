/** One breach of Slack's documented limits. */
export interface LimitFault {
  /** Where in the payload, such as `blocks[3].elements[0].text`. */
  readonly path: string;
  readonly found: string;
  readonly expected: string;
}

/** A part of a payload; everything in it is looked at before it is trusted. */
export type Part = Readonly<Record<string, unknown>>;

type Need = 'required' | undefined;

/** Slack's limit of an address. */
const ADDRESS = 3000;

/** Collects faults; each check says where it looked. */
export class Checks {
  readonly faults: LimitFault[] = [];

  fault(path: string, found: unknown, expected: string): void {
    this.faults.push({ path, found: shown(found), expected });
  }

  /** A string of 1 to `most` characters. */
  string(part: Part, key: string, path: string, most: number, need?: Need): void {
    const value = part[key];
    const expected = `1 to ${String(most)} characters`;
    const at = `${path}.${key}`;
    if (this.isMissing(value, at, need, expected)) return;
    if (typeof value !== 'string') this.fault(at, value, expected);
    else if (value === '' || value.length > most)
      this.fault(at, `${String(value.length)} characters`, expected);
  }

  /** A text object of 1 to `most` characters. */
  text(part: Part, key: string, path: string, most: number, kind: 'plain_text' | 'any', need?: Need): void {
    const value = part[key];
    const at = `${path}.${key}`;
    if (this.isMissing(value, at, need, 'a text')) return;
    if (!isPart(value)) {
      this.fault(at, value, 'a text object');
      return;
    }
    this.oneOf(value, 'type', at, kind === 'any' ? ['plain_text', 'mrkdwn'] : ['plain_text'], 'required');
    this.string(value, 'text', at, most, 'required');
    const { text } = value;
    if (typeof text === 'string' && text !== '' && text.trim() === '')
      this.fault(`${at}.text`, 'blanks', 'a text');
  }

  /** An absolute http or https address; a link may be mailto or tel as well. */
  address(part: Part, key: string, path: string, kind: 'image' | 'link', need?: Need): void {
    const value = part[key];
    const at = `${path}.${key}`;
    const expected = kind === 'image' ? 'an absolute http(s) address' : 'an http(s), mailto or tel address';
    if (this.isMissing(value, at, need, expected)) return;
    this.string(part, key, path, ADDRESS);
    const allowed = kind === 'image' ? /^https?:\/\/[^/\s]/i : /^(https?:\/\/[^/\s]|mailto:|tel:)/i;
    if (typeof value !== 'string' || !allowed.test(value)) this.fault(at, value, expected);
  }

  oneOf(part: Part, key: string, path: string, allowed: readonly string[], need?: Need): void {
    const value = part[key];
    if (this.isMissing(value, `${path}.${key}`, need, allowed.join(', '))) return;
    if (typeof value !== 'string' || !allowed.includes(value))
      this.fault(`${path}.${key}`, value, allowed.join(', '));
  }

  /** A list of so many parts, and the parts. */
  parts(
    part: Part,
    key: string,
    path: string,
    least: number,
    most: number,
  ): readonly (readonly [Part, string])[] {
    const value = part[key];
    const at = `${path}.${key}`;
    if (!Array.isArray(value)) {
      this.fault(at, value, 'a list');
      return [];
    }
    if (value.length < least || value.length > most)
      this.fault(at, `${String(value.length)} entries`, `${String(least)} to ${String(most)} entries`);
    return value.flatMap((each: unknown, index) => {
      const where = `${at}[${String(index)}]`;
      if (isPart(each)) return [[each, where] as const];
      this.fault(where, each, 'an object');
      return [];
    });
  }

  private isMissing(value: unknown, path: string, need: Need, expected: string): boolean {
    if (value !== undefined) return false;
    if (need === 'required') this.fault(path, value, expected);
    return true;
  }
}

/** Whether a value is a plain object. */
export function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
