import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { DemoPerson, Shown } from './person.js';

export interface PageOptions {
  readonly platform: 'slack' | 'teams';
  readonly people: readonly DemoPerson[];
  readonly nowMs: () => number;
  /** Moves the clock of all to the next instant at which somebody is told something. */
  readonly next: () => Promise<void>;
  /** Waits until what was caused has been sent. */
  readonly settle: () => Promise<void>;
}

const TITLES = { slack: 'Slack', teams: 'Teams' } as const;
const STYLE = `body{font:15px system-ui;margin:1rem auto;max-width:80rem;padding:0 1rem}
main{display:grid;grid-template-columns:repeat(auto-fill,minmax(22rem,1fr));gap:1rem}
section,article{border:1px solid #8888;border-radius:.5rem;padding:.5rem 1rem;margin:.5rem 0}
form{display:inline}p{margin:.2rem 0;white-space:pre-line}:root{color-scheme:light dark}`;

/** A development page: what each user of a local platform got, and buttons that press those of the messages. */
export function createPage(options: PageOptions): Server {
  return createServer((request, response) => {
    serve(options, request, response).catch(() => response.writeHead(500).end());
  });
}

async function serve(options: PageOptions, request: IncomingMessage, response: ServerResponse) {
  const { method, headers } = request;
  // What another site's page sends, or asks for under another name, is none of ours.
  const own = /^(127\.0\.0\.1|localhost):\d+$/.test(headers.host ?? '');
  const from = headers.origin;
  if (!own || (from !== undefined && from !== `http://${headers.host ?? ''}`))
    return void response.writeHead(403).end();
  if (method === 'POST') {
    await act(options, new URLSearchParams(await readAll(request)));
    return void response.writeHead(303, { location: '/' }).end();
  }
  if (request.url !== '/') return void response.writeHead(404).end();
  const type = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
  response.writeHead(200, type).end(pageOf(options));
}

async function act({ people, next, settle }: PageOptions, form: URLSearchParams): Promise<void> {
  const person = people.find((each) => each.id === form.get('person'));
  if (form.get('do') === 'next') return next();
  if (form.get('do') === 'say') await person?.say(form.get('text') ?? '');
  if (form.get('do') === 'press')
    await person?.press(form.get('message') ?? '', Number(form.get('button') ?? 0));
  await settle();
}

function pageOf({ platform, people, nowMs }: PageOptions): string {
  const title = `${TITLES[platform]} on this machine`;
  const now = new Date(nowMs()).toISOString().slice(0, 16).replace('T', ' ');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style>
<h1>${title}</h1><p>${now} UTC ${formOf({ do: 'next' }, button('Forward to the next message'))}
${formOf({ do: 'look' }, button('Look again'))}</p>
<main>${people.map(sectionOf).join('\n')}</main></html>`;
}

function sectionOf(person: DemoPerson): string {
  const say = '<input name="text" aria-label="Message" autocomplete="off">';
  return `<section id="${escaped(person.id)}"><h2>${escaped(person.id)}</h2><p>${escaped(person.place)}</p>
${person.messages().map(articleOf(person)).join('\n')}
${formOf({ do: 'say', person: person.id }, `${say} ${button('Send')}`)}</section>`;
}

const articleOf = (person: DemoPerson) => (message: Shown) => {
  const lines = message.lines.map((line) => `<p>${escaped(line)}</p>`).join('');
  const buttons = message.buttons.map((label, index) =>
    formOf(
      { do: 'press', person: person.id, message: message.id, button: String(index) },
      button(escaped(label)),
    ),
  );
  return `<article>${lines}${buttons.join(' ')}</article>`;
};

const button = (label: string) => `<button>${label}</button>`;

function formOf(hidden: Readonly<Record<string, string>>, inner: string): string {
  const fields = Object.entries(hidden).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`,
  );
  return `<form method="post" action="/">${fields.join('')}${inner}</form>`;
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`);

async function readAll(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
