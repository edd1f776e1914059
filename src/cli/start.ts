import { createKnowledge } from '../adapters/files/faq-files.js';
import { loadProgrammes } from '../adapters/files/programme-files.js';
import { loadVocabulary } from '../adapters/files/vocabulary.js';
import { loadPulseTemplates } from '../adapters/files/pulse-templates.js';
import { calendarMount, calendarUrlOf, type CalendarMountOptions } from '../adapters/web/calendar-mount.js';
import { createSecretAddresses, feedMount } from '../adapters/web/feed-mount.js';
import { createPreviewUrl } from '../adapters/web/preview/address.js';
import { previewMount, type PreviewOptions } from '../adapters/web/preview/mount.js';
import { createRenderer } from '../cards/index.js';
import type { Config } from '../config/schema.js';
import { SamlingError } from '../core/errors.js';
import { createAccountDirectory, type Chats } from '../core/identity/directory.js';
import type { Clock } from '../core/ports/environment.js';
import type { Programmes } from '../core/ports/programmes.js';
import type { Store } from '../core/ports/store.js';
import { createTranslators } from '../i18n/index.js';
import { createSamling, type Samling } from '../main.js';
import type { Log } from '../runtime/dispatcher.js';
import type { ChatPlatform, PlatformParts } from '../runtime/platform.js';
import { createLoad } from '../runtime/lanes/load.js';
import { createSealer, type Sealer } from '../runtime/sealed.js';
import type { WebMount } from '../runtime/web.js';
import { asset } from './assets.js';
import { feedParts } from './feed-parts.js';
import { joinOthers } from './join-others.js';
import { loadMeters } from './meters.js';
import { openServerStore, type ServerStore } from './open-store.js';
import { loadPlatforms } from './platforms.js';
import { readPreviewFile } from './preview-files.js';
import { serve } from './serve.js';

export interface StartOptions {
  readonly config: Config;
  readonly log: Log;
  readonly clock?: Clock;
  /** Instead of those of the configuration's folder. */
  readonly programmes?: Programmes;
}

export interface Running {
  readonly url: string;
  readonly samling: Samling;
  readonly store: Store;
  readonly chats: Chats;
  /** Stops taking requests, lets what is under way end, and closes the store. */
  close(): Promise<void>;
}

/**
 * Starts Samling with the platforms that are configured.
 * @throws SamlingError `CONFIG_WRONG` when none is.
 */
export async function startSamling(options: StartOptions): Promise<Running> {
  const opened = await openServerStore(options.config, options.log);
  try {
    return await startOver(opened, options);
  } catch (error) {
    await opened.ballots.close();
    await opened.store.close();
    throw error;
  }
}

async function startOver({ store, ballots, share }: ServerStore, options: StartOptions): Promise<Running> {
  const { config, log } = options;
  const clock = options.clock ?? { nowMs: () => Date.now() };
  const programmes =
    options.programmes ?? loadProgrammes(config.programmesDir ?? asset('data', 'programmes'));
  const translators = createTranslators(asset('locales'), true);
  const renderer = createRenderer({ cardsDir: asset('cards'), translators });
  const render: PlatformParts['render'] = (message, context) => renderer.render(message, context);
  const sealer = createSealer(config.keys);
  const given = { store, programmes, clock, log };
  const platforms = await loadPlatforms(config, { ...given, sealer, render }, translators);
  if (platforms.length === 0) throw new SamlingError('CONFIG_WRONG', 'No chat platform is configured.');
  const chats = chatsOf(platforms);
  const meters = await loadMeters(config, { store, clock, log });
  const directory = await createAccountDirectory({ tables: store, programmes, chats });
  const addresses = addressesOf(config.publicUrl, sealer);
  const samling = createSamling({
    ...given,
    ballots,
    directory,
    renderer,
    waits: false,
    mostUnderWay: createLoad(),
    pulseTemplates: once(() => loadPulseTemplates(asset('data', 'pulses'))),
    vocabulary: loadVocabulary(asset('data', 'conversation', 'commands.json')),
    knowledge: createKnowledge(asset('data', 'faq')),
    ...(meters && { meter: meters.meter }),
    ...addresses,
  });
  const pages = pagesOf({ programmes, store, clock, sealer, renderer, translators }, addresses);
  const join = () => joinOthers({ share, samling, directory, programmes, log });
  const served = await serve({ ...given, config, samling, ballots, platforms, pages, meters, join });
  return { ...served, samling, store, chats };
}

/** What lies at addresses that people are told. */
function pagesOf(
  parts: PreviewOptions & CalendarMountOptions,
  addresses: ReturnType<typeof addressesOf>,
): readonly WebMount[] {
  const { programmes, store, clock, translators } = parts;
  return [
    calendarMount(parts),
    feedMount({ programmes, store, clock, ...feedParts(translators) }),
    previewMount({ ...parts, ...addresses, read: readPreviewFile }),
  ];
}

/** What is loaded when it is first needed: whoever waits for a server to be back does not wait for that. */
function once<T>(load: () => T): () => T {
  let loaded: { readonly value: T } | undefined;
  return () => (loaded ??= { value: load() }).value;
}

/** Addresses that people are told; none without a public one of one's own. */
function addressesOf(publicUrl: string | undefined, sealer: Sealer) {
  if (publicUrl === undefined) return {};
  return {
    calendarUrl: calendarUrlOf(publicUrl, sealer),
    addresses: createSecretAddresses(publicUrl),
    previewUrl: createPreviewUrl(publicUrl, sealer),
  };
}

function chatsOf(platforms: readonly ChatPlatform[]): Chats {
  return Object.fromEntries(platforms.map(({ platform, chat }) => [platform, chat]));
}
