import assert from 'node:assert/strict';
import { createMemoryStore } from '../../../../src/adapters/store/lowdb/memory.js';
import { createPreviewUrl } from '../../../../src/adapters/web/preview/address.js';
import { previewMount } from '../../../../src/adapters/web/preview/mount.js';
import { noticeSchema } from '../../../../src/core/notices/definition.js';
import { NOTICE_STATES, type NoticeRow } from '../../../../src/core/notices/types.js';
import { demoPeople } from '../../../../src/core/programme/demo-people.js';
import { createSealer } from '../../../../src/runtime/sealed.js';
import { renderer, translators } from '../../../support/messages.js';
import { programmeWith } from '../../../support/programmes.js';

const BASE = 'https://samling.example.org';
const NOW = Date.parse('2014-03-03T08:00:00Z');
const DAY_MS = 86_400_000;
const [key, oldKey] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64')) as [string, string];
const sealer = createSealer([key, oldKey]);
const boss = 'sekretariat-coordinator';
const saman = programmeWith('saman');
const other = { ...saman, id: 'andre' };

const row: NoticeRow = {
  ...{ programme: 'saman', id: 'hei', state: 'draft', by: boss, version: 1, isTemplate: false },
  notice: noticeSchema.parse({
    id: 'hei',
    title: { nb: 'Hei på "dere" <script>alert(1)</script>', nn: 'Hei på dykk' },
    body: { nb: 'Vi møtes **5. mai**.', nn: 'Vi møtest **5. mai**.' },
    audience: { roles: ['project-leader'] },
  }),
};

describe('the page that draws a draft', () => {
  const moment = { ms: NOW };
  let store: ReturnType<typeof createMemoryStore>;
  beforeEach(async () => {
    moment.ms = NOW;
    store = createMemoryStore();
    const named = demoPeople(saman).map((each, index) => ({
      ...each,
      name: `Navn${String(index)} Navnesen`,
    }));
    await store.members.put(...named);
    await store.notices.put(row, { ...row, programme: 'andre' });
  });

  const urlOf = (programme = 'saman', notice = 'hei', by = sealer) =>
    createPreviewUrl(BASE, by)({ programme, notice, language: 'nn' }, NOW);
  const get = (url: string) =>
    previewMount({
      programmes: { get: (id) => [saman, other].find((each) => each.id === id), all: () => [saman, other] },
      ...{ store, sealer, renderer, translators, clock: { nowMs: () => moment.ms } },
      read: (name) => Promise.resolve(`/* ${name} */`),
    }).handle({
      ...{ method: 'GET', path: url.replace(BASE, ''), query: new URLSearchParams() },
      ...{ headers: {}, body: new Uint8Array() },
    });
  const statusOf = async (url: string) => (await get(url)).status;

  it('shows each language, the one of most readers first, in that of whoever asked, and nobody by name', async () => {
    const { status, body, headers } = await get(urlOf());
    assert.equal(status, 200);
    const html = String(body);
    assert.match(html, /<html lang="nn">/);
    assert.match(html, /<h3 class="sl-header">Hei på dykk<\/h3>/);
    assert.match(html, /Melding fra koordinator i Sekretariatet/);
    assert.deepEqual(
      [...html.matchAll(/<section id="(\w+)"/g)].map((each) => each[1]),
      ['nb', 'nn'],
    );
    assert.doesNotMatch(html, /Navnesen/);
    assert.equal(headers?.['cache-control'], 'no-store');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.match(headers['x-robots-tag'] ?? '', /noindex/);
    assert.match(
      headers['content-security-policy'] ?? '',
      /^default-src 'none'; script-src 'self'; style-src 'self'; img-src https:;/,
    );
  });

  it('holds what a notice says as text alone, on both platforms', async () => {
    const html = String((await get(urlOf())).body);
    assert.deepEqual(html.match(/<script[^>]*>/g), ['<script src="../page.js" defer>']);
    const cards = [...html.matchAll(/data-card="([^"]*)"/g)].map((each) =>
      (each[1] ?? '').replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>'),
    );
    assert.deepEqual(
      cards.map((each) => (JSON.parse(each) as { body: { text: string }[] }).body[1]?.text),
      ['Hei på "dere" \\<script>alert(1)\\</script>', 'Hei på dykk'],
    );
  });

  it('has an address that says nothing, and another one each time', () => {
    assert.notEqual(urlOf(), urlOf());
    assert.doesNotMatch(Buffer.from(urlOf().split('/').at(-1) ?? '', 'base64url').toString('latin1'), /hei/);
  });

  it('is not found at an address that was forged, changed or cut off', async () => {
    const url = urlOf();
    const changed = `${url.slice(0, -8)}${url.at(-8) === 'A' ? 'B' : 'A'}${url.slice(-7)}`;
    const stranger = createSealer([Buffer.alloc(32, 9).toString('base64')]);
    for (const each of [
      ...[changed, url.slice(0, -1), `${url}AAAA`, `${BASE}/preview/saman/`],
      ...[
        urlOf('saman', 'hei', stranger),
        `${BASE}/preview/saman/hei`,
        `${BASE}/preview/saman`,
        `${BASE}/preview/`,
      ],
      `${BASE}/preview/saman/${'A'.repeat(120)}`,
    ])
      assert.equal(await statusOf(each), 404, each);
  });

  it('is not found in another programme than that of its address', async () => {
    assert.equal(await statusOf(urlOf('andre')), 200);
    assert.equal(await statusOf(urlOf().replace('/saman/', '/andre/')), 404);
    assert.equal(await statusOf(urlOf('tredje')), 404);
  });

  it('ends after a day', async () => {
    const url = urlOf();
    moment.ms = NOW + DAY_MS - 1;
    assert.equal(await statusOf(url), 200);
    moment.ms = NOW + DAY_MS;
    assert.equal(await statusOf(url), 404);
  });

  it('is there until the notice is to be sent, and not after', async () => {
    const url = urlOf();
    const found: Record<string, number> = {};
    for (const state of NOTICE_STATES) {
      await store.notices.put({ ...row, state });
      found[state] = await statusOf(url);
    }
    assert.deepEqual(found, {
      ...{ draft: 200, asked: 200, scheduled: 404, sent: 404, cancelled: 404, recalled: 404 },
    });
    await store.notices.remove('saman', ['hei']);
    assert.equal(await statusOf(url), 404);
  });

  it('is opened with a key that is about to go, too', async () => {
    assert.equal(await statusOf(urlOf('saman', 'hei', createSealer([oldKey]))), 200);
  });

  it('shows what the draft says now', async () => {
    const url = urlOf();
    const notice = { ...row.notice, title: { nb: 'Noe annet' }, body: { nb: 'Tekst' } };
    await store.notices.put({ ...row, notice });
    const html = String((await get(url)).body);
    assert.match(html, /Noe annet/);
    assert.doesNotMatch(html, /<nav/);
  });

  it('brings its own script and style, and no other file', async () => {
    const { body, headers } = await get(`${BASE}/preview/page.js`);
    assert.equal(body, '/* page.js */');
    assert.equal(headers?.['content-type'], 'text/javascript; charset=utf-8');
    assert.equal(await statusOf(`${BASE}/preview/page.css`), 200);
    assert.equal(await statusOf(`${BASE}/preview/package.json`), 404);
  });
});
