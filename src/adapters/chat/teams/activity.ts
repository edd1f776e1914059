/** What Samling reads of an activity, of the type that it should have. */
export interface TeamsActivity {
  readonly type: string;
  /** Of invokes, what is asked: `adaptiveCard/action`, `task/fetch`, … */
  readonly name?: string;
  readonly id: string;
  readonly channelId: string;
  readonly serviceUrl: string;
  readonly tenant: string;
  readonly conversation: { readonly id: string; readonly type: 'personal' | 'groupChat' | 'channel' };
  readonly from: { readonly id: string; readonly aadObjectId?: string; readonly name?: string };
  readonly recipient: string;
  readonly text?: string;
  readonly locale?: string;
  readonly replyToId?: string;
  readonly action?: string;
  readonly value?: Readonly<Record<string, unknown>>;
  /** Ids of those whom the text mentions, and the words that stand for them. */
  readonly mentions: readonly { readonly id: string; readonly text: string }[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

type Raw = Readonly<Record<string, unknown>>;

/** Longer ids than any that Teams gives are not kept. */
const LONGEST_ID = 1024;
/** Teams messages are at most 28 KB; the core reads commands and short texts. */
const LONGEST_TEXT = 28 * 1024;

function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function part(raw: Raw, name: string): Raw {
  const value = raw[name];
  return isRaw(value) ? value : {};
}

function word(raw: Raw, name: string, longest = LONGEST_ID): string | undefined {
  const value = raw[name];
  return typeof value === 'string' && value !== '' && value.length <= longest ? value : undefined;
}

function list(raw: Raw, name: string): readonly Raw[] {
  const value = raw[name];
  return Array.isArray(value) ? value.filter(isRaw) : [];
}

/**
 * Reads an activity of the Teams channel by hand: a schema library costs more here than everything else together.
 * @returns undefined where something is missing, has another type, or says two things at once.
 */
export function readActivity(raw: unknown): TeamsActivity | undefined {
  if (!isRaw(raw)) return undefined;
  const conversation = part(raw, 'conversation');
  const from = part(raw, 'from');
  const tenant = tenantIn(raw, conversation);
  const required = {
    type: word(raw, 'type'),
    channelId: word(raw, 'channelId'),
    serviceUrl: word(raw, 'serviceUrl'),
    tenant,
    conversation: word(conversation, 'id'),
    from: word(from, 'id'),
  };
  const { type, channelId, serviceUrl } = required;
  if (type === undefined || channelId === undefined || serviceUrl === undefined) return undefined;
  if (tenant === undefined || required.conversation === undefined || required.from === undefined)
    return undefined;
  const aadObjectId = word(from, 'aadObjectId');
  const name = word(from, 'name', 256);
  return {
    type,
    id: word(raw, 'id') ?? '',
    channelId,
    serviceUrl,
    tenant,
    conversation: { id: required.conversation, type: conversationType(conversation) },
    from: {
      id: required.from,
      ...(aadObjectId === undefined ? {} : { aadObjectId }),
      ...(name === undefined ? {} : { name }),
    },
    recipient: word(part(raw, 'recipient'), 'id') ?? '',
    ...optionalWords(raw),
    ...(isRaw(raw['value']) ? { value: raw['value'] } : {}),
    mentions: mentionsIn(raw),
    added: idsIn(raw, 'membersAdded'),
    removed: idsIn(raw, 'membersRemoved'),
  };
}

/** The tenant is said twice by Teams; where the two differ, nobody can say whose request it is. */
function tenantIn(raw: Raw, conversation: Raw): string | undefined {
  const inChannel = word(part(part(raw, 'channelData'), 'tenant'), 'id', 64);
  const inConversation = word(conversation, 'tenantId', 64);
  if (inChannel !== undefined && inConversation !== undefined && inChannel !== inConversation)
    return undefined;
  const tenant = inConversation ?? inChannel;
  // Names a lane and goes into ids.
  return tenant !== undefined && /^[\w.-]+$/.test(tenant) ? tenant : undefined;
}

function conversationType(conversation: Raw): TeamsActivity['conversation']['type'] {
  const type = conversation['conversationType'];
  return type === 'channel' || type === 'groupChat' ? type : 'personal';
}

function optionalWords(raw: Raw) {
  const words: Partial<Record<'name' | 'locale' | 'replyToId' | 'action' | 'text', string>> = {};
  const note = (key: keyof typeof words, found: string | undefined) => {
    if (found !== undefined) words[key] = found;
  };
  note('name', word(raw, 'name'));
  note('locale', word(raw, 'locale', 35) ?? word(clientInfo(raw), 'locale', 35));
  note('replyToId', word(raw, 'replyToId'));
  note('action', word(raw, 'action'));
  note('text', word(raw, 'text', LONGEST_TEXT));
  return words;
}

/** The entity in which Teams tells the client's language and zone. */
function clientInfo(raw: Raw): Raw {
  return list(raw, 'entities').find((each) => each['type'] === 'clientInfo') ?? {};
}

function mentionsIn(raw: Raw): readonly { readonly id: string; readonly text: string }[] {
  return list(raw, 'entities')
    .filter((each) => each['type'] === 'mention')
    .map((each) => ({ id: word(part(each, 'mentioned'), 'id') ?? '', text: word(each, 'text') ?? '' }));
}

function idsIn(raw: Raw, name: string): readonly string[] {
  return list(raw, name).flatMap((each) => word(each, 'id') ?? []);
}
