import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBallotBox } from '../../../src/adapters/store/lowdb/ballots/ballot-box.js';
import { openPostgresBallotBox } from '../../../src/adapters/store/postgres/ballots/ballot-box.js';
import { createSimulatedBox } from '../../simulation/ballot-box.js';
import { postgres } from '../../support/postgres.js';
import { ballotBoxContract } from './ballot-box-contract.js';

const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'samling-ballots-'));
  folders.push(folder);
  return folder;
}

ballotBoxContract(
  'simulated ballot box',
  () => {
    const box = createSimulatedBox();
    return Promise.resolve({ open: () => Promise.resolve(box) });
  },
  'a simulated year is lived again exactly',
);

ballotBoxContract('embedded ballot box', async () => {
  const folder = await newFolder();
  const options = { folder: join(folder, 'ballots'), keysFolder: join(folder, 'keys') };
  return { open: () => Promise.resolve(openBallotBox(options)) };
});

ballotBoxContract('PostgreSQL ballot box', async () => {
  const url = await (await postgres()).database();
  const keysFolder = await newFolder();
  return { open: () => openPostgresBallotBox(url, { keysFolder }) };
});

after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));
