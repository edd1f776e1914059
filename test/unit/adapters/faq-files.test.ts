import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKnowledge, loadKnowledge } from '../../../src/adapters/files/faq-files.js';

const text = { title: 't', answer: 'a', ask: ['a', 'b', 'c', 'd'] };
const good = {
  ...{ id: 'one', source: 's', owner: 'coordinator', review: '2027-01-01' },
  text: { sv: text, nb: text, nn: text, da: text, en: text },
};

describe('FAQ files', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'samling-faq-'));
    mkdirSync(join(folder, 'p'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const put = (name: string, content: unknown) => {
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  };
  const faults = (): string[] => {
    try {
      loadKnowledge(folder, 'p');
      return [];
    } catch (error) {
      return (error as { faults: { path: string }[] }).faults.map((each) => each.path);
    }
  };

  it('are read with the topics that all programmes share', () => {
    const topic = (id: string) => ({ topics: [{ id, text: good.text }] });
    const bare = JSON.parse(JSON.stringify(topic('x')).replaceAll('"title":"t",', '')) as unknown;
    put('p/one.json', good);
    put('unknown.json', bare);
    put('concepts.json', { concepts: { frist: ['frist*'] } });
    const knowledge = loadKnowledge(folder, 'p');
    assert.deepEqual([knowledge.articles.length, knowledge.unknown.length], [1, 1]);
    const read = createKnowledge(folder);
    assert.equal(read('p'), read('p'));
    assert.deepEqual(loadKnowledge(folder, 'nobody').articles, []);
  });

  it('are refused with every fault of every file', () => {
    put('p/one.json', { ...good, id: 'two', text: { ...good.text, nb: { ...text, answer: 'a {gone} b' } } });
    put('p/three.json', {
      ...good,
      id: 'three',
      text: { ...good.text, nn: { ...text, ask: ['a'] } },
      owner: 'me',
    });
    put('p/four.json', '{');
    put('concepts.json', { concepts: { a: [] } });
    assert.deepEqual(faults().sort(), [
      'concepts.a',
      'id',
      'line 1, column 2',
      'owner',
      'text.nb.answer',
      'text.nn.ask',
    ]);
  });
});
