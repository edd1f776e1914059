import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Field, Typed } from './fields.js';
import { WINDOW, type DemoPerson, type Shown } from './person.js';

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
form{display:inline}label{display:block;margin:.4rem 0}input,select,textarea{font:inherit;max-width:100%}
label>*{display:block;width:100%;box-sizing:border-box}.window{border:2px solid}p{margin:.2rem 0;white-space:pre-line}:root{color-scheme:light dark}`;

/** What names of fields begin with, so that they are not taken for anything else of the form. */
const FIELD = 'field.';

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
    const form = new URLSearchParams(await readAll(request));
    await act(options, form);
    // Back to the person who did something.
    const location = `/#${encodeURIComponent(form.get('person') ?? '')}`;
    return void response.writeHead(303, { location }).end();
  }
  if (request.url !== '/') return void response.writeHead(404).end();
  const type = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
  response.writeHead(200, type).end(pageOf(options));
}

async function act({ people, next, settle }: PageOptions, form: URLSearchParams): Promise<void> {
  const person = people.find((each) => each.id === form.get('person'));
  if (form.get('do') === 'next') return next();
  if (form.get('do') === 'say') await person?.say(form.get('text') ?? '');
  if (form.get('do') === 'close') person?.close();
  if (form.get('do') === 'press')
    await person?.press(form.get('message') ?? '', Number(form.get('button') ?? 0), typedIn(form));
  await settle();
}

/** What is filled in, by the name of the field. */
function typedIn(form: URLSearchParams): Typed {
  const names = [...new Set(form.keys())].filter((each) => each.startsWith(FIELD));
  return Object.fromEntries(names.map((name) => [name.slice(FIELD.length), form.getAll(name)]));
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
${[...person.messages(), person.window()].flatMap((each) => (each === undefined ? [] : [articleOf(person)(each)])).join('\n')}
${formOf({ do: 'say', person: person.id }, `${say} ${button('Send')}`)}</section>`;
}

const articleOf =
  (person: DemoPerson) =>
  ({ id, lines, fields, buttons }: Shown) => {
    const said = lines.map((line) => `<p>${escaped(line)}</p>`).join('');
    const pressed = buttons.map(
      (label, index) => `<button name="button" value="${String(index)}">${escaped(label)}</button>`,
    );
    const inner = [...fields.map(fieldOf), ...pressed].join(' ');
    const form = inner === '' ? '' : formOf({ do: 'press', person: person.id, message: id }, inner);
    if (id !== WINDOW) return `<article>${said}${form}</article>`;
    const close = formOf({ do: 'close', person: person.id }, button('Close'));
    return `<article class="window">${said}${form}${close}</article>`;
  };

function fieldOf({ name, label, kind, values, choices }: Field): string {
  const named = `name="${FIELD}${escaped(name)}"`;
  const [value = ''] = values;
  if (kind === 'long')
    return `<label>${escaped(label)}<textarea ${named}>${escaped(value)}</textarea></label>`;
  if (kind === 'one' || kind === 'many') {
    const options = choices.map((each) => {
      const isChosen = values.includes(each.value) ? ' selected' : '';
      return `<option value="${escaped(each.value)}"${isChosen}>${escaped(each.label)}</option>`;
    });
    const none = kind === 'one' ? '<option value=""></option>' : '';
    const several = kind === 'many' ? ' multiple' : '';
    return `<label>${escaped(label)}<select ${named}${several}>${none}${options.join('')}</select></label>`;
  }
  return `<label>${escaped(label)}<input type="${kind}" ${named} value="${escaped(value)}"></label>`;
}

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
