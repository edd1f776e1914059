import { accountsOf } from '../../../core/identity/accounts.js';
import type { Programmes } from '../../../core/ports/programmes.js';
import type { Store } from '../../../core/ports/store.js';

/** What it takes to write to a person; kept in their account. */
export interface Reference {
  /** Where the person's service is; the newest that an activity named. */
  readonly serviceUrl: string;
  /** The person's id for this bot, `29:…`. */
  readonly id: string;
  /** The personal conversation, once there is one. */
  readonly conversation?: string;
}

/** Knows the newest reference of each person. */
export interface References {
  /** Takes note of what a verified activity said, and stores it where it is new. */
  note(workspace: string, user: string, reference: Reference): Promise<void>;
  /** The newest reference: noted since the start, else as the account has it. */
  of(workspace: string, user: string, address: Readonly<Record<string, string>>): Reference | undefined;
}

/** More people than speak to one process in a day; the oldest go first, and are read from the account again. */
const MOST = 20_000;

/** Creates what remembers references, in the accounts, and for those without one until they have. */
export function createReferences(store: Store, programmes: Programmes): References {
  const noted = new Map<string, Reference>();
  return {
    async note(workspace, user, reference) {
      const key = `${workspace}/${user}`;
      const before = noted.get(key);
      const now = { ...before, ...reference };
      if (before !== undefined && isSame(before, now)) return;
      if (noted.size >= MOST) noted.delete(noted.keys().next().value ?? '');
      noted.set(key, now);
      const accounts = await accountsOf(store, programmes, workspace, user);
      const old = accounts.filter((each) => !isSame(each.address, { ...each.address, ...now }));
      if (old.length === 0) return;
      await store.accounts.put(...old.map((each) => ({ ...each, address: { ...each.address, ...now } })));
    },
    of(workspace, user, address) {
      const known = noted.get(`${workspace}/${user}`);
      if (known?.conversation !== undefined) return known;
      return readReference({ ...address, ...known });
    },
  };
}

type Address = Readonly<Partial<Record<string, string>>>;

function isSame(a: object, b: object): boolean {
  const [first, second] = [a as Address, b as Address];
  return ['serviceUrl', 'id', 'conversation'].every((key) => first[key] === second[key]);
}

function readReference(address: Address): Reference | undefined {
  const { serviceUrl, id, conversation } = address;
  if (serviceUrl === undefined || id === undefined) return undefined;
  return { serviceUrl, id, ...(conversation === undefined ? {} : { conversation }) };
}

/** A reference as accounts keep it. */
export function addressOf({ serviceUrl, id, conversation }: Reference): Readonly<Record<string, string>> {
  return { serviceUrl, id, ...(conversation === undefined ? {} : { conversation }) };
}
