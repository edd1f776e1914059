import type { z } from 'zod';
import { asJsonObject, jsonList } from './json.js';
import { pulseSchema, questionSchema, scheduleSchema, type Pulse, type Question } from './definition.js';

/** A question that cannot be read, and its id where that can. */
export interface Unread {
  readonly kind: 'unread';
  readonly id: unknown;
}

/** What can be read of a definition in spite of its faults: what is left out has a fault of its own. */
export interface Readable extends Partial<Omit<Pulse, 'questions' | 'schedule'>> {
  readonly questions: readonly (Question | Unread)[];
  readonly schedule: Partial<Pulse['schedule']>;
}

/** Reads each part of a definition by itself, so that a fault in one hides none in another. */
export function readable(json: unknown): Readable {
  const whole = asJsonObject(json);
  const { questions: _questions, schedule: _schedule, ...shape } = pulseSchema.shape;
  return {
    ...partsOf(shape, whole),
    questions: jsonList(whole['questions']).map(
      (each) => questionSchema.safeParse(each).data ?? { kind: 'unread', id: asJsonObject(each)['id'] },
    ),
    schedule: partsOf(scheduleSchema.shape, asJsonObject(whole['schedule'])),
  };
}

type Parts<S extends z.ZodRawShape> = { [K in keyof S]?: z.output<S[K]> };

function partsOf<S extends z.ZodRawShape>(shape: S, json: Readonly<Record<string, unknown>>): Parts<S> {
  const parts = Object.entries(shape as z.ZodRawShape).flatMap(([key, schema]) => {
    const { data } = (schema as z.ZodType).safeParse(json[key]);
    return data === undefined ? [] : [[key, data] as const];
  });
  return Object.fromEntries(parts) as Parts<S>;
}
