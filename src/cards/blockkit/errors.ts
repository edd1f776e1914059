export type BlockKitErrorCode = 'CARD_WRONG' | 'CARD_TOO_DEEP' | 'CARD_TOO_LARGE' | 'CARD_CYCLIC';

/** What the translator throws: a card that is none, or that is too large or too deep to be shown to anybody. */
export class BlockKitError extends Error {
  readonly code: BlockKitErrorCode;

  constructor(code: BlockKitErrorCode, message: string) {
    super(message);
    this.name = 'BlockKitError';
    this.code = code;
  }
}
