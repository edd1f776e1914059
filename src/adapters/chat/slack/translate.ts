import { toBlockKit, type BlockKitResult, type Surface } from '../../../cards/blockkit/index.js';
import { checkLimits } from '../../../cards/blockkit/limits/index.js';
import { SamlingError } from '../../../core/errors.js';

/** Translates a card into blocks. */
export type Translate = typeof toBlockKit;

/**
 * Creates what translates cards. With `checks`, which development and tests have, all that is to be sent is held
 * against the limits that Slack documents, apart from Slack and from the translator.
 * @throws SamlingError `CHAT_REFUSED`, from the translation, for what Slack would not take.
 */
export function createTranslate(checks = false, translate: Translate = toBlockKit): Translate {
  if (!checks) return translate;
  return (card, options) => {
    const result = translate(card, options);
    check(result, options.surface);
    return result;
  };
}

function check({ messages, view }: BlockKitResult, surface: Surface): void {
  const found =
    surface === 'message'
      ? messages.flatMap((each) => checkLimits(each, surface))
      : view === undefined
        ? []
        : checkLimits({ view }, surface);
  if (found.length === 0) return;
  // What was found may be somebody's words.
  const faults = found.map(({ path, expected }) => ({
    source: 'Slack',
    path,
    found: 'something else',
    expected,
  }));
  throw new SamlingError('CHAT_REFUSED', "A card breaks Slack's limits.", { faults });
}
