/** What the playground's server answers, as far as the page reads it. */
export interface ProgrammeInfo {
  readonly id: string;
  readonly name: string | Readonly<Record<string, string>>;
  readonly languages: readonly string[];
  readonly zone: string;
}
export interface Start {
  readonly texts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly programmes: readonly ProgrammeInfo[];
}
export interface MemberInfo {
  readonly id: string;
  readonly role: string;
  readonly organisation: string;
  readonly language: string;
  readonly received: number;
}
export interface Overview {
  /** The programme's clock, as the language writes it. */
  readonly clock: string;
  readonly members: readonly MemberInfo[];
}
export type Line =
  | {
      readonly from: 'samling';
      readonly delivery: string;
      readonly atMs: number;
      readonly when: string;
      readonly message: { readonly card: object; readonly text: string; readonly language: string };
    }
  | { readonly from: 'member'; readonly atMs: number; readonly when: string; readonly text: string };

/** Asks the server; throws when it does not answer with success. */
export async function ask<T>(path: string, body?: object): Promise<T> {
  const init =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(path, init);
  if (!response.ok) throw new Error(`${path}: ${String(response.status)}`);
  return (await response.json()) as T;
}
