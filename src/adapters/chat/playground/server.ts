import { readFile } from 'node:fs/promises';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { z } from 'zod';
import { LANGUAGES, type Language } from '../../../core/programme/language.js';
import type { WebResponse } from '../../../runtime/web.js';
import type { PlaygroundSession } from './session.js';

export interface PlaygroundServerOptions {
  readonly sessions: readonly PlaygroundSession[];
  /** The page's own texts, by language. */
  readonly texts: Readonly<Record<Language, Readonly<Record<string, string>>>>;
  /** Writes a moment as a language does; long with weekday and year. */
  readonly clockText: (ms: number, zone: string, language: Language, length: 'long' | 'short') => string;
  /** Files of the page by their name. */
  readonly files: Readonly<Record<string, { readonly path: string; readonly type: string }>>;
}

/** Only what the page itself needs: its own files, and pictures in cards. */
const CONTENT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' https: data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** Larger than any form of a card. */
const BODY_LIMIT_BYTES = 64 * 1024;
/** Longer than the address of a draft, which holds what it shows. */
const PARAM_LIMIT = 500;

const placeSchema = z.object({ programme: z.string(), member: z.string() });
const textSchema = z.object({ text: z.string().trim().min(1).max(2000) });
const actionSchema = z.object({
  delivery: z.string(),
  verb: z.string(),
  data: z.record(z.string(), z.unknown()),
});
const clockSchema = z.object({ by: z.enum(['next', 'day', 'week']) });

/** Creates the playground's web server; the caller lets it listen. */
export function createPlaygroundServer(options: PlaygroundServerOptions): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: PARAM_LIMIT },
  });
  const sessions = new Map(options.sessions.map((session) => [session.id, session]));
  app.addHook('onRequest', async (request, reply) => {
    reply.header('content-security-policy', CONTENT_POLICY).header('x-content-type-options', 'nosniff');
    const { origin, host } = request.headers;
    // A page of another origin must not press buttons here.
    if (origin !== undefined && origin !== `http://${host ?? ''}`)
      await reply.code(403).send({ error: 'origin' });
  });
  app.setErrorHandler(async (error, _request, reply) => {
    const status = error instanceof z.ZodError ? 400 : ((error as { statusCode?: number }).statusCode ?? 500);
    await reply.code(status).send({ error: status === 400 ? 'wrong' : 'failed' });
  });
  serveFiles(app, options);
  serveReading(app, sessions, options);
  serveWriting(app, sessions);
  return app;
}

function serveFiles(app: FastifyInstance, { files }: PlaygroundServerOptions): void {
  for (const [name, { path, type }] of Object.entries(files)) {
    app.get(`/${name}`, async (_request, reply) => reply.type(type).send(await readFile(path)));
  }
}

type Sessions = ReadonlyMap<string, PlaygroundSession>;

function sessionOf(sessions: Sessions, params: unknown): PlaygroundSession {
  const { programme } = z.object({ programme: z.string() }).parse(params);
  const session = sessions.get(programme);
  if (session !== undefined) return session;
  throw new z.ZodError([{ code: 'custom', path: ['programme'], message: 'unknown', input: programme }]);
}

const languageSchema = z.object({ language: z.enum(LANGUAGES).default('en') });

function serveReading(app: FastifyInstance, sessions: Sessions, options: PlaygroundServerOptions): void {
  const { texts, clockText } = options;
  app.get('/api/start', () => ({
    texts,
    programmes: [...sessions.values()].map(({ id, name, languages, zone }) => ({
      id,
      name,
      languages,
      zone,
    })),
  }));
  app.get('/api/:programme', async (request) => {
    const session = sessionOf(sessions, request.params);
    const { language } = languageSchema.parse(request.query);
    const clock = clockText(session.now(), session.zone, language, 'long');
    return { clock, members: await session.members() };
  });
  app.get('/api/:programme/members/:member', (request) => {
    const { member } = placeSchema.parse(request.params);
    const session = sessionOf(sessions, request.params);
    const { language } = languageSchema.parse(request.query);
    const when = (ms: number) => clockText(ms, session.zone, language, 'short');
    return { lines: session.linesOf(member).map((line) => ({ ...line, when: when(line.atMs) })) };
  });
  serveEvents(app, sessions);
  serveCalendar(app, sessions);
  serveFeeds(app, sessions);
}

function serveEvents(app: FastifyInstance, sessions: Sessions): void {
  app.get('/api/:programme/events', (request, reply) => {
    const session = sessionOf(sessions, request.params);
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    reply.raw.write(':ready\n\n');
    const stop = session.listen((member) => {
      reply.raw.write(`data: ${JSON.stringify({ member, nowMs: session.now() })}\n\n`);
    });
    request.raw.on('close', stop);
  });
}

function serveCalendar(app: FastifyInstance, sessions: Sessions): void {
  app.get('/calendar/:programme/:event/:file', async (request, reply) => {
    const params = z.object({ event: z.string(), file: z.string() }).parse(request.params);
    const language = z.enum(LANGUAGES).parse(params.file.replace(/\.ics$/, ''));
    const file = await sessionOf(sessions, request.params).calendarFile(params.event, language);
    if (file === undefined) return reply.code(404).send({ error: 'unknown' });
    return reply.type('text/calendar; charset=utf-8').header('content-disposition', 'attachment').send(file);
  });
}

function serveFeeds(app: FastifyInstance, sessions: Sessions): void {
  app.get('/feed/:programme/:file', async (request, reply) => {
    const { file } = z.object({ file: z.string() }).parse(request.params);
    return answer(reply, await sessionOf(sessions, request.params).feed(file));
  });
  app.get('/preview/:programme/:token', async (request, reply) => {
    const { token } = z.object({ token: z.string() }).parse(request.params);
    const base = `http://${request.headers.host ?? ''}`;
    return answer(reply, await sessionOf(sessions, request.params).preview(token, base));
  });
}

function answer(reply: FastifyReply, found: WebResponse | undefined): FastifyReply {
  if (found === undefined) return reply.code(404).send({ error: 'unknown' });
  return reply
    .code(found.status)
    .headers(found.headers ?? {})
    .send(found.body);
}

function serveWriting(app: FastifyInstance, sessions: Sessions): void {
  app.post('/api/:programme/members/:member/text', async (request) => {
    const { member } = placeSchema.parse(request.params);
    await sessionOf(sessions, request.params).say(member, textSchema.parse(request.body).text);
    return { ok: true };
  });
  app.post('/api/:programme/members/:member/action', async (request) => {
    const { member } = placeSchema.parse(request.params);
    const { delivery, verb, data } = actionSchema.parse(request.body);
    await sessionOf(sessions, request.params).act(member, delivery, verb, data);
    return { ok: true };
  });
  app.post('/api/:programme/clock', async (request) => {
    const session = sessionOf(sessions, request.params);
    const more = await session.move(clockSchema.parse(request.body).by);
    return { nowMs: session.now(), more };
  });
}
