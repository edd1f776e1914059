import type { ListedMember } from '../adapters/chat/playground/session.js';
import { languageOf, personOf } from '../core/members/member-view.js';
import type { Member } from '../core/members/types.js';
import type { Store } from '../core/ports/store.js';
import { networkName } from '../core/programme/network-name.js';
import { textIn, type Language } from '../core/programme/language.js';
import type { Programme } from '../core/programme/schema.js';

/**
 * The people whom one can be in the playground, each in the own language.
 * @param received how many messages each got, by member; 0 for whom is not in it
 */
export async function listMembers(
  store: Store,
  programme: Programme,
  received: ReadonlyMap<string, number>,
): Promise<readonly ListedMember[]> {
  const members = await store.members.list(programme.id);
  return Promise.all(
    members.map(async (member) => {
      const preferences = await store.preferences.get(programme.id, member.id);
      const language = languageOf(programme, member, preferences);
      return {
        id: member.id,
        role: textIn(personOf(programme, member).role, language, programme.languages),
        organisation: placeOf(programme, member, language),
        language,
        received: received.get(member.id) ?? 0,
      };
    }),
  );
}

/** The organisation; for those who lead networks these too, as one organisation may have many such leaders. */
function placeOf(programme: Programme, member: Member, language: Language): string {
  const led = programme.networks.filter((each) => member.networks.includes(each.id));
  return [personOf(programme, member).organisation, ...led.map(({ id }) => networkName(programme, id))]
    .map((name) => textIn(name, language, programme.languages))
    .join(' · ');
}
