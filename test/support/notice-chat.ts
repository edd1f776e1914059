import { demoPeople } from '../../src/core/programme/demo-people.js';
import { programmeWith } from './programmes.js';
import { pulseParts, type PulseParts } from './pulse-parts.js';

/** A programme in which more than 16 receivers need a second yes. */
export const programme = programmeWith('saman', (raw) => {
  raw['policy'].noticeYesOver = 16;
});
export const members = demoPeople(programme);
/** A network that organisations take part in, and its leader. */
export const network = programme.networks.find((each) =>
  programme.organisations.some((one) => one.networks.includes(each.id)),
)!.id;
export const leader = members.find((each) => each.networks.includes(network))!;
export const boss = 'sekretariat-coordinator';
export const second = 'sekretariat-coordinator-2';

/** A Monday morning. */
const START_MS = Date.parse('2014-03-03T08:00:00Z');

/** What a notice says in the languages of most. */
export const TEXTS = {
  'title-nb': 'Nytt om samlingen',
  'body-nb': 'Vi møtes i **Molde**.',
  'title-nn': 'Nytt om samlinga',
  'body-nn': 'Vi møtest i **Molde**.',
};

/** Samling with all members in one chat, anew for each test, and what is done there with notices. */
export function noticeChat() {
  let parts: PulseParts;
  beforeEach(async () => {
    parts = await pulseParts(programme, members, START_MS);
  });
  afterEach(() => parts.close());
  const press = async (verb: string, data: Record<string, string | number>, member = boss) => {
    const received = await parts.press(member, verb, data);
    const replace = received.kind === 'handled' ? received.replace : undefined;
    await parts.samling.tick();
    return replace as { template: string; data: any } | undefined;
  };
  const rows = () => parts.store.notices.list(programme.id);
  return {
    parts: () => parts,
    press,
    /** The newest answer to a member. */
    latest: (member: string) =>
      parts.got.filter((each) => each.member === member && each.delivery.startsWith('reply/')).at(-1)
        ?.message,
    /** Sends the form, with these values besides the texts. */
    make: async (values: Record<string, string> = {}, member = boss) =>
      (await press('notice-make', { ...TEXTS, ...values }, member))!,
    rows,
    /** Id of the first notice. */
    idOf: async () => (await rows())[0]!.id,
  };
}
