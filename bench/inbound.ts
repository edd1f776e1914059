import { measureSlack } from './inbound/slack.js';
import { measureTeams } from './inbound/teams.js';
import { report } from './support.js';

/** Requests of the platforms, beside their own libraries doing the least they can: `slack`, `teams`, or both. */
const only = process.argv[2];
const slack = only === 'teams' ? undefined : await measureSlack();
const teams = only === 'slack' ? undefined : await measureTeams();
const columns = ({ slack: ofSlack, teams: ofTeams, ...row }: Readonly<Record<string, string | number>>) => ({
  request: ofSlack === undefined ? `teams ${String(ofTeams)}` : `slack ${String(ofSlack)}`,
  ...row,
});
report('inbound', [...(slack?.rows ?? []), ...(teams?.rows ?? [])].map(columns), {
  ...slack?.goals,
  ...teams?.goals,
});
