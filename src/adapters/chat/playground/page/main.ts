import { ask, type Line, type MemberInfo, type Overview, type ProgrammeInfo, type Start } from './api.js';
import { drawCard } from './cards.js';

const element = (id: string) => document.getElementById(id) as HTMLElement;
const field = (id: string) => document.getElementById(id) as HTMLInputElement;
const picker = () => document.getElementById('programme') as HTMLSelectElement;
const peopleBox = () => document.getElementById('people-box') as HTMLDetailsElement;
/** As in the page's style. */
const narrow = matchMedia('(max-width: 46rem)');
/** Asked anew each time, as others may have set it meanwhile. */
const runs = () => isRunning;

let start: Start;
let programme: ProgrammeInfo;
let members: readonly MemberInfo[] = [];
let current: MemberInfo | undefined;
let events: EventSource | undefined;
let isRunning = false;
/** How much each member had got when the clock was last moved. */
let before = new Map<string, number>();

const language = () => current?.language ?? programme.languages[0] ?? 'en';
const text = (key: string) => start.texts[language()]?.[key] ?? key;

function nameIn(name: ProgrammeInfo['name']): string {
  return typeof name === 'string' ? name : (name[language()] ?? Object.values(name)[0] ?? '');
}

/** Does something that may fail, and says so calmly when it does. */
async function attempt(work: () => Promise<void>): Promise<void> {
  const problem = element('problem');
  try {
    await work();
    problem.hidden = true;
  } catch {
    problem.textContent = text('problem');
    problem.hidden = false;
  }
}

function drawTexts(): void {
  document.documentElement.lang = language();
  document.title = text('title');
  for (const each of document.querySelectorAll<HTMLElement>('[data-text]')) {
    each.textContent = text(each.dataset['text'] ?? '');
  }
  if (isRunning) element('year').textContent = text('stop');
  field('text').placeholder = text('write');
  element('lines').setAttribute('aria-label', text('conversation'));
  const select = picker();
  select.replaceChildren(...start.programmes.map((each) => new Option(nameIn(each.name), each.id)));
  select.value = programme.id;
}

function personButton(member: MemberInfo, count: number): HTMLLIElement {
  const item = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'person';
  button.dataset['member'] = member.id;
  if (member.id === current?.id) button.setAttribute('aria-current', 'true');
  const label = document.createElement('span');
  const small = document.createElement('small');
  small.textContent = member.organisation;
  label.append(member.role, small);
  const code = document.createElement('i');
  code.textContent = member.language;
  button.append(label, code);
  if (count > 0) {
    const badge = document.createElement('b');
    badge.textContent = String(count);
    button.append(badge);
  }
  button.addEventListener('click', () => {
    // On a phone the conversation takes the place of the list.
    if (narrow.matches) peopleBox().open = false;
    void attempt(() => become(member.id));
  });
  item.append(button);
  return item;
}

function drawPeople(): void {
  const wanted = field('search').value.toLowerCase();
  const shown = members.filter((member) =>
    `${member.role} ${member.organisation}`.toLowerCase().includes(wanted),
  );
  element('people').replaceChildren(...shown.map((member) => personButton(member, member.received)));
  const told = members.filter((member) => member.received > (before.get(member.id) ?? member.received));
  element('told').hidden = told.length === 0;
  element('told-list').replaceChildren(
    ...told.map((member) => personButton(member, member.received - (before.get(member.id) ?? 0))),
  );
}

function drawLine(line: Line): HTMLElement {
  const box = document.createElement('div');
  const time = document.createElement('time');
  time.dateTime = new Date(line.atMs).toISOString();
  time.textContent = line.when;
  box.append(time);
  if (line.from === 'member') {
    box.className = 'line own';
    const said = document.createElement('p');
    said.textContent = line.text;
    box.append(said);
    return box;
  }
  box.className = 'line';
  const card = document.createElement('div');
  card.className = 'card';
  card.lang = line.message.language;
  card.append(
    drawCard(
      line.message.card,
      (pressed) =>
        void attempt(() =>
          tell('action', { delivery: line.delivery, verb: pressed.verb, data: pressed.data }),
        ),
    ),
  );
  box.append(card);
  return box;
}

/** Which conversation is drawn; another one is drawn anew. */
let drawn = '';

/** Draws what is new or has changed; what is being typed in a card that has not stays. */
function drawLines(list: HTMLElement, lines: readonly Line[]): void {
  const whose = `${programme.id}/${current?.id ?? ''}`;
  if (drawn !== whose) list.replaceChildren();
  drawn = whose;
  lines.forEach((line, place) => {
    const key = JSON.stringify(line);
    const there = list.children[place];
    if (there instanceof HTMLElement && there.dataset['line'] === key) return;
    const box = drawLine(line);
    box.dataset['line'] = key;
    if (there === undefined) list.append(box);
    else there.replaceWith(box);
  });
  while (list.children.length > lines.length) list.lastElementChild?.remove();
}

async function drawConversation(): Promise<void> {
  if (current === undefined) return;
  const { lines } = await ask<{ lines: readonly Line[] }>(
    `/api/${programme.id}/members/${current.id}?language=${language()}`,
  );
  element('who').textContent = `${current.role}, ${current.organisation}`;
  const list = element('lines');
  if (lines.length === 0) {
    const empty = document.createElement('p');
    empty.className = 'empty';
    empty.textContent = text('empty');
    list.replaceChildren(empty);
  } else {
    drawLines(list, lines);
  }
  list.scrollTop = list.scrollHeight;
  // What does not fit is read from its beginning; there it also says what was wrong in a form.
  const last = list.lastElementChild;
  if (last !== null && last.clientHeight > list.clientHeight) last.scrollIntoView({ block: 'start' });
}

function drawLanguages(): void {
  const group = element('languages');
  group.setAttribute('aria-label', text('language'));
  group.replaceChildren(
    ...programme.languages.map((code) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = code;
      button.setAttribute('aria-pressed', String(code === current?.language));
      button.setAttribute('aria-label', text(`language-${code}`));
      button.addEventListener(
        'click',
        () =>
          void attempt(() =>
            tell('action', { delivery: '', verb: 'set-language', data: { language: code } }),
          ),
      );
      return button;
    }),
  );
}

async function refresh(): Promise<void> {
  const { clock, members: all } = await ask<Overview>(`/api/${programme.id}?language=${language()}`);
  members = all;
  current = members.find((member) => member.id === current?.id);
  drawTexts();
  element('now').textContent = clock;
  drawPeople();
  drawLanguages();
  await drawConversation();
}

async function tell(what: 'text' | 'action', body: object): Promise<void> {
  if (current === undefined) return;
  await ask(`/api/${programme.id}/members/${current.id}/${what}`, body);
  await refresh();
}

async function become(id: string): Promise<void> {
  current = members.find((member) => member.id === id);
  await refresh();
}

async function move(by: string): Promise<boolean> {
  before = new Map(members.map((member) => [member.id, member.received]));
  const { more } = await ask<{ more: boolean }>(`/api/${programme.id}/clock`, { by });
  await refresh();
  return more;
}

async function runYear(): Promise<void> {
  if (isRunning) {
    isRunning = false;
    return;
  }
  isRunning = true;
  drawTexts();
  try {
    for (let week = 0; week < 52 && runs(); week += 1) {
      await move('week');
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
  } finally {
    isRunning = false;
    drawTexts();
  }
}

async function openProgramme(id: string): Promise<void> {
  const found = start.programmes.find((each) => each.id === id) ?? start.programmes[0];
  if (found === undefined) return;
  programme = found;
  current = undefined;
  before = new Map();
  await refresh();
  const first = members.find((member) => member.id.endsWith('-project-leader')) ?? members[0];
  if (first !== undefined) await become(first.id);
  events?.close();
  events = new EventSource(`/api/${programme.id}/events`);
  events.onmessage = (event: MessageEvent<string>) => {
    const { member } = JSON.parse(event.data) as { member: string };
    if (member === current?.id) void attempt(drawConversation);
  };
}

async function open(): Promise<void> {
  peopleBox().open = !narrow.matches;
  narrow.addEventListener('change', () => (peopleBox().open = !narrow.matches));
  start = await ask<Start>('/api/start');
  element('programme').addEventListener(
    'change',
    (event) => void attempt(() => openProgramme((event.target as HTMLSelectElement).value)),
  );
  element('search').addEventListener('input', drawPeople);
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-move]')) {
    button.addEventListener(
      'click',
      () =>
        void attempt(async () => {
          const more = await move(button.dataset['move'] ?? 'day');
          if (!more) element('now').textContent += ` · ${text('no-more')}`;
        }),
    );
  }
  element('year').addEventListener('click', () => void attempt(runYear));
  element('say').addEventListener('submit', (event) => {
    event.preventDefault();
    const input = field('text');
    const said = input.value.trim();
    if (said === '') return;
    input.value = '';
    void attempt(() => tell('text', { text: said }));
  });
  await openProgramme(start.programmes[0]?.id ?? '');
}

void open();
