import { addWorkspace, startLocalSlack } from '../../test/local/slack/index.js';
import { openChannel } from '../../test/local/slack/world.js';
import { startLocalTeams } from '../../test/local/teams/index.js';
import type { Platforms, Receiver } from './told.js';

/** The local Slack and Teams, in a process of their own, so that their CPU is not counted. */
const workspaces = Number(process.argv[2]);
const each = Number(process.argv[3]);
const slack = await startLocalSlack({ hasRates: false });
const teams = await startLocalTeams({ limits: false });
teams.issuer.issued.add('sending-1');
const tokens: Record<string, string> = {};
const slackPeople: Receiver[] = [];
const teamsPeople: Receiver[] = [];
for (let w = 0; w < workspaces; w += 1) {
  const id = `T${String(w)}`;
  const users = Array.from({ length: each }, (_, n) => ({ id: `U${String(w)}x${String(n)}`, name: 'Leder' }));
  const workspace = addWorkspace(slack, id, users);
  tokens[`slack/${id}`] = slack.world.newToken(id, slack.app.scopes).token;
  for (const [n, user] of users.entries()) {
    const member = `m${String(w)}-${String(n)}`;
    const address = { channel: openChannel(workspace, user.id) };
    slackPeople.push({ member, workspace: `slack/${id}`, user: user.id, address });
    const person = teams.person(`tenant${String(w)}`, member);
    const conversation = teams.connector.conversationOf(person);
    const to = { serviceUrl: teams.connector.serviceUrl, id: person.id, conversation };
    teamsPeople.push({
      member,
      workspace: `teams/tenant${String(w)}`,
      user: person.aadObjectId,
      address: to,
    });
  }
}
const told: Platforms = {
  slack: { apiUrl: slack.apiUrl, tokens, people: slackPeople },
  teams: {
    ...{ serviceUrl: teams.connector.serviceUrl, openIdUrl: teams.issuer.openIdUrl },
    ...{ loginUrl: teams.issuer.loginUrl, people: teamsPeople },
  },
};
process.send?.(told);
process.on('message', () => {
  const posted = [...slack.world.workspaces.values()].flatMap(({ channels }) => [...channels.values()]);
  const counts = {
    slack: posted.reduce((sum, { messages }) => sum + messages.length, 0),
    teams: teams.connector.messages.length,
  };
  for (const { messages } of posted) messages.length = 0;
  (slack.calls as unknown[]).length = 0;
  teams.connector.clear();
  process.send?.(counts);
});
process.once('disconnect', () => process.exit(0));
