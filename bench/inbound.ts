import { measureTeams } from './inbound/teams.js';
import { report } from './support.js';

/** Requests of the platforms, beside their own libraries doing the least they can. */
const teams = await measureTeams();
report('inbound', teams.rows, teams.goals);
