import type { Knowledge } from '../core/faq/article.js';
import { composeDigests, forgotten, nextDigestMs, planDigests, readLearning } from '../core/faq/digest.js';
import type { Directory } from '../core/ports/directory.js';
import type { Store } from '../core/ports/store.js';
import { loadState } from '../core/reminders/member-state.js';
import type { Capability } from './planning.js';

export interface QuestionsOptions {
  readonly store: Store;
  readonly directory: Directory;
  readonly knowledge: (programme: string) => Knowledge | undefined;
}

/** Creates what brings unanswered questions and old articles to those who keep them. */
export function createQuestions({ store, directory, knowledge }: QuestionsOptions): Capability {
  return {
    async nextDueMs(programme, afterMs) {
      const shipped = knowledge(programme.id);
      if (shipped === undefined) return undefined;
      return nextDigestMs(programme, await readLearning(store, programme, shipped), afterMs);
    },
    async plan(programme, nowMs) {
      const { id } = programme;
      const shipped = knowledge(id);
      if (shipped === undefined) return 0;
      return store.transact(async (tables) => {
        const learning = await readLearning(tables, programme, shipped);
        const state = await loadState(tables, programme);
        const laneOf = (member: { readonly id: string }) => directory.laneOf(id, member.id);
        const added = await tables.outbox.add(planDigests({ state, learning, laneOf, nowMs }));
        await tables.unhelpful.remove(id, forgotten(learning, nowMs, programme.zone));
        return added.length;
      });
    },
    async compose(entry, state, nowMs) {
      if (entry.kind !== 'faq-digest') return undefined;
      const shipped = knowledge(entry.programme);
      if (shipped === undefined) return { drop: 'no-articles' };
      return composeDigests(state, await readLearning(store, state.programme, shipped), entry, nowMs);
    },
  };
}
