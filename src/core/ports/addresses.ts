/** Makes secret web addresses; only their owner knows them, the store keeps a hash. */
export interface SecretAddresses {
  /** A new address of a programme, without the ending that says which file is wanted; `id` is what the store keeps. */
  make(programme: string): { readonly id: string; readonly url: string };
}
