import { isoInstant } from '../calendar/iso-instant.js';
import { statement } from '../conversation/context.js';
import { roleKindsOf } from '../members/member-view.js';
import type { Answer, Interaction, Message } from '../ports/interaction.js';
import type { Json } from '../ports/outbox.js';
import type { Programmes } from '../ports/programmes.js';
import type { Tables } from '../ports/store.js';
import type { Programme } from '../programme/schema.js';
import { identityActions } from './messages.js';
import { accountId, type AccessRequest, type VerifiedPerson } from './types.js';

export interface StrangerDeps {
  readonly tables: Tables;
  readonly programmes: Programmes;
  readonly nowMs: number;
  /** Id of the member whom the person would become. */
  readonly newId: string;
}

/** An answer to somebody who is no member of the programme (yet), in which language the programme decides. */
export interface StrangerAnswer extends Answer {
  readonly programme: Programme;
}

/** Asks somebody unknown who they are, and passes the request on to the coordinators, who admit them or do not. */
export async function answerStranger(
  person: VerifiedPerson,
  event: Interaction['event'],
  deps: StrangerDeps,
): Promise<StrangerAnswer | undefined> {
  const offered = await programmesFor(person, deps);
  const [first] = offered;
  if (first === undefined) return undefined;
  const asked = await requestOf(person, deps, offered);
  if (asked !== undefined) {
    const said =
      asked.state === 'declined' ? statement('access-declined', 'info') : statement('access-waiting', 'info');
    return { programme: deps.programmes.get(asked.programme) ?? first, say: [said] };
  }
  const form = event.kind === 'action' ? readForm(event, offered) : undefined;
  if (form?.verb === 'access-send') return send(person, form, deps);
  if (form?.verb === 'access-programme') return { programme: form.programme, say: [askFor(form.programme)] };
  return { programme: first, say: [offered.length > 1 ? askWhich(offered) : askFor(first)] };
}

/** The programmes that others in the workspace take part in, else all: a workspace learns of no other's programme. */
async function programmesFor(
  { workspace }: VerifiedPerson,
  { tables, programmes }: StrangerDeps,
): Promise<readonly Programme[]> {
  const all = programmes.all();
  const known: Programme[] = [];
  for (const programme of all) {
    const accounts = await tables.accounts.list(programme.id);
    if (accounts.some((each) => each.workspace === workspace)) known.push(programme);
  }
  return known.length > 0 ? known : all;
}

async function requestOf(
  { workspace, user }: VerifiedPerson,
  { tables }: StrangerDeps,
  offered: readonly Programme[],
): Promise<AccessRequest | undefined> {
  const id = accountId(workspace, user);
  const all = await Promise.all(offered.map((each) => tables.accessRequests.get(each.id, id)));
  return all.find((each) => each !== undefined && each.state !== 'admitted');
}

type Form =
  | { readonly verb: 'access-programme'; readonly programme: Programme }
  | {
      readonly verb: 'access-send';
      readonly programme: Programme;
      readonly organisation: string;
      readonly role: string;
    };

/** What was entered, if it names what is offered. */
function readForm(
  event: Extract<Interaction['event'], { kind: 'action' }>,
  offered: readonly Programme[],
): Form | undefined {
  if (event.verb === 'access-programme') {
    const parsed = identityActions[event.verb].safeParse(event.data);
    const programme = offered.find((each) => each.id === parsed.data?.programme);
    return programme === undefined ? undefined : { verb: event.verb, programme };
  }
  if (event.verb !== 'access-send') return undefined;
  const parsed = identityActions[event.verb].safeParse(event.data);
  const programme = offered.find((each) => each.id === parsed.data?.programme);
  if (!parsed.success || programme === undefined) return undefined;
  const { organisation, role } = parsed.data;
  const isThere =
    programme.organisations.some((each) => each.id === organisation) &&
    rolesToAskFor(programme).some((each) => each.id === role);
  return isThere ? { verb: event.verb, programme, organisation, role } : undefined;
}

async function send(
  person: VerifiedPerson,
  { programme, organisation, role }: Extract<Form, { verb: 'access-send' }>,
  { tables, nowMs, newId }: StrangerDeps,
): Promise<StrangerAnswer> {
  const { platform, workspace, user, address, name, email } = person;
  const id = accountId(workspace, user);
  const request: AccessRequest = {
    programme: programme.id,
    id,
    member: newId,
    platform,
    workspace,
    user,
    address,
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    organisation,
    role,
    at: isoInstant(nowMs),
    state: 'open',
  };
  await tables.accessRequests.put(request);
  const told = requestMessage(programme, request);
  const members = await tables.members.list(programme.id);
  const coordinators = members.filter(
    (each) => each.active && roleKindsOf(programme, each).includes('coordinator'),
  );
  return {
    programme,
    replace: statement('access-sent', 'done'),
    say: [],
    tell: coordinators.map((each) => ({ member: each.id, message: told })),
  };
}

/** The card by which a coordinator admits somebody, or does not. */
export function requestMessage(programme: Programme, request: AccessRequest): Message {
  const { id, name, email, organisation, role } = request;
  return named('access-request', {
    request: id,
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    organisation,
    role,
    ...choicesOf(programme, programme.roles),
  });
}

/** What somebody unknown may ask to be: a coordinator's card has it chosen, and one press must make no coordinator. */
function rolesToAskFor({ roles }: Programme): Programme['roles'] {
  return roles.filter(({ kind }) => kind !== 'coordinator');
}

/** Organisations and roles to choose from. */
function choicesOf({ organisations }: Programme, roles: Programme['roles']) {
  return {
    organisations: organisations.map(({ id, name }) => ({ id, name })),
    roles: roles.map(({ id, name }) => ({ id, name })),
  };
}

function askFor(programme: Programme): Message {
  return named('access-ask', {
    programme: { id: programme.id, name: programme.name },
    ...choicesOf(programme, rolesToAskFor(programme)),
  });
}

function askWhich(offered: readonly Programme[]): Message {
  return named('access-programme', { programmes: offered.map(({ id, name }) => ({ id, name })) });
}

function named(template: string, data: unknown): Message {
  return { template, data: data as Json };
}
