import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPlaygroundServer, type PlaygroundServerOptions } from '../adapters/chat/playground/server.js';
import { loadProgrammes } from '../adapters/files/programme-files.js';
import { loadPulseTemplates } from '../adapters/files/pulse-templates.js';
import { loadVocabulary } from '../adapters/files/vocabulary.js';
import { createRenderer } from '../cards/index.js';
import { SamlingError } from '../core/errors.js';
import { LANGUAGES, type Language } from '../core/programme/language.js';
import { createTranslators, readLocales, type Translators } from '../i18n/index.js';
import type { Log } from '../runtime/dispatcher.js';
import { asset } from './assets.js';
import { openDemoSession, type DemoSession } from './demo-session.js';

export interface DemoOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  readonly log: Log;
  /** Where the demo keeps what happens; without it, in a temporary folder that is removed at the end. */
  readonly folder?: string;
  readonly mode: 'development' | 'production';
}

export interface Demo {
  readonly url: string;
  readonly sessions: readonly DemoSession[];
  close(): Promise<void>;
}

/**
 * Starts every demo programme and the playground's page on one port.
 * @throws SamlingError `CONFIG_WRONG` together with production settings: anybody can be anybody in the playground.
 */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  if (options.mode === 'production') {
    throw new SamlingError(
      'CONFIG_WRONG',
      'The playground lets anybody be anybody. It does not start in production.',
    );
  }
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'samling-demo-')));
  const translators = createTranslators(asset('locales'));
  const sessions = await openSessions(folder, translators, options.log);
  // The programme with most to tell first.
  sessions.sort((a, b) => Number(b.id === 'saman') - Number(a.id === 'saman'));
  const server = createPlaygroundServer({
    sessions,
    texts: pageTexts(),
    clockText: (ms, zone, language, length) => translators(language).moment(ms, zone, length),
    files: await pageFiles(),
  });
  await server.listen({ port: options.port, host: options.host });
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://${options.host}:${String(port)}/`,
    sessions,
    async close() {
      await server.close();
      for (const session of sessions) await session.close();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openSessions(folder: string, translators: Translators, log: Log): Promise<DemoSession[]> {
  const renderer = createRenderer({ cardsDir: asset('cards'), translators, isChecked: true });
  const vocabulary = loadVocabulary(asset('data', 'conversation', 'commands.json'));
  const pulses = loadPulseTemplates(asset('data', 'pulses'));
  const pulseTemplates = () => pulses;
  const sessions: DemoSession[] = [];
  for (const programme of loadProgrammes(asset('data', 'programmes')).all()) {
    const place = join(folder, programme.id);
    sessions.push(
      await openDemoSession({
        programme,
        folder: place,
        renderer,
        translators,
        vocabulary,
        pulseTemplates,
        log,
      }),
    );
  }
  return sessions;
}

function pageTexts(): PlaygroundServerOptions['texts'] {
  const texts = readLocales(asset('locales'));
  const prefix = 'playground.';
  const of = (language: Language) =>
    Object.fromEntries(
      [...texts[language]]
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, text]) => [key.slice(prefix.length), text]),
    );
  return Object.fromEntries(
    LANGUAGES.map((language) => [language, of(language)]),
  ) as PlaygroundServerOptions['texts'];
}

async function pageFiles(): Promise<PlaygroundServerOptions['files']> {
  const folder = asset('src', 'adapters', 'chat', 'playground', 'page');
  const adaptiveCards = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');
  const built = { playground: asset('dist', 'playground'), preview: asset('dist', 'preview') };
  if (existsSync(join(folder, 'main.ts'))) await buildPages(built);
  const css = 'text/css; charset=utf-8';
  const script = 'text/javascript; charset=utf-8';
  return {
    '': { path: join(folder, 'index.html'), type: 'text/html; charset=utf-8' },
    'page.css': { path: join(built.playground, 'page.css'), type: css },
    'page.js': { path: join(built.playground, 'page.js'), type: script },
    'adaptivecards.js': { path: adaptiveCards, type: script },
    'preview/page.css': { path: join(built.preview, 'page.css'), type: css },
    'preview/page.js': { path: join(built.preview, 'page.js'), type: script },
  };
}

/** The pages' scripts are built at each start: the playground is for development, and so is never out of date. */
async function buildPages(built: { readonly playground: string; readonly preview: string }): Promise<void> {
  const { build } = await import('esbuild');
  const options = { bundle: true, minify: true, target: 'es2022', logLevel: 'warning' } as const;
  const playground = asset('src', 'adapters', 'chat', 'playground', 'page');
  const parts = [
    { in: join(playground, 'main.ts'), out: 'page' },
    { in: join(playground, 'page.css'), out: 'page' },
  ];
  await build({ ...options, entryPoints: parts, outdir: built.playground });
  const preview = asset('src', 'adapters', 'web', 'preview', 'page');
  const entryPoints = [join(preview, 'page.ts'), join(preview, 'page.css')];
  await build({ ...options, entryPoints, outdir: built.preview });
}
