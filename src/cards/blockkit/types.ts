/** Where the blocks will stand. Slack's limits differ: 50 blocks in a message, 100 in a modal or on a home tab. */
export type Surface = 'message' | 'modal' | 'home';

/** One block of Slack's Block Kit. Loose on purpose: Slack adds blocks faster than its typings know them. */
export interface SlackBlock {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** The small words that the translation itself needs. Defaults exist in sv, nb, nn, da and en. */
export interface Texts {
  readonly answer: string;
  readonly background: string;
  readonly choose: string;
  readonly close: string;
  readonly dateFrom: string;
  readonly dateTo: string;
  readonly form: string;
  readonly image: string;
  readonly invalid: string;
  readonly lowest: string;
  readonly highest: string;
  readonly media: string;
  readonly more: string;
  readonly next: string;
  readonly noChoices: string;
  readonly notAvailable: string;
  readonly open: string;
  readonly page: string;
  readonly password: string;
  readonly previous: string;
  readonly required: string;
  readonly send: string;
  readonly yes: string;
}

/** How a card is to be shown. `fromBlockKit` gives the options of the next rendering in the same form. */
export interface BlockKitOptions {
  readonly surface: Surface;
  /** BCP 47 tag for dates, numbers and the small words. Default: the card's `lang`, else `en`. */
  readonly lang?: string;
  /** What relative image and link addresses are relative to. Without it they are captions and plain text. */
  readonly baseUrl?: string;
  /** Which page of a card that needs several, from 1. Default 1. */
  readonly page?: number;
  /** Element id → shown or not, as ToggleVisibility left it. */
  readonly visible?: Readonly<Record<string, boolean>>;
  /** The action ids of the ShowCards (and popovers) that are open. */
  readonly shown?: readonly string[];
  /** Input id → what has been entered, in the form in which a card states `value`. */
  readonly values?: Readonly<Record<string, string>>;
  /** Words that replace the module's own. */
  readonly texts?: Partial<Texts>;
  /** Time zone of dates in places that cannot hold a Slack date, such as headers. Default `UTC`. */
  readonly timeZone?: string;
  /** What `requires` may ask for, such as `{ acTest: '1.0' }`. `adaptiveCards` is 1.6 unless stated. */
  readonly capabilities?: Readonly<Record<string, string>>;
  /** Teams user id → Slack user id, for `<at>` mentions. Without it a mention is the person's name. */
  readonly mentions?: Readonly<Record<string, string>>;
  /** Title of a modal. Default: the card's first heading. At most 24 characters are shown. */
  readonly title?: string;
  /** Whether Input.Number comes back as a string, as Teams sends it, or as a number. Default `string`. */
  readonly numbers?: 'string' | 'number';
}

/** One thing that could not be carried over as it stands in the card. */
export interface ReportEntry {
  /** Where in the card, such as `body[2].columns[0]`. */
  readonly path: string;
  /** The element's type. */
  readonly element: string;
  readonly what: string;
  readonly instead: string;
}

export interface SlackMessage {
  readonly blocks: SlackBlock[];
  /** For notifications and screen readers, escaped: Slack reads it as mrkdwn. Never empty. */
  readonly text: string;
}

export interface SlackView {
  readonly type: 'modal' | 'home';
  readonly blocks: SlackBlock[];
  readonly callback_id?: string;
  readonly title?: { type: 'plain_text'; text: string; emoji?: boolean };
  readonly submit?: { type: 'plain_text'; text: string; emoji?: boolean };
  readonly close?: { type: 'plain_text'; text: string; emoji?: boolean };
}

export interface BlockKitResult {
  /** Surface `message`: one or more, each within Slack's limits. A form that needs several is shown page by page. */
  readonly messages: SlackMessage[];
  /** Surface `modal` or `home`. */
  readonly view?: SlackView;
  /** The visible text of the card. */
  readonly text: string;
  readonly report: ReportEntry[];
  /** How many pages there are. 1 unless a form or a view is too long. */
  readonly pages: number;
}

/** What Slack reports: the pressed element, and what stands in the inputs beside it. */
export interface Submission {
  /** `action_id`, or the `callback_id` of a submitted view. */
  readonly actionId: string;
  readonly blockId?: string;
  /** The value of the chosen overflow option. Button values are ignored. */
  readonly value?: string;
  /** Slack's `state` or `state.values`. */
  readonly state?: unknown;
  /** The options that the card was shown with. */
  readonly options: BlockKitOptions;
}

export interface InputFault {
  readonly inputId: string;
  /** The block to put the message at when a modal is answered with `errors`. */
  readonly blockId: string;
  readonly message: string;
}

export type BlockKitAnswer =
  | {
      readonly kind: 'submit';
      readonly type: 'Action.Execute' | 'Action.Submit';
      readonly verb?: string;
      readonly id?: string;
      /** The action's data with the inputs' values on top. Data that is no object stays as it is. */
      readonly data: unknown;
      /** The inputs' values alone; the only place where they stand when the data is a string. */
      readonly inputs: Readonly<Record<string, string | number>>;
    }
  | { readonly kind: 'invalid'; readonly errors: InputFault[] }
  | { readonly kind: 'show-card' | 'toggle' | 'page'; readonly options: BlockKitOptions }
  | { readonly kind: 'open-url'; readonly url: string; readonly options: BlockKitOptions }
  | { readonly kind: 'unknown' };

/** Choices for a search select, as Slack wants them in the answer to `block_suggestion`. */
export interface FoundChoices {
  readonly options: { readonly text: { type: 'plain_text'; text: string }; readonly value: string }[];
  /** The `dataset` of a `Data.Query`: the app adds what it finds there. Values of at most 150 characters. */
  readonly dataset?: string;
}
