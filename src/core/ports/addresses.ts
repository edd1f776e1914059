import type { Language } from '../programme/language.js';

/** Makes secret web addresses; only their owner knows them, the store keeps a hash. */
export interface SecretAddresses {
  /** A new address of a programme, without the ending that says which file is wanted; `id` is what the store keeps. */
  make(programme: string): { readonly id: string; readonly url: string };
}

/** What a page shows that draws a notice as each platform does; `language` is that of the page around it. */
export interface ShownNotice {
  readonly programme: string;
  readonly notice: string;
  readonly language: Language;
}

/** The secret address of such a page, which ends some hours after `nowMs`. */
export type PreviewUrl = (shown: ShownNotice, nowMs: number) => string;
