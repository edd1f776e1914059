import { createHash } from 'node:crypto';
import type { AnswerValue, BallotBox, BoxKey, CountedAnswer } from '../../src/core/ports/ballots.js';

/** A box of answers in memory, which survives its process. */
export interface SimulatedBox extends BallotBox {
  /** How many answers each round held when it was last counted or burned. */
  readonly counted: ReadonlyMap<string, number>;
  /** The value that was put in last, by `<programme> <round>/<token>/<question>`; known though the box is burned. */
  readonly latest: ReadonlyMap<string, AnswerValue>;
}

/** Creates an empty box. */
export function createSimulatedBox(): SimulatedBox {
  const boxes = new Map<string, Map<string, CountedAnswer>>();
  const counted = new Map<string, number>();
  const latest = new Map<string, AnswerValue>();
  const events = new Set<string>();
  const name = ({ programme, round }: BoxKey) => `${programme}/${round}`;
  const box = (key: BoxKey) => {
    let found = boxes.get(name(key));
    if (found === undefined) boxes.set(name(key), (found = new Map<string, CountedAnswer>()));
    return found;
  };
  const done = () => Promise.resolve();
  return {
    ...{ counted, latest },
    knows: (key, token, question, event) =>
      Promise.resolve(events.has(`${name(key)}/${token}/${String(question)}/${event}`)),
    cast(key, token, answer, event) {
      const press = `${name(key)}/${token}/${String(answer.question)}/${String(event)}`;
      if (event !== undefined && events.has(press)) return Promise.resolve(false);
      if (event !== undefined) events.add(press);
      latest.set(`${key.programme} ${key.round}/${token}/${String(answer.question)}`, answer.value);
      box(key).set(`${token}/${String(answer.question)}`, answer);
      return Promise.resolve(true);
    },
    withdraw(key, token, question) {
      box(key).delete(`${token}/${String(question)}`);
      return done();
    },
    find: (key, token, question): Promise<AnswerValue | undefined> =>
      Promise.resolve(box(key).get(`${token}/${String(question)}`)?.value),
    count(key) {
      counted.set(name(key), box(key).size);
      return Promise.resolve([...box(key).values()]);
    },
    mark: (key, token) =>
      Promise.resolve(
        createHash('sha256')
          .update(`${name(key)}/${token}`)
          .digest('base64url'),
      ),
    prepare: done,
    burn(key) {
      boxes.delete(name(key));
      for (const press of events) if (press.startsWith(`${name(key)}/`)) events.delete(press);
      return done();
    },
    close: done,
  };
}
