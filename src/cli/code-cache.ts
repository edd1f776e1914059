import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';

/** What the bundle of `samling start` exports. */
interface Bundle {
  readonly startCommand: () => Promise<void>;
  readonly warm: () => Promise<void>;
}

type Wrapped = (
  exports: object,
  require: NodeJS.Require,
  module: { exports: unknown },
  file: string,
  folder: string,
) => void;

const cacheOf = (file: string) => file.replace(/\.cjs$/, '.cache');

function compile(file: string): Script {
  // Its build wraps it into a function and writes nothing but ASCII; read as such, it need not be decoded.
  const source = readFileSync(file, 'latin1');
  const cachedData = existsSync(cacheOf(file)) ? readFileSync(cacheOf(file)) : undefined;
  // V8 refuses a cache of another version of itself, and compiles as if there were none.
  return new Script(source, { filename: file, ...(cachedData === undefined ? {} : { cachedData }) });
}

function run(script: Script, file: string): Bundle {
  const module: { exports: unknown } = { exports: {} };
  const wrapped = script.runInThisContext() as Wrapped;
  wrapped(module.exports as object, createRequire(file), module, file, dirname(file));
  return module.exports as Bundle;
}

/** Loads a CommonJS bundle, by V8's code cache where there is one that fits. */
export function loadBundle(file: string): Bundle {
  return run(compile(file), file);
}

/** Rewrites a bundle in ASCII, loads all of it, and writes the code cache beside it. */
export async function writeCodeCache(file: string): Promise<void> {
  rmSync(cacheOf(file), { force: true });
  // esbuild escapes all but regular expressions, in which the same escapes mean the same.
  const escaped = readFileSync(file, 'utf8').replace(
    /[\u0080-\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  writeFileSync(file, escaped);
  const script = compile(file);
  await run(script, file).warm();
  writeFileSync(cacheOf(file), script.createCachedData());
}
