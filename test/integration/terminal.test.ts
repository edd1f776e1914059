import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/temporary-folder.js';

const program = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
/** Puts a text of its own on the clipboard, clears the screen, and writes over the line. */
const HOSTILE = 'Kari\u001b]52;c;cm0gLXJm\u0007\u001b[2J\u009b1A\rOla';

describe('what others typed, at the terminal', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  const samling = (...words: string[]) =>
    new Promise<{ readonly out: string; readonly err: string }>((resolve) => {
      const child = spawn(process.execPath, ['--import', 'tsx', program, ...words], {
        env: { ...process.env, SAMLING_DATA_DIR: join(folder(), 'data') },
      });
      let [out, err] = ['', ''];
      child.stdout.on('data', (part) => (out += String(part)));
      child.stderr.on('data', (part) => (err += String(part)));
      child.once('close', () => resolve({ out, err }));
    });
  const isHarmless = (text: string) => !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text);

  it('is shown, and obeyed by no terminal, on either output', async () => {
    const file = join(folder(), 'people.csv');
    await writeFile(file, `name,email,organisation,roles\n"x",a@example.org,"${HOSTILE}",employee\n`);
    const { err } = await samling('import', 'people', file, '--programme', 'saman');
    assert.match(err, /Kari/);
    assert.ok(isHarmless(err), JSON.stringify(err));
    const { out } = await samling('ask', HOSTILE, '--programme', 'saman');
    assert.ok(isHarmless(out), JSON.stringify(out));
    const card = join(folder(), 'card.json');
    await writeFile(card, JSON.stringify({ type: 'AdaptiveCard', [HOSTILE]: 1, body: [{ type: HOSTILE }] }));
    const shown = await samling('card', card);
    assert.match(shown.err, /Kari/);
    assert.ok(isHarmless(shown.err + shown.out), JSON.stringify(shown));
  });
});
