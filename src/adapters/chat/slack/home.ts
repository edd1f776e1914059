import type { InboundParts } from './parts.js';
import { LONGEST_METADATA } from './modal.js';
import { lookUpPerson } from './people.js';

/** Draws the home tab of a person: what is coming up, language and pause, and a coordinator's doors. */
export async function publishHome(parts: InboundParts, workspace: string, user: string): Promise<void> {
  const { hub, client, box, outbound } = parts;
  const home = await hub.home(workspace, user, () => lookUpPerson(client, workspace, user));
  if (home === undefined) return;
  const { message, programme } = home;
  const options = {
    surface: 'home' as const,
    lang: message.language,
    ...(outbound.baseUrl === undefined ? {} : { baseUrl: outbound.baseUrl }),
  };
  const { view } = outbound.translate(message.card, options);
  if (view === undefined) return;
  const sealed = box.close({ card: message.card, options, programme }, workspace, user);
  const metadata = sealed.length > LONGEST_METADATA ? {} : { private_metadata: sealed };
  await client.call(workspace, (web, token) =>
    web.views.publish({
      token,
      user_id: user,
      view: { type: 'home', blocks: view.blocks, ...metadata },
    }),
  );
}
