import type { Talk } from '../conversation/context.js';
import type { Tables } from '../ports/store.js';
import type { Right } from '../rights/rights.js';
import type { ActName, AuditEntry } from './types.js';

/** An act to be noted. */
export type Act = Readonly<{ right: Right; act: ActName; subject: string }>;

/** Notes acts of a conversation, in the transaction that does them. */
export async function note(
  { tables, member, interaction, at }: Talk,
  ...acts: readonly Act[]
): Promise<void> {
  await noteAll(tables, { programme: member.programme, by: member.id, cause: interaction.id, at }, acts);
}

/** Notes acts done elsewhere, such as on the command line. */
export async function noteAll(
  tables: Pick<Tables, 'audit'>,
  who: { readonly programme: string; readonly by: string; readonly cause: string; readonly at: string },
  acts: readonly Act[],
): Promise<void> {
  const { programme, by, cause, at } = who;
  const entries = acts.map((each): AuditEntry => ({
    programme,
    id: `${cause}/${each.act}/${each.subject}`,
    at,
    by,
    ...each,
  }));
  if (entries.length > 0) await tables.audit.put(...entries);
}
